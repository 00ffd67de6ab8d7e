"""The company as a document: what came from files, in the units in which people write it."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from models.company.offers import Substitute
from models.company.resources import ResourceRow
from models.deals.deciding import approve
from models.setup.exporting import company_document
from tests.world import NOW, World


def test_settings_that_are_not_set_are_left_out(world: World) -> None:
    ridgeline = {
        "name": "Ridgeline",
        "currency": "USD",
        "timezone": "America/Denver",
        "country": "US",
        "horizon_weeks": 26,
        "margin_floor": Decimal("0.30"),
        "late_cost": Decimal("0.02"),
        "tight_at": Decimal("0.90"),
        "max_deliveries": 3,
        "hold_days": 5,
        "keeps_stock": True,
    }
    assert company_document(world.workspace)["company"] == ridgeline
    world.workspace.country = None
    assert company_document(world.workspace)["company"] == {k: v for k, v in ridgeline.items() if k != "country"}


def test_resources_are_written_by_their_kind(world: World) -> None:
    assembly, _, poles = company_document(world.workspace)["resources"]
    holiday = {"week": "2027-01-04", "available": 320, "overtime": 0, "reason": "Public holiday"}
    assert assembly == {
        "name": "Assembly",
        "kind": "time",
        "unit": "hour",
        "weekly": 400,
        "overtime": 80,
        "overtime_cost": 55,
        "weeks": [holiday],
    }
    assert poles == {
        "name": "Poles in stock",
        "kind": "stock",
        "unit": "set",
        "on_hand": 120,
        "as_of": "2026-11-23",
        "receipts": [{"week": "2027-01-11", "quantity": 2000}],
    }
    row = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    # Nothing offered is said; what is as usual is not.
    row.weeks[0].available, row.weeks[0].overtime, row.weeks[0].reason = 0, None, None
    assert company_document(world.workspace)["resources"][0]["weeks"] == [{"week": "2027-01-04", "available": 0}]


def test_offer_is_written_with_its_needs_and_stand_ins(world: World) -> None:
    summit, ridge = world.offer("Summit tent"), world.offer("Ridge tent")
    summit.substitutes.append(Substitute(workspace=world.workspace, substitute=ridge, rank=0))
    ridge.margin_floor = None
    world.session.flush()
    first, second, *_ = company_document(world.workspace)["offers"]
    assert first == {
        "name": "Summit tent",
        "family": "Tents",
        "unit": "tent",
        "list_price": 480,
        "unit_cost": 290,
        "standard": True,
        "max_discount": Decimal("0.15"),
        "lead_weeks": 2,
        "min_lot": 10,
        "margin_floor": Decimal("0.25"),
        "substitutes": ["Ridge tent"],
        "needs": [{"resource": "Assembly", "offset": -2, "weeks": 1, "per_unit": Decimal("0.5"), "fixed": 4}],
    }
    # A floor of its own is said only where there is one.
    assert ("margin_floor" in second, second["substitutes"]) == (False, [])


def test_load_of_deals_stays_in_the_database(world: World) -> None:
    deal = world.propose(("Summit tent", 10, 48000, date(2027, 1, 18)))
    approve(deal, by=world.person("Olga"), now=NOW)
    spring = {"ref": "SO-1881", "resource": "Assembly", "week": "2027-01-04", "quantity": 258, "note": "Spring order"}
    assert company_document(world.workspace)["commitments"] == [spring]


def test_money_is_written_with_the_places_of_its_currency(world: World) -> None:
    world.workspace.places = 0
    assert company_document(world.workspace)["offers"][0]["list_price"] == 48_000
    world.workspace.places = 3
    assert company_document(world.workspace)["offers"][0]["list_price"] == 48
