"""A table as it was read: its rows, how each column was read, what was left out and why, and what is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType

from models.base.language import N_, _
from models.sheets.board import Board, Request, label
from models.sheets.cells import Grid
from models.sheets.context import Context
from models.sheets.entries import completed
from models.sheets.fields import SHAPES, Kind
from models.sheets.headers import Header, find_header
from models.sheets.layout import Layout, lay_out
from models.sheets.lots import in_lots
from models.sheets.names import Known
from models.sheets.questions import Asking, Question
from models.sheets.rows import Rows, read_rows
from models.sheets.sums import add_up
from models.sheets.texts import BadTable, read_text
from models.sheets.workbooks import is_workbook, read_workbook

SHEET_READ = N_("The sheet {name} is read.")

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
LARGEST = 30_000_000
MOST_TURNED = 60
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class LeftOut:
    """A row of the file that is not taken over."""

    row: int
    why: str


@dataclass(frozen=True)
class Preview:
    """How a file is read. While a question is open, rows are as its likely answer has them, and nothing is taken over.

    `columns` say of each title which field it became (None: it is not read), `notes` what was assumed.
    """

    kind: Kind
    rows: Sequence[Mapping[str, str]]
    columns: Mapping[str, str | None]
    left_out: Sequence[LeftOut] = ()
    questions: Sequence[Question] = ()
    notes: Sequence[str] = ()
    sheet: str = ""


@dataclass(frozen=True)
class TableFile:
    """A file that is opened: its name, and the sheets in it."""

    name: str
    grids: tuple[Grid, ...]
    data: bytes = field(default=b"", repr=False)

    @classmethod
    def open(cls, data: bytes, name: str) -> "TableFile":
        """Open a file by what it holds, whatever it is called."""
        return cls(name, tuple(_grids(data)), data)

    def sheets(self) -> list["TableFile"]:
        """Each sheet as a file of its own."""
        return [TableFile(self.name, (grid,)) for grid in self.grids]

    def titles(self, kind: Kind, known: Known) -> list[str]:
        """The titles of its columns, by which a file of the same shape is known again."""
        _, header = _sheet(self.grids, Request(kind, known), Asking(NO_ANSWERS))
        return [label(column) for column in header.columns if column.title]

    def kind(self, kinds: Sequence[Kind], known: Known) -> Kind:
        """The kind that its titles speak for; the first one, where they do for several."""
        scores = {kind: max(find_header(grid, kind, known).score for grid in self.grids) for kind in kinds}
        return max(kinds, key=lambda kind: scores[kind])


def preview(
    file: TableFile, kind: Kind, known: Known, *, measure: str = "", answers: Mapping[str, str] = NO_ANSWERS
) -> Preview:
    """Read a table from a file; what is not clear is asked, and nothing is guessed."""
    request = Request(kind, known, measure, PurePath(file.name).stem)
    asking = Asking(answers)
    grid, header = _sheet(file.grids, request, asking)
    layout = lay_out(Board(grid, header, request, asking))
    context = Context(grid, layout, request, asking)
    rows = Rows()
    if layout.amounts or not (SHAPES[kind].amounts and SHAPES[kind].period):
        rows = read_rows(context)
    elif not asking.questions:
        asking.ask(
            "columns",
            _(
                "No column is found that holds {amounts}.",
                amounts=_(" or ").join(each.said for each in SHAPES[kind].amounts.values()),
            ),
        )
    read = in_lots(completed(add_up(rows, context), rows, context), context)
    if not read and not asking.questions:
        asking.ask("rows", _("There is no row that can be taken over."))
    left_out = [LeftOut(number, why) for number, why in sorted(rows.left_out.items())]
    questions = tuple(asking.questions.values())
    return Preview(kind, read, _columns(layout, context), left_out, questions, tuple(asking.notes), grid.name)


def _grids(data: bytes) -> list[Grid]:
    if len(data) > LARGEST:
        raise BadTable(_("The file is too large: at most {largest} MB.", largest=LARGEST // 1000000))
    if data.startswith(OLD_WORKBOOK):
        raise BadTable(
            _("An old (.xls) or protected workbook cannot be read: save it as .xlsx without a password, or as CSV.")
        )
    return read_workbook(data) if is_workbook(data) else [read_text(data)]


def _sheet(grids: Sequence[Grid], request: Request, asking: Asking) -> tuple[Grid, Header]:
    """The sheet whose header says most; where two say as much, its person chooses."""
    scored = [(grid, find_header(grid, request.kind, request.known)) for grid in grids]
    best = max(header.score for _, header in scored)
    likely = [(grid, header) for grid, header in scored if header.score >= best * 0.8]
    if len(likely) > 1:
        names = [grid.name for grid, _ in likely]
        answer = asking.ask("sheet", _("Which sheet is it: {names}?", names=", ".join(names)), names)
        likely = [pair for pair in likely if pair[0].name == answer] or likely
    grid, header = likely[0]
    if len(grids) > 1:
        asking.note(_(SHEET_READ, name=grid.name))
    return _turned(grid, header, request)


def _turned(grid: Grid, header: Header, request: Request) -> tuple[Grid, Header]:
    """The grid with rows for columns, where its fields run down the first column."""
    if len(grid.rows) > MOST_TURNED or grid.width < 2:
        return grid, header
    turned = grid.transposed()
    other = find_header(turned, request.kind, request.known)
    return (turned, other) if other.is_named and not header.is_complete else (grid, header)


def _columns(layout: Layout, context: Context) -> dict[str, str | None]:
    read: dict[int, str] = {}
    for name, columns in layout.fields.items():
        read |= {column.index: name for column in columns}
    for column in layout.amounts:
        first = context.key_across(column) if column.period else None
        period = context.shape.period
        across = f"{first:%Y-%m}" if first and period and period.name == "month" else first.isoformat() if first else ""
        read[column.index] = " ".join(filter(None, (column.name, across, column.amount)))
    for name in ("year", "unit", "measures", "version", "status", "mixed"):
        beside = getattr(layout, name)
        if beside is not None:
            read.setdefault(beside.index, name)
    named = {column.index: label(column) for column in layout.header.columns if column.title or column.index in read}
    return {_unique(title, index, named): read.get(index) for index, title in named.items()}


def _unique(title: str, index: int, named: Mapping[int, str]) -> str:
    same = [other for other, text in named.items() if text == title]
    return title if same[0] == index else f"{title} ({same.index(index) + 1})"
