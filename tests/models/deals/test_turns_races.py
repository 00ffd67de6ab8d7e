"""Turns in several processes: a promise that is won while it is released, and what breaks keeps nothing else back."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.database import Database
from models.company.resources import Commitment
from models.deals.deciding import approve, win
from models.deals.reminding import keep_turns
from models.deals.rows import Deal
from models.deals.transitions import find_number
from models.deals.turns import Awaited, Turn, begin_missing_turns, turns_of
from models.workspace.members import meet_member
from models.workspace.workspaces import the_workspace
from tests.stage import PATIENCE, Stage, staged
from tests.world import NOW, World, user_id

LATER = NOW + timedelta(days=60)


@pytest.fixture
def approved(database: Database) -> Iterator[Database]:
    with World.build(database) as world:
        deal = world.propose()
        approve(deal, by=world.person("Olga"), now=NOW)
    yield database


def test_promise_that_is_won_while_it_is_released_stays_won(approved: Database, database_url: str) -> None:
    other = Database(database_url)
    began = threading.Event()

    def release() -> None:
        began.set()
        with other.writing() as session:
            keep_turns(session, now=LATER)

    with ThreadPoolExecutor(1) as pool:
        with approved.writing() as session:
            sara = meet_member(the_workspace(session), user_id("Sara"))
            win(find_number(the_workspace(session), 1), by=sara, now=LATER)
            session.flush()
            releasing = pool.submit(release)
            began.wait()
            if not approved.is_sqlite:
                _wait_until_one_waits(approved)
        releasing.result()
    with approved.reading() as session:
        assert session.scalars(select(Deal.state)).one() == "won"
        assert session.scalars(select(Commitment.released_at).where(Commitment.deal_id.is_not(None))).one() is None
    other.close()


def _wait_until_one_waits(database: Database) -> None:
    waits = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        with database.engine.connect() as connection:
            if connection.execute(waits).scalar_one():
                return
        time.sleep(0.005)
    pytest.fail("nobody waits")


def test_two_processes_that_start_at_once_begin_each_turn_once(approved: Database, database_url: str) -> None:
    with approved.writing() as session:
        for turn in session.scalars(select(Turn)):
            session.delete(turn)
    others = [Database(database_url) for _ in range(2)]

    def begin(database: Database) -> None:
        with database.writing() as session:
            begin_missing_turns(session, now=NOW)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(begin, others))
    with approved.reading() as session:
        assert len(session.scalars(select(Turn)).all()) == 1
    for other in others:
        other.close()


def test_turn_that_stands_twice_ends_with_its_twin(approved: Database) -> None:
    with approved.writing() as session:
        deal = session.scalars(select(Deal)).one()
        (turn,) = turns_of(deal)
        twin = Turn(workspace=deal.workspace, deal=deal, proposal=turn.proposal, side=turn.side, awaited=turn.awaited)
        twin.began_at, twin.due_at, twin.next_at, twin.win_by = NOW, turn.due_at, turn.next_at, turn.win_by
        session.add(twin)
        session.flush()
        win(deal, by=deal.seller, now=NOW)
        assert {turn.awaited for turn in turns_of(deal)} == {Awaited.DELIVERY}


def test_what_breaks_in_one_chore_keeps_nothing_else_back(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_session: object, *, now: object) -> None:
        raise ValueError("a row that nobody expected")

    with staged(f"sqlite:///{tmp_path}/belay.db", "socket") as stage, monkeypatch.context() as patched:
        patched.setattr("bot.heartbeat.CHORES", [(lambda _session: NOW, broken)])
        posts_all_the_same(stage)


def posts_all_the_same(stage: Stage) -> None:
    person = stage.person("Sara")
    person.command("tents-ops", "/deal Acme 10 Summit tent by 18 Jan")
    stage.sb.until(lambda: [view for view in person.modals() if view.title == "Propose a deal"])
    assert person.submit().ok
    assert stage.sb.until(lambda: [m for m in stage.sb.channel("tents-ops") if m.text.startswith("#1")])
