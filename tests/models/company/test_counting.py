"""Capacity is counted: what is committed and held at an instant, with and without a deal's own part."""

from datetime import date, timedelta
from decimal import Decimal

from models.company.counting import LAST_WEEK, count_capacity, offer_facts
from models.company.offers import OfferRow
from models.company.resources import Commitment, ResourceRow
from models.deals.deciding import approve
from models.deals.proposing import counter
from models.deals.reservations import held_until
from models.promise import Kind, Need, Offer, Resource, WeekException
from models.workspace.workspaces import Workspace
from tests.world import NOW, World, company_for

NOV_23, JAN_4, JAN_18 = date(2026, 11, 23), date(2027, 1, 4), date(2027, 1, 18)
SPRING = 258_000


def assembly(world: World, without: int | None = None) -> dict[date, int]:
    """The load of Assembly."""
    company = company_for(world.workspace, [world.offer("Summit tent")], now=NOW, without=without)
    return dict(company.resources["Assembly"].load)


def commit(world: World, name: str, week: date, quantity: int) -> Commitment:
    resource = world.session.query(ResourceRow).filter(ResourceRow.name == name).one()
    row = Commitment(workspace=world.workspace, resource=resource, week=week, quantity=quantity, committed_at=NOW)
    world.session.add(row)
    world.session.flush()
    return row


def test_company_is_only_what_the_offers_need(world: World) -> None:
    company = company_for(world.workspace, [world.offer("Summit tent"), world.offer("Free installation")], now=NOW)
    assert (list(company.offers), list(company.resources)) == (["Summit tent", "Free installation"], ["Assembly"])
    assert company.resources["Assembly"] == Resource(
        "Assembly",
        Kind.TIME,
        "hour",
        weekly=400_000,
        overtime=80_000,
        overtime_cost=5_500,
        exceptions={JAN_4: WeekException(320_000, 0, "Public holiday")},
        load={JAN_4: SPRING},
    )
    assert (company.name, company.currency, company.margin_floor) == ("Ridgeline", "USD", Decimal("0.30"))
    assert company_for(world.workspace, [], now=NOW).resources == {}


def test_promises_and_holds_count_until_they_are_released_or_expire(world: World) -> None:
    promised, held = world.propose(), world.propose(("Summit tent", 4, 48000, JAN_18))
    approve(promised, by=world.person("Olga"), now=NOW)
    counter(held, world.terms(("Summit tent", 6, 48000, JAN_18)), by=world.person("Olga"), now=NOW)
    # 54 h are promised, 7 h held.
    assert assembly(world) == {JAN_4: SPRING + 61_000}
    assert assembly(world, without=promised.id) == {JAN_4: SPRING + 7_000}
    assert assembly(world, without=held.id) == {JAN_4: SPRING + 54_000}
    assert assembly(world, without=999) == {JAN_4: SPRING + 61_000}
    expires = held_until(held, now=NOW)
    assert expires
    offers = [world.offer("Summit tent")]
    for now, load in ((expires - timedelta(seconds=1), 61_000), (expires, 54_000)):
        counted = company_for(world.workspace, offers, now=now)
        assert counted.resources["Assembly"].load == {JAN_4: SPRING + load}


def test_one_count_serves_checks_of_several_deals(world: World) -> None:
    first, second = (world.propose(("Summit tent", n, 48000, JAN_18)) for n in (10, 20))
    for deal in (first, second):
        approve(deal, by=world.person("Olga"), now=NOW)
    offers = [world.offer("Summit tent")]
    counted = count_capacity(world.workspace, offers, now=NOW)
    loads = [counted.company(offers, deal=w).resources["Assembly"].load[JAN_4] for w in (None, first.id, second.id)]
    # 9 h and 14 h.
    assert loads == [SPRING + 23_000, SPRING + 14_000, SPRING + 9_000]


def test_time_counts_from_this_week_to_the_last_that_matters_and_stock_always(world: World) -> None:
    over, coming, far = NOV_23 - timedelta(weeks=1), NOV_23, JAN_18 + timedelta(weeks=9)
    for week in (over, coming, far):
        commit(world, "Assembly", week, 1_000)
        commit(world, "Poles in stock", week, 1_000)
    offers = [world.offer("Summit tent"), world.offer("Pole set")]
    company = company_for(world.workspace, offers, now=NOW, until=JAN_18)
    assert company.resources["Assembly"].load == {coming: 1_000, JAN_4: SPRING}
    assert company.resources["Poles in stock"].load == {over: 1_000, coming: 1_000, far: 1_000}
    endless = company_for(world.workspace, offers, now=NOW, until=LAST_WEEK)
    assert endless.resources["Assembly"].load == {coming: 1_000, JAN_4: SPRING, far: 1_000}


def test_offer_takes_the_companys_floor_where_it_has_none_and_stand_ins_that_are_known() -> None:
    workspace = Workspace(name="", margin_floor=Decimal("0.3"))
    row = OfferRow(name="Tent", family="Tents", unit="tent", list_price=100, unit_cost=60, max_discount=Decimal(0))
    row.standard, row.lead_weeks, row.min_lot = True, 0, 1
    assert offer_facts(row, workspace).margin_floor == Decimal("0.3")
    row.margin_floor = Decimal(0)
    # A floor of nothing is a floor.
    assert offer_facts(row, workspace) == Offer("Tent", "Tents", "tent", 100, 60, Decimal(0))


def test_needs_come_in_the_words_of_the_check(world: World) -> None:
    facts = offer_facts(world.offer("Summit tent"), world.workspace)
    assert facts.needs == (Need("Assembly", offset=-2, weeks=1, per_unit=500, fixed=4_000),)
