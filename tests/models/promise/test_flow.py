"""Placings by hand, one for each step of their order; all of small companies are in test_windows_brute_force."""

from datetime import date

from models.base.arithmetic import WEEK
from models.promise.flow import Flow
from models.promise.windows import Cell, CellRoom, Placing, Window

W0 = date(2027, 1, 4)
W1, W2 = W0 + WEEK, W0 + 2 * WEEK


def placed(demands: dict[Window, int], rooms: dict[Cell, CellRoom]) -> Placing:
    return Flow(demands, rooms).placed()


def window(week: date, *names: str, ahead: int = 0) -> Window:
    return Window(week, ahead, names or ("Saw",))


def test_work_lies_at_home_and_only_what_has_no_room_there_is_done_ahead() -> None:
    rooms = {("Saw", week): CellRoom(100) for week in (W0, W1, W2)}
    assert placed({window(W2, ahead=2): 250}, rooms).met == {("Saw", W2): 100, ("Saw", W1): 100, ("Saw", W0): 50}


def test_the_least_is_short_then_the_earlier_week_is_met() -> None:
    # Both want the one cell of the first week: the window of the second may use its own as well.
    rooms = {("Saw", W0): CellRoom(100), ("Saw", W1): CellRoom(30)}
    both = {window(W0): 80, window(W1, ahead=1): 70}
    assert placed(both, rooms) == Placing({("Saw", W0): 100, ("Saw", W1): 30}, {window(W1, ahead=1): 20})


def test_work_ahead_comes_before_overtime_and_the_cheaper_overtime_before_the_dearer() -> None:
    rooms = {("Saw", W0): CellRoom(100, 50, 1), ("Saw", W1): CellRoom(100, 50, 900)}
    assert placed({window(W1, ahead=1): 220}, rooms).met == {("Saw", W1): 100, ("Saw", W0): 120}


def test_names_count_last_the_first_one_first() -> None:
    lines = window(W1, "Line 2", "Line 1", ahead=1)
    rooms = {(name, week): CellRoom(60) for name in ("Line 1", "Line 2") for week in (W0, W1)}
    assert placed({lines: 100}, rooms).met == {("Line 2", W1): 60, ("Line 1", W1): 40}


def test_nothing_to_place_and_nothing_to_place_it_in() -> None:
    assert placed({}, {}) == Placing({}, {})
    assert placed({window(W0): 5}, {}) == Placing({}, {window(W0): 5})


def test_large_amounts_and_prices_stay_exact() -> None:
    most = 10**12
    rooms = {("Saw", W0): CellRoom(most, most, most), ("Saw", W1): CellRoom(most - 1, most, most - 1)}
    assert placed({window(W1, ahead=1): 3 * most}, rooms).met == {("Saw", W0): most + 1, ("Saw", W1): 2 * most - 1}
