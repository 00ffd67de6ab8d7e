"""Months of families from a CSV: actuals, forecasts, supply. One wrong row, and nothing is taken."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.files.sheet import Sheet, WrongRow, short_text

MOST_UNITS = 10**9
MONTHS = {
    re.compile(r"\d{4}-\d{2}", re.ASCII): "%Y-%m",
    re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII): "%Y-%m-%d",
    re.compile(r"[A-Za-z]{3}-\d{2}", re.ASCII): "%b-%y",
}


class MonthsKind(StrEnum):
    """What a file is about."""

    ACTUALS = "actuals"
    FORECAST = "forecast"
    SUPPLY = "supply"


@dataclass(frozen=True)
class Columns:
    """Of a kind of file: what is counted, the words that may go with it, and what is there to be looked at only."""

    amounts: Sequence[str]
    words: str = ""
    looked_at: Sequence[str] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """In their order."""
        return ("family", "month", *self.looked_at, *self.amounts, *([self.words] if self.words else []))


COLUMNS: Mapping[MonthsKind, Columns] = {
    MonthsKind.ACTUALS: Columns(("bookings", "shipments", "supply", "inventory", "backlog")),
    MonthsKind.FORECAST: Columns(("certain", "contingent"), "reason"),
    MonthsKind.SUPPLY: Columns(("supply",), "limit", ("demand",)),
}


@dataclass(frozen=True)
class GivenMonth:
    """A month of a family; None where the file says nothing."""

    family: str
    month: date
    amounts: tuple[int | None, ...]
    words: str = ""


def read_months(text: str, kind: MonthsKind, families: Collection[str], months: Sequence[date]) -> list[GivenMonth]:
    """Read a CSV of a kind: units of these families in these months."""
    sheet = Sheet.read(text)
    columns = COLUMNS[kind]
    sheet.check_columns(columns.all, {"family", "month"}, ", ".join(columns.all))
    seen: set[tuple[str, date]] = set()

    def read(row: Mapping[str, str]) -> GivenMonth:
        family, month = _family(row.get("family", ""), families), _month(row.get("month", ""), months)
        if (family, month) in seen:
            raise WrongRow(f"{family[:80]} in {month:%Y-%m} stands twice")
        seen.add((family, month))
        amounts = tuple(_units(row, name) for name in columns.amounts)
        if all(amount is None for amount in amounts):
            raise WrongRow(f"fill in {' or '.join(columns.amounts)}")
        return GivenMonth(family, month, amounts, short_text(row, columns.words) if columns.words else "")

    return sheet.each(read)


def _family(name: str, families: Collection[str]) -> str:
    # Capitals are as people type them.
    matching = [family for family in families if family.casefold() == name.casefold()]
    if name in matching or len(matching) == 1:
        return name if name in matching else matching[0]
    raise WrongRow(f"there is no family “{name[:80]}” to fill in here")


def _month(text: str, months: Sequence[date]) -> date:
    month = _plain_month(text)
    if month is None:
        raise WrongRow(f"“{text[:20]}” is no month, such as 2026-10")
    if not months[0] <= month <= months[-1]:
        raise WrongRow(f"{month:%Y-%m} is none of the months from {months[0]:%Y-%m} to {months[-1]:%Y-%m}")
    return month


def _plain_month(text: str) -> date | None:
    """2026-10, any day of it, or what a spreadsheet makes of it: Oct-26."""
    for pattern, form in MONTHS.items():
        if pattern.fullmatch(text):
            try:
                return datetime.strptime(text, form).date().replace(day=1)  # noqa: DTZ007 - a month has no zone
            except ValueError:
                return None
    return None


def _units(row: Mapping[str, str], name: str) -> int | None:
    text = row.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or int(text) > MOST_UNITS:
        raise WrongRow(f"{name} should be a whole number of 0 or more, not “{text[:20]}”")
    return int(text)
