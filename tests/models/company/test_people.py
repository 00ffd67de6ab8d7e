"""People as resources: their days, their hours, when they are away, and what that does to check, week and plan."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from models.base.errors import Refused
from models.base.working_time import WorkingHours
from models.capacity.adjusting import adjust
from models.capacity.leaving import be_back, leave, work_hours
from models.capacity.overview import asked_of, coming_weeks
from models.company.people import resources_of, span_of, weeks_of_people
from models.company.resources import ResourceRow
from models.deals.deciding import approve
from models.deals.rows import Deal
from models.deals.terms import check_deal
from models.promise import Adjustment, WeekException
from models.promise.check import Verdict
from models.sop.rough_cut import capacity_of
from models.workspace.absences import absences_of, come_back, go_away
from models.workspace.members import set_hours
from tests.world import NOW, World

NOV_30, DEC_21, DEC_28, JAN_11 = date(2026, 11, 30), date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 11)
JAN_25 = date(2027, 1, 25)


def person(world: World, name: str = "Otto", weekly: int = 40_000) -> ResourceRow:
    """Assembly becomes somebody's time."""
    row = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    row.member, row.weekly, row.overtime = world.person(name), weekly, 0
    row.weeks.clear()
    world.session.flush()
    return row


def weeks(world: World, row: ResourceRow, *asked: date) -> dict[date, WeekException]:
    return dict(weeks_of_people(world.workspace, [row.id], asked).get(row.id, {}))


def promised(world: World, tents: int = 60) -> Deal:
    """For 34 hours in the week of Jan 11."""
    deal = world.propose(("Summit tent", tents, 43200, JAN_25))
    approve(deal, by=world.person("Olga"), now=NOW)
    return deal


def test_public_holidays_and_days_away_are_not_worked(world: World) -> None:
    row = person(world)
    # Christmas is a Friday.
    assert weeks(world, row, NOV_30, DEC_21) == {DEC_21: WeekException(32_000, 0, "4 of 5 days")}
    go_away(world.person("Otto"), date(2026, 12, 1), date(2026, 12, 2), now=NOW)
    assert weeks(world, row, NOV_30) == {NOV_30: WeekException(24_000, 0, "3 of 5 days")}
    go_away(world.person("Otto"), date(2026, 12, 27), date(2027, 1, 3), now=NOW)
    assert weeks(world, row, DEC_28) == {DEC_28: WeekException(0, 0, "0 of 5 days")}


def test_hours_are_no_more_than_somebody_is_there(world: World) -> None:
    row = person(world)
    set_hours(world.person("Otto"), WorkingHours("America/Denver", "US", time(9), time(15, 30)), now=NOW)
    assert weeks(world, row, NOV_30) == {NOV_30: WeekException(32_500, 0, None)}
    row.unit = "day"
    assert weeks(world, row, NOV_30) == {}


def test_resource_that_is_nobodys_time_is_as_it_says(world: World) -> None:
    row = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    assert weeks(world, row, NOV_30, DEC_21) == {}
    assert resources_of(world.person("Otto")) == []


def test_check_week_and_plan_count_on_the_days_that_are_worked(world: World) -> None:
    row = person(world)
    deal = world.propose(("Summit tent", 60, 43200, JAN_25))
    assert check_deal(deal, now=NOW).check.verdict is Verdict.FITS
    usual = capacity_of(world.workspace, [date(2027, 1, 1)])[0].available[0]
    leave(world.person("Otto"), date(2027, 1, 13), date(2027, 1, 15), now=NOW)
    check = check_deal(deal, now=NOW).check
    assert [(short.free, short.short) for short in check.shortages] == [(16_000, 18_000)]
    (shown,) = coming_weeks(world.workspace, now=NOW, only=row.id, since=JAN_11, weeks=1)
    assert (shown.weeks[0].offered, shown.weeks[0].reason) == (16_000, "2 of 5 days")
    assert capacity_of(world.workspace, [date(2027, 1, 1)])[0].available[0] == usual - 24_000


def test_what_a_planner_says_of_a_week_stands(world: World) -> None:
    row = person(world)
    leave(world.person("Otto"), date(2027, 1, 11), date(2027, 1, 15), now=NOW)
    adjust(row, Adjustment("Assembly", JAN_11, 36_000, 0, reason="A stand-in."), by=world.person("Olga"), now=NOW)
    assert check_deal(world.propose(("Summit tent", 60, 43200, JAN_25)), now=NOW).check.verdict is Verdict.FITS


def test_who_goes_away_breaks_promises_and_their_owners_are_told(world: World) -> None:
    person(world)
    deal = promised(world)
    otto = world.person("Otto")
    breaks = leave(otto, date(2027, 1, 11), date(2027, 1, 15), now=NOW)
    assert list(breaks.promises) == [deal]
    assert deal.broken_why == "Otto is away from Jan 11 to Jan 15."
    (asked,) = asked_of(otto, now=NOW)
    # What was imported for the week of Jan 4 is more than anybody works.
    assert [(week.week, week.committed, week.offered) for week in asked.weeks] == [
        (date(2027, 1, 4), 258_000, 40_000),
        (JAN_11, 34_000, 0),
    ]


def test_who_comes_back_counts_again(world: World) -> None:
    row = person(world)
    otto = world.person("Otto")
    leave(otto, date(2027, 1, 11), date(2027, 1, 15), now=NOW)
    be_back(otto, now=NOW + timedelta(hours=1))
    assert weeks(world, row, JAN_11) == {}
    with pytest.raises(Refused, match="You are not away"):
        come_back(otto, now=NOW)


def test_days_that_overlap_are_all_days_away(world: World) -> None:
    row = person(world)
    otto = world.person("Otto")
    go_away(otto, date(2026, 12, 1), date(2026, 12, 3), now=NOW)
    go_away(otto, date(2026, 12, 3), date(2026, 12, 4), now=NOW)
    assert [(one.first_day.day, one.last_day.day) for one in absences_of(world.workspace, [otto.id])] == [
        (1, 3),
        (3, 4),
    ]
    assert weeks(world, row, NOV_30)[NOV_30].available == 8_000


def test_what_a_planner_said_before_does_not_bring_somebody_back(world: World) -> None:
    row = person(world)
    olga = world.person("Olga")
    adjust(row, Adjustment("Assembly", JAN_11, 38_000, 0, reason="A course."), by=olga, now=NOW)
    leave(world.person("Otto"), date(2027, 1, 11), date(2027, 1, 13), now=NOW)
    deal = world.propose(("Summit tent", 60, 43200, JAN_25))
    assert [short.free for short in check_deal(deal, now=NOW).check.shortages] == [16_000]


def test_overtime_that_a_planner_allows_does_not_bring_somebody_back(world: World) -> None:
    row = person(world)
    leave(world.person("Otto"), date(2027, 1, 11), date(2027, 1, 13), now=NOW)
    adjust(row, Adjustment("Assembly", JAN_11, 40_000, 5_000, reason="He may."), by=world.person("Olga"), now=NOW)
    # As much as usual is as the person works.
    deal = world.propose(("Summit tent", 60, 43200, JAN_25))
    assert [short.free for short in check_deal(deal, now=NOW).check.shortages] == [21_000]


def test_other_hours_break_promises_as_an_absence_does(world: World) -> None:
    person(world)
    deal = promised(world)
    breaks = work_hours(world.person("Otto"), WorkingHours("America/Denver", "US", time(9), time(12)), now=NOW)
    assert list(breaks.promises) == [deal]
    assert deal.broken_why == "Otto works at other hours."


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 20)),
        (date(2026, 12, 2), date(2026, 12, 1)),
        (date(2026, 12, 2), date(2028, 1, 1)),
    ],
)
def test_days_that_are_none_are_refused(world: World, first: date, last: date) -> None:
    with pytest.raises(Refused):
        go_away(world.person("Olga"), first, last, now=NOW)


def test_weeks_from_one_to_another_are_as_many_as_a_plan_reaches() -> None:
    assert span_of(NOV_30, DEC_21) == [NOV_30, date(2026, 12, 7), date(2026, 12, 14), DEC_21]
    assert len(span_of(NOV_30, date.max)) == 160


def test_who_is_back_still_goes_away_later(world: World) -> None:
    olga = world.person("Olga")
    go_away(olga, date(2026, 11, 20), date(2026, 11, 27), now=NOW)
    go_away(olga, date(2026, 12, 20), date(2026, 12, 27), now=NOW)
    assert [row.first_day.month for row in come_back(olga, now=NOW)] == [11]
    assert [row.first_day.month for row in come_back(olga, now=NOW)] == [12]


def test_who_is_away_all_week_works_no_overtime(world: World) -> None:
    row = person(world)
    row.overtime = 10_000
    go_away(world.person("Otto"), JAN_11, date(2027, 1, 15), now=NOW)
    assert weeks(world, row, JAN_11) == {JAN_11: WeekException(0, 0, "0 of 5 days")}
    usual = capacity_of(world.workspace, [date(2027, 1, 1)])[0]
    assert usual.overtime[0] < 40_000
