"""A way out in words, with what it costs and leaves; where no stock is kept, with who still waits."""

from dataclasses import replace

from babel import Locale

from models.base.words import Coinage
from models.sop.way_words import months_text, way_out_text, way_out_words
from models.sop.ways_out import WayOut, WayOutKind
from tests.models.sop.december import DEC, FEB, JAN

US, DOLLARS = Locale("en", "US"), Coinage("USD", 2)
MORE = WayOut(WayOutKind.MORE, 20, -5, (), spend=600_000, extra=7_000, months=(DEC, JAN))


def test_way_says_what_is_done_what_it_costs_and_what_it_leaves() -> None:
    done = "make 20 more in Dec 2026–Jan 2027"
    assert way_out_text(DOLLARS, MORE, US) == f"{done}: $6,000 to make, $70 to keep it in stock; net stock −5"
    assert way_out_words(DOLLARS, MORE, US, has_money=False) == (done, "net stock −5")


def test_where_no_stock_is_kept_it_says_who_still_waits() -> None:
    hours = replace(MORE, keeps_stock=False)
    assert way_out_words(DOLLARS, hours, US, has_money=False)[1] == "5 left waiting"
    assert way_out_words(DOLLARS, replace(hours, net=0), US, has_money=False)[1] == "nothing left waiting"


def test_months_in_a_row_are_a_range_and_others_go_from_one_to_another() -> None:
    assert [months_text(months, US) for months in ((), (DEC,), (DEC, JAN), (DEC, FEB))] == [
        "",
        "Dec 2026",
        "Dec 2026–Jan 2027",
        "Dec 2026 to Feb 2027",
    ]
