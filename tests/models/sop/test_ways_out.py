"""Ways out of a gap: what each does, and its cost, number by number."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel import Locale

from models.base.months import months_from
from models.base.words import Coinage
from models.sop.identities import FamilyPlan, ranked_gaps
from models.sop.past_sales import Economics
from models.sop.rough_cut import ResourceMonths, rough_cut
from models.sop.way_words import way_out_text
from models.sop.ways_out import OpenUnits, Remedies, WayOut, WayOutKind

JAN = date(2027, 1, 1)
MONTHS = months_from(JAN, 4)
FEB, MAR, APR = MONTHS[1:]
US = Locale("en", "US")
DOLLARS = Coinage("USD", 2)


def plan_of(demand: tuple[int, ...], supply: tuple[int, ...], *, inventory: int = 0) -> FamilyPlan:
    """A family of $300 unit cost and $480 unit price."""
    return FamilyPlan("Tents", Fraction(30_000), Fraction(48_000), inventory, 0, demand, supply)


def remedies(plan: FamilyPlan, *, deals: tuple[OpenUnits, ...] = (), needs: int = 2_000) -> Remedies:
    """Two hours a unit on a line of 160 hours a month, with 20 hours of overtime at $90; 2 % a week for lateness."""
    economics = {"Tents": Economics(plan.unit_cost, plan.unit_price, {"Line": Fraction(needs)} if needs else {})}
    line = ResourceMonths("Line", "hour", (160_000,) * 4, overtime=(20_000,) * 4, overtime_cost=9_000)
    return Remedies(
        months=MONTHS,
        plans={"Tents": plan},
        economics=economics,
        resources=rough_cut([line], economics, {"Tents": plan.supply}),
        late_cost=Decimal("0.02"),
        open_deals={("Tents", FEB): deals},
    )


def ways(plan: FamilyPlan, *, deals: tuple[OpenUnits, ...] = (), needs: int = 2_000) -> list[WayOut]:
    """The ways out of the gap that is worth most."""
    return list(remedies(plan, deals=deals, needs=needs).ways_out(ranked_gaps([plan])[0]))


def test_shortage_is_made_up_in_its_month_or_another_or_by_deals() -> None:
    # February: 30 short with 10 units of room; January has 40 units of room, March 5.
    plan = plan_of((40, 100, 75, 80), (40, 70, 75, 80))
    acme, brown = OpenUnits(7, "Acme", 12, Fraction(47_000)), OpenUnits(9, "Brown", 30, Fraction(45_000))
    found = ways(plan, deals=(acme, brown))
    # February has 4 weeks, so that March is 4 weeks late.
    assert found == [
        WayOut(WayOutKind.MORE, 10, spend=300_000),
        WayOut(WayOutKind.EARLIER, 20, spend=600_000, month=JAN, apart=1),
        WayOut(WayOutKind.RETIME, 5, extra=18_000, month=MAR, apart=1, deal=brown),
        WayOut(WayOutKind.RETIME, 5, extra=18_800, month=MAR, apart=1, deal=acme),
        WayOut(WayOutKind.LATER, 5, spend=150_000, extra=19_200, month=MAR, apart=1),
        WayOut(WayOutKind.OVERTIME, 20, spend=600_000, extra=180_000),
        WayOut(WayOutKind.SHRINK, 12, extra=564_000, deal=acme),
        WayOut(WayOutKind.SHRINK, 20, extra=900_000, deal=brown),
    ]
    assert [way_out_text(DOLLARS, way, US) for way in found] == [
        "supply 10 more: $3,000 to make",
        "make 20 in Jan 2027: $6,000 in stock for a month",
        "#9 Brown takes 5 in Mar 2027: $180 of lateness",
        "#7 Acme takes 5 in Mar 2027: $188 of lateness",
        "deliver 5 in Mar 2027: $192 of lateness",
        "overtime for 20: $1,800 on top of $6,000 to make",
        "#7 Acme takes 12 fewer: $5,640 not sold",
        "#9 Brown takes 20 fewer: $9,000 not sold",
    ]


def test_what_fits_into_the_month_needs_no_other_way() -> None:
    assert ways(plan_of((40, 100, 80, 80), (40, 75, 80, 80)), needs=1_000) == [
        WayOut(WayOutKind.MORE, 25, spend=750_000)
    ]
    # A family that needs no time is limited by nothing that rough-cut capacity knows.
    assert ways(plan_of((0, 900, 0, 0), (0, 0, 0, 0)), needs=0) == [WayOut(WayOutKind.MORE, 900, spend=27_000_000)]


def test_stock_that_is_owed_to_nobody_covers_a_gap_first() -> None:
    covered = plan_of((40, 80, 60, 80), (50, 60, 60, 80), inventory=15)
    gap = next(gap for gap in ranked_gaps([covered]) if gap.units > 0)
    # 15 lay there and January adds 10: more than the 20 that are missing.
    assert remedies(covered).ways_out(gap) == (WayOut(WayOutKind.STOCK, 20),)
    assert way_out_text(DOLLARS, WayOut(WayOutKind.STOCK, 20), US) == "stock covers 20: nothing to make"
    partly = plan_of((80, 80, 80, 80), (75, 80, 80, 80), inventory=2)
    assert ways(partly) == [
        WayOut(WayOutKind.STOCK, 2),
        WayOut(WayOutKind.MORE, 3, spend=90_000),
    ]


def test_surplus_that_works_off_the_backlog_is_wanted() -> None:
    plan = FamilyPlan("Tents", Fraction(30_000), Fraction(48_000), 0, 30, (40, 40, 40, 40), (90, 40, 40, 40))
    found = ways(plan)
    assert found == [WayOut(WayOutKind.CATCH_UP, 30), WayOut(WayOutKind.LESS, 20, spend=-600_000)]
    assert way_out_text(DOLLARS, found[0], US) == "30 of it work off the backlog: nothing to change"
    late = plan_of((40, 80, 40, 40), (0, 120, 40, 40))
    gap = next(gap for gap in ranked_gaps([late]) if gap.units < 0)
    assert remedies(late).ways_out(gap) == (WayOut(WayOutKind.CATCH_UP, 40),)


def test_what_closes_hardly_anything_is_no_way_but_stock_is_told() -> None:
    # 80 hours carry 40 units of 400; what is left is 2 hours, and 4 lie in stock.
    assert ways(plan_of((479, 0, 0, 0), (79, 0, 0, 0), inventory=4), needs=2_000)[0] == WayOut(WayOutKind.STOCK, 4)
    kinds = [way.kind for way in ways(plan_of((479, 0, 0, 0), (79, 0, 0, 0), inventory=4))]
    assert WayOutKind.MORE not in kinds


def test_surplus_is_not_made_or_kept_for_the_month_that_is_short() -> None:
    found = ways(plan_of((40, 40, 40, 60), (40, 80, 40, 30)))
    assert found == [
        WayOut(WayOutKind.LESS, 40, spend=-1_200_000),
        WayOut(WayOutKind.KEEP, 30, spend=900_000, month=APR, apart=2),
    ]
    assert [way_out_text(DOLLARS, way, US) for way in found] == [
        "supply 40 fewer: $12,000 not spent",
        "keep 30 for Apr 2027: $9,000 in stock for 2 months",
    ]
