"""What buttons and forms of capacity carry, read again."""

from datetime import date

from handlers.capacity.targets import ReserveTarget, WeeksTarget, WeekTarget, week_of


def test_week_is_that_of_a_day_and_none_where_it_is_none() -> None:
    assert week_of("2027-01-06") == date(2027, 1, 4)
    assert (week_of(""), week_of("soon")) == (None, None)
    target = WeekTarget.decode(WeekTarget(resource=3, day="2027-01-06", since="2027-01-18").encode())
    assert (target.resource, target.week, target.first) == (3, date(2027, 1, 4), date(2027, 1, 18))


def test_buttons_that_stand_side_by_side_are_told_apart() -> None:
    assert WeeksTarget(since="2027-01-04").key == "2027-01-04"
    assert ReserveTarget(reserve=7).key == 7
