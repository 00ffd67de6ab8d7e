"""The page adds up: the identities on random data, two months by hand, and the series of the specification."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sop.identities import BrokenIdentity, FamilyPlan, check_identities

UNITS = st.integers(0, 10**6)
MONEY = st.fractions(0, 10**6, max_denominator=1000)


@st.composite
def plans(draw: st.DrawFn) -> FamilyPlan:
    months = draw(st.integers(1, 18))
    demand, supply = (tuple(draw(st.lists(UNITS, min_size=months, max_size=months))) for _ in range(2))
    stock, late = draw(st.one_of(st.tuples(UNITS, st.just(0)), st.tuples(st.just(0), UNITS), st.tuples(UNITS, UNITS)))
    return FamilyPlan("Tents", draw(MONEY), draw(MONEY), stock, late, demand, supply)


@given(plans())
def test_identities_hold(plan: FamilyPlan) -> None:
    months = plan.months
    check_identities(plan, months)
    inventory, backlog = plan.inventory, plan.backlog
    for month in months:
        assert month.shipments == min(month.demand + backlog, inventory + month.supply)
        assert month.inventory == inventory + month.supply - month.shipments
        assert month.backlog == backlog + month.demand - month.shipments
        assert 0 in {month.inventory, month.backlog}
        inventory, backlog = month.inventory, month.backlog
    opening = (plan.inventory - plan.backlog) * plan.unit_cost
    assert months[-1].projected == opening + sum(month.investment for month in months)
    assert months[-1].projected == (inventory - backlog) * plan.unit_cost


@given(plans(), st.data())
def test_page_that_does_not_add_up_is_refused_and_names_the_row(plan: FamilyPlan, data: st.DataObject) -> None:
    months = list(plan.months)
    at = data.draw(st.integers(0, len(months) - 1))
    name, row = data.draw(
        st.sampled_from(
            [("shipments", "shipments"), ("projected", "projected inventory"), ("investment", "change in inventory")]
        )
    )
    months[at] = replace(months[at], **{name: getattr(months[at], name) + 1})
    with pytest.raises(BrokenIdentity, match=rf"Tents, month \d+: {row}"):
        check_identities(plan, months)


TENTS = FamilyPlan("Tents", Fraction(1000), Fraction(1600), 30, 0, (100, 90), (80, 120))
POLES = FamilyPlan("Poles", Fraction(2500), Fraction(4000), 0, 12, (50, 40), (60, 30))


def test_two_months_worked_out_by_hand() -> None:
    def shown(plan: FamilyPlan) -> list[tuple[int, ...]]:
        return [(m.shipments, m.inventory, m.backlog, int(m.investment), int(m.projected)) for m in plan.months]

    # Tents begin with 30 in stock, worth 300.00. In the first month supply is 20 short, in the second 30 long.
    assert shown(TENTS) == [(100, 10, 0, -20_000, 10_000), (90, 40, 0, 30_000, 40_000)]
    # Poles begin with 12 owed, 300.00 less than nothing: long by 10, then short by 10.
    assert shown(POLES) == [(60, 0, 2, 25_000, -5_000), (30, 0, 12, -25_000, -30_000)]


def test_series_of_the_specification() -> None:
    plan = FamilyPlan("A", Fraction(100), Fraction(100), 0, 0, (300, 320, 320, 340, 320, 320), (320,) * 6)
    months = plan.months
    assert [month.supply - month.demand for month in months] == [20, 0, 0, -20, 0, 0]
    assert [month.inventory for month in months] == [20, 20, 20, 0, 0, 0]
    assert [int(month.investment) for month in months] == [2000, 0, 0, -2000, 0, 0]
    assert [int(month.projected) for month in months] == [2000, 2000, 2000, 0, 0, 0]
