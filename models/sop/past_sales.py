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
from models.deals.rows import Deal, ProposalLine
from models.deals.states import State
from models.promise import Kind
from models.sop.closed_months import SOLD, ClosedMonths, Sale
from models.sop.identities import HORIZON
from models.sop.rows import Actual
from models.workspace.workspaces import Workspace

PROMISED = (State.APPROVED, *SOLD)
WEIGHING, SHARING = 6, 12


@dataclass(frozen=True)
class Economics:
    """A family as its offers are sold: cost and price in minor units, needs of time in thousandths a unit."""

    unit_cost: Fraction
    unit_price: Fraction
    needs: Mapping[str, Fraction]


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
            if sale.state in SOLD and since <= sale.month < self.first:
                sold[sale.seller] += sale.units
        total = sum(sold[seller] for seller in sellers)
        return [Fraction(sold[seller], total) if total else Fraction(1, len(sellers)) for seller in sellers]

    def certain(self, seller: int, family: str) -> list[int]:
        """What a seller has won, or was promised, for each month of the horizon."""
        units: Counter[date] = Counter()
        for sale in self.sales.get(family, ()):
            if sale.seller == seller:
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
    return Past(
        families=families,
        closed={family: ClosedMonths(first, actuals[family], by_family[family]) for family in families},
        sales=by_family,
        gone=tuple(family for family in families if not standard[family]),
        economics={f: _economics(standard[f], by_family[f], first) for f in families},
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
    rows = (
        select(Deal.seller_id, Deal.state, OfferRow.id, OfferRow.family, ProposalLine.week, ProposalLine.quantity)
        .join(ProposalLine, ProposalLine.proposal_id == terms)
        .join(OfferRow, OfferRow.id == ProposalLine.offer_id)
        .where(Deal.workspace_id == workspace.id, Deal.state.in_(PROMISED), OfferRow.standard)
    )
    return [
        Sale(seller, state, offer, family, month_of_week(week), units)
        for seller, state, offer, family, week, units in workspace.session.execute(rows)
    ]


def _economics(offers: Sequence[OfferRow], sales: Iterable[Sale], first: date) -> Economics:
    """An average of the offers, weighted by the units of the trailing half year; equal without history."""
    since = month_after(first, -WEIGHING)
    sold: Counter[int] = Counter()
    for sale in sales:
        if sale.state in SOLD and since <= sale.month < first:
            sold[sale.offer] += sale.units
    total = sum(sold[offer.id] for offer in offers)
    weights = {o.id: Fraction(sold[o.id], total) if total else Fraction(1, len(offers)) for o in offers}
    needs: defaultdict[str, Fraction] = defaultdict(Fraction)
    for offer in offers:
        for need in offer.needs:
            if need.resource.kind == Kind.TIME and need.per_unit:
                needs[need.resource.name] += weights[offer.id] * need.per_unit * need.weeks
    return Economics(
        unit_cost=sum((weights[o.id] * o.unit_cost for o in offers), Fraction(0)),
        unit_price=sum((weights[o.id] * o.list_price for o in offers), Fraction(0)),
        needs=dict(needs),
    )
