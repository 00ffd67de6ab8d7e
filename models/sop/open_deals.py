"""Deals that are still being negotiated, as months of families see them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from models.base.months import month_of_week
from models.company.offers import OfferRow
from models.deals.portfolio import is_order_in_change
from models.deals.proposals import ProposalLine
from models.deals.rows import Deal
from models.deals.states import OPEN
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class OpenUnits:
    """What a deal that is still being negotiated asks of a family in a month; the price is that of a unit."""

    deal: int
    customer: str
    units: int
    price: Fraction


def open_units(workspace: Workspace, *, seller: Member | None = None) -> dict[tuple[str, date], list[OpenUnits]]:
    """What deals ask that are still being negotiated, by family and month; of all sellers, or of one.

    What was ordered already, and is being changed, counts as sold.
    """
    rows = (
        select(Deal.number, Deal.customer, OfferRow.family, ProposalLine.week, ProposalLine.quantity)
        .add_columns(ProposalLine.unit_price)
        .join(ProposalLine, ProposalLine.proposal_id == Deal.proposal_id)
        .join(OfferRow, OfferRow.id == ProposalLine.offer_id)
        .where(Deal.workspace_id == workspace.id, Deal.state.in_(OPEN), ~is_order_in_change(), OfferRow.standard)
    )
    rows = rows.where(Deal.seller_id == seller.id) if seller else rows
    sums: dict[tuple[str, date, int], tuple[str, int, int]] = {}
    for deal, customer, family, week, units, price in workspace.session.execute(rows):
        key = family, month_of_week(week), deal
        _, known, value = sums.get(key, ("", 0, 0))
        sums[key] = customer, known + units, value + units * price
    by_month: dict[tuple[str, date], list[OpenUnits]] = {}
    for (family, month, deal), (customer, units, value) in sorted(sums.items()):
        by_month.setdefault((family, month), []).append(OpenUnits(deal, customer, units, Fraction(value, units)))
    return by_month
