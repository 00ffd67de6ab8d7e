"""What the past says of families: bookings, shares, weights; from actuals, else from won and delivered deals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from models.base.months import month_after, month_of_week, months_from
from models.company.offers import NeedRow, OfferRow
from models.deals.portfolio import counted_state
from models.deals.proposals import ProposalLine
from models.deals.rows import Deal
from models.deals.states import State
from models.sop.closed_months import SOLD, ClosedMonths, Sale
from models.sop.economics import Economics, economics_of
from models.sop.identities import HORIZON
from models.sop.rows import Actual
from models.workspace.workspaces import Workspace

SHARING = 12


@dataclass(frozen=True)
class Past:
    """All that a cycle is filled in with; closed end with the month before the cycle's own."""

    families: tuple[str, ...]
    closed: Mapping[str, ClosedMonths]
    sales: Mapping[str, Sequence[Sale]]
    economics: Mapping[str, Economics]
    gone: tuple[str, ...]
    first: date

    def shares(self, family: str, sellers: Sequence[int]) -> list[Fraction]:
        """What each seller sold of a family in the trailing year; equal where nobody sold any."""
        since = month_after(self.first, -SHARING)
        sold: Counter[int] = Counter()
        for sale in self.sales.get(family, ()):
            if since <= sale.month < self.first:
                sold[sale.seller] += sale.units
        total = sum(sold[seller] for seller in sellers)
        return [Fraction(sold[seller], total) if total else Fraction(1, len(sellers)) for seller in sellers]

    def won(self, family: str, seller: int | None = None) -> list[int]:
        """What is won for each month of the horizon, by everybody or by one seller."""
        units: Counter[date] = Counter()
        for sale in self.sales.get(family, ()):
            if seller is None or sale.seller == seller:
                units[sale.month] += sale.units
        return [units[month] for month in months_from(self.first, HORIZON)]


def past_of(workspace: Workspace, first: date, *, also: Iterable[str] = ()) -> Past:
    """Read the past for a cycle that begins with a month; in as many queries as there are kinds of rows.

    `also` are families that are not sold any more, but planned: they cost nothing and need nothing.
    """
    session = workspace.session
    offers = session.scalars(
        select(OfferRow)
        .where(OfferRow.workspace_id == workspace.id)
        .options(selectinload(OfferRow.needs).joinedload(NeedRow.resource))
        .order_by(OfferRow.id)
    ).all()
    families = tuple(sorted({*also, *(offer.family for offer in offers if offer.standard)}))
    sales = _sales(workspace)
    known = session.scalars(select(Actual).where(Actual.workspace_id == workspace.id))
    actuals: defaultdict[str, dict[date, Actual]] = defaultdict(dict)
    for row in known:
        actuals[row.family][row.month] = row
    by_family: defaultdict[str, list[Sale]] = defaultdict(list)
    for sale in sales:
        by_family[sale.family].append(sale)
    standard = {f: [offer for offer in offers if offer.family == f and offer.standard] for f in families}
    sold = {family for family in families if any(offer.retired_at is None for offer in standard[family])}
    return Past(
        families=families,
        closed={family: ClosedMonths(first, actuals[family], by_family[family]) for family in families},
        sales=by_family,
        gone=tuple(family for family in families if family not in sold),
        economics={f: economics_of(standard[f], by_family[f], first) for f in families},
        first=first,
    )


def spread(units: int, shares: Sequence[Fraction]) -> list[int]:
    """Whole parts of a number by shares, which add up to it exactly: what is left goes to the largest remainders."""
    exact = [units * share for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(shares)), key=lambda n: (parts[n] - exact[n], n))
    for n in by_remainder[: units - sum(parts)]:
        parts[n] += 1
    return parts


def _sales(workspace: Workspace) -> list[Sale]:
    terms = func.coalesce(Deal.promised_id, Deal.proposal_id)
    state = counted_state()
    rows = (
        select(Deal.seller_id, state, OfferRow.id, OfferRow.family, ProposalLine.week, ProposalLine.quantity)
        .join(ProposalLine, ProposalLine.proposal_id == terms)
        .join(OfferRow, OfferRow.id == ProposalLine.offer_id)
        .where(Deal.workspace_id == workspace.id, state.in_(SOLD), OfferRow.standard)
    )
    return [
        Sale(seller, State(sold), offer, family, month_of_week(week), units)
        for seller, sold, offer, family, week, units in workspace.session.execute(rows)
    ]
