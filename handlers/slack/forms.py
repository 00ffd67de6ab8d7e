"""What a form holds, read once from Slack's state into frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.slack.ids import Target, decode, field_of

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
    """The fields of a form: what was typed or chosen, and how a choice reads."""

    values: Mapping[str, str]
    labels: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]
    target: Target

    @classmethod
    def read(cls, view: Json) -> "Filled":
        """Read the state of a view; an empty field is an empty text."""
        values: dict[str, str] = {}
        labels: dict[str, str] = {}
        many: dict[str, tuple[str, ...]] = {}
        for block, elements in ((view.get("state") or {}).get("values") or {}).items():
            for element in elements.values():
                field = field_of(block)
                option = element.get("selected_option") or {}
                values[field] = _value(element, option)
                labels[field] = (option.get("text") or {}).get("text") or ""
                many[field] = tuple(entry["value"] for entry in element.get("selected_options") or ())
        return cls(values, labels, many, decode(view.get("private_metadata")))

    def __getitem__(self, field: str) -> str:
        """What was typed or chosen."""
        return self.values.get(field, "").strip()


@dataclass(frozen=True)
class LineDraft:
    """A line as it is typed; the offer by id and by name."""

    offer: str = ""
    offer_name: str = ""
    quantity: str = ""
    price: str = ""
    day: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has typed anything."""
        return not (self.offer or self.quantity or self.price or self.day)


@dataclass(frozen=True)
class TermsDraft:
    """Terms as they are typed."""

    customer: str = ""
    lines: tuple[LineDraft, ...] = (LineDraft(),)
    told: str = ""
    likelihood: str = ""
    note: str = ""


def draft_of(form: Filled) -> TermsDraft:
    """The terms in a form, as many lines as it shows."""
    return TermsDraft(
        customer=form["customer"],
        lines=tuple(_line(form, number) for number in range(max(1, form.target.lines))),
        told=form["told"],
        likelihood=form["likelihood"],
        note=form["note"],
    )


def _line(form: Filled, number: int) -> LineDraft:
    return LineDraft(
        offer=form[f"offer.{number}"],
        offer_name=form.labels.get(f"offer.{number}", ""),
        quantity=form[f"quantity.{number}"],
        price=form[f"price.{number}"],
        day=form[f"date.{number}"],
    )


def _value(element: Json, option: Json) -> str:
    for key in KEYS:
        if element.get(key) is not None:
            return str(element[key])
    return str(option.get("value") or "")
