"""What a check looks at: free time, overtime that is left, stock over the weeks, and adjustments."""

from datetime import date

import pytest

from models.promise.facts import Adjustment, Deal, Kind, Line, Place, Resource, WeekException

DEC_28, W0, W1, W2 = date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)
THURSDAY = date(2027, 1, 7)
SAW = Resource("Saw", Kind.TIME, "hour", weekly=10, overtime=4)
GLUE = Resource("Glue", Kind.STOCK, "pot", on_hand=5)


def saw(load: int = 0, exception: WeekException | None = None) -> Resource:
    exceptions = {W0: exception} if exception else {}
    return Resource("Saw", Kind.TIME, "hour", weekly=10, overtime=4, exceptions=exceptions, load={W0: load})


@pytest.mark.parametrize(
    ("resource", "ordinary", "overtime"),
    [
        (SAW, 10, 4),
        (saw(7), 3, 4),
        (saw(10), 0, 4),
        # Overbooked by one, which takes one of the overtime; and by more than there is.
        (saw(11), 0, 3),
        (saw(15), 0, 0),
        (saw(0, WeekException(available=0)), 0, 4),
        (saw(0, WeekException(overtime=0)), 10, 0),
        (saw(2, WeekException(available=6, overtime=1)), 4, 1),
        (saw(0, WeekException(reason="Inventory")), 10, 4),
    ],
)
def test_week_has_what_it_offers_less_its_load(resource: Resource, ordinary: int, overtime: int) -> None:
    assert (resource.ordinary(W0), resource.room(W0)) == (ordinary, ordinary + overtime)
    assert (resource.ordinary(W1), resource.room(W1)) == (10, 14)


@pytest.mark.parametrize(
    ("available", "load", "places", "ordinary", "room"),
    [
        # First, with 4 behind it that need overtime; and behind all when it wants more than its place.
        (10, 4, [(8, 0)], 8, 10),
        (10, 4, [(5, 0)], 6, 10),
        # Second, behind 4: 6 are ordinary, then the overtime is its own.
        (10, 4, [(8, 4)], 6, 10),
        # It has grown: 5 keep the first place, 3 stand behind the 4 of another.
        (10, 4, [(5, 0), (3, 9)], 6, 10),
        # Capacity has dropped: the first is hit last, the second first.
        (7, 4, [(7, 0)], 7, 7),
        (7, 4, [(7, 4)], 3, 7),
        (3, 4, [(7, 0)], 3, 7),
        (0, 4, [(7, 0)], 0, 4),
        # Overbooked by what was imported: it stands first.
        (10, 20, [(5, 20)], 0, 0),
    ],
)
def test_who_came_first_owns_the_ordinary_hours(
    available: int, load: int, places: list[tuple[int, int]], ordinary: int, room: int
) -> None:
    own = {W0: tuple(Place(*place) for place in places)}
    resource = Resource("Saw", Kind.TIME, "hour", weekly=available, overtime=4, load={W0: load}, places=own)
    assert (resource.ordinary(W0), resource.room(W0)) == (ordinary, room)


def test_stock_is_left_at_the_end_of_weeks_and_wherever_it_changes() -> None:
    glue = Resource("Glue", Kind.STOCK, "pot", on_hand=5, receipts={W1: 3}, load={W0: 4, W2: 6})
    assert glue.positions([W0], today=THURSDAY) == {W0: 1, W1: 4, W2: -2}
    assert glue.positions([W1], today=THURSDAY) == {W1: 4, W2: -2}
    later = date(2027, 3, 1)
    assert glue.positions([later], today=THURSDAY) == {later: -2}
    assert GLUE.positions([W0, W2], today=THURSDAY) == {W0: 5, W2: 5}


def test_stock_changes_from_the_week_on_in_which_it_was_counted() -> None:
    receipts, load = {DEC_28: 3}, {DEC_28: 1}
    counted = Resource("Glue", Kind.STOCK, "pot", on_hand=5, as_of=date(2026, 12, 31), receipts=receipts, load=load)
    assert counted.positions([W0], today=THURSDAY) == {W0: 7}
    # Without a day it was counted today, and what was before is in it.
    today = Resource("Glue", Kind.STOCK, "pot", on_hand=5, receipts=receipts, load=load)
    assert today.positions([W0], today=THURSDAY) == {W0: 5}


def test_adjustment_is_of_one_week_of_one_resource() -> None:
    less = Adjustment("Saw", W1, available=6, reason="Holiday")
    adjusted = less.apply(saw(0, WeekException(available=8)))
    assert adjusted.exceptions == {W0: WeekException(available=8), W1: WeekException(6, None, "Holiday")}
    assert less.apply(GLUE) is GLUE
    again = Adjustment("Saw", W1, available=7).apply(adjusted)
    assert (again.available(W1), again.available(W0), again.room(W1)) == (7, 8, 11)


@pytest.mark.parametrize(("receipt", "arriving"), [(9, 9), (0, 0), (None, 0)])
def test_adjusted_stock_is_what_arrives(receipt: int | None, arriving: int) -> None:
    glue = Resource("Glue", Kind.STOCK, "pot", receipts={W0: 1, W1: 3})
    assert Adjustment("Glue", W1, receipt=receipt).apply(glue).receipts == {W0: 1, W1: arriving}


@pytest.mark.parametrize("day", [W0, THURSDAY, date(2027, 1, 10)])
def test_first_week_of_a_deal_is_that_of_its_day(day: date) -> None:
    assert Deal("Acme", day, (Line("Chair", 3, 250, W0),)).first_week == W0
    assert Line("Chair", 3, 250, W0).revenue == 750
