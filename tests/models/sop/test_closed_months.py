"""Closed months: what the file says, else what won and delivered deals say; what nobody knows is not nothing."""

from datetime import date

from sqlalchemy import select

from models.base.months import month_after, months_between, months_from
from models.deals.states import State
from models.sop.closed_months import ClosedMonths, Sale
from models.sop.rows import Actual
from tests.models.sop.december import at, planned, the_cycle, turn
from tests.world import World

SEP, OCT, NOV, DEC, JAN = months_from(date(2026, 9, 1), 5)


def actual(month: date, **said: int) -> Actual:
    """A row of the file."""
    row = Actual(family="Tents", month=month)
    for name, units in said.items():
        setattr(row, name, units)
    return row


def sale(month: date, units: int, state: State) -> Sale:
    """Units of a deal."""
    return Sale(1, state, 1, "Tents", month, units)


def closed_months(*rows: Actual, sales: tuple[Sale, ...] = ()) -> ClosedMonths:
    """What is known before January."""
    return ClosedMonths(JAN, {row.month: row for row in rows}, sales)


def test_months_between() -> None:
    assert (months_between(NOV, JAN), months_between(JAN, JAN), months_between(JAN, OCT)) == (2, 0, -3)


def test_without_a_file_deals_tell_what_was() -> None:
    known = closed_months(
        sales=(
            sale(OCT, 30, State.DELIVERED),
            sale(DEC, 12, State.WON),
            sale(DEC, 8, State.DELIVERED),
            sale(DEC, 99, State.APPROVED),
            sale(JAN, 50, State.WON),
        )
    )
    assert known.booked() == {OCT: 30, NOV: 0, DEC: 20}
    assert (known.missing, known.inventory(), known.backlog()) == (0, 0, 12)
    assert [known.shipments(month) for month in (OCT, NOV, DEC)] == [30, 0, 8]
    assert [known.supply(month) for month in (OCT, NOV, DEC)] == [30, None, 8]


def test_month_that_the_file_skips_is_unknown_to_the_baseline() -> None:
    known = closed_months(actual(SEP, bookings=40), actual(DEC, bookings=50), sales=(sale(NOV, 9, State.WON),))
    assert known.history() == [40, None, 9, 50]
    assert closed_months(sales=(sale(SEP, 5, State.WON), sale(NOV, 9, State.WON))).history() == [5, 0, 9, 0]


def test_the_file_goes_before_deals_field_by_field() -> None:
    sales = (sale(NOV, 10, State.DELIVERED), sale(DEC, 27, State.WON))
    known = closed_months(
        actual(NOV, bookings=40, inventory=25), actual(DEC, shipments=35, inventory=30, backlog=4), sales=sales
    )
    assert known.booked() == {NOV: 40, DEC: 27}
    assert [known.shipments(month) for month in (NOV, DEC)] == [10, 35]
    # 35 went out and 5 more lie there: 40 were made.
    assert known.supply(DEC) == 40
    assert (known.inventory(), known.backlog()) == (30, 4)


def test_inventory_goes_on_from_the_last_month_that_is_known() -> None:
    known = closed_months(
        actual(SEP, inventory=100), actual(OCT, shipments=30, supply=10), actual(DEC, shipments=90, supply=0)
    )
    assert known.inventory() == 0
    rows = actual(SEP, inventory=100), actual(OCT, shipments=30, supply=10)
    assert closed_months(*rows).inventory() == 80
    # What was made without what went out moves nothing; an explicit nothing is known.
    assert closed_months(*rows, actual(DEC, supply=50)).inventory() == 80
    assert closed_months(actual(DEC, shipments=0)).supply(DEC) == 0
    assert closed_months(actual(OCT, backlog=7)).backlog() == 7


def test_months_that_nobody_knows_are_missing_rather_than_nothing() -> None:
    imported = actual(SEP, bookings=20), actual(OCT, bookings=30)
    known = closed_months(*imported)
    assert (known.bookings(), known.missing) == ([20, 30], 2)
    # A small deal does not make up for a file; deals that tell at least half of what files used to say what was.
    assert closed_months(*imported, sales=(sale(DEC, 5, State.WON),)).missing == 2
    sold = closed_months(*imported, sales=(sale(NOV, 20, State.WON), sale(DEC, 5, State.WON)))
    assert (sold.bookings(), sold.missing) == ([20, 30, 20, 5], 0)
    old = closed_months(actual(month_after(JAN, -13), bookings=20))
    assert (old.bookings(), old.missing) == ([20, *[0] * 12], 0)
    assert (closed_months().bookings(), closed_months().missing) == ([], 0)


def test_baseline_counts_what_came_in_until_the_demand_review_begins(world: World) -> None:
    planned(world, bookings=[100, 100])
    gone = world.session.scalars(select(Actual).where(Actual.month == NOV)).one()
    gone.bookings = None
    turn(world, at("12-01"))
    cycle = the_cycle(world)
    assert (cycle.stale, cycle.baselines["Tents"]) == (["Tents"], [100] * 18)
    gone.bookings = 300
    turn(world, at("12-03"))
    assert (cycle.stale, cycle.baselines["Tents"]) == ([], [200] * 18)
    gone.bookings = 900
    turn(world, at("12-10"))
    assert cycle.baselines["Tents"] == [200] * 18


def test_months_that_the_file_does_not_name_are_unknown_and_never_nothing() -> None:
    known = closed_months(actual(SEP, bookings=20), actual(DEC, bookings=30), sales=(sale(NOV, 4, State.WON),))
    assert known.unknown == [OCT]
    assert known.history() == [20, None, 4, 30]
    assert known.booked() == {SEP: 20, NOV: 4, DEC: 30}
    assert closed_months(actual(SEP, bookings=0), actual(OCT, bookings=1)).unknown == []


def test_stock_of_an_earlier_month_is_old_unless_all_that_moved_since_is_known() -> None:
    assert closed_months().old_stock is None
    assert closed_months(actual(DEC, inventory=4, backlog=0)).old_stock is None
    assert closed_months(actual(OCT, inventory=4), actual(DEC, supply=3, shipments=2)).old_stock == OCT
    moved = [actual(month, supply=3, shipments=2) for month in (NOV, DEC)]
    rolled = closed_months(actual(OCT, inventory=4), *moved)
    assert (rolled.old_stock, rolled.inventory()) == (None, 6)
    assert closed_months(actual(NOV, backlog=1), actual(DEC, inventory=4)).old_stock == NOV
