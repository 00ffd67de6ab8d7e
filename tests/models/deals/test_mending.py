"""Promises that can be kept again, because another deal needs less."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier

from sqlalchemy import select

from bot.database import Database
from models.base.errors import Busy, Refused
from models.capacity.adjusting import adjust
from models.capacity.mending import mend_promises, next_mending
from models.company.offers import NeedRow, OfferRow
from models.company.resources import ResourceRow
from models.deals.deciding import LossReason, accept, approve, cancel, lose
from models.deals.news import MEND
from models.deals.proposing import counter
from models.deals.reservations import held_until, promised_cells
from models.deals.rows import Deal
from models.promise import Adjustment
from models.workspace.history import History
from tests.world import NOW, World

JAN_25, FEB_1 = date(2027, 1, 25), date(2027, 2, 1)
LATER = NOW + timedelta(hours=1)


def promised(world: World, tents: int, customer: str) -> Deal:
    deal = world.propose(("Summit tent", tents, 43200, JAN_25), customer=customer)
    approve(deal, by=world.person("Olga"), now=NOW)
    return deal


def two_broken(world: World) -> tuple[Deal, Deal]:
    """Promises for 34 and for 16 hours of a week that has 25 left."""
    deals = promised(world, 60, "Acme"), promised(world, 24, "Scouts")
    assembly = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    less = Adjustment("Assembly", date(2027, 1, 11), 25_000, 0, reason="Repair")
    breaks = adjust(assembly, less, by=world.person("Olga"), now=NOW)
    assert list(breaks.promises) == list(deals)
    beat(world)
    return deals


def is_broken(*deals: Deal) -> list[bool]:
    return [deal.broken_at is not None for deal in deals]


def mends(world: World) -> list[int]:
    return list(world.session.scalars(select(History.subject_id).where(History.move == MEND).order_by(History.id)))


def beat(world: World) -> None:
    """What the heartbeat does when something was given back."""
    world.session.flush()
    due = next_mending(world.session)
    if due is not None:
        mend_promises(world.session, now=LATER)
    assert next_mending(world.session) is None


def test_promise_is_mended_when_another_one_moves_away(world: World) -> None:
    first, second = two_broken(world)
    counter(first, world.terms(("Summit tent", 60, 43200, FEB_1)), by=world.person("Olga"), now=LATER)
    assert is_broken(first, second) == [True, True]
    accept(first, by=world.person("Sara"), now=LATER)
    beat(world)
    assert is_broken(first, second) == [False, False]
    assert second.broken_why is None
    assert mends(world) == [second.id]


def test_promise_is_mended_when_another_one_is_lost_or_cancelled(world: World) -> None:
    first, second = two_broken(world)
    lose(first, by=world.person("Sara"), now=LATER, reason=LossReason.DATE)
    beat(world)
    assert is_broken(second) == [False]
    third = promised(world, 10, "Depot")
    assembly = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    less = Adjustment("Assembly", date(2027, 1, 11), 9_000, 0, reason="Repair")
    adjust(assembly, less, by=world.person("Olga"), now=LATER)
    assert is_broken(second, third) == [True, True]
    cancel(second, by=world.person("Sara"), now=LATER, why="No more.")
    beat(world)
    assert is_broken(third) == [False]


def test_promise_that_still_lacks_something_stays_broken(world: World) -> None:
    first, second = two_broken(world)
    cancel(second, by=world.person("Sara"), now=LATER, why="No more.")
    beat(world)
    assert first.broken_at == NOW
    assert mends(world) == []


def test_deal_that_gave_nothing_back_mends_nothing(world: World) -> None:
    _, second = two_broken(world)
    new = world.propose(("Summit tent", 10, 43200, date(2027, 3, 1)), customer="New")
    approve(new, by=world.person("Olga"), now=LATER)
    beat(world)
    assert second.broken_at == NOW


def broken_with_a_choice(world: World) -> tuple[Deal, Deal]:
    """A promise whose week is closed, and the one that fills the week before, where its work might lie as well."""
    need = world.session.scalars(select(NeedRow).join(OfferRow).where(OfferRow.name == "Summit tent")).first()
    assert need
    need.ahead = 1
    deal = promised(world, 60, "Acme")
    block = promised_elsewhere(world)
    assembly = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    less = Adjustment("Assembly", date(2027, 1, 11), 0, 0, reason="Repair")
    adjust(assembly, less, by=world.person("Olga"), now=NOW)
    return deal, block


def test_work_that_had_a_choice_lies_elsewhere_when_there_is_room_again(world: World) -> None:
    deal, block = broken_with_a_choice(world)
    assert is_broken(deal) == [True]
    cancel(block, by=world.person("Sara"), now=LATER, why="No more.")
    beat(world)
    assert is_broken(deal) == [False]
    assert promised_cells(deal)["Assembly", date(2027, 1, 4)] == 34_000


def test_counter_keeps_what_it_holds_when_the_promise_is_mended_elsewhere(world: World) -> None:
    deal, block = broken_with_a_choice(world)
    counter(deal, world.terms(("Summit tent", 60, 48000, date(2027, 2, 1))), by=world.person("Olga"), now=LATER)
    until = held_until(deal, now=LATER)
    cancel(block, by=world.person("Sara"), now=LATER, why="No more.")
    beat(world)
    assert is_broken(deal) == [False]
    assert promised_cells(deal)["Assembly", date(2027, 1, 4)] == 34_000
    assert until is not None
    assert held_until(deal, now=LATER) == until


def test_promise_is_not_mended_by_overtime_that_nobody_agreed_to(world: World) -> None:
    need = world.session.scalars(select(NeedRow).join(OfferRow).where(OfferRow.name == "Summit tent")).first()
    assert need
    need.ahead = 1
    deal = promised(world, 60, "Acme")
    assembly = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    for week, available, overtime in ((date(2027, 1, 4), 258_000, 60_000), (date(2027, 1, 11), 0, 0)):
        less = Adjustment("Assembly", week, available, overtime, reason="Repair")
        adjust(assembly, less, by=world.person("Olga"), now=NOW)
    assert is_broken(deal) == [True]
    beat(world)
    assert is_broken(deal) == [True]


def promised_elsewhere(world: World) -> Deal:
    """All that is left of the week before."""
    block = world.propose(("Summit tent", 110, 48000, date(2027, 1, 18)), customer="Block")
    approve(block, by=world.person("Olga"), now=NOW)
    assert sum(promised_cells(block).values()) >= 59_000
    return block


def test_two_that_ask_and_mend_at_once_promise_nothing_twice(database: Database) -> None:
    """The beat mends under the locks of whoever decides: what one takes the other does not have."""
    with World.build(database) as world:
        first, second = two_broken(world)
        new = world.propose(("Summit tent", 32, 43200, JAN_25), customer="New")
        ids = first.id, second.id, new.id
        lose(first, by=world.person("Sara"), now=LATER, reason=LossReason.DATE)
    together = Barrier(2)

    def act(which: int) -> None:
        together.wait()
        with suppress(Refused, Busy), World.enter(database) as world:
            if which:
                approve(world.session.get_one(Deal, ids[2]), by=world.person("Otto"), now=LATER)
            else:
                mend_promises(world.session, now=LATER)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(act, range(2)))
    with World.enter(database) as world:
        deals = [world.session.get_one(Deal, key) for key in ids[1:]]
        # 16 and 20 hours of 25: one of them has it.
        assert [deals[0].broken_at is None, deals[1].state == "approved"] in (
            [True, False],
            [False, True],
            [False, False],
        )
