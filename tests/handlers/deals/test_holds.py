"""Holds: until when, how they are extended, that they end by themselves, and that a new one replaces the old one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.heartbeat import CHORES
from models.base.errors import NotYours, TooLate
from models.capacity.loads import loads_of
from models.capacity.overview import coming_weeks
from models.company.queues import in_force
from models.company.resources import Commitment, Hold, ResourceRow
from models.deals.card import card_of
from models.deals.committing import DoesNotFit
from models.deals.deciding import DeclineReason, accept, approve, decline, withdraw
from models.deals.lapsing import tell_lapsed_holds
from models.deals.proposing import counter, counter_back, extend_hold
from models.deals.reservations import held_until, hold_until
from models.deals.rows import Deal
from models.deals.terms import check_deal
from models.promise.check import Verdict
from models.workspace.history import History
from models.workspace.workspaces import Workspace
from sandbox.client import Message, Person
from tests.stage import OPS, Stage, is_card, shown
from tests.world import NOW, World

JAN_4, JAN_18 = date(2027, 1, 4), date(2027, 1, 18)
# Five working days after Monday 23 November, at 9:00 in Denver: Thanksgiving is none of them.
DEC_1, DEC_8, DEC_15 = (datetime(2026, 12, day, 16, 0, tzinfo=UTC) for day in (1, 8, 15))
INSTANT = timedelta(microseconds=1)


def countered(world: World, quantity: int = 110, *, now: datetime = NOW) -> Deal:
    """A deal whose counter holds half an hour for each tent and 4 hours in the week of 4 January."""
    deal = world.propose()
    again(world, deal, quantity, now=now)
    return deal


def again(world: World, deal: Deal, quantity: int, *, now: datetime = NOW) -> None:
    counter(deal, world.terms(("Summit tent", quantity, 43200, JAN_18)), by=world.person("Olga"), now=now)


def held(world: World, now: datetime) -> int:
    """What others see as held in the week of 4 January, outside of the present transaction."""
    with world.database.reading() as session:
        rows = select(func.sum(Hold.quantity)).where(Hold.week == JAN_4, *in_force(now))
        return int(session.scalar(rows) or 0)


def rows_of_holds(world: World) -> Sequence[tuple[int, datetime, datetime, datetime | None]]:
    rows = select(Hold.quantity, Hold.held_at, Hold.expires_at, Hold.released_at).order_by(Hold.id)
    return list(world.session.execute(rows))


@pytest.mark.parametrize(
    ("country", "days", "now", "expires"),
    [
        ("US", 1, "2026-11-23T16:00", "2026-11-24T16:00"),
        ("US", 3, "2026-11-23T16:00", "2026-11-27T16:00"),
        ("US", 5, "2026-11-23T16:00", "2026-12-01T16:00"),
        ("CA", 3, "2026-11-23T16:00", "2026-11-26T16:00"),
        (None, 5, "2026-11-23T16:00", "2026-11-30T16:00"),
        ("US", 1, "2026-11-28T16:00", "2026-11-30T16:00"),
        # In Denver it is still Monday evening.
        ("US", 3, "2026-11-24T05:00", "2026-11-28T05:00"),
        # Summer time begins on Sunday: nine o'clock stays nine o'clock.
        ("US", 1, "2027-03-12T16:00", "2027-03-15T15:00"),
        # New Year's Day is a Friday.
        ("US", 2, "2026-12-30T16:00", "2027-01-04T16:00"),
    ],
)
def test_hold_expires_after_working_days_of_the_country(country: str | None, days: int, now: str, expires: str) -> None:
    workspace = Workspace(name="Ridgeline", country=country, timezone="America/Denver", hold_days=days)
    begins = datetime.fromisoformat(f"{now}:00+00:00")
    assert hold_until(workspace, now=begins) == datetime.fromisoformat(f"{expires}:00+00:00")


def test_hold_is_as_long_as_the_company_says(world: World) -> None:
    world.workspace.hold_days = 3
    deal = countered(world)
    friday = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    assert held_until(deal, now=NOW) == card_of(deal, now=NOW).held_until == friday


def test_hold_is_extended_twice_by_five_working_days_and_not_a_third_time(world: World) -> None:
    deal, otto = countered(world), world.person("Otto")
    for until, times in ((DEC_8, 1), (DEC_15, 2)):
        extend_hold(deal, by=otto, now=NOW)
        assert (held_until(deal, now=NOW), card_of(deal, now=NOW).extensions) == (until, times)
    with pytest.raises(TooLate, match=r"This hold was extended twice already\. A new counter holds anew\."):
        extend_hold(deal, by=otto, now=NOW)
    assert held_until(deal, now=NOW) == DEC_15
    assert deal.state == "countered"


def test_hold_of_a_new_counter_may_be_extended_anew(world: World) -> None:
    deal, olga = countered(world), world.person("Olga")
    extend_hold(deal, by=olga, now=NOW)
    extend_hold(deal, by=olga, now=NOW)
    again(world, deal, 100)
    assert (held_until(deal, now=NOW), deal.extensions) == (DEC_1, 0)
    extend_hold(deal, by=olga, now=NOW)
    assert held_until(deal, now=NOW) == DEC_8


def test_hold_that_outlives_a_counter_back_is_extended_as_well(world: World) -> None:
    deal = countered(world)
    counter_back(deal, world.terms(("Summit tent", 105, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    extend_hold(deal, by=world.person("Olga"), now=NOW)
    assert (deal.state, deal.extensions, held_until(deal, now=NOW)) == ("proposed", 1, DEC_8)


def test_hold_is_extended_by_operations_only(world: World) -> None:
    deal, refused = countered(world), {}
    for name in ("Sara", "Pete", "Fin", "Lea", "Gus"):
        with pytest.raises(NotYours) as told:
            extend_hold(deal, by=world.person(name), now=NOW)
        refused[name] = told.value.sentence
    others = dict.fromkeys(("Pete", "Fin", "Lea", "Gus"), "This is for operations.")
    assert refused == {"Sara": "Nobody decides on their own deal.", **others}
    assert held_until(deal, now=NOW) == DEC_1


def test_hold_is_not_extended_after_it_has_expired(world: World) -> None:
    deal, olga = countered(world), world.person("Olga")
    with pytest.raises(TooLate, match=r"Nothing is held for this deal any more\. A new counter holds anew\."):
        extend_hold(deal, by=olga, now=DEC_1)
    extend_hold(deal, by=olga, now=DEC_1 - INSTANT)
    assert held_until(deal, now=DEC_1) == DEC_8


def test_hold_ends_at_its_instant_although_nobody_has_told(world: World) -> None:
    other = world.propose(by="Pete", customer="Borealis")
    deal = countered(world)
    assembly = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()

    def seen(now: datetime) -> tuple[object, ...]:
        week = coming_weeks(world.workspace, now=now, only=assembly.id, since=JAN_4, weeks=1)[0].weeks[0]
        loads = [loading.title for loading in loads_of(world.workspace, assembly, JAN_4, now=now)]
        return week.held, week.free, loads, check_deal(other, now=now).check.verdict, held_until(deal, now=now)

    before = (59_000, 3_000, ["SO-1881: Spring order", "#2 Acme"], Verdict.SHORT, DEC_1)
    assert seen(DEC_1 - INSTANT) == before
    assert seen(DEC_1) == (0, 62_000, ["SO-1881: Spring order"], Verdict.FITS, None)
    assert rows_of_holds(world) == [(59_000, NOW, DEC_1, None)]


def test_hold_that_has_expired_is_told_once_and_ends_when_it_expired(world: World) -> None:
    deal = countered(world)
    late = DEC_1 + timedelta(hours=3)
    for now in (DEC_1 - INSTANT, late, late):
        tell_lapsed_holds(world.session, now=now)
    told = select(History.move, History.at, History.by_id).where(History.move == "lapse")
    assert [tuple(row) for row in world.session.execute(told)] == [("lapse", late, None)]
    assert rows_of_holds(world) == [(59_000, NOW, DEC_1, DEC_1)]
    assert (deal.state, card_of(deal, now=late).held_until) == ("countered", None)


def test_hold_gives_way_to_that_of_a_new_counter_in_one_transaction(world: World) -> None:
    later = NOW + timedelta(days=1)
    deal = countered(world)
    world.session.commit()
    again(world, deal, 50, now=later)
    assert held(world, later) == 59_000
    world.session.commit()
    assert held(world, later) == 29_000
    # One ends at the very instant at which the other begins, and lasts for five working days from then on.
    wednesday = DEC_1 + timedelta(days=1)
    assert rows_of_holds(world) == [(59_000, NOW, DEC_1, later), (29_000, later, wednesday, None)]


def test_hold_stays_when_a_new_counter_does_not_fit(world: World) -> None:
    deal = countered(world)
    world.session.commit()
    with pytest.raises(DoesNotFit):
        again(world, deal, 117)
    world.session.rollback()
    assert rows_of_holds(world) == [(59_000, NOW, DEC_1, None)]
    assert (deal.state, deal.proposal.version) == ("countered", 2)


def test_hold_holds_every_cell_or_none(world: World) -> None:
    deal = world.propose()
    both = (("Summit tent", 100, 43200, JAN_18), ("Pole set", 121, 4000, date(2026, 12, 14)))
    with pytest.raises(DoesNotFit, match="Poles in stock"):
        counter(deal, world.terms(*both), by=world.person("Olga"), now=NOW)
    world.session.rollback()
    assert rows_of_holds(world) == []


@pytest.mark.parametrize("ending", ["accept", "withdraw", "decline"])
def test_hold_ends_with_the_negotiation(world: World, ending: str) -> None:
    deal, later = countered(world), NOW + timedelta(hours=1)
    if ending == "accept":
        accept(deal, by=world.person("Sara"), now=later)
    elif ending == "withdraw":
        withdraw(deal, by=world.person("Sara"), now=later)
    else:
        decline(deal, by=world.person("Olga"), now=later, reason=DeclineReason.RISK, why="The line is down.")
    assert rows_of_holds(world) == [(59_000, NOW, DEC_1, later)]
    promised = world.session.scalars(select(Commitment.quantity).where(Commitment.deal_id == deal.id)).all()
    assert promised == ([59_000] if ending == "accept" else [])


def test_accepting_after_the_hold_has_expired_checks_afresh(world: World) -> None:
    deal, sara, olga = countered(world), world.person("Sara"), world.person("Olga")
    other = world.propose(("Summit tent", 20, 43200, JAN_18), by="Pete", customer="Borealis")
    with pytest.raises(DoesNotFit):
        approve(other, by=olga, now=DEC_1 - INSTANT)
    world.session.rollback()
    deal = countered(world)
    other = world.propose(("Summit tent", 20, 43200, JAN_18), by="Pete", customer="Borealis")
    approve(other, by=olga, now=DEC_1)
    with pytest.raises(DoesNotFit, match=r"needs 59 hours, 48 free, 11 short\. Deal #2 for Borealis took it \(Pete"):
        accept(deal, by=sara, now=DEC_1)


@pytest.mark.parametrize("stage", ["socket"], indirect=True)
def test_hold_is_seen_until_it_expires_and_both_sides_are_told(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    olga = stage.person("Olga")
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.enter("Quantity", 110)
    stage.sb.settle()
    assert "Sending it holds 59 hours of Assembly (Jan 4), until 2026-12-01 16:00 UTC." in shown(olga).as_text()
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert "Capacity is held until 2026-12-01 16:00 UTC\n" in stage.card().as_text()
    assert "Capacity is held until 2026-12-01 16:00 UTC\n" in stage.own_card("Sara").as_text()

    olga.press("Extend the hold", in_=stage.card())
    stage.sb.settle()
    assert "Capacity is held until 2026-12-08 16:00 UTC, extended once\n" in stage.card().as_text()
    assert loads_in_capacity(stage, olga) == (
        "Jan 4        320        258    59     3  ▓▓▓▓▓▓▓▓▒▒ 99 %",
        ["258 hours  SO-1881: Spring order", "59 hours  #1 Acme, held until 2026-12-08 16:00 UTC"],
    )
    assert links(olga) == [f"/archives/{stage.card().channel}/p{stage.card().ts.replace('.', '')}"]
    olga.close()

    stage.sb.turn(to=DEC_8 - timedelta(seconds=1))
    seen = [message.ts for message in cards(stage)]
    assert stage.thread()[-1] == "Olga extended the hold."
    stage.sb.turn(to=DEC_8)
    assert stage.thread()[-1] == "Belay says: the hold has expired. Accepting checks afresh."
    # A card that is only updated notifies nobody: the seller's is posted anew.
    assert [m.ts in seen for m in cards(stage)] == [False]
    for card in (stage.card(), stage.own_card("Sara")):
        assert "The hold has expired; accepting checks afresh.\n" in card.as_text()
        assert "Extend the hold" not in card.buttons
    assert loads_in_capacity(stage, olga) == (
        "Jan 4        320        258     0    62  ▓▓▓▓▓▓▓▓░░ 81 %",
        ["258 hours  SO-1881: Spring order"],
    )
    stage.person("Sara").press("Accept", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert stage.state() == "approved"
    assert stage.sb.violations() == []


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_expired_hold_is_free_for_others_although_nobody_has_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [chore for chore in CHORES if chore[1] is not tell_lapsed_holds]
    monkeypatch.setattr("bot.heartbeat.CHORES", others)
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.propose("Borealis 100 Summit tent by 18 Jan", by="Pete")
    olga, pete = stage.person("Olga"), stage.person("Pete")
    olga.press("Counter…", in_=stage.card(1))
    stage.sb.settle()
    olga.enter("Quantity", 110)
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert "needs 54 hours, 3 free, 51 short" in stage.card(2).as_text()

    stage.sb.turn(to=DEC_1)
    assert "countered, and holds the capacity" in stage.thread(1)[-1]
    assert loads_in_capacity(stage, olga)[0].split()[2:6] == ["320", "258", "0", "62"]
    pete.command(OPS, "/deal Cliff 116 Summit tent by 18 Jan")
    stage.sb.settle()
    assert "Fits, but tightly." in shown(pete).as_text()
    pete.press("Revise…", in_=stage.own_card("Pete", 2))
    stage.sb.settle()
    assert "Fits, but tightly." in shown(pete).as_text()
    stage.person("Otto").command(OPS, "/deal show 2")
    assert "Fits, but tightly." in stage.person("Otto").channel(OPS)[-1].as_text()


def cards(stage: Stage) -> list[Message]:
    return [message for message in stage.person("Sara").dm() if is_card(message, 1)]


def loads_in_capacity(stage: Stage, person: Person) -> tuple[str, list[str]]:
    """The row of the week of 4 January, and what loads it."""
    person.command(OPS, "/capacity Assembly")
    stage.sb.settle()
    person.choose("week", "Week of Jan 4", in_=person.modal())
    stage.sb.settle()
    lines = shown(person).as_text().splitlines()
    row = next(line for line in lines if line.startswith(" Jan 4 "))
    return row.strip(), lines[lines.index("Week of Jan 4") + 1 : -1]


def links(person: Person) -> list[str]:
    parts = [
        part
        for block in shown(person).blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        for part in element["elements"]
    ]
    return ["/" + part["url"].split("/", 3)[3] for part in parts if part["type"] == "link"]
