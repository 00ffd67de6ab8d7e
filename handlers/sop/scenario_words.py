"""What a scenario changes, in words."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from babel import Locale
from babel.numbers import format_decimal

from models.base.language import N_, _
from models.base.words import month_text, share_text, signed_text
from models.sop.way_words import months_text
from models.sop.what_if import ChangeKind, ScenarioChange

NAMES = {
    ChangeKind.DEMAND: N_("demand"),
    ChangeKind.CAPACITY: N_("capacity"),
    ChangeKind.OVERTIME: N_("overtime allowed"),
    ChangeKind.LAUNCH: N_("launch"),
    ChangeKind.END: N_("end"),
    ChangeKind.PRICE: N_("price"),
    ChangeKind.COST: N_("cost"),
    ChangeKind.PLAN: N_("the plan"),
}
WHOLE = (ChangeKind.PRICE, ChangeKind.COST)


def change_text(change: ScenarioChange, months: Sequence[date], locale: Locale) -> str:
    """Such as "Assembly: capacity +100 % in Jan 2027–Mar 2027"."""
    if change.kind is ChangeKind.PLAN:
        families = dict.fromkeys(move.family for move in change.changes)
        return _("{families}: a way out of a gap", families=", ".join(families))
    if change.kind is ChangeKind.LAUNCH:
        month = month_text(months[change.first], locale)
        if change.like:
            level = share_text(1 + change.percent / 100)
            return _(
                "{name}: sells like {like} at {level} from {month} on only",
                name=change.name,
                like=change.like,
                level=level,
                month=month,
            )
        return _("{name}: launch in {month}", name=change.name, month=month)
    if change.kind is ChangeKind.END:
        return _("{name}: ends with {month}", name=change.name, month=month_text(months[change.last], locale))
    amount = _amount(change, locale)
    when = (
        ""
        if change.kind in WHOLE
        else _(" in {months}", months=months_text(months[change.first : change.last + 1], locale))
    )
    name = change.name or _("All")
    return f"{name}: {_(NAMES[change.kind])}{amount}{when}"


def _amount(change: ScenarioChange, locale: Locale) -> str:
    if change.percent:
        return f" {signed_text(change.percent / 100)}"
    if not change.units:
        return ""
    units = Fraction(change.units, 1000) if change.kind is ChangeKind.CAPACITY else change.units
    number = format_decimal(abs(float(units)), locale=locale)
    return _(": {number} more a month", number=number) if units > 0 else _(": {number} fewer a month", number=number)
