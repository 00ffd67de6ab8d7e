"""The columns that hold amounts: of a period or a name across, of a field by title, or the only numbers there are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.base.language import _
from models.sheets.board import Board, label
from models.sheets.fields import Role
from models.sheets.headers import Column
from models.sheets.questions import LEAVE_OUT
from models.sheets.titles import is_money

MOST_OPTIONS = 20
NUMBERED = frozenset(
    [
        "id",
        "no",
        "nr",
        "number",
        "nummer",
        "#",
        "pos",
        "position",
        "line",
        "zeile",
        "row",
        "index",
        "code",
        "key",
        "plz",
        "zip",
        "phone",
        "tel",
        "week",
        "kw",
    ]
)


def amount_columns(board: Board, measure: str, *, has_measures: bool) -> tuple[Column, ...]:
    """The columns with amounts, each with what it measures, unless each row says that."""
    if not board.shape.amounts:
        return ()
    across = [column for column in board.free if column.is_across]
    if across:
        across = sorted([*across, *unread_across(board, across)], key=lambda column: column.index)
        _check_twice(board, across)
        return _measured(board, across, measure, has_measures=has_measures)
    named = tuple(column for name in board.shape.amounts for column in _named(board, name))
    return named or _measured(board, _unnamed(board), measure, has_measures=has_measures)


def unread_across(board: Board, across: Sequence[Column]) -> Iterator[Column]:
    """Numbers among periods or names whose title is neither: a name is asked, of a period it is said."""
    are_names = any(column.name for column in across)
    for column in board.free:
        if column in across or not column.title or is_no_amount(column) or not board.are_numbers(column):
            continue
        if column.fields or not (are_names or across[0].index < column.index < across[-1].index):
            continue
        if are_names:
            yield from _asked_name(board, column)
        elif (
            board.asking.ask(
                f"across:{label(column)}", _("Column “{label}” is no period that is clear.", label=label(column))
            )
            == LEAVE_OUT
        ):
            continue


def _check_twice(board: Board, across: Sequence[Column]) -> None:
    """Two columns of the same period, name and amount may be parts, or the same again."""
    seen: dict[tuple[object, ...], Column] = {}
    for column in across:
        key = (
            column.period and column.period.day_first,
            column.name,
            column.amount,
            column.period is None and column.title,
        )
        first = seen.setdefault(key, column)
        if first is not column and not (column.period and column.period.lone):
            sentence = _(
                "Two columns are the same: “{title}” and “{column_title}”. Are they added up?",
                title=first.title,
                column_title=column.title,
            )
            board.asking.ask("columns_twice", sentence, {"add": _("They are added up")})


def _asked_name(board: Board, column: Column) -> Iterator[Column]:
    field = next(each for each in board.shape.fields if each.role is Role.NAME)
    match = board.names(field).match(column.title)
    options = match.candidates or tuple(sorted(set(board.names(field).meanings.values())))
    which = (
        _("is it {candidates}?", candidates=_(" or ").join(match.candidates))
        if match.candidates
        else _("which one is it?")
    )
    sentence = _(
        "Column “{title}”: there is no such {said}: {which}", title=column.title[:80], said=field.said, which=which
    )
    answer = board.asking.ask(f"name:{field.name}:{column.title[:80]}", sentence, options, likely=match.likely)
    if answer and answer != LEAVE_OUT:
        yield replace(column, name=answer)


def _named(board: Board, name: str) -> tuple[Column, ...]:
    """For an amount the likeliest column; where two are equally likely, its person says which."""
    is_money_field = board.shape.amounts[name].is_money
    found = [c for c in board.titled(name) if c.amount == name and (is_money_field or not is_money("", c.unit))]
    equal = [column for column in found if column.rank(name) == found[0].rank(name)]
    if len(equal) > 1:
        options = list(map(label, equal))
        answer = board.asking.ask(
            f"which:{name}",
            _(
                "Which column is “{label}”: {options}?",
                label=board.shape.amounts[name].label,
                options=", ".join(options),
            ),
            options,
        )
        equal = [column for column in equal if label(column) == answer]
    return board.take(equal)


def _unnamed(board: Board) -> list[Column]:
    """The amounts without a title of their own: by a word such as quantity, or the only numbers; else it is asked."""
    numeric = [column for column in board.free if board.are_numbers(column) and not column.period]
    generic = [c for c in numeric if "@generic" in c.modifiers and not c.is_aside and not is_money(c.title, c.unit)]
    others = [column for column in numeric if not column.fields and not is_no_amount(column)]
    found = generic[:1] or others or [column for column in numeric if column.is_aside]
    if generic or not any(column.title for column in found):
        return found if len(found) == 1 else []
    options = [label(column) for column in found[:MOST_OPTIONS]]
    likely = options[0] if len(options) == 1 else ""
    sentence = _("Which column holds the amounts: {options}?", options=", ".join(options))
    answer = board.asking.ask("which:amount", sentence, options, likely=likely)
    return [column for column in found if label(column) == answer]


def _measured(board: Board, columns: Sequence[Column], measure: str, *, has_measures: bool) -> tuple[Column, ...]:
    """Columns with what they measure; where nothing says it, it is asked."""
    if columns and not measure and not has_measures and any(not column.amount for column in columns):
        choices = list(board.shape.amounts)
        measure = board.asking.ask(
            "measure", _("What do the amounts measure: {choices}?", choices=", ".join(choices)), choices
        )
        measure = "" if measure == LEAVE_OUT else measure
    if not has_measures:
        columns = [replace(column, amount=column.amount or measure) for column in columns]
    return board.take([column for column in columns if column.amount or has_measures])


def is_no_amount(column: Column, *, is_money_one: bool = True) -> bool:
    """Whether a title names what is not counted: a total, money, the number of something, a year."""
    words = set(column.title.casefold().replace(".", " ").split())
    is_of_money = is_money_one and is_money(column.title, column.unit)
    return column.is_aside or is_of_money or bool(words & NUMBERED) or "@year" in column.modifiers
