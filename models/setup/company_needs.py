"""A need both ways: as the company's document has it, and as a row with a text for the resources that may do it too."""

from typing import Any

Entry = dict[str, Any]
# Between the names of resources that may do the same work.
OR = ";"


def need_entry(need: Entry) -> Entry:
    """A need as a row has it: the first of its resources, and the others in one text."""
    first, *others = need.get("any_of") or [need["resource"]]
    return {**need, "resource": first, "any_of": f"{OR} ".join(others)}


def need_document(entry: Entry) -> Entry:
    """The same as the company's document has it."""
    others = [name.strip() for name in str(entry.get("any_of") or "").split(OR) if name.strip()]
    kept = {name: value for name, value in entry.items() if name not in {"any_of", "resource"}}
    where: Entry = {"any_of": [entry["resource"], *others]} if others else {"resource": entry["resource"]}
    return {**where, **{name: value for name, value in kept.items() if name != "ahead" or value}}
