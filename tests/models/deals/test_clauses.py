"""Terms beyond the lines of a deal: complete in each version, whatever becomes of the standard."""

from dataclasses import replace
from datetime import date

import pytest

from models.base.errors import Refused
from models.company.clauses import define_clause, retire_clause
from models.deals.approvals import facts_of
from models.deals.card import card_of
from models.deals.clauses import ClauseChange, Departure, clause_fields, complete_clauses
from models.deals.proposing import counter, propose_deal
from models.deals.rows import Deal
from models.deals.terms import check_deal
from models.policy.clauses import ClauseKind, GivenClause
from tests.world import NOW, World

TENTS = ("Summit tent", 100, 43200, date(2027, 1, 18))


@pytest.fixture
def payment(world: World) -> str:
    """The id of payment terms, 30 days by standard."""
    return standard(world, "30 days")


def standard(world: World, value: str) -> str:
    given = GivenClause("Payment terms", ClauseKind.CHOICE, value, ("30 days", "60 days"))
    return str(define_clause(world.workspace, given, by=None, now=NOW).id)


def propose(world: World, **clauses: str) -> Deal:
    terms = replace(world.terms(TENTS), clauses=clauses)
    return propose_deal(world.workspace, by=world.person("Sara"), now=NOW, customer="Acme", terms=terms)


def test_what_is_not_named_is_standard_and_stays_so(world: World, payment: str) -> None:
    deal = propose(world)
    assert deal.proposal.clauses == {payment: "30 days"}
    assert card_of(deal, now=NOW).departures == ()
    # With another standard the deal is what it was, and departs from it now.
    standard(world, "60 days")
    assert card_of(deal, now=NOW).departures == (Departure("Payment terms", "30 days", "30 days", "60 days"),)


def test_deal_from_before_departs_from_nothing(world: World) -> None:
    deal = propose(world)
    payment = standard(world, "30 days")
    assert (deal.proposal.clauses, card_of(deal, now=NOW).departures) == ({}, ())
    assert [field.value for field in clause_fields(world.workspace, deal.proposal)] == ["30 days"]
    assert complete_clauses(world.workspace, {}, deal.proposal) == {payment: "30 days"}


def test_counter_changes_a_term_alone_and_keeps_the_others(world: World, payment: str) -> None:
    other = define_clause(world.workspace, GivenClause("Penalties", ClauseKind.TEXT), by=None, now=NOW)
    deal = propose(world, **{str(other.id): "2 % a week"})
    with pytest.raises(Refused, match="as they stand"):
        counter(deal, world.terms(TENTS), by=world.person("Olga"), now=NOW)
    terms = replace(world.terms(TENTS), clauses={payment: "60 days"})
    counter(deal, terms, by=world.person("Olga"), now=NOW)
    assert deal.proposal.clauses == {payment: "60 days", str(other.id): "2 % a week"}
    assert card_of(deal, now=NOW).clause_changes == (ClauseChange("Payment terms", "30 days", "60 days"),)


def test_finance_may_counter_with_a_term(world: World, payment: str) -> None:
    dear = ("Summit tent", 10, 20000, date(2027, 1, 18))
    deal = world.propose(dear)
    terms = replace(world.terms(dear), clauses={payment: "60 days"})
    counter(deal, terms, by=world.person("Fin"), now=NOW)
    assert (deal.proposal.side, deal.proposal.clauses) == ("finance", {payment: "60 days"})


def test_retired_term_stays_in_the_deals_that_have_it(world: World, payment: str) -> None:
    deal = propose(world, **{payment: "60 days"})
    facts = facts_of(
        world.workspace, check_deal(deal, now=NOW), seller=deal.seller, customer="Acme", clauses=deal.proposal.clauses
    )
    assert (facts.terms, "terms" in facts.deviations) == ((("Payment terms", "60 days"),), True)
    retire_clause(world.workspace, int(payment), by=world.person("Lea"), now=NOW)
    assert [one.value for one in card_of(deal, now=NOW).departures] == ["60 days"]
    assert card_of(world.propose(customer="Borealis"), now=NOW).departures == ()
    counter(deal, world.terms(("Summit tent", 90, 43200, date(2027, 1, 18))), by=world.person("Olga"), now=NOW)
    assert deal.proposal.clauses == {payment: "60 days"}
