"""All deals in a few figures."""

from datetime import date, timedelta

from sqlalchemy import select

from models.deals.deciding import approve, win
from models.deals.portfolio import Portfolio, Total, portfolio_of
from models.deals.proposing import change
from models.deals.turns import Turn
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)


def test_deals_are_counted_by_what_they_are(world: World) -> None:
    assert portfolio_of(world.workspace, now=NOW) == Portfolio(Total(), Total(), Total(), 0, 0)
    first, second, _ = (world.propose(("Ridge tent", 10, 30000, JAN_18)) for _ in range(3))
    for deal in (first, second):
        approve(deal, by=world.person("Olga"), now=NOW)
    win(second, by=world.person("Sara"), now=NOW)
    world.session.flush()
    one = 10 * 30000
    found = portfolio_of(world.workspace, now=NOW)
    assert (found.open, found.promised, found.won) == (Total(1, one), Total(1, one), Total(1, one))
    assert (found.broken, found.overdue) == (0, 0)


def test_order_that_is_being_changed_is_won_as_it_was_promised(world: World) -> None:
    deal = world.propose(("Ridge tent", 10, 30000, JAN_18))
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    change(deal, world.terms(("Ridge tent", 12, 30000, JAN_18)), by=world.person("Sara"), now=NOW)
    world.session.flush()
    found = portfolio_of(world.workspace, now=NOW)
    assert (found.open, found.won) == (Total(), Total(1, 10 * 30000))


def test_risks_are_promises_that_broke_and_answers_that_are_late(world: World) -> None:
    deal = world.propose()
    late = world.session.scalars(select(Turn.due_at)).one() + timedelta(seconds=1)
    assert portfolio_of(world.workspace, now=late).overdue == 1
    approve(deal, by=world.person("Olga"), now=NOW)
    deal.broken_at = NOW
    world.session.flush()
    found = portfolio_of(world.workspace, now=NOW)
    assert (found.broken, found.overdue) == (1, 0)
