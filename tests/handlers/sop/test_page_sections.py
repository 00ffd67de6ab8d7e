"""What stands out on the page, section by section."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from babel import Locale

from handlers.slack.view_parts import line
from handlers.sop.gap_sections import MOSTS, Reader, gap_text
from handlers.sop.page_sections import MOST_DECISIONS, decisions, sections
from models.base.months import months_from
from models.base.words import Coinage
from models.sop.accuracy import Accuracy
from models.sop.budgets import YearMoney
from models.sop.gaps import Gap, GapKind, ranked_gaps
from models.sop.identities import FamilyPlan
from models.sop.page import Change, Lost, MonthBefore, Page
from models.sop.resolutions import Decided
from models.sop.rough_cut import ResourceMonths
from models.sop.steps import Step
from sandbox.render import render_blocks
from tests.models.sop.december import DEC, JAN

EN, DOLLARS = Locale("en", "US"), Coinage("USD", 2)
MONTHS = tuple(months_from(DEC, 2))
# A tent costs $300 and sells for $480. 10 a month are wanted; 4 are supplied in December, and 16 in January.
TENTS = FamilyPlan("Tents", Fraction(30000), Fraction(48000), 0, 0, (10, 10), (4, 16))


SEES_ALL = Reader(sees_money=True, sees_total=True)


def page(*plans: FamilyPlan) -> Page:
    return Page(
        cycle=1,
        month=DEC,
        step=Step.RECONCILIATION,
        version=0,
        months=MONTHS,
        plans=plans,
        contingent={},
        gaps=tuple(ranked_gaps(plans)),
        capacity=(),
        lost=(),
        limits={},
        silent={},
        means=(),
    )


def text_of(shown: Page, number: int = 0, *, is_deciding: bool = False, reader: Reader = SEES_ALL) -> list[str]:
    blocks = sections(shown, DOLLARS, EN, MOSTS[number], replace(reader, is_deciding=is_deciding))
    return render_blocks([block.to_dict() for block in blocks]).splitlines()


@pytest.mark.parametrize(
    ("gap", "text"),
    [
        (
            Gap("Tents", GapKind.SHORT, 0, 0, 0, 6, -6, 288000, 180000),
            "6 short, $1,800 to make; customers wait for $2,880",
        ),
        (Gap("Tents", GapKind.SHORT, 0, 1, 1, 6, 4, 0, 180000), "6 short in Jan 2027, $1,800 to make"),
        (
            Gap("Tents", GapKind.LONG, 0, 1, 0, 1200, 1300, 0, 36000000),
            "1,200 above the ceiling in Dec 2026, $360,000 tied up",
        ),
    ],
)
def test_gap_says_which_way_it_goes_in_units_and_money(gap: Gap, text: str) -> None:
    assert gap_text(DOLLARS, gap, MONTHS, EN) == text


def test_page_without_anything_that_stands_out_is_its_investment() -> None:
    even = replace(TENTS, supply=(10, 10))
    assert text_of(page(even)) == [
        "Change in inventory investment: $0 in Dec 2026, $0 over 2 months.",
        "Plan: $9,600 of revenue, $3,600 of margin.",
    ]


def test_gap_says_what_limits_it_and_that_it_is_decided() -> None:
    shown = replace(page(TENTS), limits={"Tents": "Sewing"}, decided=(decision(1),))
    gaps = [text for text in text_of(shown) if text.startswith("•  Tents, Dec 2026")]
    assert gaps == [f"•  Tents, Dec 2026: {gap_text(DOLLARS, shown.gaps[0], MONTHS, EN)} — Sewing · decided"]


def test_who_is_silent_is_waited_for_in_the_step_and_counted_as_filled_in_after_it() -> None:
    shown = replace(page(TENTS), silent={Step.DEMAND: ("Pete",), Step.SUPPLY: ("Otto",)})
    assert "The supply review waits for Otto." in text_of(replace(shown, step=Step.SUPPLY))
    assert "Silent in the demand review, counted as filled in: Pete." in text_of(replace(shown, step=Step.SUPPLY))
    # Reconciliation is nobody's review.
    assert not any("Olga" in text for text in text_of(replace(shown, silent={Step.RECONCILIATION: ("Olga",)})))


def test_month_before_says_what_is_known_of_it() -> None:
    known = MonthBefore(date(2026, 11, 1), 1200, 1100, 40, 7, Accuracy(Fraction(1, 4), Fraction(-1, 10)))
    assert text_of(replace(page(), before=known))[0] == (
        "Nov 2026: 1,200 booked, 1,100 shipped, 40 in stock, 7 in backlog; forecast accuracy 75 %, bias −10 %."
    )
    unknown = replace(known, booked=None, accuracy=Accuracy(None, None))
    assert text_of(replace(page(), before=unknown))[0] == (
        "Nov 2026: bookings not known, 1,100 shipped, 40 in stock, 7 in backlog."
    )


def test_lists_are_shortened_and_what_is_left_out_is_counted() -> None:
    lost = tuple(Lost("Tents", JAN, n, "price", n, "Acme") for n in range(1, 9))
    change = tuple(Change("Tents", "Sara", n, "A fair.") for n in (-5, 1200))
    lines = text_of(replace(page(), lost=lost, changes=change), 2)
    assert lines[2:] == [
        "Other than the baseline",
        "•  Tents, Sara: −5 over 2 months — A fair.",
        "•  Tents, Sara: +1,200 over 2 months — A fair.",
        "Lost demand: the market talking",
        "•  Tents, Jan 2027: 1 units, price (#1 Acme)",
        "•  Tents, Jan 2027: 2 units, price (#2 Acme)",
        "And 6 more.",
    ]


def test_resources_that_are_full_come_fullest_first() -> None:
    def month(name: str, *wanted: int) -> ResourceMonths:
        return ResourceMonths(name, "hour", (Fraction(100),) * 2, tuple(map(Fraction, wanted)), (Fraction(0),) * 2)

    capacity = (month("Sewing", 110, 120), month("Assembly", 50, 150), month("Packing", 90, 0), month("Ironing", 89, 0))
    assert text_of(replace(page(), capacity=capacity))[2:] == [
        "Rough-cut capacity",
        "•  Assembly: over in one month, 150 % in Jan 2027",
        "•  Sewing: over in 2 months, 120 % in Jan 2027",
        "•  Packing: 90 % in Dec 2026",
    ]


def test_gaps_are_chosen_from_where_one_may_decide() -> None:
    both = text_of(page(TENTS), is_deciding=True)
    assert [text for text in both if text not in text_of(page(TENTS))] == ["<Decide on a gap…>"]


def test_decisions_beyond_a_dozen_are_counted() -> None:
    blocks = [line(*decisions([decision(n) for n in range(MOST_DECISIONS + 2)], EN)).to_dict()]
    lines = render_blocks(blocks).splitlines()
    assert (lines[0], lines[-1]) == ("Decisions", "And 2 more: /sop shows them.")
    assert decisions([], EN) == []


def decision(number: int) -> Decided:
    return Decided(number, "Tents", DEC, f"Hire {number}.", "Olga", "UOLGA", date(2026, 12, 21))


def test_what_nobody_knows_is_named_with_its_months() -> None:
    unknown = {"Tents": (DEC, JAN), "Domes": (DEC, JAN), "Lamps": (JAN,)}
    lines = text_of(replace(page(), unknown=unknown, old_stock={"Tents": DEC}))
    assert lines[2:] == [
        "Bookings are not known for Dec 2026, Jan 2027, so the baseline goes over them: Domes, Tents.",
        "Bookings are not known for Jan 2027, so the baseline goes over them: Lamps.",
        "Stock and backlog are those of Dec 2026: Tents.",
    ]


def test_year_stands_beside_its_budget() -> None:
    year = YearMoney(2026, 30_000_00, 20_000_00, 25_000_00, 35_000_00)
    assert text_of(replace(page(), year=year))[2] == (
        "2026: $30,000 to date and $20,000 to come, $60,000 budgeted: −$10,000 (−17 %)."
    )
    assert len(text_of(replace(page(), year=replace(year, budget_to_date=None, budget_to_come=None)))) == 2


def test_reader_who_sees_no_money_sees_none_that_tells_what_a_unit_costs() -> None:
    shown = text_of(page(TENTS), reader=Reader())
    assert shown == ["Gaps", "•  Tents, Dec 2026: 6 short; customers wait for $2,880"]
    in_all = text_of(page(TENTS), reader=Reader(sees_total=True))
    assert in_all[-1] == shown[-1]
    assert in_all[0].startswith("Change in inventory investment")


@pytest.mark.parametrize(
    ("company", "text"),
    [
        (Coinage("JPY", 0), "6 short, ¥180,000 to make; customers wait for ¥288,000"),
        (Coinage("KWD", 3), "6 short, KWD180 to make; customers wait for KWD288"),
    ],
)
def test_money_has_the_places_of_its_currency(company: Coinage, text: str) -> None:
    gap = Gap("Tents", GapKind.SHORT, 0, 0, 0, 6, -6, 288000, 180000)
    assert gap_text(company, gap, MONTHS, EN) == text


@pytest.mark.parametrize("count", [0, 1, 24, 150])
def test_any_number_of_families_makes_a_page(count: int) -> None:
    plans = [replace(TENTS, family=f"Family {n:03}") for n in range(count)]
    lines = text_of(page(*plans))
    assert lines[0].startswith("Change in inventory investment: ")
    assert sum(line.startswith("•  Family") for line in lines) == min(count, MOSTS[0].gaps)
    assert any(line.startswith(f"And {count - MOSTS[0].gaps} more") for line in lines) == (count > MOSTS[0].gaps)
