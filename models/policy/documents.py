"""Rules as they are kept: plain documents, and back."""

from typing import Any

from models.policy.criteria import CRITERIA, Value
from models.policy.rules import ANY, Kind, Rule, Who


def rule_document(rule: Rule) -> dict[str, Any]:
    """A rule as a document."""
    return {
        "who": {"kind": str(rule.who.kind), "names": list(rule.who.names)},
        "when": {name: list(value) if isinstance(value, tuple) else value for name, value in rule.when},
        "need": rule.need,
        "order": rule.order,
        "hours": rule.hours,
    }


def rule_in(document: dict[str, Any]) -> Rule:
    """The rule that a document holds; criteria that are not known any more are a fault, not left out."""
    who = Who(Kind(document["who"]["kind"]), tuple(document["who"]["names"]))
    when = tuple((name, _value(document["when"][name])) for name in CRITERIA if name in document["when"])
    if len(when) != len(document["when"]):
        raise ValueError(f"criteria of a later version: {document['when']}")
    return Rule(who, when, document.get("need", ANY), document.get("order", 1), document.get("hours"))


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else int(value)
