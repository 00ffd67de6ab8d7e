"""Deliveries: what a won deal owes, what was reported, what is short, and how the scoreboard counts it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.base.errors import Refused
from models.deals.deciding import DeclineReason, approve, cancel, decline, win, withdraw
from models.deals.deliveries import Outcome, deliveries_of, open_deliveries
from models.deals.delivering import Report, deliver
from models.deals.proposing import change, counter
from models.deals.rows import Deal
from models.deals.states import State
from models.deals.stories import stories_of
from models.deals.turns import Awaited, turns_of
from models.digests.scoreboard import Share, figures
from tests.world import NOW, World

JAN_18, JAN_25, FEB_1, FEB_8 = (date(2027, 1, 18) + n * timedelta(weeks=1) for n in range(4))
WEEK = timedelta(weeks=1)
# The Mondays after the weeks, at nine in Denver.
AFTER = {week: datetime.combine(week + WEEK, time(16), UTC) for week in (JAN_18, JAN_25, FEB_1)}


def won(world: World, *lines: tuple[str, int, int, date]) -> Deal:
    deal = world.propose(*(lines or (("Summit tent", 60, 48000, JAN_18), ("Summit tent", 40, 48000, JAN_25))))
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    return deal


def owed(deal: Deal) -> list[tuple[int, date]]:
    return [(one.quantity, one.week) for one in open_deliveries(deal)]


def report(deal: Deal, world: World, *reports: tuple[int, date], now: datetime, **how: object) -> None:
    """Report the first deliveries that are owed: how much came, in which week."""
    given = [Report(one.id, *came) for one, came in zip(open_deliveries(deal), reports, strict=False)]
    deliver(deal, by=world.person("Olga"), now=now, reports=given, **how)  # type: ignore[arg-type]


def outcomes(deal: Deal) -> list[tuple[int, int | None, Outcome | None]]:
    known = deliveries_of(deal.workspace, [deal.id])[deal.id]
    return [(one.quantity, one.delivered, one.outcome) for one in known]


def test_won_deal_owes_its_lines_and_is_delivered_when_all_are(world: World) -> None:
    deal = won(world)
    assert owed(deal) == [(60, JAN_18), (40, JAN_25)]
    report(deal, world, (60, JAN_18), now=AFTER[JAN_18])
    assert (deal.state, owed(deal)) == (State.WON, [(40, JAN_25)])
    report(deal, world, (40, JAN_25), now=AFTER[JAN_25])
    assert (deal.state, owed(deal)) == (State.DELIVERED, [])
    assert outcomes(deal) == [(60, 60, Outcome.ON_TIME), (40, 40, Outcome.ON_TIME)]


def test_delivery_is_asked_for_when_its_week_is_over_and_then_the_next(world: World) -> None:
    deal = won(world)
    assert [(turn.awaited, turn.win_by, turn.due_at) for turn in turns_of(deal)] == [
        (Awaited.DELIVERY, JAN_18, AFTER[JAN_18])
    ]
    report(deal, world, (60, JAN_18), now=AFTER[JAN_18])
    assert [(turn.win_by, turn.due_at) for turn in turns_of(deal)] == [(JAN_25, AFTER[JAN_25])]
    report(deal, world, (40, JAN_25), now=AFTER[JAN_25])
    assert turns_of(deal) == []


def partly(world: World) -> Deal:
    """60 of 100 have come, and the rest is agreed on for the first week of February."""
    deal = won(world, ("Summit tent", 100, 48000, JAN_18))
    report(deal, world, (60, JAN_18), now=AFTER[JAN_18], rest=FEB_1, why="The press was down.")
    assert owed(deal) == [(40, FEB_1)]
    return deal


def test_change_that_is_given_up_leaves_what_is_owed(world: World) -> None:
    deal, sara, later = partly(world), world.person("Sara"), AFTER[JAN_18] + WEEK / 7
    change(deal, world.terms(("Summit tent", 100, 48000, FEB_8)), by=sara, now=later)
    withdraw(deal, by=sara, now=later)
    assert (deal.state, owed(deal)) == (State.WON, [(40, FEB_1)])
    change(deal, world.terms(("Summit tent", 100, 48000, FEB_8)), by=sara, now=later)
    counter(deal, world.terms(("Summit tent", 90, 48000, FEB_8)), by=world.person("Olga"), now=later)
    decline(deal, by=world.person("Olga"), now=later, reason=DeclineReason.OTHER, why="No.")
    assert (deal.state, owed(deal)) == (State.WON, [(40, FEB_1)])


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        # All of it later: what has come is not owed again.
        ([(100, 48000, FEB_8)], [(40, FEB_8)]),
        ([(60, 48000, FEB_8), (40, 48000, FEB_8 + WEEK)], [(40, FEB_8 + WEEK)]),
        ([(120, 48000, FEB_8)], [(60, FEB_8)]),
        (
            [(50, 48000, FEB_8), (30, 48000, FEB_8 + WEEK), (20, 48000, FEB_8 + 2 * WEEK)],
            [(20, FEB_8 + WEEK), (20, FEB_8 + 2 * WEEK)],
        ),
        # Only the price: the rest comes when it was agreed to.
        ([(100, 47000, JAN_18)], [(40, FEB_1)]),
    ],
)
def test_change_owes_what_has_not_come(
    world: World, lines: list[tuple[int, int, date]], left: list[tuple[int, date]]
) -> None:
    deal, later = partly(world), AFTER[JAN_18] + WEEK / 7
    terms = world.terms(*(("Summit tent", *line) for line in lines))
    change(deal, terms, by=world.person("Sara"), now=later)
    if deal.is_open:
        approve(deal, by=world.person("Olga"), now=later)
    assert (deal.state, owed(deal)) == (State.WON, left)


def test_change_to_what_has_come_already_is_refused(world: World) -> None:
    deal, later = partly(world), AFTER[JAN_18] + WEEK / 7
    with pytest.raises(Refused, match="All of that has been delivered already"):
        change(deal, world.terms(("Summit tent", 60, 48000, FEB_8)), by=world.person("Sara"), now=later)
    assert (deal.state, owed(deal)) == (State.WON, [(40, FEB_1)])


def test_what_was_given_up_stays_given_up(world: World) -> None:
    deal, sara, later = won(world), world.person("Sara"), AFTER[JAN_18] + WEEK / 7
    report(deal, world, (50, JAN_18), now=AFTER[JAN_18], why="Ten were torn.")
    change(deal, world.terms(("Summit tent", 60, 48000, JAN_18), ("Summit tent", 40, 48000, FEB_8)), by=sara, now=later)
    approve(deal, by=world.person("Olga"), now=later)
    assert owed(deal) == [(40, FEB_8)]


def test_change_of_a_won_deal_keeps_what_was_delivered_and_owes_the_rest_anew(world: World) -> None:
    deal = won(world)
    report(deal, world, (60, JAN_18), now=AFTER[JAN_18])
    sara, olga = world.person("Sara"), world.person("Olga")
    terms = world.terms(("Summit tent", 60, 48000, JAN_18), ("Summit tent", 55, 48000, FEB_8))
    change(deal, terms, by=sara, now=AFTER[JAN_18])
    assert (deal.state, owed(deal)) == (State.PROPOSED, [(40, JAN_25)])
    approve(deal, by=olga, now=AFTER[JAN_18])
    assert (deal.state, owed(deal)) == (State.WON, [(55, FEB_8)])


def test_cancelled_deal_owes_nothing(world: World) -> None:
    deal = won(world)
    cancel(deal, by=world.person("Sara"), now=NOW, why="They closed.")
    assert (owed(deal), turns_of(deal)) == ([], [])


def board(world: World, since: date, until: date) -> tuple[Share, int]:
    begin, end = (world.workspace.midnight(day) for day in (since, until))
    stories = stories_of(world.workspace, since=begin, until=end)
    counted = figures(stories, since=begin, until=end, hours=world.workspace.hours)
    return counted.kept, counted.waiting


def test_scoreboard_counts_what_was_due(world: World) -> None:
    """Two deliveries: the first a week late, the second 20 short."""
    deal = won(world)
    # Nobody has said that it came: asked for on the Monday after its week, broken a week later.
    assert [board(world, week, week + WEEK) for week in (JAN_18, JAN_25)] == [(Share(0, 0), 0), (Share(0, 1), 0)]
    report(deal, world, (60, JAN_25), (20, JAN_25), now=AFTER[JAN_25], why="The truck, and a flood.", rest=FEB_8)
    assert board(world, FEB_1, FEB_8) == (Share(0, 2), 0)
    # It came before its week.
    report(deal, world, (20, FEB_1), now=AFTER[FEB_1])
    assert board(world, FEB_8, FEB_8 + WEEK) == (Share(1, 1), 0)
    assert board(world, JAN_18, FEB_8 + WEEK) == (Share(1, 3), 0)


@pytest.mark.parametrize(("is_customers_wish", "kept"), [(True, Share(1, 1)), (False, Share(0, 1))])
def test_change_is_judged_on_the_new_date_if_the_customer_wished_it(
    world: World, is_customers_wish: bool, kept: Share
) -> None:
    deal = won(world, ("Summit tent", 60, 48000, JAN_18))
    terms = world.terms(("Summit tent", 60, 48000, JAN_25))
    change(deal, terms, by=world.person("Sara"), now=NOW, is_customers_wish=is_customers_wish)
    approve(deal, by=world.person("Olga"), now=NOW)
    report(deal, world, (60, JAN_25), now=AFTER[JAN_25])
    assert board(world, FEB_1, FEB_8)[0] == kept
