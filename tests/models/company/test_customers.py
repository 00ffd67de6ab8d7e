"""Customers whom the company knows, with those who look after them."""

import pytest
from sqlalchemy import select

from models.base.errors import Refused
from models.company.customers import CustomerRow, customers
from models.deals.catalogues import catalogue_of
from models.setup.catalogue import retire
from models.setup.company_tables import with_rows
from models.setup.exporting import company_document
from models.setup.importing import change_company
from models.sheets.fields import Kind
from models.workspace.workspaces import the_workspace
from tests.world import NOW, World


def test_customers_are_kept_with_their_owners(world: World) -> None:
    workspace, lea = the_workspace(world.session), world.person("Lea")
    before = company_document(workspace)
    rows = [{"name": "Acme", "tier": "A", "owner": "@sara", "external_id": "007"}, {"name": "Beta"}]
    change_company(workspace, before, with_rows(before, Kind.CUSTOMERS, rows), by=lea, now=NOW)
    acme, beta = customers(workspace)
    assert (acme.name, acme.tier, acme.owner, acme.external_id) == ("Acme", "A", world.person("Sara"), "007")
    assert {"Acme", "Beta"} <= set(catalogue_of(workspace).customers)
    retire(beta, by=lea, now=NOW)
    assert [row.name for row in customers(workspace, "E")] == ["Acme"]
    before = company_document(workspace)
    wrong = with_rows(before, Kind.CUSTOMERS, [{"name": "Acme", "owner": "Nobody"}])
    with pytest.raises(Refused, match="nobody here is called"):
        change_company(workspace, before, wrong, by=lea, now=NOW)
    assert world.session.scalars(select(CustomerRow).where(CustomerRow.workspace_id != workspace.id)).all() == []
