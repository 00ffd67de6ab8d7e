"""The heartbeat: what the clock makes due is told once; what has expired counts no more, whoever has told it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.orm import Session

from bot import heartbeat
from bot.app import build
from bot.database import Database
from models.company.resources import Commitment
from models.deals.committing import DoesNotFit
from models.deals.deciding import accept, approve
from models.deals.lapsing import next_lapse, tell_lapsed_holds
from models.deals.proposing import counter, counter_back
from models.deals.reservations import held_until
from models.deals.rows import Deal
from models.deals.states import Move
from models.workspace.history import History
from models.workspace.requests import SeenRequest
from tests.stage import Stage, is_card, staged
from tests.world import NOW, World, company_for

# Five working days from Monday 23 November, 9:00 in Denver: Tuesday, Wednesday, Friday (Thursday is
# Thanksgiving), Monday, Tuesday 1 December, 9:00 there.
EXPIRY = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WEEK = date(2027, 1, 18)
BUILT_IN = date(2027, 1, 4)
PRICE = 43200
TOLD = "Belay says: the hold has expired. Accepting checks afresh."


@pytest.fixture
def either(database_url: str) -> Iterator[Stage]:
    """The bot over HTTP, on each database."""
    with staged(database_url, "http") as stage:
        yield stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """The bot over HTTP on SQLite."""
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http") as stage:
        yield stage


def test_hold_expires_after_five_working_days_and_both_sides_are_told(either: Stage) -> None:
    _hold(either)
    either.sb.turn(to=EXPIRY - SECOND)
    assert "Capacity is held until" in either.card().as_text()
    assert "Capacity is held until" in either.own_card("Sara").as_text()
    assert TOLD not in either.thread()
    before = either.own_card("Sara").ts
    either.sb.turn(by=SECOND)
    assert either.thread()[-1] == TOLD
    assert "Capacity is held until" not in either.card().as_text()
    assert "Capacity is held until" not in either.own_card("Sara").as_text()
    # An update alone notifies nobody: the seller's card rises.
    assert float(either.own_card("Sara").ts) > float(before)
    assert either.state() == "countered"
    either.sb.turn(by=timedelta(days=30))
    assert either.thread().count(TOLD) == 1


def test_hold_of_a_deal_that_was_countered_back_leaves_the_cards_when_it_expires(stage: Stage) -> None:
    _hold(stage)
    sara = stage.person("Sara")
    sara.press("Counter back…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    sara.enter("Quantity", 95)
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert "Capacity is held until" in stage.card().as_text()
    stage.sb.turn(to=EXPIRY)
    assert "Capacity is held until" not in stage.card().as_text()
    assert "Capacity is held until" not in stage.own_card("Sara").as_text()


def test_deals_beside_a_hold_see_that_it_has_expired(stage: Stage) -> None:
    _hold(stage)
    stage.propose("Borealis 60 Summit tent by 18 Jan", by="Pete")
    # 60 × 0.5 h + 4 h = 34 h; of 62 h, 49 h are held.
    assert "needs 34 hours, 13 free, 21 short" in stage.card(2).as_text()
    stage.sb.turn(to=EXPIRY)
    assert "Fits" in stage.card(2).as_text()
    assert "Approve" in stage.card(2).buttons


def test_accept_after_the_hold_expired_commits_while_it_fits(stage: Stage) -> None:
    _hold(stage)
    stage.sb.turn(to=EXPIRY)
    stage.person("Sara").press("Accept", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert stage.state() == "approved"


def test_two_bots_on_one_database_tell_an_expired_hold_once(database_url: str, database_kind: str) -> None:
    if database_kind == "sqlite":
        pytest.skip("replicas share PostgreSQL")
    with staged(database_url, "http") as stage:
        second = build(stage.bot.config)
        second.start()
        try:
            _hold(stage)
            stage.sb.turn(to=EXPIRY + timedelta(days=1))
            assert stage.thread().count(TOLD) == 1
            assert sum(is_card(message, 1) for message in stage.person("Sara").dm()) == 1
        finally:
            second.stop()


def test_hold_that_expired_while_nobody_ran_is_told_at_the_start(stage: Stage) -> None:
    _hold(stage)
    stage.bot.heartbeat._scheduler.pause()
    for follower in stage.sb.followers():
        stage.sb.http.delete(f"/clock/followers/{follower['name']}")
    stage.sb.turn(to=EXPIRY + timedelta(days=1))
    assert TOLD not in stage.thread()
    late = build(stage.bot.config)
    late.start()
    try:
        stage.sb.settle()
        assert stage.thread()[-1] == TOLD
    finally:
        late.stop()


def test_two_processes_at_the_same_instant_tell_an_expired_hold_once(database: Database, database_url: str) -> None:
    _hold_without_a_bot(database)
    other = Database(database_url)
    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        tell_lapsed_holds(session, now=EXPIRY)
        session.flush()
        began = threading.Event()
        second = pool.submit(_tell, other, began)
        began.wait()
        _wait_until_one_waits(database)
        session.commit()
        second.result()
    assert _lapses(database) == 1
    other.close()


def test_hold_counts_until_its_instant_and_not_from_it_on(world: World) -> None:
    deal = _countered(world)
    assert held_until(deal, now=EXPIRY - SECOND) == EXPIRY
    assert held_until(deal, now=EXPIRY) is None
    assert next_lapse(world.session) == EXPIRY
    # 258 h are promised to the spring order; 90 × 0.5 h + 4 h = 49 h are held.
    assert [_load(world, now) for now in (NOW, EXPIRY - SECOND, EXPIRY)] == [307_000, 307_000, 258_000]
    assert _lapses_in(world) == 0


def test_expired_hold_is_told_by_nobody_a_second_time(world: World) -> None:
    _countered(world)
    for now in (EXPIRY - SECOND, EXPIRY, EXPIRY, EXPIRY + SECOND):
        tell_lapsed_holds(world.session, now=now)
    assert _lapses_in(world) == 1
    assert next_lapse(world.session) is None


def test_hold_that_was_replaced_expires_with_the_new_one(world: World) -> None:
    deal = _countered(world)
    later = NOW + timedelta(days=1)
    counter(deal, world.terms(("Summit tent", 80, PRICE, WEEK)), by=world.person("Olga"), now=later)
    assert next_lapse(world.session) == datetime(2026, 12, 2, 16, 0, tzinfo=UTC)
    tell_lapsed_holds(world.session, now=EXPIRY)
    assert _lapses_in(world) == 0


def test_hold_of_a_deal_that_was_countered_back_lapses_and_is_told(world: World) -> None:
    deal = _countered(world)
    counter_back(deal, world.terms(("Summit tent", 95, PRICE, WEEK)), by=world.person("Sara"), now=NOW)
    tell_lapsed_holds(world.session, now=EXPIRY)
    assert (deal.state, _lapses_in(world), next_lapse(world.session)) == ("proposed", 1, None)


def test_accept_after_the_hold_expired_checks_afresh(world: World) -> None:
    deal = _countered(world)
    other = world.propose(("Summit tent", 60, PRICE, WEEK), by="Pete", customer="Borealis")
    with pytest.raises(DoesNotFit), world.session.begin_nested():
        approve(other, by=world.person("Otto"), now=EXPIRY - SECOND)
    approve(other, by=world.person("Otto"), now=EXPIRY)
    # Nobody has told of the expiry yet, and the capacity was taken all the same.
    taken = r"needs 49 hours, 28 free, 21 short\. Deal #2 for Borealis took it \(Pete"
    with pytest.raises(DoesNotFit, match=taken), world.session.begin_nested():
        accept(deal, by=world.person("Sara"), now=EXPIRY + SECOND)
    assert deal.state == "countered"


def test_accept_before_the_hold_expires_needs_nothing_more(world: World) -> None:
    deal = _countered(world)
    accept(deal, by=world.person("Sara"), now=EXPIRY - SECOND)
    rows = select(Commitment.quantity).where(Commitment.deal_id == deal.id, Commitment.released_at.is_(None))
    assert (deal.state, world.session.scalars(rows).all()) == ("approved", [49_000])
    assert next_lapse(world.session) is None


def test_beat_that_finds_nothing_to_do_is_one_transaction(stage: Stage) -> None:
    stage.bot.heartbeat._scheduler.pause()
    stage.bot.heartbeat.beat()
    begun: list[object] = []
    event.listen(stage.bot.database.engine, "begin", begun.append)
    stage.bot.heartbeat.beat()
    assert len(begun) == 1


def test_what_breaks_keeps_nothing_else_from_being_done(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    _hold(stage)
    stage.bot.heartbeat._scheduler.pause()
    broken = [True, True]

    def breaks_twice(_session: Session) -> None:
        if broken:
            broken.pop()
            raise ValueError

    monkeypatch.setattr(heartbeat, "CHORES", [(breaks_twice, tell_lapsed_holds), *heartbeat.CHORES])
    for follower in stage.sb.followers():
        stage.sb.http.delete(f"/clock/followers/{follower['name']}")
    stage.sb.turn(to=EXPIRY)
    stage.bot.heartbeat.beat()
    assert not broken
    assert stage.thread()[-1] == TOLD


def test_old_requests_are_forgotten_after_a_day_and_new_ones_are_not(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    assert stage.look(_requests) == 1
    stage.sb.turn(by=timedelta(hours=23))
    assert stage.look(_requests) == 1
    # The heartbeat tidies when it beats; something must be due.
    stage.sb.turn(by=timedelta(hours=8))
    stage.propose("Borealis 10 Ridge tent by 18 Jan", by="Pete")
    assert stage.look(_requests) == 1


def _hold(stage: Stage) -> None:
    """Sara proposes 100; Olga counters with 90 and holds them."""
    stage.propose("Acme 100 Summit tent by 18 Jan")
    olga = stage.person("Olga")
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.enter("Quantity", 90)
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()


def _countered(world: World) -> Deal:
    deal = world.propose()
    counter(deal, world.terms(("Summit tent", 90, PRICE, WEEK)), by=world.person("Olga"), now=NOW)
    return deal


def _hold_without_a_bot(database: Database) -> None:
    with World.build(database) as world:
        _countered(world)


def _tell(database: Database, began: threading.Event) -> None:
    began.set()
    with database.writing() as session:
        tell_lapsed_holds(session, now=EXPIRY)


def _wait_until_one_waits(database: Database) -> None:
    """On PostgreSQL, until somebody waits for a row; SQLite has one writer, who begins when the other ends."""
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    tick = threading.Event()
    for _ in range(0 if database.is_sqlite else 10_000):
        with database.reading() as session:
            if session.scalar(waits):
                return
        tick.wait(0.005)


def _lapses(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(History.id)).where(History.move == Move.LAPSE)) or 0


def _lapses_in(world: World) -> int:
    return world.session.scalar(select(func.count(History.id)).where(History.move == Move.LAPSE)) or 0


def _load(world: World, now: datetime) -> int:
    company = company_for(world.workspace, [world.offer("Summit tent")], now=now)
    return company.resources["Assembly"].load[BUILT_IN]


def _requests(session: Session) -> int:
    return session.scalar(select(func.count(SeenRequest.id))) or 0
