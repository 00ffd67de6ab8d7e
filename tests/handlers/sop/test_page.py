"""The page, privately and in a window: who sees money, and what can be asked from there."""

from fractions import Fraction

from handlers.sop.page import open_page, show_page
from models.sop.supplying import answer_supply, find_supply
from sandbox.render import render_blocks
from tests.models.sop.december import at, planned, the_cycle, turn
from tests.world import World


def shown(world: World, name: str) -> str:
    return render_blocks(open_page(world.workspace, world.person(name)).to_dict()["blocks"])


def test_seller_sees_no_money_that_tells_what_a_unit_costs(world: World) -> None:
    turn(planned(world), at("12-16"))
    olga, units = world.person("Olga"), (10, 0, 0)
    row = find_supply(the_cycle(world), "Tents")
    answer_supply(row, units, rest_percent=Fraction(0), limit="Cloth", by=olga, now=at("12-16", "10:00"))
    seller, finance = shown(world, "Sara"), shown(world, "Fin")
    assert "customers wait for $" in seller
    assert all(word not in seller for word in (" to make", "margin", "inventory investment", "Workbook with money"))
    assert all(word in finance for word in (" to make", "margin", "inventory investment", "Workbook with money"))
    tables = [str(show_page(world.workspace, world.person(name))) for name in ("Sara", "Fin")]
    assert ["change in USD" in table for table in tables] == [False, True]
    # Gaps are decided on and tried out by those who may, and not by sellers.
    assert ["What if we take…" in text for text in (seller, finance)] == [False, True]


def test_company_without_stock_reads_of_who_waits_and_of_hours(world: World) -> None:
    world.workspace.keeps_stock = False
    turn(planned(world), at("12-16"))
    olga, units = world.person("Olga"), (10, 100, 100)
    row = find_supply(the_cycle(world), "Tents")
    answer_supply(row, units, rest_percent=Fraction(0), limit="Ill", by=olga, now=at("12-16", "10:00"))
    text = shown(world, "Fin")
    assert "•  Tents, Dec 2026–May 2028: 50 wait in Dec 2026; customers wait for $19,500 — Ill" in text
    assert "↳ make 50 more in Dec 2026: $11,750 to make; nothing left waiting" in text
    assert all(word not in text for word in ("stock", "inventory"))
    assert "Assembly: load, hour" in str(show_page(world.workspace, world.person("Fin")))
