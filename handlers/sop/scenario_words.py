"""What a scenario changes, in words."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from babel import Locale
from babel.numbers import format_decimal

from models.base.words import month_text, share_text, signed_text
from models.sop.way_words import months_text
from models.sop.what_if import ChangeKind, ScenarioChange

NAMES = {
    ChangeKind.DEMAND: "demand",
    ChangeKind.CAPACITY: "capacity",
    ChangeKind.OVERTIME: "overtime allowed",
    ChangeKind.LAUNCH: "launch",
    ChangeKind.END: "end",
    ChangeKind.PRICE: "price",
    ChangeKind.COST: "cost",
    ChangeKind.PLAN: "the plan",
}
WHOLE = (ChangeKind.PRICE, ChangeKind.COST)


def change_text(change: ScenarioChange, months: Sequence[date], locale: Locale) -> str:
    """Such as "Assembly: capacity +100 % in Jan 2027–Mar 2027"."""
    if change.kind is ChangeKind.PLAN:
        families = dict.fromkeys(move.family for move in change.changes)
        return f"{', '.join(families)}: a way out of a gap"
    if change.kind is ChangeKind.LAUNCH:
        month = month_text(months[change.first], locale)
        if change.like:
            level = share_text(1 + change.percent / 100)
            return f"{change.name}: sells like {change.like} at {level} from {month} on only"
        return f"{change.name}: launch in {month}"
    if change.kind is ChangeKind.END:
        return f"{change.name}: ends with {month_text(months[change.last], locale)}"
    amount = _amount(change, locale)
    when = "" if change.kind in WHOLE else f" in {months_text(months[change.first : change.last + 1], locale)}"
    return f"{change.name or 'All'}: {NAMES[change.kind]}{amount}{when}"


def _amount(change: ScenarioChange, locale: Locale) -> str:
    if change.percent:
        return f" {signed_text(change.percent / 100)}"
    if not change.units:
        return ""
    units = Fraction(change.units, 1000) if change.kind is ChangeKind.CAPACITY else change.units
    more = "more" if units > 0 else "fewer"
    return f": {format_decimal(abs(float(units)), locale=locale)} {more} a month"
