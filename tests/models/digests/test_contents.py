"""What a digest says: what waits, the most urgent first, and the weeks of which more is wanted than there is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.capacity.adjusting import adjust
from models.capacity.overview import WeekLoad
from models.deals.deciding import approve, win, withdraw
from models.deals.deliveries import open_deliveries
from models.deals.delivering import Report, deliver
from models.deals.proposing import counter
from models.deals.rows import Deal
from models.deals.turns import turns_of
from models.digests.contents import CellLoad, Rank, pipeline_of, queue_of
from models.promise import Adjustment
from tests.world import NOW, OPS_CHANNEL, World

JAN_4, JAN_18 = date(2027, 1, 4), date(2027, 1, 18)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def queued(world: World, now: timedelta = HOUR, channel: str = "C0ELSE") -> list[tuple[int, Rank]]:
    return [(item.deal.number, item.rank) for item in queue_of(world.workspace, channel, now=NOW + now)]


def ordered(world: World, week: date) -> Deal:
    deal = world.propose(("Ridge tent", 4, 30000, week))
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    return deal


@pytest.mark.parametrize(
    ("offered", "committed", "held", "asked", "share", "is_red"),
    [
        (10, 4, 3, 3, 1.0, False),
        (10, 4, 3, 4, 1.1, True),
        (0, 0, 0, 0, 0.0, False),
        (0, 0, 0, 1, float("inf"), True),
    ],
)
def test_week_is_red_when_more_is_wanted_than_there_is(
    offered: int, committed: int, held: int, asked: int, share: float, is_red: bool
) -> None:
    cell = CellLoad(WeekLoad(JAN_4, offered, 0, committed, held, offered - committed - held), asked)
    assert (cell.wanted, cell.share, cell.is_red) == (committed + held + asked, share, is_red)


def test_nothing_waits_where_nothing_is_asked(world: World) -> None:
    assert queued(world) == []
    counter(world.propose(), world.terms(("Summit tent", 90, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    # It is the seller's turn.
    assert queued(world) == []


def test_overdue_comes_before_broken_before_due_before_undelivered(world: World) -> None:
    late = world.propose()
    kept = world.propose(("Summit tent", 20, 48000, JAN_18))
    approve(kept, by=world.person("Olga"), now=NOW)
    ordered(world, date(2026, 11, 23))
    adjustment = Adjustment("Assembly", JAN_4, available=260_000, overtime=0, reason="Repair.")
    need = world.offer("Summit tent").needs[0]
    adjust(need.resource, adjustment, by=world.person("Olga"), now=NOW)
    later = NOW + 8 * DAY
    fresh = world.propose(("Ridge tent", 4, 30000, JAN_18))
    fresh.proposed_at = later

    turns_of(fresh)[0].due_at = later + DAY
    world.session.flush()
    assert queued(world, 8 * DAY) == [
        (late.number, Rank.OVERDUE),
        (kept.number, Rank.BROKEN),
        (fresh.number, Rank.ANSWER),
        (3, Rank.DELIVERY),
    ]


def test_order_whose_rest_comes_later_is_not_undelivered(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    (week,) = [line.week for line in deal.proposal.lines]
    over = datetime.combine(week + timedelta(weeks=1), time(16), UTC)
    reports = [Report(open_deliveries(deal)[0].id, 60, week)]
    rest = week + timedelta(weeks=3)
    deliver(deal, by=world.person("Olga"), now=over, reports=reports, rest=rest, why="The press was down.")
    assert queued(world, over - NOW + timedelta(weeks=2)) == []
    assert queued(world, over - NOW + timedelta(weeks=3)) == [(1, Rank.DELIVERY)]


def test_order_is_undelivered_when_its_last_week_is_over(world: World) -> None:
    ordered(world, date(2026, 11, 30))
    # The week ends with Sunday 6 December; in Denver Monday begins at 7 in Greenwich.
    monday = timedelta(days=13, hours=15)
    assert (queued(world, monday - HOUR), queued(world, monday)) == ([], [(1, Rank.DELIVERY)])


def test_operations_channel_has_its_own_deals_and_any_other_one_all(world: World) -> None:
    first, second = world.propose(), world.propose()
    second.channel = "C0LAMPS"
    world.session.flush()
    assert queued(world, channel=OPS_CHANNEL) == [(first.number, Rank.ANSWER)]
    assert queued(world) == [(first.number, Rank.ANSWER), (second.number, Rank.ANSWER)]


def test_revenue_and_clocks_of_both_sides_come_with_a_deal(world: World) -> None:
    world.propose(("Summit tent", 10, 30000, JAN_18))
    (item,) = queue_of(world.workspace, OPS_CHANNEL, now=NOW + HOUR)
    assert (item.revenue, item.link) == (300_000, None)
    assert [(clock.side, clock.left) for clock in item.clocks] == [("operations", 7 * HOUR), ("finance", 7 * HOUR)]


def test_red_week_names_who_is_behind_it_the_largest_first(world: World) -> None:
    promised, asking = world.propose(("Summit tent", 20, 48000, JAN_18)), world.propose()
    approve(promised, by=world.person("Olga"), now=NOW)
    over = world.propose()
    withdraw(over, by=world.person("Sara"), now=NOW)
    pipeline = pipeline_of(world.workspace, now=NOW)
    assert [load.resource.name for load in pipeline.resources] == ["Assembly", "Last ten"]
    (red,) = pipeline.red
    # 258 h of the spring order, 14 h promised, and 54 h asked for: 326 h of 320 h.
    assert (red.resource.name, red.cell.load.week, red.cell.wanted) == ("Assembly", JAN_4, 326_000)
    assert [(behind.deal, behind.amount, behind.is_asking) for behind in red.behind] == [
        (asking, 54_000, True),
        (promised, 14_000, False),
    ]


def test_what_a_deal_holds_is_not_asked_for_again(world: World) -> None:
    deal = world.propose()
    counter(deal, world.terms(("Summit tent", 110, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    pipeline = pipeline_of(world.workspace, now=NOW)
    cells = {cell.load.week: (cell.load.held, cell.asked) for load in pipeline.resources[:1] for cell in load.cells}
    assert (cells[JAN_4], pipeline.red) == ((59_000, 0), ())
