"""Putting terms forward, on the rows."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.company.offers import FamilyChannel
from models.company.resources import Hold
from models.deals.committing import DoesNotFit
from models.deals.deciding import approve
from models.deals.proposing import counter, counter_back, propose_deal, revise
from models.deals.reservations import held_until
from tests.world import NOW, World, company_for

JAN_4 = date(2027, 1, 4)
JAN_18 = date(2027, 1, 18)


def free(world: World, now: datetime = NOW) -> int:
    company = company_for(world.workspace, [world.offer("Summit tent")], now=now)
    return company.resources["Assembly"].ordinary(JAN_4)


def test_propose_numbers_deals_and_holds_nothing(world: World) -> None:
    assert [world.propose().number, world.propose(by="Pete").number] == [1, 2]
    assert free(world) == 62_000


def test_propose_without_the_sales_role_is_refused(world: World) -> None:
    with pytest.raises(NotYours, match="Deals are proposed by sales"):
        world.propose(by="Olga")


def test_propose_without_a_channel_says_who_sets_one(world: World) -> None:
    world.session.delete(world.session.scalars(select(FamilyChannel)).one())
    world.session.flush()
    with pytest.raises(Refused, match="No operations channel answers for Tents yet"):
        world.propose()


@pytest.mark.parametrize(
    ("lines", "field", "sentence"),
    [
        ([], None, "at least one line"),
        ([("Summit tent", 0, 100, JAN_18)], "quantity.0", "1 or more"),
        ([("Summit tent", 1, -1, JAN_18)], "price.0", "0 or more"),
        ([("Summit tent", 1, 1, date(2026, 11, 16))], "date.0", "in this week"),
        ([("Summit tent", 1, 1, JAN_18), ("Summit tent", 2, 1, JAN_18)], "offer.1", "stands twice"),
        ([("Summit tent", 1, 1, JAN_18 + timedelta(weeks=n)) for n in range(17)], None, "at most 16 lines"),
    ],
)
def test_propose_bad_terms_names_the_field(
    world: World, lines: list[tuple[str, int, int, date]], field: str | None, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        propose_deal(world.workspace, by=world.person("Sara"), now=NOW, customer="Acme", terms=world.terms(*lines))
    assert refused.value.field == field


def test_propose_an_offer_of_another_workspace_is_refused(world: World) -> None:
    terms = world.terms(("Summit tent", 1, 1, JAN_18))
    foreign = replace(terms, lines=(replace(terms.lines[0], offer_id=999),))
    with pytest.raises(NotFound, match="not in the catalogue"):
        propose_deal(world.workspace, by=world.person("Sara"), now=NOW, customer="Acme", terms=foreign)


def test_counter_holds_until_five_working_days_later(world: World) -> None:
    deal = world.propose()
    counter(deal, world.terms(("Summit tent", 110, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    assert free(world) == 3_000
    # Monday 23 November at 9:00 in Denver; Thanksgiving and the weekend do not count: Tuesday 1 December.
    expires = datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("America/Denver"))
    assert held_until(deal, now=NOW) == expires
    assert free(world, expires - timedelta(seconds=1)) == 3_000
    assert free(world, expires) == 62_000


def test_counter_again_replaces_the_hold(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    counter(deal, world.terms(("Summit tent", 110, 43200, JAN_18)), by=olga, now=NOW)
    counter(deal, world.terms(("Summit tent", 50, 43200, JAN_18)), by=olga, now=NOW)
    # 50 × 0.5 h + 4 h = 29 h.
    assert free(world) == 33_000


def test_counter_that_does_not_fit_holds_nothing(world: World) -> None:
    deal = world.propose()
    with pytest.raises(DoesNotFit):
        counter(deal, world.terms(("Summit tent", 117, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    world.session.rollback()
    assert world.session.scalars(select(Hold)).all() == []


def test_counter_back_leaves_the_hold(world: World) -> None:
    deal = world.propose()
    counter(deal, world.terms(("Summit tent", 110, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    counter_back(deal, world.terms(("Summit tent", 112, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    assert (deal.state, free(world)) == ("proposed", 3_000)


def test_counter_with_the_same_terms_needs_a_word(world: World) -> None:
    deal = world.propose()
    same = ("Summit tent", 100, 43200, JAN_18)
    with pytest.raises(Refused, match="These are the terms as they stand") as refused:
        counter(deal, world.terms(same), by=world.person("Olga"), now=NOW)
    assert refused.value.field == "note"


def test_revise_after_a_decision_is_refused(world: World) -> None:
    deal = world.propose(("Summit tent", 10, 30000, JAN_18))
    approve(deal, by=world.person("Fin"), now=NOW, why="A new customer.")
    with pytest.raises(TooLate, match="Somebody has decided on these terms already"):
        revise(deal, world.terms(("Summit tent", 11, 30000, JAN_18)), by=world.person("Sara"), now=NOW)


def test_proposals_keep_every_version(world: World) -> None:
    deal = world.propose()
    revise(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    counter(deal, world.terms(("Summit tent", 80, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    assert [(p.version, p.side, p.lines[0].quantity) for p in deal.proposals] == [
        (1, "sales", 100),
        (2, "sales", 90),
        (3, "operations", 80),
    ]
