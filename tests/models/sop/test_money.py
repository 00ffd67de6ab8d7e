"""The plan in money: revenue, margin and inventory, month by month."""

from fractions import Fraction

from models.sop.identities import FamilyPlan
from models.sop.money import Money, money_by_month

TENTS = FamilyPlan("Tents", Fraction(300), Fraction(480), 30, 0, (100, 90), (80, 120))
POLES = FamilyPlan("Poles", Fraction(5, 2), Fraction(4), 0, 12, (50, 40), (60, 30))


def test_money_is_what_is_shipped_and_what_lies_in_stock() -> None:
    # Tents ship 100 and 90, and leave 10 and 40; poles ship 60 and 30, and leave nothing.
    first, second = money_by_month([TENTS, POLES])
    assert first == Money(Fraction(100 * 480 + 60 * 4), Fraction(100 * 300 + 150), Fraction(3_000))
    assert second == Money(Fraction(90 * 480 + 30 * 4), Fraction(90 * 300 + 75), Fraction(12_000))
    assert first.margin == 100 * 180 + 60 * Fraction(3, 2)
    assert money_by_month([]) == []
