"""What all rows of a table share."""

from datetime import date

from models.sheets.fields import Kind
from tests.models.sheets.reading import read


def test_periods_of_cells_and_titles_are_keys() -> None:
    down, across = (
        read("family,month,bookings", "Tents,Aug 26,1").context,
        read("family;Aug 26", "Tents;1", measure="bookings").context,
    )
    assert down.key("Aug 26") == across.key_across(across.layout.amounts[0]) == date(2026, 8, 1)
    assert (down.key("x"), down.key_columns) == (None, (0, 1))


def test_weeks_in_digits_make_the_column_one_of_weeks() -> None:
    context = read("family,period,bookings", "Tents,202611,1", "Tents,202633,2").context
    assert context.key("202611") == date(2026, 3, 1)


def test_days_of_other_fields_are_read_by_their_own() -> None:
    context = read("resource,on hand,as of", "Assembly,5,31/10/2026", kind=Kind.STOCK).context
    assert context.day("01/10/2026") == date(2026, 10, 1)


def test_what_stands_above_may_head_what_is_below() -> None:
    context = read("family,month,bookings", "Tents,2026-08,1").context
    context.set_above("family", "Tents", is_heading=True)
    assert (context.above, context.headed, context.is_known("tents")) == ({"family": "Tents"}, {"family"}, True)
    context.set_above("family", "Shelters", is_heading=False)
    assert (context.above, context.headed) == ({"family": "Shelters"}, set())
