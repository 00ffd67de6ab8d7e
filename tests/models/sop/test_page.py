"""What a page says of its own gaps: which month lies in which, what was decided and said of it."""

from dataclasses import replace

from models.sop.page import Said
from models.sop.resolutions import Decided
from tests.handlers.sop.test_page_sections import TENTS, page
from tests.models.sop.december import DEC, JAN

SHORT = page(replace(TENTS, supply=(4, 4)))
HIRE = Decided(1, "Tents", JAN, "Hire.", "Olga", "UOLGA", JAN)


def test_month_lies_in_the_gap_that_it_is_a_part_of() -> None:
    assert [SHORT.gap_in("Tents", month) for month in (DEC, JAN, None)] == [0, 0, None]
    assert SHORT.gap_in("Lamps", DEC) is None
    assert page(TENTS).gap_in("Tents", JAN) is None


def test_gap_is_decided_by_a_word_on_any_of_its_months_or_on_its_family() -> None:
    (gap,) = SHORT.gaps
    assert not SHORT.is_decided(gap)
    assert replace(SHORT, decided=(HIRE,)).is_decided(gap)
    assert replace(SHORT, decided=(replace(HIRE, month=None),)).is_decided(gap)
    assert not replace(SHORT, decided=(replace(HIRE, family="Lamps"),)).is_decided(gap)
    assert replace(SHORT, decided=(replace(HIRE, is_closed=True),)).open_decisions == ()


def test_comment_belongs_to_the_gap_in_which_its_month_lies() -> None:
    on_gap, on_family = Said("Tents", JAN, "Cloth is late.", "Olga"), Said("Tents", None, "A new colour.", "Sara")
    said = replace(SHORT, said=(on_gap, on_family))
    assert (said.said_of(said.gaps[0]), said.said_of(None)) == ((on_gap,), (on_family,))
