"""Competing deals: other open deals that want the same capacity, and what would be left if they got theirs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.company.counting import offer_facts
from models.company.offers import NeedRow, OfferRow, needed_resources
from models.company.queues import in_force
from models.company.resources import Commitment, Hold, ResourceRow
from models.deals.proposals import Proposal, ProposalLine
from models.deals.rows import Deal
from models.deals.states import OPEN
from models.deals.terms import Checked
from models.promise import Kind, Resource
from models.promise.check import needs_of
from models.workspace.workspaces import Workspace

Cell = tuple[str, date]
Wants = Mapping[Cell, int]


@dataclass(frozen=True)
class Rival:
    """An open deal that wants the same capacity."""

    number: int
    customer: str


@dataclass(frozen=True)
class Rivalry:
    """The resource and week where the least would be left; amounts in thousandths.

    `left` is what the rivals would leave of what is free, never less than nothing.
    """

    resource: str
    unit: str
    week: date
    needed: int
    left: int
    rivals: tuple[Rival, ...]

    @property
    def is_enough(self) -> bool:
        """Whether there is enough for all."""
        return self.left >= self.needed


def rivalry_over(workspace: Workspace, checked: Checked, *, now: datetime, without: Deal | None) -> Rivalry | None:
    """Who else wants what a deal wants, where it is scarcest; None when nobody does."""
    return rivalries_over(workspace, [(without, checked)], now=now)[0]


def rivalries_over(
    workspace: Workspace, checks: Sequence[tuple[Deal | None, Checked]], *, now: datetime
) -> list[Rivalry | None]:
    """The rivalry over what each of several deals wants; as many queries as for one."""
    names = {name for _, checked in checks for name in checked.check.needs}
    others = _others(workspace, names) if names else []
    taken = taken_by(workspace, others, now) if others else {}
    wants = {deal: _wants(deal, taken[deal.id]) for deal in others}
    return [_rivalry(checked, own, wants) for own, checked in checks]


def _rivalry(checked: Checked, own: Deal | None, wanted: Mapping[Deal, Wants]) -> Rivalry | None:
    names = checked.check.needs.keys()
    wants = {
        deal: {(name, week): want for (name, week), want in cells.items() if name in names}
        for deal, cells in wanted.items()
        if deal is not own
    }
    contested = [
        _contest(checked, name, week, wants)
        for name, by_week in checked.check.needs.items()
        for week in by_week
        if week >= checked.check.deal.first_week
    ]
    rivalries = [rivalry for rivalry in contested if rivalry.rivals]
    return min(rivalries, key=lambda r: (r.left - r.needed, r.week, r.resource), default=None)


def taken_by(workspace: Workspace, deals: Iterable[Deal], now: datetime) -> Mapping[int, Wants]:
    """What deals hold and were promised."""
    ids = [deal.id for deal in deals]
    taken: defaultdict[int, Counter[Cell]] = defaultdict(Counter)
    held = select(Hold.deal_id, ResourceRow.name, Hold.week, Hold.quantity).where(*in_force(now))
    held = held.join(ResourceRow, ResourceRow.id == Hold.resource_id).where(Hold.deal_id.in_(ids))
    promised = select(Commitment.deal_id, ResourceRow.name, Commitment.week, Commitment.quantity)
    promised = promised.join(ResourceRow, ResourceRow.id == Commitment.resource_id)
    promised = promised.where(Commitment.deal_id.in_(ids), Commitment.released_at.is_(None))
    for query in (held, promised):
        for deal_id, name, week, quantity in workspace.session.execute(query):
            taken[deal_id or 0][name, week] += quantity
    return taken


def _others(workspace: Workspace, names: Iterable[str]) -> list[Deal]:
    needed = needed_resources()
    needing = select(ProposalLine.proposal_id).join(needed, needed.c.offer_id == ProposalLine.offer_id)
    named = needing.join(ResourceRow, ResourceRow.id == needed.c.resource_id).where(ResourceRow.name.in_(list(names)))
    lines = selectinload(Deal.proposal).selectinload(Proposal.lines).joinedload(ProposalLine.offer)
    others = select(Deal).where(Deal.workspace_id == workspace.id, Deal.state.in_(OPEN), Deal.proposal_id.in_(named))
    others = others.options(lines.selectinload(OfferRow.needs).joinedload(NeedRow.resource))
    return list(workspace.session.scalars(others.order_by(Deal.id)))


def _wants(deal: Deal, taken: Wants) -> Wants:
    """What a deal needs beyond what it holds and was promised; that is counted already."""
    offers = {line.offer.name: offer_facts(line.offer, deal.workspace) for line in deal.proposal.lines}
    wants: Counter[Cell] = Counter()
    for name, by_week in needs_of(offers, deal.proposal.terms).items():
        wants.update({(name, week): need for week, need in by_week.items()})
    wants.subtract(taken)
    return {cell: want for cell, want in wants.items() if want > 0}


def _contest(checked: Checked, name: str, week: date, wants: Mapping[Deal, Wants]) -> Rivalry:
    resource = checked.company.resources[name]
    needs = checked.check.needs[name]
    theirs = {deal: {at: n for (other, at), n in cells.items() if other == name} for deal, cells in wants.items()}
    if resource.kind is Kind.STOCK:
        needed = sum(need for at, need in needs.items() if at <= week)
        free, last = _least_left(resource, week, checked, theirs.values())
    else:
        needed, last = needs[week], week
        free = resource.room(week)
        theirs = {deal: {at: n for at, n in cells.items() if at == week} for deal, cells in theirs.items()}
        free = max(free - sum(sum(cells.values()) for cells in theirs.values()), resource.secured(week))
    rivals = tuple(
        Rival(deal.number, deal.customer) for deal, cells in theirs.items() if any(at <= last for at in cells)
    )
    return Rivalry(name, resource.unit, week, needed, max(0, free), rivals)


def _least_left(
    resource: Resource, week: date, checked: Checked, theirs: Iterable[Mapping[date, int]]
) -> tuple[int, date]:
    """What would be left of a stock in the worst week from this one on, and that week: what goes later goes as well."""
    cells = list(theirs)
    weeks = {week, *(at for wanted in cells for at in wanted)}
    positions = resource.positions(weeks, today=checked.check.deal.today)
    return min(
        (max(0, left) - sum(n for wanted in cells for at, n in wanted.items() if at <= u), u)
        for u, left in positions.items()
        if u >= week
    )
