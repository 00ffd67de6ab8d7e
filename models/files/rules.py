"""Rules of a policy as a file has them: a table each, flat; people by name."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from models.base.language import _
from models.files.reading import Table
from models.policy.criteria import CRITERIA, SHARE, Shape, Value
from models.policy.rules import ALL, ANY, MOST_HOURS, MOST_ORDER, ROLES, Kind, Rule, Who

MOST_POINTS = 100
WORDS = {"any": ANY, "all": ALL}


def read_rule(table: Table, places: int) -> Rule:
    """One rule; exactly one of role, people, group and lead says who is asked."""
    rule = Rule(
        who=_who(table),
        when=tuple(_when(table, places)),
        need=_need(table),
        order=table.whole("order", 1, least=1, most=MOST_ORDER),
        hours=table.whole("answer_hours", None, least=1, most=MOST_HOURS) if "answer_hours" in table.data else None,
    )
    table.asked.add("answer_hours")
    table.close()
    return rule


def write_rule(rule: Rule, places: int) -> dict[str, Any]:
    """A rule as `read_rule` reads it."""
    who = rule.who
    named: Any = True if who.kind is Kind.LEAD else list(who.names) if who.kind is Kind.PEOPLE else who.names[0]
    need = {ANY: {}, ALL: {"need": "all"}}.get(rule.need, {"need": rule.need})
    order = {"order": rule.order} if rule.order > 1 else {}
    hours = {"answer_hours": rule.hours} if rule.hours else {}
    return (
        {str(who.kind): named}
        | {name: _written(name, value, places) for name, value in rule.when}
        | need
        | order
        | hours
    )


def _who(table: Table) -> Who:
    given = [kind for kind in Kind if kind in table.data]
    table.asked.update(Kind)
    if len(given) != 1:
        table.refuse("role", _("the one who is asked, or else people, group or lead"), ", ".join(given) or "nothing")
    match given[0]:
        case Kind.ROLE:
            return Who(Kind.ROLE, (table.one_of("role", ROLES),))
        case Kind.PEOPLE:
            names = table.texts("people")
            if not names:
                table.refuse("people", _("a list of names"), [])
            return Who(Kind.PEOPLE, names)
        case Kind.GROUP:
            return Who(Kind.GROUP, (table.text("group"),))
        case Kind.LEAD:
            if not table.flag("lead", default=True):
                table.refuse("lead", "true", False)
            return Who(Kind.LEAD)


def _need(table: Table) -> int:
    given = table.data.get("need", "any")
    if isinstance(given, str) and given in WORDS:
        table.asked.add("need")
        return WORDS[given]
    return table.whole("need", least=1, most=MOST_POINTS)


def _when(table: Table, places: int) -> Iterator[tuple[str, Value]]:
    for name, criterion in CRITERIA.items():
        table.asked.add(name)
        if name in table.data:
            yield name, _value(table, name, criterion.shape, places)
            if criterion.choices and not set(table.texts(name)) <= set(criterion.choices):
                table.refuse(name, _(" or ").join(criterion.choices), table.data[name])


def _value(table: Table, name: str, shape: Shape, places: int) -> Value:
    match shape:
        case Shape.MONEY:
            return table.money(name, places)
        case Shape.SHARE:
            return int(table.share(name) * SHARE)
        case Shape.POINTS:
            return table.points(name)
        case Shape.WEEKS:
            return table.whole(name)
        case Shape.FLAG:
            if not table.flag(name, default=True):
                table.refuse(name, _("true, or not there"), False)
            return 1
        case Shape.WORDS:
            words = table.texts(name)
            if not words:
                table.refuse(name, _("a list of words"), [])
            return words


def _written(name: str, value: Value, places: int) -> Any:
    if isinstance(value, tuple):
        return list(value)
    match CRITERIA[name].shape:
        case Shape.MONEY:
            return Decimal(value).scaleb(-places)
        case Shape.SHARE:
            return Decimal(value).scaleb(-4)
        case Shape.POINTS:
            return Decimal(value).scaleb(-2)
        case Shape.FLAG:
            return True
        case _:
            return value
