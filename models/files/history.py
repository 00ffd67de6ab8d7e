"""The history of families from a table of family, month and units; a month that it does not name is unknown."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from models.base.errors import Refused
from models.base.language import _
from models.base.months import month_after, months_between, months_from
from models.sheets.cells import fold
from models.sheets.fields import Kind
from models.sheets.names import Known
from models.sheets.preview import Preview, TableFile, preview
from models.sheets.titles import TOTAL

HEADER = ["family", "month", "units"]
MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])", re.ASCII)
LONGEST_MONTHS = 1200
UNKNOWN_NAME = "name:family:"
Row = tuple[str, date, Decimal]


@dataclass(frozen=True)
class History:
    """A family's units month by month, from its first month on; None is unknown."""

    family: str
    first: date
    units: tuple[Decimal | None, ...]

    @property
    def decimals(self) -> int:
        """How finely its units are told: 0 where all are whole."""
        known = (units.normalize() for units in self.units if units is not None)
        return max((max(0, -int(units.as_tuple().exponent)) for units in known), default=0)

    def months_ahead(self, count: int) -> list[date]:
        """The months that come after it."""
        return months_from(month_after(self.first, len(self.units)), count)

    def without(self, months: Sequence[date]) -> "History":
        """The same, with months that are left out."""
        left = (None if month_after(self.first, n) in months else units for n, units in enumerate(self.units))
        return replace(self, units=tuple(left))


def read_histories(data: bytes, name: str, known: Known) -> list[History]:
    """Each family in the order of the file. What a table leaves open is asked, and nothing is guessed."""
    rows = _plain_rows(data)
    if not rows:
        rows = _rows_in(_read(TableFile.open(data, name), known))
    spelled: dict[str, str] = {}
    by_family: dict[str, dict[date, Decimal]] = {}
    for family, month, units in rows:
        months = by_family.setdefault(spelled.setdefault(family.casefold(), family), {})
        months[month] = months.get(month, Decimal(0)) + units
    return [_history(family, months) for family, months in by_family.items()]


def _plain_rows(data: bytes) -> list[Row] | None:
    """A file that is written exactly as promised: whatever its families are called, and however old its months."""
    try:
        header, *lines = [row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if row]
        return list(_each_plain(lines)) if [title.strip().lower() for title in header] == HEADER else None
    except (ValueError, InvalidOperation, csv.Error):
        return None


def _each_plain(lines: Sequence[Sequence[str]]) -> Iterator[Row]:
    for family, month, units in lines:
        amount = Decimal(units) if units.strip() else None
        if (
            TOTAL.fullmatch(fold(family))
            or not family.strip()
            or not MONTH.fullmatch(month.strip())
            or (amount is not None and not amount.is_finite())
        ):
            raise ValueError(month)
        if amount is not None:
            yield family.strip(), date.fromisoformat(f"{month.strip()}-01"), amount


def _read(file: TableFile, known: Known) -> Preview:
    """The families of a history are those that the file names; the first spelling of each counts."""
    questions = preview(file, Kind.HISTORY, known).questions
    names = [q.key.removeprefix(UNKNOWN_NAME) for q in questions if q.key.startswith(UNKNOWN_NAME)]
    spelled = {name.casefold(): name for name in reversed(names)}
    read = preview(file, Kind.HISTORY, replace(known, families=[*spelled.values()]))
    if read.questions:
        raise Refused(" ".join(question.sentence for question in read.questions[:3]))
    return read


def _rows_in(read: Preview) -> list[Row]:
    return [(row["family"], date.fromisoformat(f"{row['month']}-01"), Decimal(row["units"])) for row in read.rows]


def _history(family: str, months: Mapping[date, Decimal]) -> History:
    first, last = min(months), max(months)
    count = months_between(first, last) + 1
    if count > LONGEST_MONTHS:
        raise Refused(
            _(
                "{family}: from {first:%Y-%m} to {last:%Y-%m} are more than a hundred years.",
                family=family,
                first=first,
                last=last,
            )
        )
    return History(family, first, tuple(months.get(month) for month in months_from(first, count)))
