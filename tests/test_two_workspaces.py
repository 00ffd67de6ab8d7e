"""Two workspaces with equal ids of everything in one database: neither sees, counts or changes what is the other's.

The second is a copy of the first: the same Slack ids, names and numbers, the same deals, plans, schedules and history,
in rows of its own. Whatever people of the first look at must read as it did before there was the second; and whatever
they press that carries the second's rows must change nothing of it.
"""

import io
import json
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.tables import METADATA
from models.workspace.workspaces import Workspace, meet_workspace, the_workspace
from sandbox.client import Person
from tests.handlers.conftest import ALL
from tests.handlers.slack.conftest import post_to, signed
from tests.handlers.slack.fuzzing import content_of, recorded
from tests.handlers.sop import test_cycle
from tests.models.setup.test_archive import rows
from tests.stage import DOORS, OPS, Stage, staged

Json = dict[str, Any]
AWAY = 1_000_000
MARK = "SHADOW"
OTHERS = "T0SHADOW"
# Numbers that a button carries besides ids of rows.
NO_IDS = {
    "version",
    "revision",
    "lines",
    "overtime",
    "line",
    "kind",
    "week",
    "weeks",
    "page",
    "way",
    "month",
    "quantity",
}
TOUR = {
    "Sara": ("/deal list", "/deal list all", "/deal 1", "/deal show 1", "/deal find acme", "/sop", "/sop forecast"),
    "Olga": ("/capacity", "/capacity Assembly", "/capacity weeks", "/deal list", "/sop supply", "/sop page", "/belay"),
    "Fin": ("/deal list", "/sop page", "/sop import", "/belay scoreboard", "/belay standards"),
    "Lea": (
        *("/belay roles", "/belay channels", "/belay schedules", "/belay scoreboard", "/belay settings", "/belay"),
        *("/sop decide", "/sop owners", "/sop accuracy", "/sop schedule", "/deal list"),
    ),
}
FILES = {"Lea": "/deal export", "Olga": "/deal export"}


@pytest.fixture(params=DOORS[:1])
def town(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        stage.sb.add_channel(ALL, list(stage.people.values()))
        yield stage


def test_neither_of_two_equal_workspaces_sees_or_changes_the_other(town: Stage) -> None:
    requests = lived(town)
    alone = list(tour(town))
    shadow = copy(town)
    assert list(tour(town)) == alone
    calls, before = len(town.sb.calls()), town.look(lambda session: rows(session, shadow))
    for number, payload in enumerate(requests):
        content = content_of(aimed(payload, number))
        assert post_to(town.bot, content, signed(town, content)).status_code in {200, 404}
    town.sb.settle()
    after = town.look(lambda session: rows(session, shadow))
    assert {name for name in before if before[name] != after[name]} == set()
    assert MARK not in json.dumps(town.sb.calls()[calls:])
    assert MARK not in json.dumps(town.sb.requests())


def lived(stage: Stage) -> list[Json]:
    """A month of planning, and a day of deals."""
    test_cycle.set_up(stage)
    stage.sb.turn(to=test_cycle.december(3))
    sara, pete, olga, lea = (stage.person(name) for name in ("Sara", "Pete", "Olga", "Lea"))
    test_cycle.hand_in_forecasts(sara, pete, stage)
    stage.sb.turn(to=test_cycle.december(9))
    test_cycle.answer_supply(olga, stage)
    lea.command(OPS, "/belay schedules")
    stage.sb.settle()
    lea.close()
    return recorded(stage)


def tour(stage: Stage) -> Iterator[str]:
    """All that people look at, as they read it."""
    for name, lines in TOUR.items():
        person = stage.person(name)
        home = person.open_home()
        yield f"{name}: home: {home.as_text() if home else ''}"
        for line in lines:
            yield f"{name}: {line}: {_answer(stage, person, line)}"
        yield from (f"{name}: {card.as_text()}" for card in person.dm() if card.text.startswith("#"))
    for name, line in FILES.items():
        known = len(stage.sb.files())
        stage.person(name).command(OPS, line)
        stage.sb.settle()
        yield from (f"{name}: {file['name']}: {_content(stage, file)}" for file in stage.sb.files()[known:])


def copy(stage: Stage) -> int:
    """A second workspace with the same of everything; only customers and people's names tell who is who."""
    with stage.bot.database.writing() as session:
        ours = the_workspace(session)
        other = meet_workspace(session, team_id=OTHERS, name=MARK, bot_id="B2", bot_user_id="U2", is_the_only=False)
        session.flush()
        for column in Workspace.__table__.c:
            if column.name not in {"id", "team_id", "name", "bot_id", "bot_user_id"}:
                setattr(other, column.name, getattr(ours, column.name))
        session.flush()
        tables = [table for table in METADATA.sorted_tables if "workspace_id" in table.c]
        ahead = {table: [key.parent.name for key in table.foreign_keys if key.use_alter] for table in tables}
        copies = {table: [_copied(table, row, other.id) for row in _rows(session, table, ours.id)] for table in tables}
        for table, rows_ in copies.items():
            if rows_:
                session.execute(insert(table), [row | dict.fromkeys(ahead[table]) for row in rows_])
        for table, names in ahead.items():
            for row in copies[table] if names else ():
                session.execute(update(table).where(table.c.id == row["id"]).values({n: row[n] for n in names}))
        return other.id


def aimed(payload: Json, number: int) -> Json:
    """The same request about the other workspace's rows."""
    payload = json.loads(json.dumps(payload))
    for name in ("trigger_id", "event_id"):
        if name in payload:
            payload[name] = f"9.9.{number}"
    _aim(payload)
    return payload


def _aim(part: Any) -> None:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, value in list(inner):
        if name in {"value", "private_metadata", "action_id"} and isinstance(value, str):
            part[name] = _moved(value)
        else:
            _aim(value)


def _moved(text: str) -> str:
    """Ids in what a button or a form carries, moved to where the copies are."""
    if text.isdecimal():
        return str(int(text) + AWAY)
    act, dot, key = text.partition(".")
    if dot and key.isdecimal():
        return f"{act}.{int(key) + AWAY}"
    act, bar, carried = text.rpartition("|")
    try:
        values = json.loads(carried)
    except ValueError:
        return text
    if not isinstance(values, dict):
        return text
    moved = {
        name: value + AWAY if type(value) is int and value > 0 and name not in NO_IDS else value
        for name, value in values.items()
    }
    return f"{act}{bar}{json.dumps(moved)}"


def _rows(session: Session, table: Any, workspace: int) -> list[Json]:
    found = session.execute(select(table).where(table.c.workspace_id == workspace).order_by(table.c.id))
    return [dict(row) for row in found.mappings()]


def _copied(table: Any, row: Json, workspace: int) -> Json:
    pointing = {key.parent.name for key in table.foreign_keys} - {"workspace_id"}
    moved = {name: row[name] + AWAY for name in {"id", *pointing} if row[name] is not None}
    if table.name == "history":
        moved["subject_id"] = workspace if row["subject"] == "workspace" else row["subject_id"] + AWAY
    marked = {name: MARK for name in ("customer", "why", "note") if row.get(name)}
    if table.name == "member" and row["name"]:
        marked["name"] = f"{MARK} {row['name']}"
    if table.name == "outbox":
        marked["key"] = f"x{row['key'][1:]}"
    return row | moved | marked | {"workspace_id": workspace}


def _answer(stage: Stage, person: Person, line: str) -> str:
    known = len(person.channel(OPS))
    person.command(OPS, line)
    stage.sb.settle()
    said = [message.as_text() for message in person.channel(OPS)[known:]]
    shown = [view.as_text() for view in person.modals()]
    while person.modals():
        person.close()
    return "\n".join(said + shown)


def _content(stage: Stage, file: Json) -> str:
    content = stage.sb.http.get(f"/files/{file['id']}").content
    if not str(file["name"]).endswith(".xlsx"):
        return content.decode(errors="replace")
    book = openpyxl.load_workbook(io.BytesIO(content))
    return str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])
