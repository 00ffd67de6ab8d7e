"""What one unit is, where a workbook says a number of pieces: what is asked, and what an answer makes of it."""

from models.setup.company_lots import DIVIDED, LOT, PIECE, Counted
from models.sheets.counts import Count, Lot

THOUSAND = Count(1000, "1,000", "pcs")


def test_dividing_is_offered_where_nothing_is_lost_and_a_lot_where_there_are_prices() -> None:
    asked = Counted(THOUSAND, "Prices", is_priced=True).question
    assert (asked.sentence, list(asked.options), asked.likely) == (
        "“Prices” says “per 1,000 pcs”: what is one unit?",
        [LOT, DIVIDED, PIECE],
        LOT,
    )
    lost = Counted(THOUSAND, "Prices", is_priced=True, lost="parts of the smallest coin").question
    assert list(lost.options) == [LOT, PIECE]
    assert lost.sentence.endswith("Divided by 1,000, parts of the smallest coin would be lost.")
    unpriced = Counted(THOUSAND, "Times", is_priced=False, lost="parts of the times").question
    assert (list(unpriced.options), unpriced.likely) == ([PIECE], "")
    assert "bring the price list in the same workbook" in unpriced.sentence


def test_answer_says_what_a_unit_is() -> None:
    counted = Counted(THOUSAND, "Prices", is_priced=True)
    assert counted.lot(LOT) == Lot(THOUSAND, is_whole=True)
    assert counted.lot(DIVIDED) == Lot(THOUSAND)
    assert counted.lot(PIECE) == Lot(THOUSAND, is_read=False)
    assert [counted.lot(answer).pieces for answer in (LOT, DIVIDED, PIECE)] == [1000, 1, 1]
