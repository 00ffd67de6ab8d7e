"""Layout: which column holds what."""

from models.sheets.layout import lay_out
from tests.models.sheets.reading import read


def titles(*lines: str, measure: str = "") -> dict[str, list[str]]:
    layout = lay_out(read(*lines, measure=measure).board)
    return {name: [column.title for column in columns] for name, columns in layout.fields.items()}


def test_names_are_found_by_title_and_by_content() -> None:
    assert titles("family,product,month,bookings", "Tents,Summit tent,2026-08,1")["family"] == ["family", "product"]
    assert titles("division,family code,month,bookings", "Tents,T1,2026-08,1")["family"] == ["division"]


def test_what_is_shipped_counts_on_its_own_day() -> None:
    lines = ("family,order date,ship date,qty", "Tents,2026-08-03,2026-09-01,1")
    assert titles(*lines, measure="bookings")["month"] == ["order date"]
    assert titles(*lines, measure="shipments")["month"] == ["ship date"]


def test_columns_beside_say_how_a_row_is_read() -> None:
    layout = lay_out(read("family,year,month,UoM,scenario,status,bookings", "Tents,2026,8,pcs,Actual,open,1").board)
    beside = (layout.year, layout.unit, layout.version, layout.status, layout.measures, layout.mixed)
    assert [column and column.title for column in beside] == ["year", "UoM", "scenario", "status", None, None]


def test_names_may_head_periods_in_one_column() -> None:
    layout = lay_out(read("Row Labels,Bookings", "Tents,3", "2026-08,1", "2026-09,2").board)
    assert (layout.mixed and layout.mixed.title, layout.do_names_head) == ("Row Labels", True)
    other = lay_out(read("Row Labels,Bookings", "2026-08,3", "Tents,1", "Shelters,2").board)
    assert (other.mixed and other.mixed.title, other.do_names_head) == ("Row Labels", False)


def test_measure_is_asked_for_or_named_above() -> None:
    lines = ("Shipments by month,", "Family;Aug 26", "Tents;1")
    assert lay_out(read(*lines).board).measure == "shipments"
    assert lay_out(read(*lines, measure="bookings").board).measure == "bookings"
