"""Which column holds what: by its title, by what stands in it, or as its person chose."""

from dataclasses import dataclass

from models.base.language import _
from models.sheets.amount_columns import amount_columns
from models.sheets.board import MOST, SOME, Board, label
from models.sheets.cells import Cell, fold, text_of
from models.sheets.entry_columns import entry_columns
from models.sheets.fields import Field, Kind, Role
from models.sheets.headers import Column, Header
from models.sheets.names import share_known
from models.sheets.titles import amounts_in, is_plan, is_word_of, words_of

VERSIONS = frozenset(["actual", "actuals", "ist"])


@dataclass(frozen=True)
class Layout:
    """The columns that are read, by field; `amounts` are all that hold amounts, of `measure` unless they say of what.

    Others say how a row is read: `year`, `unit`, what it `measures`, its `version` (plan or actual), its `status`. In a
    `mixed` column, names head periods or the other way round.
    """

    header: Header
    fields: dict[str, tuple[Column, ...]]
    amounts: tuple[Column, ...]
    measure: str = ""
    year: Column | None = None
    unit: Column | None = None
    measures: Column | None = None
    version: Column | None = None
    status: Column | None = None
    mixed: Column | None = None
    do_names_head: bool = False

    def first(self, field: str) -> Column | None:
        """The column of a field that counts."""
        return next(iter(self.fields.get(field, ())), None)


def lay_out(board: Board) -> Layout:
    """The layout of a grid."""
    mixed = _mixed(board)
    across = {column.name_of for column in board.columns if column.is_across and board.request.kind is Kind.NEEDS}
    fields: dict[str, tuple[Column, ...]] = {
        field.name: () if field.name in across else _name_columns(board, field) for field in board.shape.names
    }
    if board.shape.period and mixed is None:
        fields[board.shape.period.name] = _period_columns(board, board.shape.period)
    for field in board.shape.fields:
        if field.name not in fields and field.role not in {Role.AMOUNT, Role.PERIOD}:
            fields[field.name] = _text_columns(board, field.name)
    if "name" in board.shape.key and not fields["name"]:
        fields["name"] = _asked_name(board)
    year, unit, version, status = (_modifier(board, name) for name in ("year", "unit", "version", "status"))
    measures, measure = _measures(board), _measure(board)
    amounts = (
        entry_columns(board, fields)
        if any(each.is_asked for each in board.shape.fields)
        else amount_columns(board, measure, has_measures=measures is not None)
    )
    if board.request.kind is Kind.RESOURCES and any(column.amount == "weekly" for column in amounts):
        fields["kind"] = tuple(column for column in fields["kind"] if _says_kind(board, column))
    if (
        measure
        and measure != board.request.measure
        and len(board.shape.amounts) > 1
        and not all(c.fields or c.name_of for c in amounts)
    ):
        board.asking.note(_("The amounts are read as {said}.", said=board.shape.by_name[measure].said))
    return Layout(
        board.header,
        fields,
        amounts,
        measure,
        year,
        unit,
        measures,
        version,
        status,
        mixed,
        _begins_with_name(board, mixed),
    )


def _says_kind(board: Board, column: Column) -> bool:
    """Whether any word of a column is a kind of resource: else it is of something else, and hours a week say enough."""
    words = {word for cell in board.cells(column) for word in (fold(text_of(cell)), *fold(text_of(cell)).split())}
    is_chosen = f"column:{label(column)}" in board.asking.answers
    return is_chosen or bool(words & board.shape.by_name["kind"].choices.keys())


def _mixed(board: Board) -> Column | None:
    """A column in which names head periods, or periods names, as pivot tables write them."""
    if not board.shape.period or len(board.shape.names) != 1:
        return None
    for column in board.free:
        sorts = {_sort(board, cell) for cell in board.cells(column)}
        if {"name", "period"} <= sorts and board.share(column, lambda cell: bool(_sort(board, cell))) >= MOST:
            return board.take([column])[0]
    return None


def _sort(board: Board, cell: Cell) -> str:
    if isinstance(cell, str) and any(board.names(field).is_known(cell) for field in board.shape.names):
        return "name"
    return "period" if board.is_period(cell, is_strict=True) else ""


def _begins_with_name(board: Board, column: Column | None) -> bool:
    sorts = (_sort(board, cell) for cell in board.cells(column)) if column else iter(())
    return next((sort == "name" for sort in sorts if sort), False)


def _name_columns(board: Board, field: Field) -> tuple[Column, ...]:
    """Columns with names that are known, whatever their titles; for a family, one of its offers may stand beside it."""
    names = board.names(field)
    shares = {column.index: share_known(names, board.cells(column)) for column in board.free}
    titled = board.titled(field.name)
    by_content = sorted((c for c in board.free if shares[c.index] >= MOST), key=lambda c: -shares[c.index])
    found = [column for column in titled if shares[column.index] >= SOME]
    if not found:
        found = [column for column in by_content if not column.fields or column in titled][:1]
    if not found:
        found = [column for column in titled if not board.are_numbers(column) and not board.share_periods(column)][:1]
    return board.take(found[:2] if field.name == "family" else found[:1])


def _period_columns(board: Board, field: Field) -> tuple[Column, ...]:
    titled = [column for column in board.titled(field.name) if board.share_periods(column) >= SOME]
    titled.sort(key=lambda column: _period_rank(board, column, field.name))
    if titled and is_word_of("ship_date", titled[0].title) and _is_of_orders(board, field):
        answer = board.asking.ask(
            f"which:{field.name}", _("Do orders count on “{title}”?", title=titled[0].title), [label(titled[0])]
        )
        return board.take([column for column in titled if label(column) == answer])
    if titled:
        return board.take(titled[:1])
    if any(column.period for column in board.columns):
        return ()
    free = [column for column in board.free if not column.is_across]
    untitled = [c for c in free if not c.fields and board.share_periods(c, is_strict=True) >= MOST]
    if len(untitled) == 1 and not untitled[0].title:
        return board.take(untitled)
    if untitled:
        answer = board.asking.ask(
            f"which:{field.name}", _("Which column is the {name}?", name=field.said), map(label, untitled)
        )
        return board.take([column for column in untitled if label(column) == answer])
    # Numbers of months or weeks, whose year stands beside them.
    return board.take(board.titled(field.name)[:1])


def _is_of_orders(board: Board, field: Field) -> bool:
    is_shipped = board.request.measure == "shipments" or any(column.amount == "shipments" for column in board.columns)
    return field.name == "month" and board.request.kind is Kind.ACTUALS and not is_shipped


def _period_rank(board: Board, column: Column, field: str) -> tuple[int, int]:
    """What is shipped counts by the day on which it was; all else by the day of the order."""
    other = "order_date" if board.request.measure == "shipments" else "ship_date"
    return int(is_word_of(other, column.title)), column.rank(field) or 0


def _text_columns(board: Board, field: str) -> tuple[Column, ...]:
    return board.take([column for column in board.titled(field) if _is_best(board, column, field)][:1])


def _asked_name(board: Board) -> tuple[Column, ...]:
    """The names of what is new, where no title says which column has them: texts that all differ are likely."""
    texts = [column for column in board.free if not board.are_numbers(column) and any(board.cells(column))]
    if not texts:
        return ()
    options = list(map(label, texts))
    differ = [label(column) for column in texts if len(cells := list(board.cells(column))) == len(set(cells))]
    answer = board.asking.ask("which:name", _("Which column has the names?"), options, likely=(differ or [""])[0])
    return board.take([column for column in texts if label(column) == answer][:1])


def _is_best(board: Board, column: Column, field: str) -> bool:
    """Whether a title names no other field rather, for which there is no better column."""
    first = column.fields[0][0]
    return first == field or any(other is not column and other.rank(first) is not None for other in board.columns)


def _modifier(board: Board, name: str) -> Column | None:
    if name in board.shape.by_name:
        return None
    found = [c for c in board.free if f"@{name}" in c.modifiers and not c.is_across and not c.fields]
    if name == "version":
        found += [c for c in board.free if c not in found and board.share(c, _is_version) >= MOST]
    elif name == "unit":
        found = [c for c in found if not board.are_numbers(c)]
    return next(iter(board.take(found[:1])), None)


def _is_version(cell: Cell) -> bool:
    return isinstance(cell, str) and (is_plan(cell) or cell.casefold() in VERSIONS)


def _measures(board: Board) -> Column | None:
    """A column whose cells say what a row measures."""
    words = words_of(board.request.kind)

    def is_measure(cell: Cell) -> bool:
        return isinstance(cell, str) and any(name in board.shape.amounts for name, _ in words.fields_of(cell))

    found = [c for c in board.free if not c.is_across and not c.amount and board.share(c, is_measure) >= SOME]
    return next(iter(board.take(found[:1])), None)


def _measure(board: Board) -> str:
    """What is measured where no title says it: as was asked for, the only one, or what the texts above mention."""
    if board.request.measure or len(board.shape.amounts) == 1:
        return board.request.measure or next(iter(board.shape.amounts))
    for texts in (board.header.texts, (board.request.file_name,)):
        mentioned = amounts_in(board.request.kind, texts)
        if len(mentioned) == 1:
            return mentioned.pop()
    return board.shape.main
