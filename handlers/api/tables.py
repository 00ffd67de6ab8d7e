"""Tables of the company, of capacity and of sales, row by row: what a table names is afterwards as it says.

The same table twice changes nothing the second time, so that a nightly export may simply be sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from babel import Locale
from fastapi import Body, Query
from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy import select

from handlers.api.deal_terms import PLAIN
from handlers.api.endpoints import Act, serves
from handlers.api.given import Taken
from models.api.tokens import Scope, check_scope
from models.base.attempts import attempt
from models.base.errors import BadForm
from models.base.months import closed_months, month_of, months_from
from models.base.words import locale_of
from models.capacity.adjusting import Breaking, check_may_adjust
from models.company.known import known_to
from models.company.resources import ResourceRow, in_use
from models.files.capacity import capacity_in
from models.files.months import months_in
from models.setup.catalogue import check_keeps_company, past_names
from models.setup.company_files import known_in
from models.setup.company_tables import differences, entries_of, with_rows
from models.setup.exporting import company_document
from models.setup.importing import change_company, import_capacity
from models.sheets.cells import Grid
from models.sheets.fields import Kind
from models.sheets.names import Known
from models.sheets.preview import Preview, TableFile, preview
from models.sheets.questions import LEAVE_OUT, Question
from models.sop.actuals import import_actuals
from models.sop.budgets import budget_in, import_budget
from models.sop.rules import check_may_budget, check_may_import

MOST_OPTIONS = 10


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a text or a number, neither true nor false")
    return value


Value = Annotated[str | int | Decimal | None, BeforeValidator(_no_truth)]
MOST_ROWS = 5_000
MOST_TOLD = 200
BUDGET_YEARS = 3


class TableKind(StrEnum):
    """The tables that may be written."""

    OFFERS = "offers"
    NEEDS = "needs"
    SUBSTITUTES = "substitutes"
    CUSTOMERS = "customers"
    RESOURCES = "resources"
    STOCK = "stock"
    WEEKS = "weeks"
    COMMITMENTS = "commitments"
    ACTUALS = "actuals"
    BUDGET = "budget"


class CompanyTable(StrEnum):
    """The tables of the company's own data, which may be read, too."""

    OFFERS = "offers"
    NEEDS = "needs"
    SUBSTITUTES = "substitutes"
    CUSTOMERS = "customers"
    RESOURCES = "resources"
    STOCK = "stock"


class GivenRows(Taken):
    """Rows by the names of their columns, as a spreadsheet would have them."""

    rows: list[dict[str, Value]] = Field(min_length=1, max_length=MOST_ROWS)
    answers: dict[str, str] = Field(default_factory=dict, description="Answers to what was asked about these rows.")


class TakenOver(BaseModel):
    """What became of a table; of a trial, what would become of it."""

    rows: int
    is_trial: bool
    changes: list[str] = Field(description="What is different now, where that is told in words.")
    breaks: list[int] = Field(description="Deals whose promise or hold cannot be kept any more, by number.")
    columns: dict[str, str | None] = Field(description="As which field each column was read; null: not read.")
    left_out: list[str] = Field(description="Rows that were not taken over, and why.")
    notes: list[str]


class Rows(BaseModel):
    """A table of the company, row by row."""

    rows: list[dict[str, str | int | None]]


@dataclass(frozen=True)
class Done:
    """What taking a table over has changed."""

    changes: Sequence[str] = ()
    breaks: Breaking = field(default_factory=Breaking)


Trial = Annotated[bool, Query(description="Only say what it would do.")]


def _seen_rows(act: Act, table: TableKind, given: GivenRows, **_: Any) -> Preview:
    return _seen(act, table, _table(given.rows), PLAIN, given.answers)


def _seen_file(act: Act, table: TableKind, content: bytes, answer: list[str] | None, **_: Any) -> Preview:
    answers = dict(one.partition("=")[::2] for one in answer or ())
    return _seen(act, table, TableFile.open(content, f"{table}.csv"), locale_of(act.by.locale), answers)


@serves("PUT", "/tables/{table}", None, prepare=_seen_rows)
def write_table(act: Act, prepared: Preview, table: TableKind, given: GivenRows, is_trial: Trial = False) -> TakenOver:  # noqa: ARG001 - as it is described
    """Take rows over, all or nothing; what they do not name stays. It needs company:, capacity: or planning:write."""
    return _take(act, table, prepared, is_trial=is_trial)


@serves("PUT", "/tables/{table}/file", None, prepare=_seen_file)
def write_file(
    act: Act,
    prepared: Preview,
    table: TableKind,
    content: Annotated[bytes, Body(media_type="application/octet-stream", description="A CSV or an .xlsx.")],  # noqa: ARG001 - as it is described
    answer: Annotated[list[str] | None, Query(description="key=answer, to what was asked about this file.")] = None,  # noqa: ARG001 - as it is described
    is_trial: Trial = False,
) -> TakenOver:
    """The same from a file, with the titles, numbers and dates of the token's person."""
    return _take(act, table, prepared, is_trial=is_trial)


@serves("GET", "/tables/{table}", Scope.READ_COMPANY, others=[304])
def read_table(act: Act, table: CompanyTable) -> Rows:
    """A table of the company as it is: with costs, for those who keep its data."""
    check_keeps_company(act.by, act.admins)
    kind = Kind(table)
    rows = entries_of(company_document(act.workspace), kind)
    return Rows(rows=[{name: _travelling(cell) for name, cell in row.items()} for row in rows])


def _seen(act: Act, table: TableKind, file: TableFile, locale: Locale, answers: Mapping[str, str]) -> Preview:
    """The table as it is read, before anything is locked: a long one takes seconds."""
    scope, check, read, _ = TABLES[table]
    check_scope(act.token, scope)
    check(act)
    seen = preview(file, Kind(table), replace(read(act), locale=locale), answers=answers)
    if seen.questions:
        raise BadForm({question.key: _asked(question) for question in seen.questions})
    return seen


def _take(act: Act, table: TableKind, seen: Preview, *, is_trial: bool) -> TakenOver:
    scope, check, _, take = TABLES[table]
    check_scope(act.token, scope)
    check(act)
    act.workspace.lock()
    if is_trial:
        done, _ = attempt(act.session, lambda: take(act, seen), ())
    else:
        done = take(act, seen)
    return TakenOver(
        rows=len(seen.rows),
        is_trial=is_trial,
        changes=list(done.changes[:MOST_TOLD]),
        breaks=sorted(deal.number for deal in done.breaks.deals),
        columns=dict(seen.columns),
        left_out=[f"row {left.row}: {left.why}" for left in seen.left_out[:MOST_TOLD]],
        notes=list(seen.notes),
    )


def _asked(question: Question) -> str:
    options = [text for value, text in question.options.items() if value != LEAVE_OUT]
    listed = " / ".join(options[:MOST_OPTIONS])
    return f"{question.sentence} ({listed})" if listed else question.sentence


def _known_of_company(act: Act) -> Known:
    document = company_document(act.workspace)
    return known_in(document, PLAIN, act.workspace.today(act.now), past_names(act.workspace))


def _known(act: Act) -> Known:
    return known_to(act.workspace, by=act.by, now=act.now)


def _known_closed(act: Act) -> Known:
    closed = closed_months(month_of(act.workspace.today(act.now)))
    return known_to(act.workspace, by=act.by, now=act.now, months=closed)


def _known_budgeted(act: Act) -> Known:
    first = act.workspace.today(act.now).replace(year=act.workspace.today(act.now).year - 1, month=1, day=1)
    return known_to(act.workspace, by=act.by, now=act.now, months=months_from(first, 12 * BUDGET_YEARS))


def _take_company(act: Act, read: Preview) -> Done:
    before = company_document(act.workspace)
    after = with_rows(before, read.kind, read.rows)
    said = differences(before, after)
    breaks = change_company(act.workspace, before, after, by=act.by, now=act.now) if said else Breaking()
    return Done(said, breaks)


def _take_capacity(act: Act, read: Preview) -> Done:
    rows = act.session.scalars(select(ResourceRow).where(*in_use(act.workspace)))
    given = capacity_in(read, {row.name: row.kind for row in rows})
    return Done(breaks=import_capacity(act.workspace, given, by=act.by, now=act.now))


def _take_actuals(act: Act, read: Preview) -> Done:
    import_actuals(act.workspace, months_in(read), by=act.by, now=act.now)
    return Done()


def _take_budget(act: Act, read: Preview) -> Done:
    import_budget(act.workspace, budget_in(read, act.workspace.places), by=act.by, now=act.now)
    return Done()


def _table(rows: Sequence[Mapping[str, Value]]) -> TableFile:
    """Rows as a table, whose columns are all that any row names."""
    titles = list(dict.fromkeys(title for row in rows for title in row))
    cells = [[_cell(row.get(title)) for title in titles] for row in rows]
    return TableFile("rows", (Grid([titles, *cells]),))


def _cell(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _travelling(cell: str | Decimal | int) -> str | int | None:
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


_COMPANY = (Scope.WRITE_COMPANY, lambda act: check_keeps_company(act.by, act.admins), _known_of_company, _take_company)
_CAPACITY = (Scope.WRITE_CAPACITY, lambda act: check_may_adjust(act.by), _known, _take_capacity)
TABLES: Mapping[
    TableKind, tuple[Scope, Callable[[Act], None], Callable[[Act], Known], Callable[[Act, Preview], Done]]
] = {
    **{TableKind(kind): _COMPANY for kind in CompanyTable},
    TableKind.WEEKS: _CAPACITY,
    TableKind.COMMITMENTS: _CAPACITY,
    TableKind.ACTUALS: (
        Scope.WRITE_PLANNING,
        lambda act: check_may_import(act.by),
        _known_closed,
        _take_actuals,
    ),
    TableKind.BUDGET: (Scope.WRITE_PLANNING, lambda act: check_may_budget(act.by), _known_budgeted, _take_budget),
}
