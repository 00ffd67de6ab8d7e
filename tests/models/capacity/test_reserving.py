"""Hours that are kept for whom they matter: who may, what is free, who sees them as taken, and their end."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused
from models.capacity.loads import loads_of
from models.capacity.overview import coming_weeks
from models.capacity.reserving import Reserving, end_reserves, give_back, next_end, reserve
from models.company.customers import take_customers
from models.company.reserves import ReserveRow, campaigns, tiers
from models.company.resources import ResourceRow
from models.compare.answers import Wishes, choices_of, possible_answers
from models.compare.comparison import compare_with, waiting_for_operations
from models.deals.deciding import approve
from models.deals.proposing import propose_deal
from models.deals.rivals import rivalry_over
from models.deals.rows import Deal
from models.deals.terms import check_deal
from models.files.company import GivenCustomer
from models.promise import Reserved
from models.promise.check import Verdict
from models.sop.rough_cut import capacity_of
from tests.world import NOW, World

JAN_4, JAN_18 = date(2027, 1, 4), date(2027, 1, 18)
UNTIL = date(2026, 12, 1)
# 40 of the 62 hours that are free.
ASKED = Reserving(JAN_4, JAN_4, 40_000, UNTIL, tier="strategic")
# Midnight in Denver.
ENDS = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)


def resource(world: World, name: str = "Assembly") -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def keep(world: World, asked: Reserving = ASKED, by: str = "Olga") -> ReserveRow:
    take_customers(world.workspace, [GivenCustomer("Acme", tier="strategic"), GivenCustomer("Depot", tier="small")])
    return reserve(resource(world), asked, by=world.person(by), now=NOW)


def ask(world: World, customer: str, tents: int = 100, campaign: str = "") -> Deal:
    terms = world.terms(("Summit tent", tents, 43200, JAN_18))
    sara = world.person("Sara")
    return propose_deal(world.workspace, by=sara, now=NOW, customer=customer, terms=terms, campaign=campaign)


def free(world: World, now: datetime = NOW) -> int:
    return coming_weeks(world.workspace, now=now, only=resource(world).id, since=JAN_4, weeks=1)[0].weeks[0].free


def verdict(deal: Deal, now: datetime = NOW) -> Verdict:
    return check_deal(deal, now=now).check.verdict


def test_reserved_hours_are_taken_for_others_and_free_for_whom_they_are(world: World) -> None:
    acme, depot, other = ask(world, "acme"), ask(world, "Depot"), ask(world, "Nobody")
    keep(world)
    assert [verdict(deal) for deal in (acme, depot, other)] == [Verdict.FITS, Verdict.SHORT, Verdict.SHORT]
    assembly = check_deal(other, now=NOW).company.resources["Assembly"]
    assert assembly.reserved == {JAN_4: (Reserved(40_000, "strategic customers", UNTIL),)}
    assert check_deal(acme, now=NOW).company.resources["Assembly"].reserved == {}


def test_campaign_is_named_by_the_deal(world: World) -> None:
    keep(world, replace(ASKED, tier="", campaign="Spring fair"))
    assert campaigns(world.workspace, now=NOW) == ["Spring fair"]
    deals = [ask(world, "Acme", campaign=name) for name in ("spring Fair", "", "Autumn")]
    assert [verdict(deal) for deal in deals] == [Verdict.FITS, Verdict.SHORT, Verdict.SHORT]


def test_what_was_used_is_reserved_no_more(world: World) -> None:
    keep(world)
    approve(ask(world, "Acme", tents=50), by=world.person("Olga"), now=NOW + timedelta(hours=1))
    # 29 hours of the 40 are used: 11 are left, and 22 for anybody.
    assert free(world) == 22_000
    approve(ask(world, "Acme", tents=40), by=world.person("Olga"), now=NOW + timedelta(hours=2))
    assert free(world) == 9_000
    shown = loads_of(world.workspace, resource(world), JAN_4, now=NOW)
    assert [loading.title for loading in shown] == ["SO-1881: Spring order", "#1 Acme", "#2 Acme"]


def test_what_was_promised_before_uses_none_of_it(world: World) -> None:
    approve(ask(world, "Acme", tents=20), by=world.person("Olga"), now=NOW - timedelta(hours=1))
    keep(world)
    assert free(world) == 62_000 - 14_000 - 40_000


def test_reserve_ends_by_itself_at_midnight(world: World) -> None:
    other = ask(world, "Nobody")
    row = keep(world)
    before, after = ENDS - timedelta(minutes=1), ENDS
    assert (verdict(other, before), verdict(other, after)) == (Verdict.SHORT, Verdict.FITS)
    assert next_end(world.session) == ENDS
    end_reserves(world.session, now=before)
    assert row.told_at is None
    end_reserves(world.session, now=after)
    assert row.told_at == after
    assert next_end(world.session) is None


def test_reserve_is_given_back_before_its_date(world: World) -> None:
    row = keep(world)
    give_back(world.workspace, row.id, by=world.person("Otto"), now=NOW + timedelta(hours=1))
    assert free(world, NOW + timedelta(hours=1)) == 62_000
    for key in (row.id, 10**6):
        with pytest.raises(NotFound, match="has ended already"):
            give_back(world.workspace, key, by=world.person("Otto"), now=NOW + timedelta(hours=2))


def test_choices_together_obey_it(world: World) -> None:
    acme, other = ask(world, "Acme", tents=60), ask(world, "Nobody", tents=60)
    keep(world)
    olga = world.person("Olga")
    comparison = compare_with(acme, by=olga, now=NOW)
    # 34 hours each: 68 of 62, and of the rest only 22 are for the other one.
    choices = choices_of(comparison, possible_answers(comparison), Wishes())
    assert [chosen.answer.key for chosen in choices.chosen] == ["asked", "split"]
    assert waiting_for_operations(olga) == [acme, other]


def test_plan_has_no_hours_of_a_campaign_and_all_of_a_tier(world: World) -> None:
    months = [date(2027, 1, 1)]
    usual = capacity_of(world.workspace, months)[0].available[0]
    row = keep(world)
    assert capacity_of(world.workspace, months)[0].available[0] == usual
    give_back(world.workspace, row.id, by=world.person("Olga"), now=NOW)
    keep(world, replace(ASKED, tier="", campaign="Fair"))
    assert capacity_of(world.workspace, months)[0].available[0] == usual - 40_000
    end_reserves(world.session, now=ENDS)
    assert capacity_of(world.workspace, months)[0].available[0] == usual


def test_several_weeks_are_reserved_alike(world: World) -> None:
    keep(world, replace(ASKED, last_week=date(2027, 1, 11)))
    assembly = resource(world).id
    (shown,) = coming_weeks(world.workspace, now=NOW, only=assembly, since=JAN_4, weeks=3)
    assert [(week.reserved, week.free) for week in shown.weeks] == [(40_000, 22_000), (40_000, 360_000), (0, 400_000)]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (replace(ASKED, quantity=63_000), r"^Only 62 hours are free in the week of Jan 4\.$"),
        (replace(ASKED, quantity=0), "How much of each week"),
        (replace(ASKED, tier=""), "one of the two"),
        (replace(ASKED, campaign="Fair"), "one of the two"),
        (replace(ASKED, first_week=date(2026, 11, 16)), "That week is over"),
        (replace(ASKED, last_week=date(2026, 12, 28)), "The last week comes after the first"),
        (replace(ASKED, until=date(2026, 11, 23)), "A day after today"),
        (replace(ASKED, until=date(2027, 1, 12)), "not after the last week"),
    ],
)
def test_what_cannot_be_reserved_is_refused(world: World, asked: Reserving, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        keep(world, asked)
    assert world.session.scalars(select(ReserveRow)).all() == []


def test_stock_is_not_reserved_and_only_operations_reserve(world: World) -> None:
    with pytest.raises(Refused, match="Only hours are reserved"):
        reserve(resource(world, "Poles in stock"), ASKED, by=world.person("Olga"), now=NOW)
    for name in ("Sara", "Fin", "Lea"):
        with pytest.raises(NotYours, match="adjusted by operations"):
            keep(world, by=name)


def test_tiers_are_those_of_the_customers(world: World) -> None:
    keep(world)
    assert tiers(world.workspace) == ["small", "strategic"]


def test_overtime_of_others_is_not_paid_by_whom_it_is_kept_for(world: World) -> None:
    """390 of 400 hours are kept; another deal buys 44 of overtime, and the one it is for pays none."""
    jan_11, jan_25 = date(2027, 1, 11), date(2027, 1, 25)
    keep(world, Reserving(jan_11, jan_11, 390_000, UNTIL, tier="strategic"))
    olga = world.person("Olga")
    terms = world.terms(("Summit tent", 100, 43200, jan_25))
    later = NOW + timedelta(hours=1)
    other = propose_deal(world.workspace, by=world.person("Sara"), now=later, customer="Nobody", terms=terms)
    approve(other, by=olga, now=later, overtime=242_000)
    terms = world.terms(("Summit tent", 700, 43200, jan_25))
    acme = propose_deal(world.workspace, by=world.person("Sara"), now=later, customer="Acme", terms=terms)
    assert verdict(acme, later) is Verdict.FITS
    approve(acme, by=olga, now=later)
    assert verdict(acme, later) is Verdict.FITS
    # 354 of the hours that are kept stand before the other deal.
    assert sum(use.quantity for use in check_deal(other, now=later).check.overtime) == 8_000


def test_rivals_cannot_take_what_is_kept_for_a_deal(world: World) -> None:
    keep(world)
    acme, _ = ask(world, "Acme", tents=40), ask(world, "Nobody", tents=90)
    rivalry = rivalry_over(world.workspace, check_deal(acme, now=NOW), now=NOW, without=acme)
    assert rivalry
    # 24 hours of the 40 that are kept.
    assert (rivalry.needed, rivalry.left, rivalry.is_enough) == (24_000, 40_000, True)
