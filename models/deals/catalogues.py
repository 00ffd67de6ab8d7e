"""What words about a deal may name in a workspace: its offers, and its customers."""

from decimal import Decimal

from sqlalchemy import func, select

from models.company.customers import CustomerRow
from models.company.offers import OfferRow, offered
from models.deals.rows import Deal
from models.words import Catalogue, CatalogueOffer
from models.workspace.workspaces import Workspace

MOST_CUSTOMERS = 2000


def catalogue_of(workspace: Workspace) -> Catalogue:
    """The offers with their list prices; the customers of the latest deals, and those that the company has listed."""
    columns = (OfferRow.name, OfferRow.family, OfferRow.unit, OfferRow.list_price)
    offers = select(*columns).where(*offered(workspace)).order_by(OfferRow.id)
    known = (
        CatalogueOffer(name, family, unit, Decimal(price).scaleb(-workspace.places))
        for name, family, unit, price in workspace.session.execute(offers)
    )
    return Catalogue(tuple(known), workspace.currency, workspace.places, workspace.hours, _customers(workspace))


def _customers(workspace: Workspace) -> tuple[str, ...]:
    newest = func.max(Deal.number).desc()
    query = select(Deal.customer).where(Deal.workspace_id == workspace.id).group_by(Deal.customer).order_by(newest)
    named = workspace.session.scalars(query.limit(MOST_CUSTOMERS)).all()
    known = select(CustomerRow.name).where(CustomerRow.workspace_id == workspace.id, CustomerRow.retired_at.is_(None))
    kept = workspace.session.scalars(known.order_by(CustomerRow.name).limit(MOST_CUSTOMERS))
    return tuple(dict.fromkeys([*named, *kept]))
