"""The gaps of the page, with what was said of each."""

from dataclasses import replace

from handlers.sop.gap_sections import Reader, gap_text
from models.sop.bands import WITHOUT_STOCK
from models.sop.gaps import ranked_gaps
from models.sop.page import Said
from tests.handlers.sop.test_page_sections import DOLLARS, EN, MONTHS, TENTS, page, text_of
from tests.models.sop.december import DEC, JAN


def test_comment_stands_under_its_gap_and_one_of_a_family_by_itself() -> None:
    said = (Said("Tents", DEC, "Cloth is late.", "Olga"), Said("Tents", None, "A new colour.", "Sara"))
    lines = text_of(replace(page(TENTS), said=said), reader=Reader())
    assert lines == [
        "Gaps",
        "•  Tents, Dec 2026: 6 short; customers wait for $2,880",
        "     “Cloth is late.” — Olga",
        "Said",
        "•  Tents: “A new colour.” — Sara",
    ]
    # January has no gap.
    elsewhere = (Said("Tents", JAN, "Quiet.", "Sara"),)
    assert text_of(replace(page(TENTS), said=elsewhere), reader=Reader())[-1] == "•  Tents, Jan 2027: “Quiet.” — Sara"


def test_where_no_stock_is_kept_somebody_waits_and_nothing_lies_there() -> None:
    hours = replace(TENTS, family="Audits", band=WITHOUT_STOCK, supply=(4, 30))
    idle, waits = ranked_gaps([hours])
    assert gap_text(DOLLARS, waits, MONTHS, EN) == "6 wait; customers wait for $2,880"
    assert gap_text(DOLLARS, idle, MONTHS, EN) == "14 more than is wanted"
