"""Weeks and commitments from a spreadsheet or an ERP: CSV, read row by row; all that is wrong is said at once."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.arithmetic import monday
from models.errors import Refused
from models.files.company import GivenCommitment
from models.files.reading import LARGEST_AMOUNT
from models.promise.facts import Adjustment, Kind

WEEKS = ("resource", "week", "available", "overtime", "receipt", "reason")
COMMITMENTS = ("ref", "resource", "week", "quantity", "note")
MOST_TOLD = 20
MOST_ROWS = 50_000
MOST_TEXT = 200
NUMBER = re.compile(r"\d{1,13}(\.\d{1,3})?", re.ASCII)


class BadRows(Refused):
    """Rows that cannot be taken over; nothing was changed."""

    def __init__(self, wrong: list[str]) -> None:
        shown = "\n".join(wrong[:MOST_TOLD])
        more = f"\nAnd {len(wrong) - MOST_TOLD} more." if len(wrong) > MOST_TOLD else ""
        super().__init__(f"Nothing was changed.\n{shown}{more}")
        self.wrong = wrong


@dataclass(frozen=True)
class CapacityFile:
    """Weeks that differ, or load that is there already."""

    adjustments: tuple[Adjustment, ...] = ()
    commitments: tuple[GivenCommitment, ...] = ()


def read_capacity(text: str, resources: Mapping[str, Kind]) -> CapacityFile:
    """Read a CSV of weeks or of commitments; its first row says which it is.

    Weeks: resource, week, available, overtime, receipt, reason. Commitments: ref, resource, week, quantity, note.
    """
    text = text.removeprefix("\ufeff")
    mark = max(",;\t", key=text.lstrip().split("\n", 1)[0].count)
    rows = _rows(text, mark)
    header = [name.strip().lower() for name in next(rows, [])]
    known = COMMITMENTS if "ref" in header else WEEKS
    _check_header(header, known)
    # Where commas do not part the cells, they may be decimal.
    reading = _Reading(resources, has_decimal_commas=mark != ",")
    for number, cells in enumerate(rows, 2):
        if any(cell.strip() for cell in cells):
            reading.read(number, header, cells, is_load=known is COMMITMENTS)
    if not reading.wrong and not reading.seen:
        raise BadRows(["There is no row below the first one."])
    if reading.wrong:
        raise BadRows(reading.wrong)
    return CapacityFile(tuple(reading.adjustments), tuple(reading.commitments))


def _rows(text: str, mark: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=mark)
    try:
        for number, row in enumerate(reader):
            if number > MOST_ROWS:
                raise BadRows([f"At most {MOST_ROWS} rows at a time."])
            yield row
    except csv.Error as error:
        raise BadRows([f"Row {reader.line_num}: it cannot be read as CSV ({error})."]) from None


def _check_header(header: list[str], known: tuple[str, ...]) -> None:
    needed = {"ref", "resource", "week", "quantity"} if known is COMMITMENTS else {"resource", "week"}
    strange = [name for name in header if name not in known]
    missing = sorted(needed - set(header))
    if strange or missing or len(set(header)) < len(header):
        either = f"{', '.join(WEEKS)}; or {', '.join(COMMITMENTS)}"
        raise BadRows([f"The first row names the columns. They are: {either}."])


class _Reading:
    """Rows as far as they are right, and a sentence for each that is not."""

    def __init__(self, resources: Mapping[str, Kind], *, has_decimal_commas: bool) -> None:
        self.resources, self.has_decimal_commas = resources, has_decimal_commas
        self.adjustments: list[Adjustment] = []
        self.commitments: list[GivenCommitment] = []
        self.wrong: list[str] = []
        self.seen: set[tuple[str, str, date]] = set()

    def read(self, number: int, header: list[str], cells: list[str], *, is_load: bool) -> None:
        """Read one row, or say what is wrong with it."""
        try:
            if len(cells) > len(header):
                raise _Wrong("it has more cells than the first row")
            row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
            (self._commitment if is_load else self._week)(row)
        except _Wrong as wrong:
            self.wrong.append(f"Row {number}: {wrong}.")

    def _week(self, row: Mapping[str, str]) -> None:
        name, week = self._place(row, "")
        amounts = {key: self._amount(row, key) for key in ("available", "overtime", "receipt")}
        is_stock = self.resources[name] is Kind.STOCK
        if is_stock and (amounts["receipt"] is None or amounts["available"] or amounts["overtime"]):
            raise _Wrong(f"{name} is stock: fill in receipt, and neither available nor overtime")
        if not is_stock and (amounts["receipt"] is not None or amounts["available"] is amounts["overtime"] is None):
            raise _Wrong(f"{name} is time: fill in available or overtime, and no receipt")
        self.adjustments.append(Adjustment(name, week, **amounts, reason=_text(row, "reason")))

    def _commitment(self, row: Mapping[str, str]) -> None:
        ref = _text(row, "ref")
        if not ref:
            raise _Wrong("ref is missing: the reference that tells this load from others")
        name, week = self._place(row, ref)
        quantity = self._amount(row, "quantity")
        if quantity is None:
            raise _Wrong("quantity is missing")
        self.commitments.append(GivenCommitment(ref, name, week, quantity, _text(row, "note") or None))

    def _place(self, row: Mapping[str, str], ref: str) -> tuple[str, date]:
        name, day = row.get("resource", ""), row.get("week", "")
        if name not in self.resources:
            raise _Wrong(f"there is no resource “{name[:80]}”")
        try:
            week = monday(date.fromisoformat(day))
        except ValueError:
            raise _Wrong(f"week should be a date such as 2027-01-18, not “{day[:40]}”") from None
        if not 1970 <= week.year <= 2999:
            raise _Wrong(f"week should be a date such as 2027-01-18, not “{day[:40]}”")
        if (ref, name, week) in self.seen:
            raise _Wrong(f"{name} in the week of {week} stands twice")
        self.seen.add((ref, name, week))
        return name, week

    def _amount(self, row: Mapping[str, str], key: str) -> int | None:
        text = row.get(key, "")
        if not text:
            return None
        plain = text.replace(",", ".") if self.has_decimal_commas else text
        value = Decimal(plain) if NUMBER.fullmatch(plain) else Decimal(-1)
        if not 0 <= value <= LARGEST_AMOUNT:
            raise _Wrong(f"{key} should be a number of 0 or more with at most 3 decimals, not “{text[:40]}”")
        return int(value.scaleb(3))


class _Wrong(Exception):
    """What is wrong with a row."""


def _text(row: Mapping[str, str], key: str) -> str:
    text = row.get(key, "")
    if len(text) > MOST_TEXT:
        raise _Wrong(f"{key} should have at most {MOST_TEXT} characters")
    return text
