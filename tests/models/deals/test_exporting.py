"""All deals for the files: in order, a part at a time, with what they leave for those who may know."""

import pytest

from models.deals import exporting
from models.deals.deciding import approve
from models.deals.exporting import exported_deals
from models.deals.terms import check_deal
from tests.handlers.test_queries import counted
from tests.world import NOW, World


def test_deals_come_in_order_whatever_is_read_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    for number in range(5):
        world.propose(customer=f"Customer {number}")
    deals = [one.deal.number for one in exported_deals(world.workspace, now=NOW, has_numbers=False)]
    assert deals == [1, 2, 3, 4, 5]


def test_margin_is_what_was_agreed_and_else_what_a_check_finds(world: World) -> None:
    agreed, other = world.propose(), world.propose()
    approve(agreed, by=world.person("Olga"), now=NOW)
    kept = check_deal(agreed, now=NOW).check.margin
    for line in agreed.proposal.lines:
        line.offer.unit_cost += 1000
    first, second = exported_deals(world.workspace, now=NOW, has_numbers=True)
    assert (first.margin, second.margin) == (kept, check_deal(other, now=NOW).check.margin)
    assert first.margin != second.margin
    assert [one.margin for one in exported_deals(world.workspace, now=NOW, has_numbers=False)] == [None, None]


def test_many_deals_take_as_many_queries_as_two(world: World) -> None:
    counts = []
    for count in (2, 10):
        for _ in range(count):
            world.propose()
        with counted(world) as statements:
            list(exported_deals(world.workspace, now=NOW, has_numbers=True))
        counts.append(len(statements))
    assert counts[0] == counts[1]
