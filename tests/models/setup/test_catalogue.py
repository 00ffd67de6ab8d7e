"""Renaming and retiring what the company has: everything that belongs to it comes along or stays."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused
from models.company.customers import CustomerRow, take_customers
from models.company.offers import OfferRow, families, family_channels, search_offers
from models.company.policies import set_policy
from models.company.resources import ResourceRow
from models.deals.catalogues import catalogue_of
from models.deals.deciding import approve
from models.deals.proposing import revise
from models.deals.stepping import take_back
from models.files.company import GivenCustomer
from models.policy.rules import Kind as Kind_
from models.policy.rules import Rule, Who
from models.setup.catalogue import (
    OF_A_FAMILY,
    bring_back,
    check_keeps_company,
    find_named,
    open_deals_with,
    past_names,
    rename,
    rename_family,
    retire,
)
from models.setup.channels import set_channels
from models.setup.company_tables import with_rows
from models.setup.exporting import company_document
from models.setup.importing import change_company
from models.sheets.fields import Kind
from models.sop.launches import lives_of, set_life
from models.sop.rows import Actual
from models.tables import METADATA
from models.workspace.history import History
from models.workspace.members import meet_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import the_workspace
from tests.world import NOW, World


def offer(world: World, name: str) -> OfferRow:
    return world.session.scalars(select(OfferRow).where(OfferRow.name == name)).one()


def test_offer_with_another_name_is_the_same_offer(world: World) -> None:
    deal = world.propose()
    row, lea = offer(world, "Summit tent"), world.person("Lea")
    rename(row, " Summit tent 2 ", by=lea, now=NOW)
    assert deal.proposal.lines[0].offer.name == "Summit tent 2"
    assert open_deals_with(row) == 1
    written = world.session.scalars(select(History).where(History.move == "rename")).one()
    assert (written.subject, written.by, written.details) == (
        "offer",
        lea,
        {"from": "Summit tent", "to": "Summit tent 2"},
    )
    for wrong, why in (("Ridge tent", "already"), ("  ", "called")):
        with pytest.raises(Refused, match=why):
            rename(row, wrong, by=lea, now=NOW)


def test_every_table_with_a_family_is_renamed_with_it(world: World) -> None:
    named = {table.name for table in METADATA.sorted_tables if "family" in table.c}
    assert named == {str(table.__tablename__) for table in OF_A_FAMILY}
    workspace, lea = the_workspace(world.session), world.person("Lea")
    set_channels(workspace, {"Tents": "C1"}, by=lea, now=NOW)
    rename_family(workspace, "Tents", "Shelters", by=lea, now=NOW)
    assert "Tents" not in families(workspace)
    assert family_channels(workspace)["Shelters"] == "C1"
    for wrong in ("Parts", "", "*"):
        with pytest.raises(Refused):
            rename_family(workspace, "Shelters", wrong, by=lea, now=NOW)


def test_family_is_not_called_as_one_whose_months_are_kept(world: World) -> None:
    workspace, lea = the_workspace(world.session), world.person("Lea")
    world.session.add(Actual(workspace=workspace, family="Old", month=date(2026, 10, 1), bookings=5, shipments=5))
    world.session.flush()
    with pytest.raises(Refused, match="There is a family called Old already"):
        rename_family(workspace, "Tents", "Old", by=lea, now=NOW)


def test_rules_about_a_family_are_about_it_by_its_new_name(world: World) -> None:
    workspace, lea = the_workspace(world.session), world.person("Lea")
    leaders = Rule(Who(Kind_.ROLE, (Role.LEADERSHIP,)), (("family", ("tents",)),))
    set_policy(workspace, [leaders, Rule(Who(Kind_.ROLE, (Role.FINANCE,)))], by=None, now=NOW)
    before = world.propose()
    rename_family(workspace, "Tents", "Shelters", by=lea, now=NOW)
    after = world.propose()
    asked = [Role.LEADERSHIP, Role.FINANCE]
    assert [[step.role for step in deal.proposal.steps] for deal in (before, after)] == [asked, asked]
    approve(before, by=lea, now=NOW)
    take_back(before, by=lea, now=NOW)
    assert [step.role for step in before.proposal.open_steps] == asked


def test_customer_with_another_name_has_their_deals_and_their_tier(world: World) -> None:
    workspace, lea = the_workspace(world.session), world.person("Lea")
    take_customers(workspace, [GivenCustomer("Risky", tier="C")])
    risky = world.session.scalars(select(CustomerRow).where(CustomerRow.name == "Risky")).one()
    leaders = Rule(Who(Kind_.ROLE, (Role.LEADERSHIP,)), (("tier", ("C",)),))
    set_policy(workspace, [leaders], by=None, now=NOW)
    deal = world.propose(customer="risky")
    rename(risky, "Risky Holding", by=lea, now=NOW)
    revise(deal, world.terms(("Summit tent", 101, 43200, date(2027, 1, 18))), by=world.person("Sara"), now=NOW)
    assert (deal.customer, [step.role for step in deal.proposal.steps]) == ("Risky Holding", [Role.LEADERSHIP])


def test_what_is_retired_is_in_no_new_deal_and_stays_in_the_old(world: World) -> None:
    deal = world.propose()
    workspace, lea, row = the_workspace(world.session), world.person("Lea"), offer(world, "Summit tent")
    retire(row, by=lea, now=NOW)
    assert deal.proposal.lines[0].offer is row
    assert "Summit tent" not in {each.name for each in search_offers(workspace, "")}
    assert "Summit tent" not in {each.name for each in catalogue_of(workspace).offers}
    assert "Summit tent" not in str(company_document(workspace))
    with pytest.raises(NotFound):
        find_named(workspace, "offer", row.id)
    with pytest.raises(Refused, match="not offered any more"):
        world.propose()
    # Who brings it again means it.
    before = company_document(workspace)
    given: dict[str, Any] = {"name": "Summit tent", "family": "Tents", "list_price": "480", "unit_cost": "290"}
    change_company(workspace, before, with_rows(before, Kind.OFFERS, [given]), by=lea, now=NOW)
    assert row.retired_at is None


def test_resource_that_is_needed_is_not_retired(world: World) -> None:
    workspace, lea = the_workspace(world.session), world.person("Lea")
    row = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    with pytest.raises(Refused, match="Assembly is needed by"):
        retire(row, by=lea, now=NOW)
    for needing in world.session.scalars(select(OfferRow)).all():
        retire(needing, by=lea, now=NOW)
    retire(row, by=lea, now=NOW)
    assert "Assembly" not in str(company_document(workspace))


def test_only_admins_and_planner_data_keep_the_company(world: World) -> None:
    sara = world.person("Sara")
    with pytest.raises(NotYours):
        check_keeps_company(sara, frozenset())
    check_keeps_company(sara, frozenset({sara.user_id}))
    gus = meet_member(the_workspace(world.session), world.person("Gus").user_id)
    set_roles(gus, {Role.DATA}, by=None, now=NOW)
    check_keeps_company(gus, frozenset())
    # Who keeps the data has no say in deals by it.
    assert gus.roles == frozenset()
    assert gus.granted == {Role.DATA}


def test_floor_of_the_company_counts_for_offers_without_their_own(world: World) -> None:
    workspace, lea = the_workspace(world.session), world.person("Lea")
    before = company_document(workspace)
    given = {"name": "Bivy", "family": "Tents", "list_price": "100", "unit_cost": "60"}
    change_company(workspace, before, with_rows(before, Kind.OFFERS, [given]), by=lea, now=NOW)
    assert offer(world, "Bivy").margin_floor is None


def test_names_of_the_past_are_known_and_what_is_retired_comes_back(world: World) -> None:
    lea, row = world.person("Lea"), offer(world, "Summit tent")
    workspace = the_workspace(world.session)
    assert not any(past_names(workspace).renamed.values())
    for name in ("Alpine tent", "Peak tent"):
        rename(row, name, by=lea, now=NOW)
    past = past_names(workspace)
    assert past.renamed[Kind.OFFERS] == {"summit tent": "Peak tent", "alpine tent": "Peak tent"}
    retire(row, by=lea, now=NOW)
    past = past_names(workspace)
    assert (past.renamed[Kind.OFFERS], past.retired[Kind.OFFERS]) == ({}, {"peak tent": "Peak tent"})
    with pytest.raises(NotFound):
        find_named(workspace, "offer", row.id)
    bring_back(find_named(workspace, "offer", row.id, is_retired=True), by=lea, now=NOW)
    assert find_named(workspace, "offer", row.id) is row


def test_family_that_another_is_like_takes_its_name_along(world: World) -> None:
    lea = world.person("Lea")
    set_life(world.workspace, "Lamps", like="Tents", since=date(2027, 1, 1), by=lea, now=NOW)
    set_life(world.workspace, "Tents", ends=date(2027, 6, 1), by=lea, now=NOW)
    rename_family(world.workspace, "Tents", "Shelters", by=lea, now=NOW)
    assert {name: row.like for name, row in lives_of(world.workspace).items()} == {
        "Lamps": "Shelters",
        "Shelters": None,
    }
