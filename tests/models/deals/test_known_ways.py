"""Ways to yes that were found for a deal: asked for once, kept for the terms that they were found for."""

from datetime import date

from sqlalchemy import delete, select

from models.deals.deciding import withdraw
from models.deals.known_ways import Search, forget_ways, is_search_complete, keep_ways, seek_ways, sought, ways_known
from models.deals.proposing import revise
from models.deals.rows import Deal
from models.deals.terms import check_deal
from models.deals.ways import known_ways, ways_of
from models.promise import Ways
from models.workspace.outbox import News, Outbox
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)


def too_much(world: World) -> Deal:
    """200 tents need 104 h, where 62 h are free."""
    return world.propose(("Summit tent", 200, 43200, JAN_18))


def searches(world: World, deal: Deal) -> list[Outbox]:
    rows = select(Outbox).where(Outbox.kind == News.WAYS, Outbox.stream == f"ways:{deal.id}")
    return list(world.session.scalars(rows.order_by(Outbox.id)))


def test_search_that_waits_is_enough_and_one_that_has_begun_is_not(world: World) -> None:
    deal, other = too_much(world), too_much(world)
    (waiting,) = searches(world, deal)
    assert Search.of(waiting) == Search(deal.id)
    seek_ways(deal, now=NOW)
    assert searches(world, deal) == [waiting]
    waiting.first_attempt_at = NOW
    seek_ways(deal, now=NOW)
    assert len(searches(world, deal)) == 2
    assert len(searches(world, other)) == 1


def test_nothing_is_looked_for_where_it_fits_or_is_over(world: World) -> None:
    fitting, deal = world.propose(), too_much(world)
    (of_fitting,), (of_deal,) = searches(world, fitting), searches(world, deal)
    assert sought(world.session, of_fitting, now=NOW) is None
    asked = sought(world.session, of_deal, now=NOW)
    assert asked is not None
    assert asked.check == check_deal(deal, now=NOW).check
    withdraw(deal, by=world.person("Sara"), now=NOW)
    assert sought(world.session, of_deal, now=NOW) is None


def test_ways_are_kept_as_they_were_found_and_the_cards_are_updated(world: World) -> None:
    deal = too_much(world)
    (row,), checked = searches(world, deal), check_deal(deal, now=NOW)
    assert (ways_known(deal, now=NOW), is_search_complete(deal)) == (None, False)
    world.session.execute(delete(Outbox).where(Outbox.kind == News.CARD))
    ways = ways_of(checked)
    keep_ways(world.session, row, checked, ways, now=NOW)
    world.session.flush()
    world.session.expire_all()
    assert (ways_known(deal, now=NOW), is_search_complete(deal)) == (known_ways(checked, ways.options), True)
    assert len(ways_known(deal, now=NOW) or ()) == 3
    assert len(world.session.scalars(select(Outbox).where(Outbox.kind == News.CARD)).all()) == 2


def test_search_that_found_nothing_is_known_as_none_rather_than_unknown(world: World) -> None:
    deal = too_much(world)
    (row,), checked = searches(world, deal), check_deal(deal, now=NOW)
    keep_ways(world.session, row, checked, Ways((), is_complete=False), now=NOW)
    assert (ways_known(deal, now=NOW), is_search_complete(deal), deal.is_without_a_way) == ((), False, False)
    keep_ways(world.session, row, checked, Ways((), is_complete=True), now=NOW)
    assert (ways_known(deal, now=NOW), is_search_complete(deal), deal.is_without_a_way) == ((), True, True)


def test_what_was_found_for_other_terms_is_neither_kept_nor_shown(world: World) -> None:
    deal = too_much(world)
    (row,), checked = searches(world, deal), check_deal(deal, now=NOW)
    ways = Ways((), is_complete=True)
    keep_ways(world.session, row, checked, ways, now=NOW)
    revise(deal, world.terms(("Summit tent", 150, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    assert (ways_known(deal, now=NOW), deal.is_without_a_way) == (None, False)
    keep_ways(world.session, row, checked, ways, now=NOW)
    assert ways_known(deal, now=NOW) is None
    keep_ways(world.session, row, check_deal(deal, now=NOW), ways, now=NOW)
    assert ways_known(deal, now=NOW) == ()


def test_forgotten_ways_are_unknown_again(world: World) -> None:
    deal = too_much(world)
    (row,) = searches(world, deal)
    forget_ways(world.session, row)
    keep_ways(world.session, row, check_deal(deal, now=NOW), Ways((), is_complete=True), now=NOW)
    world.session.flush()
    forget_ways(world.session, row)
    world.session.flush()
    world.session.expire_all()
    assert ways_known(deal, now=NOW) is None
