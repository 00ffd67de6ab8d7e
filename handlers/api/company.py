"""What there is to sell and to make it on, for whoever connects a tool; and who asks."""

from collections.abc import Sequence

from pydantic import BaseModel
from sqlalchemy import select

from handlers.api.endpoints import Act, serves
from models.api.tokens import Scope
from models.base.arithmetic import scaled_text
from models.company.customers import CustomerRow, customers
from models.company.offers import OfferRow, offered
from models.company.resources import ResourceRow, in_use
from models.deals.rules import check_sees_deals
from models.promise import Kind
from models.workspace.roles import Role


class Me(BaseModel):
    """For whom the token acts, and what it may be used for."""

    workspace: str
    currency: str
    timezone: str
    person: str
    slack_id: str
    roles: list[Role]
    token: str
    scopes: list[Scope]


class Offer(BaseModel):
    """What is sold, as the price list says it."""

    name: str
    family: str
    unit: str
    list_price: str
    is_standard: bool
    max_discount: str
    lead_weeks: int
    min_lot: int


class Offers(BaseModel):
    """What is sold."""

    offers: list[Offer]


class Customer(BaseModel):
    """A customer that the company knows."""

    name: str
    tier: str | None
    owner: str | None
    external_id: str | None


class Customers(BaseModel):
    """Customers, by their names."""

    customers: list[Customer]


class Resource(BaseModel):
    """What work is done on, or what is taken from stock."""

    name: str
    kind: Kind
    unit: str


class Resources(BaseModel):
    """Resources, by their names."""

    resources: list[Resource]


@serves("GET", "/me", None, others=[304])
def read_me(act: Act) -> Me:
    """For whom this token acts, and what it may be used for."""
    workspace, by = act.workspace, act.by
    return Me(
        workspace=workspace.name,
        currency=workspace.currency,
        timezone=workspace.timezone,
        person=by.name,
        slack_id=by.user_id,
        roles=sorted(by.granted),
        token=act.token.name,
        scopes=[Scope(scope) for scope in act.token.scopes],
    )


@serves("GET", "/offers", Scope.READ_COMPANY, others=[304])
def read_offers(act: Act) -> Offers:
    """What is sold, with list prices; costs are in /tables/offers."""
    check_sees_deals(act.by)
    rows = act.session.scalars(select(OfferRow).where(*offered(act.workspace)).order_by(OfferRow.name)).all()
    return Offers(offers=_offers(rows, act.workspace.places))


@serves("GET", "/customers", Scope.READ_COMPANY, others=[304])
def read_customers(act: Act) -> Customers:
    """Customers that the company knows."""
    check_sees_deals(act.by)
    return Customers(customers=[_customer(row) for row in customers(act.workspace)])


@serves("GET", "/resources", Scope.READ_COMPANY, others=[304])
def read_resources(act: Act) -> Resources:
    """What offers are made of and on."""
    check_sees_deals(act.by)
    rows = act.session.scalars(select(ResourceRow).where(*in_use(act.workspace)).order_by(ResourceRow.name))
    return Resources(resources=[Resource(name=row.name, kind=row.kind, unit=row.unit) for row in rows])


def _offers(rows: Sequence[OfferRow], places: int) -> list[Offer]:
    return [
        Offer(
            name=row.name,
            family=row.family,
            unit=row.unit,
            list_price=scaled_text(row.list_price, places),
            is_standard=row.standard,
            max_discount=f"{row.max_discount:f}",
            lead_weeks=row.lead_weeks,
            min_lot=row.min_lot,
        )
        for row in rows
    ]


def _customer(row: CustomerRow) -> Customer:
    owner = row.owner.name if row.owner else None
    return Customer(name=row.name, tier=row.tier, owner=owner, external_id=row.external_id)
