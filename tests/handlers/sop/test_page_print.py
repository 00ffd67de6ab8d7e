"""The signed page on one sheet."""

from dataclasses import replace

from babel import Locale

from handlers.sop.page_print import MOST_LETTERS, MOST_LINES, page_lines, page_pdf
from models.base.words import Coinage
from tests.handlers.sop.test_page_sections import TENTS, decision, page
from tests.handlers.sop.test_page_view import largest_page

EN, DOLLARS = Locale("en", "US"), Coinage("USD", 2)


def test_sheet_says_gaps_and_decisions_without_what_a_unit_costs() -> None:
    shown = replace(page(TENTS), decided=(decision(1),), version=1)
    lines = page_lines(shown, DOLLARS, EN)
    assert lines[:3] == ["Gaps", "• Tents, Dec 2026: 6 short; customers wait for $2,880", "Decisions"]
    assert lines[3].startswith("• Tents: ")
    assert page_lines(page(), DOLLARS, EN) == ["No gap: net stock stays in its band."]


def test_sheet_is_one_page_however_much_there_is_and_the_same_bytes_again() -> None:
    largest = replace(largest_page(), version=1)
    lines = page_lines(largest, DOLLARS, EN)
    assert len(lines) == MOST_LINES + 1
    assert max(map(len, lines)) <= MOST_LETTERS
    made = page_pdf(largest, DOLLARS, EN)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") == 1
    assert page_pdf(largest, DOLLARS, EN) == made
    # Dollar signs are no formulas.
    assert page_pdf(replace(page(replace(TENTS, family="$x_{1$")), version=1), DOLLARS, EN).startswith(b"%PDF")
