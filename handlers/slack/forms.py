"""What a form holds, read once from Slack's state into frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from typing import Any

from handlers.slack.ids import field_of, key_of

Json = Mapping[str, Any]
KEYS = (
    "value",
    "selected_date",
    "selected_date_time",
    "selected_time",
    "selected_conversation",
    "selected_channel",
    "selected_user",
)


@dataclass(frozen=True)
class Filled:
    """The fields of a form: what was typed or chosen, how a choice reads, and the name and address of a file.

    A field is a block; where several stand in a row, each is told apart by the key of its action.
    """

    values: Mapping[str, str]
    labels: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]
    files: Mapping[str, tuple[str, str]] = kept(default_factory=dict)

    @classmethod
    def read(cls, view: Json) -> "Filled":
        """Read the state of a view; an empty field is an empty text."""
        values: dict[str, str] = {}
        labels: dict[str, str] = {}
        many: dict[str, tuple[str, ...]] = {}
        files: dict[str, tuple[str, str]] = {}
        for block, elements in ((view.get("state") or {}).get("values") or {}).items():
            for action, element in elements.items():
                field = field_of(block) if len(elements) == 1 else key_of(action)
                option = element.get("selected_option") or {}
                values[field] = _value(element, option)
                labels[field] = (option.get("text") or {}).get("text") or ""
                for file in element.get("files") or ():
                    files[field] = str(file.get("name") or ""), str(file.get("permalink") or "")
                chosen = tuple(entry["value"] for entry in element.get("selected_options") or ())
                many[field] = chosen or tuple(str(user) for user in element.get("selected_users") or ())
        return cls(values, labels, many, files)

    def __getitem__(self, field: str) -> str:
        """What was typed or chosen."""
        return self.values.get(field, "").strip()


def _value(element: Json, option: Json) -> str:
    for key in KEYS:
        if element.get(key) is not None:
            return str(element[key])
    return str(option.get("value") or "")
