"""Who is compared with whom, and who may look."""

from datetime import date, timedelta

import pytest

from models.base.errors import NotYours, Refused, TooLate
from models.capacity.adjusting import adjust
from models.company.customers import take_customers
from models.company.policies import set_policy
from models.company.resources import ResourceRow
from models.compare.comparison import compare_with, comparison_of, waiting_for_operations
from models.deals.deciding import approve, withdraw
from models.deals.proposing import counter
from models.deals.stepping import recall, take_back
from models.files.company import GivenCustomer
from models.policy.rules import ANY, Kind, Rule, Who
from models.promise import Adjustment
from models.workspace.roles import Role
from tests.world import NOW, World

WEEK = date(2027, 1, 18)


def three(world: World) -> list[int]:
    lines = [(("Summit tent", n, 43200, WEEK),) for n in (100, 90, 60)]
    deals = [
        world.propose(*line, customer=name) for line, name in zip(lines, ("Acme", "Borealis", "Scouts"), strict=True)
    ]
    return [deal.id for deal in deals]


def test_comparison_holds_what_waits_and_wants_the_same_in_the_order_in_which_it_came(world: World) -> None:
    three(world)
    elsewhere = world.propose(("Summit tent", 10, 43200, date(2027, 3, 1)), customer="Later")
    withdrawn = world.propose(("Summit tent", 20, 43200, WEEK), customer="Gone")
    withdraw(withdrawn, by=world.person("Sara"), now=NOW)
    (first, *_) = waiting_for_operations(world.person("Olga"))
    comparison = compare_with(first, by=world.person("Olga"), now=NOW)
    assert [deal.customer for deal in comparison.deals] == ["Acme", "Borealis", "Scouts"]
    assert comparison.scarce == ("Assembly", date(2027, 1, 4))
    assert [comparison.takes(deal) for deal in comparison.deals] == [54_000, 49_000, 34_000]
    assert elsewhere.is_open


def test_deal_that_waits_for_sales_is_not_compared(world: World) -> None:
    three(world)
    first, second, third = waiting_for_operations(world.person("Olga"))
    terms = world.terms(("Summit tent", 50, 43200, WEEK))
    counter(second, terms, by=world.person("Olga"), now=NOW)
    comparison = compare_with(third, by=world.person("Otto"), now=NOW)
    assert [deal.id for deal in comparison.deals] == [first.id, third.id]


def test_customers_have_their_tier_and_deals_their_likelihood(world: World) -> None:
    take_customers(world.workspace, [GivenCustomer("acme", tier="strategic")])
    deals = three(world)
    first = waiting_for_operations(world.person("Olga"))[0]
    first.likelihood = 80
    comparison = compare_with(first, by=world.person("Lea"), now=NOW)
    assert [(deal.tier, deal.likelihood, deal.chance) for deal in comparison.deals] == [
        ("strategic", 80, 80),
        ("", None, 50),
        ("", None, 50),
    ]
    assert comparison.tiers == ["strategic"]
    assert [deal.id for deal in comparison.deals] == deals


@pytest.mark.parametrize("name", ["Sara", "Fin", "Gus"])
def test_only_operations_and_leadership_compare(world: World, name: str) -> None:
    three(world)
    with pytest.raises(NotYours, match="compared by operations and leadership"):
        compare_with(waiting_for_operations(world.person("Olga"))[0], by=world.person(name), now=NOW)


def test_broken_promise_is_compared_with_other_broken_ones_only(world: World) -> None:
    three(world)
    olga = world.person("Olga")
    deals = waiting_for_operations(olga)
    kept = world.propose(("Summit tent", 16, 43200, date(2027, 2, 22)), customer="Kept")
    for deal in (deals[0], kept):
        approve(deal, by=olga, now=NOW)
    third = world.propose(("Summit tent", 10, 43200, date(2027, 1, 11)), customer="Depot")
    approve(third, by=olga, now=NOW + timedelta(hours=1))
    assembly = world.session.query(ResourceRow).filter_by(name="Assembly").one()
    adjust(assembly, Adjustment("Assembly", date(2027, 1, 4), 0, 0, reason="Repair"), by=olga, now=NOW)
    comparison = compare_with(deals[0], by=olga, now=NOW)
    assert comparison.is_about_promises
    assert [deal.customer for deal in comparison.deals] == ["Acme"]


def test_nothing_to_compare_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="None of these deals waits"):
        comparison_of([], now=NOW)


def test_comparison_is_about_the_cell_that_is_named_where_the_deal_wants_it(world: World) -> None:
    world.offer("Summit tent").needs[0].ahead = 1
    three(world)
    first = waiting_for_operations(world.person("Olga"))[0]
    before = ("Assembly", date(2026, 12, 28))
    assert compare_with(first, by=world.person("Olga"), now=NOW, cell=before).scarce == before
    for nowhere in (("Nothing", WEEK), ("Assembly", date(2027, 3, 1))):
        assert compare_with(first, by=world.person("Olga"), now=NOW, cell=nowhere).scarce != nowhere


def test_deal_that_waits_for_nobody_in_operations_is_refused(world: World) -> None:
    three(world)
    first = waiting_for_operations(world.person("Olga"))[0]
    approve(first, by=world.person("Olga"), now=NOW)
    with pytest.raises(TooLate, match="does not wait for operations"):
        compare_with(first, by=world.person("Olga"), now=NOW)


def test_own_deals_and_those_of_another_side_are_not_compared(world: World) -> None:
    three(world)
    olga = world.person("Olga")
    first, second, _ = waiting_for_operations(olga)
    first.seller = olga
    world.session.flush()
    assert first not in waiting_for_operations(olga)
    assert first in waiting_for_operations(world.person("Otto"))
    approve(second, by=world.person("Otto"), now=NOW)
    assert second not in waiting_for_operations(olga)


def test_yes_that_was_taken_back_is_waited_for_again(world: World) -> None:
    olga = world.person("Olga")
    deal = world.propose(("Summit tent", 100, 30000, WEEK))
    approve(deal, by=olga, now=NOW)
    assert waiting_for_operations(olga) == []
    take_back(deal, by=olga, now=NOW)
    assert waiting_for_operations(olga) == [deal]


def test_second_yes_is_waited_for_by_who_has_not_given_the_first(world: World) -> None:
    set_policy(world.workspace, [asked_of(Role.OPERATIONS, need=2)], by=None, now=NOW)
    deal, olga = world.propose(), world.person("Olga")
    approve(deal, by=olga, now=NOW)
    assert waiting_for_operations(olga) == []
    assert waiting_for_operations(world.person("Otto")) == [deal]


def test_deal_that_waits_for_somebody_else_first_is_not_compared(world: World) -> None:
    rules = [asked_of(Role.OPERATIONS, order=2), asked_of(Role.FINANCE, order=1)]
    set_policy(world.workspace, rules, by=None, now=NOW)
    deal, olga = world.propose(), world.person("Olga")
    assert waiting_for_operations(olga) == []
    approve(deal, by=world.person("Fin"), now=NOW)
    assert waiting_for_operations(olga) == [deal]
    recall(deal, by=world.person("Sara"), now=NOW)
    assert waiting_for_operations(olga) == []


def asked_of(role: Role, *, need: int = ANY, order: int = 1) -> Rule:
    return Rule(Who(Kind.ROLE, (role,)), need=need, order=order)


def test_own_broken_promise_is_for_another_planner(world: World) -> None:
    three(world)
    olga = world.person("Olga")
    deal = waiting_for_operations(olga)[0]
    approve(deal, by=olga, now=NOW)
    assembly = world.session.query(ResourceRow).filter_by(name="Assembly").one()
    adjust(assembly, Adjustment("Assembly", date(2027, 1, 4), 0, 0, reason="Repair"), by=olga, now=NOW)
    deal.seller = olga
    with pytest.raises(TooLate, match="or is your own"):
        compare_with(deal, by=olga, now=NOW)
    assert compare_with(deal, by=world.person("Otto"), now=NOW).is_about_promises
