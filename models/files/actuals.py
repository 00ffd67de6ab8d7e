"""Actuals from a CSV: what months of families really were. One wrong row, and nothing is taken."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models.errors import Refused

AMOUNTS = ("bookings", "shipments", "supply", "inventory", "backlog")
MOST_UNITS = 10**9
MOST_NAMED = 10


@dataclass(frozen=True)
class GivenActual:
    """A month of a family; None where the file says nothing."""

    family: str
    month: date
    amounts: tuple[int | None, ...]


def read_actuals(text: str, families: Collection[str]) -> tuple[GivenActual, ...]:
    """Read `family,month,bookings,shipments,supply,inventory,backlog`; the first row names the columns."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restkey="too many")
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = names
    missing = [name for name in ("family", "month") if name not in names]
    unknown = [name for name in names if name not in {"family", "month", *AMOUNTS}]
    if missing or unknown:
        told = f"missing: {', '.join(missing)}" if missing else f"unknown: {', '.join(unknown)[:200]}"
        raise Refused(f"The columns are family, month, {', '.join(AMOUNTS)}; {told}.")
    wrong: list[str] = []
    found: dict[tuple[str, date], GivenActual] = {}
    for number, row in enumerate(reader, 2):
        try:
            given = _row(row, families)
            if (given.family, given.month) in found:
                raise Refused(f"{given.family} in {given.month:%Y-%m} stands twice")
            found[given.family, given.month] = given
        except Refused as refused:
            wrong.append(f"Row {number}: {refused.sentence}.")
    if wrong:
        more = f" And {len(wrong) - MOST_NAMED} more rows." if len(wrong) > MOST_NAMED else ""
        raise Refused(f"Nothing was taken. {' '.join(wrong[:MOST_NAMED])}{more}")
    if not found:
        raise Refused("The file has no rows.")
    return tuple(found.values())


def _row(row: dict[str, str], families: Collection[str]) -> GivenActual:
    if "too many" in row:
        raise Refused("it has more cells than there are columns")
    family = (row.get("family") or "").strip()
    if family not in families:
        raise Refused(f"there is no family “{family[:60]}”")
    return GivenActual(family, _month(row.get("month") or ""), tuple(_amount(row.get(n) or "", n) for n in AMOUNTS))


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text.strip()[:7]}-01")
    except ValueError:
        raise Refused(f"“{text[:20]}” is no month, such as 2026-10") from None


def _amount(text: str, name: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or int(text) > MOST_UNITS:
        raise Refused(f"{name} should be a whole number of 0 or more, not “{text[:20]}”")
    return int(text)
