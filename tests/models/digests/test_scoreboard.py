"""The scoreboard against a small history that is worked out by hand; every figure stands as a literal.

Ridgeline works from 9 to 17 in Denver. The first week is that of Monday 23 November (Thursday is Thanksgiving), the
second that of 30 November. A Summit tent is 480 on the list, 290 in cost, with a floor of 25 %; it takes half an hour
of Assembly, and 4 hours once for each delivery.

1  Mon 09:00 Sara asks for 100 at 432 on 18 Jan. 11:00 Olga approves: 2 h to the first answer and to yes, as asked.
   100 × 48 = 4,800 off. Tue 10:00 won. Wed 2 Dec 09:00 delivered on time: kept.
2  Mon 09:00 Sara asks for 40 at 480 on 18 Jan. 15:00 Olga counters with 25 Jan (later), and holds 24 h: 6 h.
   Tue 09:00 Sara accepts: 8 h to yes, countered; the hold is converted. Mon 30 Nov 10:00 Sara asks for 1 Feb instead,
   11:00 Otto approves: promised anew, 56 days before 25 January. 12:00 won, after a counter. Fri 4 Dec 10:00
   delivered on time, but not as first promised: not kept.
3  Tue 09:00 Pete asks for 200 at 400 on 1 Mar. 10:00 Olga counters with 90 (partial), and holds 49 h: 1 h. 16:00
   Pete withdraws: the counter was not accepted, and 49 h were held for nothing.
4  Wed 09:00 Pete asks for 10 at 480 on 1 Mar. Fri 10:00 Lea declines: over Thanksgiving 8 h + 1 h = 9 h, a plain no.
5  Wed 10:00 Pete asks for 20 at 350 on 1 Mar, below the floor: 20 × (350 − 290) = 1,200 of margin, 1,750 of floor,
   550 missing. 12:00 Fin agrees: 2 h to the first answer; 14:00 Olga approves: 4 h to yes, as asked.
   20 × 130 = 2,600 off. Wed 2 Dec 10:00 won, without a counter.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.digests.messages import board_of
from models.deals.deciding import (
    DeclineReason,
    accept,
    approve,
    decline,
    win,
    withdraw,
)
from models.deals.delivering import deliver
from models.deals.proposing import change, counter, propose_deal
from models.deals.rows import Deal
from models.deals.standards import (
    Beyond,
)
from models.deals.stories import Version, stories_of
from models.deals.terms import Terms
from models.digests.scoreboard import Figures, Share, Waste, figures, figures_of, kind_of, weekly
from models.workspace.roles import Side
from tests.world import NOW, World

DENVER = ZoneInfo("America/Denver")
HOUR = timedelta(hours=1)
JAN_18, JAN_25, FEB_1, MAR_1 = date(2027, 1, 18), date(2027, 1, 25), date(2027, 2, 1), date(2027, 3, 1)
FIRST, SECOND, THIRD = (datetime(2026, 11, 23, tzinfo=DENVER) + timedelta(weeks=n) for n in range(3))


def at(day: str, clock: str) -> datetime:
    return datetime.combine(date.fromisoformat(f"2026-{day}"), time.fromisoformat(clock), DENVER)


def tents(world: World, quantity: int, price: int, week: date) -> Terms:
    return world.terms(("Summit tent", quantity, price, week))


@pytest.fixture
def history(world: World) -> Iterator[World]:
    """The history above, by the models' own verbs."""
    sara, pete, olga, otto, fin, lea = (world.person(n) for n in ("Sara", "Pete", "Olga", "Otto", "Fin", "Lea"))

    def propose(by: str, when: datetime, quantity: int, price: int, week: date) -> Deal:
        terms = tents(world, quantity, price, week)
        return propose_deal(world.workspace, by=world.person(by), now=when, customer="Acme", terms=terms)

    one = propose("Sara", at("11-23", "09:00"), 100, 43200, JAN_18)
    two = propose("Sara", at("11-23", "09:00"), 40, 48000, JAN_18)
    approve(one, by=olga, now=at("11-23", "11:00"))
    counter(two, tents(world, 40, 48000, JAN_25), by=olga, now=at("11-23", "15:00"))
    accept(two, by=sara, now=at("11-24", "09:00"))
    three = propose("Pete", at("11-24", "09:00"), 200, 40000, MAR_1)
    counter(three, tents(world, 90, 40000, MAR_1), by=olga, now=at("11-24", "10:00"))
    win(one, by=sara, now=at("11-24", "10:00"))
    withdraw(three, by=pete, now=at("11-24", "16:00"))
    four = propose("Pete", at("11-25", "09:00"), 10, 48000, MAR_1)
    five = propose("Pete", at("11-25", "10:00"), 20, 35000, MAR_1)
    approve(five, by=fin, now=at("11-25", "12:00"), why="A new customer.")
    approve(five, by=olga, now=at("11-25", "14:00"))
    decline(four, by=lea, now=at("11-27", "10:00"), reason=DeclineReason.OTHER, why="Not now.")
    change(two, tents(world, 40, 48000, FEB_1), by=sara, now=at("11-30", "10:00"), is_customers_wish=False)
    approve(two, by=otto, now=at("11-30", "11:00"))
    win(two, by=sara, now=at("11-30", "12:00"))
    deliver(one, by=olga, now=at("12-02", "09:00"))
    win(five, by=pete, now=at("12-02", "10:00"))
    deliver(two, by=olga, now=at("12-04", "10:00"))
    yield world


def worked_out(world: World, since: datetime, until: datetime) -> Figures:
    stories = stories_of(world.workspace, since=since, until=until)
    return figures(stories, since=since, until=until, hours=world.workspace.hours)


def test_first_week_is_as_worked_out_by_hand(history: World) -> None:
    week = worked_out(history, FIRST, SECOND)
    assert sorted(week.first_answer.times) == [1 * HOUR, 2 * HOUR, 2 * HOUR, 6 * HOUR, 9 * HOUR]
    assert (week.first_answer.median, week.first_answer.p90) == (2 * HOUR, 9 * HOUR)
    assert sorted(week.to_yes.times) == [2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert (week.to_yes.median, week.to_yes.p90) == (4 * HOUR, 8 * HOUR)
    assert week.plain_no == Share(1, 5)
    assert week.as_asked == Share(2, 3)
    assert week.counters == Share(1, 2)
    assert week.counters_by_kind == {"later": Share(1, 1), "partial": Share(0, 1)}
    assert week.won_after_counter == Share(0, 1)
    assert week.kept == Share(0, 0)
    assert (week.repromised, week.notice_days) == (0, None)
    assert (week.converted, week.wasted) == (Share(1, 2), {"Assembly": Waste(49_000, 6 * HOUR)})
    # One and five; two was promised at the list price.
    assert (week.discount, week.services) == (480_000 + 260_000, 0)
    assert (week.below_floor, week.deals_below_floor) == (55_000, Share(1, 3))


def test_second_week_is_as_worked_out_by_hand(history: World) -> None:
    week = worked_out(history, SECOND, THIRD)
    assert (week.first_answer.count, week.to_yes.count) == (0, 0)
    assert (week.first_answer.median, week.to_yes.p90) == (None, None)
    assert (week.plain_no, week.as_asked, week.counters) == (Share(0, 0), Share(0, 0), Share(0, 0))
    assert week.won_after_counter == Share(1, 2)
    assert week.kept == Share(1, 2)
    assert (week.repromised, week.notice_days) == (1, 56.0)
    assert (week.converted, week.wasted) == (Share(0, 0), {})
    assert (week.discount, week.below_floor, week.deals_below_floor) == (0, 0, Share(0, 1))


def test_both_weeks_add_up_and_stand_on_the_board(history: World) -> None:
    both = worked_out(history, FIRST, THIRD)
    assert (both.first_answer.count, both.won_after_counter, both.kept) == (5, Share(1, 3), Share(1, 2))
    # Two was promised twice, and counts with what it was promised last.
    assert (both.discount, both.deals_below_floor) == (740_000, Share(1, 3))
    board = board_of(history.workspace, now=at("12-07", "09:00"))
    assert (board.week, board.quarter) == (worked_out(history, SECOND, THIRD), both)
    assert board.requests == {Beyond.DISCOUNT: 2}
    assert [board_of(history.workspace, now=NOW, by=history.person(n)).sees_margin for n in ("Sara", "Lea")] == [0, 1]
    weeks = weekly(
        stories_of(history.workspace, since=FIRST - timedelta(weeks=20), until=THIRD),
        until=date(2026, 12, 7),
        hours=history.workspace.hours,
    )
    assert len(weeks) == 12
    assert weeks[-2:] == [worked_out(history, FIRST, SECOND), worked_out(history, SECOND, THIRD)]
    assert all(week.is_empty for week in weeks[:-2])


def test_own_figures_are_of_ones_own_deals(history: World) -> None:
    now = at("12-05", "09:00")
    sara, olga, lea, gus = (figures_of(history.person(name), now=now) for name in ("Sara", "Olga", "Lea", "Gus"))
    assert sorted(sara.first_answer.times) == [2 * HOUR, 6 * HOUR]
    assert sorted(olga.first_answer.times) == [1 * HOUR, 2 * HOUR, 6 * HOUR]
    assert (lea.first_answer.count, lea.plain_no) == (1, Share(1, 1))
    assert gus.is_empty


def said(*lines: tuple[str, int, int, date], standards: tuple[bool, ...] = ()) -> Version:
    return Version(1, Side.SALES, NOW, lines, standards or tuple(True for _ in lines))


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ([("Tent", 100, 480, JAN_18), ("Setup", 1, 0, JAN_18)], "overtime"),
        ([("Tent", 100, 480, JAN_25), ("Setup", 1, 0, JAN_25)], "later"),
        ([("Tent", 60, 480, JAN_18), ("Tent", 40, 480, JAN_25), ("Setup", 1, 0, JAN_18)], "split"),
        ([("Tent", 100, 480, JAN_25), ("Setup", 1, 0, JAN_18)], "split"),
        ([("Tent", 60, 480, JAN_18), ("Setup", 1, 0, JAN_18)], "partial"),
        ([("Tent", 100, 480, JAN_18)], "without"),
        ([("Setup", 1, 0, JAN_18)], "partial"),
        ([("Tarp", 100, 480, JAN_18), ("Setup", 1, 0, JAN_18)], "substitute"),
        ([("Tent", 100, 500, JAN_18), ("Setup", 1, 0, JAN_18)], "reprice"),
        ([("Tent", 100, 500, JAN_25), ("Setup", 1, 0, JAN_18)], "mixed"),
        ([("Tent", 60, 480, JAN_25), ("Setup", 1, 0, JAN_18)], "mixed"),
        ([("Tent", 120, 480, JAN_18), ("Setup", 1, 0, JAN_18)], "mixed"),
    ],
)
def test_kind_of_a_counter(after: list[tuple[str, int, int, date]], kind: str) -> None:
    asked = said(("Tent", 100, 480, JAN_18), ("Setup", 1, 0, JAN_18), standards=(True, False))
    assert kind_of(asked, said(*after)) == kind


def test_services_given_away_are_their_list_value(world: World) -> None:
    service = "Free installation"
    deal = world.propose(("Summit tent", 10, 48000, MAR_1), (service, 1, 0, MAR_1))
    approve(deal, by=world.person("Olga"), now=NOW + HOUR)
    if deal.is_open:
        approve(deal, by=world.person("Fin"), now=NOW + HOUR, why="A new customer.")
    week = worked_out(world, NOW, NOW + timedelta(days=1))
    assert (week.discount, week.services) == (0, world.offer(service).list_price)


def test_counter_of_finance_is_a_counter(world: World) -> None:
    deal = world.propose(("Summit tent", 100, 36500, JAN_18))
    counter(deal, tents(world, 100, 44000, JAN_18), by=world.person("Fin"), now=NOW + timedelta(hours=1))
    approve(deal, by=world.person("Olga"), now=NOW + timedelta(hours=2))
    accept(deal, by=world.person("Sara"), now=NOW + timedelta(hours=3))
    week = worked_out(world, NOW - timedelta(days=1), NOW + timedelta(days=1))
    assert (week.as_asked, week.counters) == (Share(0, 1), Share(1, 1))
