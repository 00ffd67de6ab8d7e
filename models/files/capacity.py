"""Weeks and commitments from a spreadsheet or an ERP: CSV, read row by row; all that is wrong is said at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.base.arithmetic import monday
from models.files.company import GivenCommitment
from models.files.reading import LARGEST_AMOUNT
from models.files.sheet import Sheet, WrongRow, short_text
from models.promise.facts import Adjustment, Kind

WEEKS = ("resource", "week", "available", "overtime", "receipt", "reason")
COMMITMENTS = ("ref", "resource", "week", "quantity", "note")
NUMBER = re.compile(r"\d{1,13}(\.\d{1,3})?", re.ASCII)


@dataclass(frozen=True)
class CapacityFile:
    """Weeks that differ, or load that is there already."""

    adjustments: tuple[Adjustment, ...] = ()
    commitments: tuple[GivenCommitment, ...] = ()


def read_capacity(text: str, resources: Mapping[str, Kind]) -> CapacityFile:
    """Read a CSV of weeks or of commitments; its first row says which it is.

    Weeks: resource, week, available, overtime, receipt, reason. Commitments: ref, resource, week, quantity, note.
    """
    sheet = Sheet.read(text)
    either = f"{', '.join(WEEKS)}; or {', '.join(COMMITMENTS)}"
    reading = _Reading(resources, has_decimal_commas=sheet.has_decimal_commas)
    if "ref" in sheet.columns:
        sheet.check_columns(COMMITMENTS, {"ref", "resource", "week", "quantity"}, either)
        return CapacityFile(commitments=tuple(sheet.each(reading.commitment)))
    sheet.check_columns(WEEKS, {"resource", "week"}, either)
    return CapacityFile(adjustments=tuple(sheet.each(reading.week)))


class _Reading:
    """Rows as they are read; one place may stand there once."""

    def __init__(self, resources: Mapping[str, Kind], *, has_decimal_commas: bool) -> None:
        self.resources, self.has_decimal_commas = resources, has_decimal_commas
        self.seen: set[tuple[str, str, date]] = set()

    def week(self, row: Mapping[str, str]) -> Adjustment:
        """A week that differs."""
        name, week = self._place(row, "")
        amounts = {key: self._amount(row, key) for key in ("available", "overtime", "receipt")}
        is_stock = self.resources[name] is Kind.STOCK
        if is_stock and (amounts["receipt"] is None or amounts["available"] or amounts["overtime"]):
            raise WrongRow(f"{name} is stock: fill in receipt, and neither available nor overtime")
        if not is_stock and (amounts["receipt"] is not None or amounts["available"] is amounts["overtime"] is None):
            raise WrongRow(f"{name} is time: fill in available or overtime, and no receipt")
        return Adjustment(name, week, **amounts, reason=short_text(row, "reason"))

    def commitment(self, row: Mapping[str, str]) -> GivenCommitment:
        """Load that is there already."""
        ref = short_text(row, "ref")
        if not ref:
            raise WrongRow("ref is missing: the reference that tells this load from others")
        name, week = self._place(row, ref)
        quantity = self._amount(row, "quantity")
        if quantity is None:
            raise WrongRow("quantity is missing")
        return GivenCommitment(ref, name, week, quantity, short_text(row, "note") or None)

    def _place(self, row: Mapping[str, str], ref: str) -> tuple[str, date]:
        name, day = row.get("resource", ""), row.get("week", "")
        if name not in self.resources:
            raise WrongRow(f"there is no resource “{name[:80]}”")
        try:
            week = monday(date.fromisoformat(day))
        except ValueError:
            raise WrongRow(f"week should be a date such as 2027-01-18, not “{day[:40]}”") from None
        if not 1970 <= week.year <= 2999:
            raise WrongRow(f"week should be a date such as 2027-01-18, not “{day[:40]}”")
        if (ref, name, week) in self.seen:
            raise WrongRow(f"{name} in the week of {week} stands twice")
        self.seen.add((ref, name, week))
        return name, week

    def _amount(self, row: Mapping[str, str], key: str) -> int | None:
        text = row.get(key, "")
        if not text:
            return None
        plain = text.replace(",", ".") if self.has_decimal_commas else text
        value = Decimal(plain) if NUMBER.fullmatch(plain) else Decimal(-1)
        if not 0 <= value <= LARGEST_AMOUNT:
            raise WrongRow(f"{key} should be a number of 0 or more with at most 3 decimals, not “{text[:40]}”")
        return int(value.scaleb(3))
