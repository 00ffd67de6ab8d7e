"""Tables as the listeners read them, for tests that begin with a text."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from babel import Locale

from models.files import BadRows, CapacityFile
from models.files.capacity import CAPACITY_KINDS, capacity_in
from models.files.months import GivenMonth, MonthsKind, months_in
from models.promise import Kind
from models.sheets.fields import Kind as TableKind
from models.sheets.names import Known
from models.sheets.preview import Preview, TableFile, preview

US = Locale("en", "US")


def months_of(text: str, kind: MonthsKind, families: Sequence[str], months: Collection[date]) -> list[GivenMonth]:
    """The months of a text."""
    known = Known(families, {}, [], US, date(2030, 1, 1), months=months)
    return months_in(_clear(text, TableKind(kind.value), known))


def capacity_of(text: str, resources: Mapping[str, Kind]) -> CapacityFile:
    """The weeks or commitments of a text."""
    known = Known([], {}, list(resources), US, date(2026, 11, 23))
    kind = TableFile.open(text.encode(), "a.csv").kind(CAPACITY_KINDS, known)
    return capacity_in(_clear(text, kind, known), resources)


def _clear(text: str, kind: TableKind, known: Known) -> Preview:
    read = preview(TableFile.open(text.encode(), "a.csv"), kind, known)
    if read.questions:
        raise BadRows([question.sentence for question in read.questions])
    return read
