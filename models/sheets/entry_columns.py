"""The amounts of the company's own tables: each by its title; what something new cannot do without is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from models.base.language import _
from models.sheets.amount_columns import is_no_amount
from models.sheets.board import Board, label
from models.sheets.cells import Cell, fold, is_blank, text_of
from models.sheets.counts import without_count
from models.sheets.fields import Field, Kind, Of
from models.sheets.headers import Column
from models.sheets.numbers import PERCENT, POINT, factor_of, read_number
from models.sheets.questions import LEAVE_OUT
from models.sheets.titles import is_money, split_unit, words_of

MOST_OPTIONS = 40
# The answer of whoever has no such column yet.
NONE_YET = "0"
NEW = "new"
HOURS = frozenset(["h", "hour", "hours", "std", "stunde", "stunden"])
MINUTES = frozenset(["min", "mins", "minute", "minutes", "minuten"])
NAMES = {Kind.OFFERS: Of.OFFER, Kind.RESOURCES: Of.RESOURCE}


def entry_columns(board: Board, fields: Mapping[str, Sequence[Column]]) -> tuple[Column, ...]:
    """For each amount its column; one that several titles may name is asked with the likeliest one."""
    if board.request.kind is Kind.NEEDS and (across := _needs_across(board, fields)):
        return board.take(across)
    named = [column for each in board.shape.amounts.values() for column in _named(board, each)]
    amounts = {column.amount for column in named}
    lacking = [each for each in board.shape.amounts.values() if each.is_asked and each.name not in amounts]
    is_new = bool(lacking) and _is_new(board, fields, amounts)
    for each in lacking:
        if is_new or not amounts or f"which:{each.name}" in board.asking.answers:
            is_other_known = not each.is_money or any(board.shape.amounts[c.amount].is_money for c in named)
            named += _asked(board, each, is_new=is_new, is_last=is_other_known)
    return tuple(map(_in_hours, named))


def _needs_across(board: Board, fields: Mapping[str, Sequence[Column]]) -> list[Column]:
    """A grid of needs: amounts for one unit, of a resource or an offer each; a resource may be a new one."""
    across = [column for column in board.free if column.is_across and column.name]
    of = across[0].name_of if across else "resource"
    if not across and (fields["resource"] or not fields["offer"] or any(c.amount == "per_unit" for c in board.free)):
        return []
    # In a price list, what is no resource yet is something else.
    priced = (words_of(Kind.OFFERS).fields_of(split_unit(without_count(c.title))[0]) for c in board.columns)
    is_of_prices = any(name == "list_price" for found in priced for name, _ in found[:1])
    others = [] if is_of_prices else [c for c in _candidates(board) if c not in across and _may_be_a_resource(c)]
    words = set(" ".join(fold(text) for text in board.header.texts).split())
    unit = "min" if MINUTES & words and not HOURS & words else ""
    found = [*across, *(named for c in others if not _is_sum(board, c) and (named := _as_name(board, c, of)))]
    found.sort(key=lambda column: column.index)
    return [replace(column, amount="per_unit", unit=column.unit or unit) for column in found]


def _may_be_a_resource(column: Column) -> bool:
    """A title that says nothing else, of numbers that may be time or pieces."""
    is_counted = not column.unit or factor_of(column.unit) is not None
    return bool(column.title) and not column.fields and is_counted and not is_money(column.title, column.unit)


def _as_name(board: Board, column: Column, of: str) -> Column | None:
    """A title that is no name yet: a name that is like it, or that of a new resource."""
    title = split_unit(without_count(column.title))[0][:80]
    field = board.shape.by_name[of]
    match = board.names(field).match(title)
    options, likely = {name: name for name in match.candidates}, match.likely
    if of == "resource":
        options, likely = {**options, NEW: _("A new resource: {title}", title=title)}, likely or NEW
    elif not options:
        options = {name: name for name in sorted(set(board.names(field).meanings.values()))[:MOST_OPTIONS]}
    sentence = _("The column “{title}” is no {said} that is known: what is it?", title=title, said=field.said)
    answer = board.asking.ask(f"name:{of}:{title}", sentence, options, likely=likely)
    if answer in {"", LEAVE_OUT}:
        return None
    return replace(column, name=title if answer == NEW else answer, name_of=of)


def _is_sum(board: Board, column: Column) -> bool:
    """Whether a column holds what the other numbers of its row amount to, whatever its title."""
    others = [other.index for other in board.free if other is not column and not is_no_amount(other)]
    sums = [
        (total, sum(value for other in others if (value := _number(row[other])) is not None))
        for row in board.sample
        if (total := _number(row[column.index])) is not None
    ]
    return len(sums) > 1 and len(others) > 1 and all(total == added for total, added in sums)


def _number(cell: Cell) -> Fraction | None:
    if isinstance(cell, Decimal):
        return Fraction(cell)
    reading = read_number(cell) if isinstance(cell, str) else None
    return reading.value(POINT) if reading else None


def _in_hours(column: Column) -> Column:
    """What is said in minutes by its title is no hours."""
    is_in_minutes = column.amount in {"per_unit", "fixed"} and MINUTES & set(fold(column.title).split())
    return replace(column, unit=column.unit or "min") if is_in_minutes else column


def _named(board: Board, field: Field) -> tuple[Column, ...]:
    found = [
        c for c in board.titled(field.name) if c.amount == field.name and (field.is_money or not is_money("", c.unit))
    ]
    if len(found) < 2:
        return board.take(found)
    is_clear = found[0].rank(field.name) != found[1].rank(field.name)
    if is_clear and not field.is_asked:
        return board.take(found[:1])
    options = list(map(label, found))
    sentence = _("Which column is “{label}”: {options}?", label=field.label, options=", ".join(options))
    answer = board.asking.ask(f"which:{field.name}", sentence, options, likely=options[0] if is_clear else "")
    return board.take([column for column in found if label(column) == answer][:1])


def _is_new(board: Board, fields: Mapping[str, Sequence[Column]], amounts: set[str]) -> bool:
    """Whether something new stands there that cannot do without: what is known has it already."""
    kind = board.request.kind
    if kind is Kind.NEEDS:
        return not amounts & {"per_unit", "fixed"}
    names = fields.get("name", ())
    known = board.request.known.names[NAMES[kind]]
    rows = [row for row in board.sample if sum(not is_blank(cell) for cell in row) > 1]
    return any(not known.is_known(text_of(row[column.index])) for column in names for row in rows)


def _asked(board: Board, field: Field, *, is_new: bool, is_last: bool) -> tuple[Column, ...]:
    """A column that somebody chooses, among those with numbers; the only one is likely for the last that is lacking."""
    found = list(_candidates(board))[:MOST_OPTIONS]
    is_needed = is_new and board.request.kind is Kind.OFFERS and board.request.known.must_be_whole
    if not found and not is_needed:
        return ()
    money = [column for column in found if _holds_money(board, column)]
    likely = label(money[0]) if field.is_money and len(money) == 1 else ""
    likely = label(found[0]) if is_last and len(found) == 1 else likely
    options = {**{label(column): label(column) for column in found}, NONE_YET: _("There is none: 0 for now")}
    answer = board.asking.ask(
        f"which:{field.name}", _("Which column is “{label}”?", label=field.label), options, likely=likely
    )
    if answer in {"", NONE_YET, LEAVE_OUT}:
        return ()
    chosen = next(column for column in found if label(column) == answer)
    return board.take([replace(chosen, fields=((field.name, 0),), amount=field.name)])


def _candidates(board: Board) -> Iterator[Column]:
    for column in board.free:
        is_share = PERCENT in column.title or board.share(column, _is_share) > 0
        if board.are_numbers(column) and not is_share and not is_no_amount(column, is_money_one=False):
            yield column


def _holds_money(board: Board, column: Column) -> bool:
    return is_money(column.title, column.unit) or board.share(column, _is_of_money) > 0


def _is_share(cell: Cell) -> bool:
    reading = read_number(cell) if isinstance(cell, str) else None
    return reading is not None and reading.unit == PERCENT


def _is_of_money(cell: Cell) -> bool:
    reading = read_number(cell) if isinstance(cell, str) else None
    return reading is not None and reading.is_money
