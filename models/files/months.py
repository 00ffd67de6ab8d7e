"""Months of families from a table: actuals, forecasts, supply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.sheets.preview import Preview

MOST_UNITS = 10**9


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


def months_in(read: Preview) -> list[GivenMonth]:
    """The months that a table holds, once nothing about it is open."""
    columns = COLUMNS[MonthsKind(read.kind)]
    return [
        GivenMonth(
            row["family"],
            date.fromisoformat(f"{row['month']}-01"),
            tuple(int(row[name]) if name in row else None for name in columns.amounts),
            row.get(columns.words, ""),
        )
        for row in read.rows
    ]
