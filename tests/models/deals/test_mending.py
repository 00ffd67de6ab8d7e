"""Promises that can be kept again, because another deal needs less."""

from datetime import date, timedelta

from sqlalchemy import select

from models.capacity.adjusting import adjust
from models.company.resources import ResourceRow
from models.deals.deciding import LossReason, accept, approve, cancel, lose
from models.deals.mending import MEND
from models.deals.proposing import counter
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
    return deals


def is_broken(*deals: Deal) -> list[bool]:
    return [deal.broken_at is not None for deal in deals]


def mends(world: World) -> list[tuple[int, dict[str, int]]]:
    acts = select(History).where(History.move == MEND).order_by(History.id)
    return [(act.subject_id, act.details) for act in world.session.scalars(acts)]


def test_promise_is_mended_when_another_one_moves_away(world: World) -> None:
    first, second = two_broken(world)
    counter(first, world.terms(("Summit tent", 60, 43200, FEB_1)), by=world.person("Olga"), now=LATER)
    assert is_broken(first, second) == [True, True]
    accept(first, by=world.person("Sara"), now=LATER)
    assert is_broken(first, second) == [False, False]
    assert second.broken_why is None
    assert mends(world) == [(second.id, {"freed_by": first.number})]


def test_promise_is_mended_when_another_one_is_lost_or_cancelled(world: World) -> None:
    first, second = two_broken(world)
    lose(first, by=world.person("Sara"), now=LATER, reason=LossReason.DATE)
    assert is_broken(second) == [False]
    third = promised(world, 10, "Depot")
    assembly = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    less = Adjustment("Assembly", date(2027, 1, 11), 9_000, 0, reason="Repair")
    adjust(assembly, less, by=world.person("Olga"), now=LATER)
    assert is_broken(second, third) == [True, True]
    cancel(second, by=world.person("Sara"), now=LATER, why="No more.")
    assert is_broken(third) == [False]


def test_promise_that_still_lacks_something_stays_broken(world: World) -> None:
    first, second = two_broken(world)
    cancel(second, by=world.person("Sara"), now=LATER, why="No more.")
    assert first.broken_at == NOW
    assert mends(world) == []


def test_deal_that_gave_nothing_back_mends_nothing(world: World) -> None:
    _, second = two_broken(world)
    new = world.propose(("Summit tent", 10, 43200, date(2027, 3, 1)), customer="New")
    approve(new, by=world.person("Olga"), now=LATER)
    assert second.broken_at == NOW
