"""Where work may be done: windows of weeks and resources, and what there is room for in them."""

from datetime import date, timedelta

from models.base.arithmetic import WEEK
from models.promise.facts import Kind, Line, Need, Offer, Place, Resource
from models.promise.windows import CellRoom, Window, demands_of, room_of

MONDAY = date(2027, 1, 4)
BEFORE = MONDAY - WEEK


def offer(*needs: Need) -> Offer:
    return Offer("Chair", "Chairs", "chair", 10_000, 6_000, margin_floor=0, needs=needs)  # type: ignore[arg-type]


def test_window_reaches_back_from_its_home_week_over_all_its_resources() -> None:
    window = Window(MONDAY, 1, ("Line 1", "Line 2"))
    assert window.home == ("Line 1", MONDAY)
    assert list(window.cells()) == [
        (("Line 1", MONDAY), 0, 0),
        (("Line 2", MONDAY), 0, 1),
        (("Line 1", BEFORE), 1, 0),
        (("Line 2", BEFORE), 1, 1),
    ]
    assert [w.is_one_cell for w in (window, Window(MONDAY, 0, ("Line 1",)), Window(MONDAY, 1, ("Line 1",)))] == [
        False,
        True,
        False,
    ]


def test_needs_of_one_window_add_up_and_others_stay_apart() -> None:
    offers = {"Chair": offer(Need("Saw", -1, 2, per_unit=500, ahead=1), Need("Saw", per_unit=100), Need("Saw"))}
    lines = [Line("Chair", 2, 100, MONDAY), Line("Chair", 4, 100, MONDAY + WEEK)]
    assert demands_of(offers, lines) == {
        Window(BEFORE, 1, ("Saw",)): 1000,
        # The second week of the first line, and the first one of the second.
        Window(MONDAY, 1, ("Saw",)): 1000 + 2000,
        Window(MONDAY + WEEK, 1, ("Saw",)): 2000,
        Window(MONDAY, 0, ("Saw",)): 200,
        Window(MONDAY + WEEK, 0, ("Saw",)): 400,
    }


def test_week_that_is_over_has_what_was_worked_in_it() -> None:
    saw = Resource(
        "Saw", Kind.TIME, "hour", 10_000, 2_000, 55, load={MONDAY: 7_000}, places={BEFORE: (Place(3_000, 0),)}
    )
    assert room_of(saw, MONDAY, MONDAY) == CellRoom(3_000, 2_000, 55)
    assert room_of(saw, BEFORE, MONDAY) == CellRoom(3_000)
    assert room_of(saw, BEFORE - timedelta(weeks=1), MONDAY) == CellRoom(0)
