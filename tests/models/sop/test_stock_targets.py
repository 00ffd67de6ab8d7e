"""Targets for stock: kept by family, and supply that nobody has answered follows."""

from decimal import Decimal

import pytest

from models.base.errors import Refused
from models.sop.stock_targets import StockLevel, set_stock_target, stock_targets
from models.sop.supplying import find_supply
from tests.models.sop.december import HOUR, at, planned, the_cycle, turn
from tests.world import World

FIVE, NOTHING = Decimal(5), StockLevel(Decimal(0))


def test_target_fills_up_what_nobody_has_answered(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    olga, now = world.person("Olga"), at("12-09", "10:00")
    half, most = StockLevel(Decimal("0.5"), is_cover=True), StockLevel(Decimal(200))
    set_stock_target(world.workspace, "Tents", target=half, ceiling=most, tolerance=FIVE, by=olga, now=now)
    assert find_supply(the_cycle(world), "Tents").units[:3] == [110, 100, 100]
    set_stock_target(world.workspace, "Tents", target=NOTHING, ceiling=None, tolerance=FIVE, by=olga, now=now + HOUR)
    (row,) = stock_targets(world.workspace).values()
    assert (row.target, row.is_target_cover, row.ceiling, row.tolerance) == (Decimal(0), False, None, FIVE)
    assert find_supply(the_cycle(world), "Tents").units[:3] == [60, 100, 100]


@pytest.mark.parametrize(
    ("target", "ceiling", "tolerance", "field"),
    [
        (StockLevel(Decimal(19), is_cover=True), None, FIVE, "target"),
        (StockLevel(Decimal(-1)), None, FIVE, "target"),
        (StockLevel(Decimal(9)), StockLevel(Decimal(8)), FIVE, "ceiling"),
        (NOTHING, None, Decimal(101), "tolerance"),
    ],
)
def test_what_cannot_be_is_refused(
    world: World, target: StockLevel, ceiling: StockLevel | None, tolerance: Decimal, field: str
) -> None:
    planned(world)
    by, now = world.person("Olga"), at("12-01")
    with pytest.raises(Refused) as refused:
        set_stock_target(world.workspace, "Tents", target=target, ceiling=ceiling, tolerance=tolerance, by=by, now=now)
    assert refused.value.field == field
    assert stock_targets(world.workspace) == {}
