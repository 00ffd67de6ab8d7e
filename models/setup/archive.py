"""All that is kept of a workspace: written out row by row, erased, and put back as it was."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Date,
    MetaData,
    ScalarSelect,
    Table,
    Time,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from models.base.columns import ExactDecimal, UtcDateTime
from models.base.errors import Refused
from models.base.language import N_, _
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.outbox import News
from models.workspace.workspaces import Workspace

Row = dict[str, Any]
FORMAT = "belay 1"
# Of a workspace's own row: where it is in Slack stays what it is.
PLACE = frozenset({"id", "team_id", "enterprise_id", "bot_id", "bot_user_id", "url", "uninstalled_at"})
OWN = cast("Table", Workspace.__table__)
READ: dict[Any, Callable[[Any], Any]] = {
    ExactDecimal: Decimal,
    UtcDateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    Time: time.fromisoformat,
}
# Which requests were carried out lately is nothing that is kept of anybody; and what opens this bot opens no other.
PASSING = frozenset({"seen_request", "api_answer", "api_token", "webhook"})
AT_ONCE = 500
OTHERS = N_("Rows of other workspaces have these numbers by now: put it into a database of its own.")


@dataclass(frozen=True)
class Archived:
    """How much an archive holds."""

    rows: int
    deals: int
    people: int


def write_archive(workspace: Workspace, tables: MetaData, *, now: datetime) -> Iterator[str]:
    """One line of JSON for what it is and one for each row; tables in an order in which each refers to earlier ones."""
    about = {"format": FORMAT, "team": workspace.team_id, "written": now.isoformat(), "name": workspace.name}
    yield json.dumps(about, ensure_ascii=False)
    session = workspace.session
    yield from _lines(session, OWN, OWN.c.id == workspace.id)
    for table in _kept(tables):
        own = table.c.workspace_id == workspace.id
        # What waits for a webhook stays with it.
        yield from _lines(session, table, own & (table.c.kind != News.WEBHOOK) if table.name == "outbox" else own)


def read_archive(workspace: Workspace, tables: MetaData, lines: Iterable[str]) -> Archived:
    """Put back what an archive holds, in the place of all that is there; Refused where it is no whole archive."""
    rows = _rows_of(workspace, _kept(tables), lines)
    _empty(workspace, tables)
    session = workspace.session
    try:
        (own,) = rows.pop(OWN.name)
    except (KeyError, ValueError):
        raise Refused(_("This is no archive of Belay, or not a whole one.")) from None
    for name in own.keys() - PLACE:
        setattr(workspace, name, own[name])
    session.flush()
    for table in _kept(tables):
        _fill(session, table, rows.get(table.name, []), workspace.id)
    for table in _kept(tables):
        _point_ahead(session, table, rows.get(table.name, []))
    session.expire_all()
    count = {name: len(found) for name, found in rows.items()}
    return Archived(sum(count.values()), count.get("deal", 0), count.get("member", 0))


def erase(workspace: Workspace, tables: MetaData, *, by: Member, now: datetime) -> None:
    """Everything of a workspace is deleted: its company, deals, plans, people and history.

    Whoever did it stays known as an admin of Slack, so that they can begin anew; that it was done is the first act.
    """
    kept = {name: getattr(by, name) for name in ("user_id", "name", "timezone", "locale", "is_slack_admin")}
    session = workspace.session
    _empty(workspace, tables)
    session.expunge(by)
    for column in OWN.c:
        if column.name not in PLACE | {"name"}:
            setattr(workspace, column.name, column.default.arg if column.default else None)  # type: ignore[attr-defined]
    again = Member(workspace_id=workspace.id, is_outsider=False, **kept)
    session.add(again)
    session.flush()
    record(workspace, "erase", by=again, now=now)


def _kept(tables: MetaData) -> list[Table]:
    """Those whose rows belong to a workspace and are kept, each after those that it refers to."""
    return [table for table in tables.sorted_tables if "workspace_id" in table.c and table.name not in PASSING]


def _ahead(table: Table) -> list[str]:
    """Columns that refer to rows which come later: a deal to its proposals."""
    return [key.parent.name for key in table.foreign_keys if key.use_alter]


def _empty(workspace: Workspace, metadata: MetaData) -> None:
    session = workspace.session
    session.flush()
    tables = [table for table in metadata.sorted_tables if "workspace_id" in table.c]
    for table in tables:
        if names := _ahead(table):
            cleared = update(table).where(table.c.workspace_id == workspace.id).values(dict.fromkeys(names))
            session.execute(cleared)
    for table in reversed(tables):
        session.execute(delete(table).where(table.c.workspace_id == workspace.id))


def _fill(session: Session, table: Table, rows: list[Row], workspace: int) -> None:
    if not rows:
        return
    ids = [row["id"] for row in rows]
    for start in range(0, len(ids), AT_ONCE):
        taken = select(func.count()).select_from(table).where(table.c.id.in_(ids[start : start + AT_ONCE]))
        if session.scalar(taken):
            raise Refused(_(OTHERS))
    nothing = dict.fromkeys(_ahead(table))
    session.execute(insert(table), [{**row, **nothing, "workspace_id": workspace} for row in rows])
    if session.get_bind().dialect.name == "postgresql":
        # What is added next comes after what was put back.
        session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), _last(table))))


def _last(table: Table) -> ScalarSelect[int]:
    return select(func.max(table.c.id)).scalar_subquery()


def _point_ahead(session: Session, table: Table, rows: list[Row]) -> None:
    for row in rows if _ahead(table) else ():
        pointing = {name: row.get(name) for name in _ahead(table)}
        session.execute(update(table).where(table.c.id == row["id"]).values(pointing))


def _rows_of(workspace: Workspace, kept: list[Table], lines: Iterable[str]) -> dict[str, list[Row]]:
    tables = {table.name: table for table in [OWN, *kept]}
    rows: dict[str, list[Row]] = {}
    given = iter(lines)
    try:
        about = json.loads(next(given, ""))
        if about["format"] != FORMAT:
            raise Refused(_("This archive is of another Belay: {format}.", format=str(about["format"])[:40]))
        if workspace.team_id is None:
            raise Refused(_("No workspace is known here yet: let `belay run` start once, then import the archive."))
        if about["team"] != workspace.team_id:
            raise Refused(
                _(
                    "This archive is of {team}, and this is {here}.",
                    team=str(about["team"])[:40],
                    here=workspace.team_id,
                )
            )
        for each in given:
            name, row = json.loads(each)
            rows.setdefault(name, []).append(_read(tables[name], row))
    except (ValueError, TypeError, KeyError):
        raise Refused(_("This is no archive of Belay, or not a whole one.")) from None
    return rows


def _lines(session: Session, table: Table, own: ColumnElement[bool]) -> Iterator[str]:
    rows = session.execute(select(table).where(own).order_by(table.c.id)).mappings()
    for row in rows.yield_per(AT_ONCE):
        written = {name: _written(table.c[name], value) for name, value in row.items()}
        yield json.dumps([table.name, written], ensure_ascii=False)


def _written(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON) or value is None:
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return f"{value:f}" if isinstance(value, Decimal) else value


def _read(table: Table, row: Row) -> Row:
    return {name: _value(table.c[name], value) for name, value in row.items()}


def _value(column: Column[Any], value: Any) -> Any:
    kind = getattr(column.type, "enum_class", None) or next(
        (read for shape, read in READ.items() if isinstance(column.type, shape)), None
    )
    return value if kind is None or value is None else kind(value)
