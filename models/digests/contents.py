"""What a digest says: only what needs a decision, the most urgent first. One with nothing in it is not posted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models.base.arithmetic import WEEK
from models.capacity.overview import WEEKS, ResourceWeeks, WeekLoad, coming_weeks
from models.company.counting import offer_facts
from models.company.offers import NeedRow, OfferRow, family_channels
from models.company.queues import in_force
from models.company.resources import Commitment, Hold
from models.deals.card_messages import links_of
from models.deals.clocks import TurnClock, clock_of
from models.deals.deliveries import deliveries_of
from models.deals.lists import WITH_ALL
from models.deals.proposals import Proposal, ProposalLine
from models.deals.rivals import taken_by
from models.deals.rows import Deal
from models.deals.states import OPEN, State
from models.deals.terms import cannot_be_kept, check_promises
from models.deals.turns import Awaited, Turn
from models.promise import Kind
from models.promise.check import needs_of
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace

Cell = tuple[str, date]


class Rank(IntEnum):
    """How urgent an item is."""

    OVERDUE = 0
    BROKEN = 1
    ANSWER = 2
    DELIVERY = 3


@dataclass(frozen=True)
class QueueItem:
    """A deal that operations or finance must do something about; `clocks` where answers are awaited, due first."""

    deal: Deal
    rank: Rank
    revenue: int
    link: str | None
    clocks: tuple[TurnClock, ...] = ()


@dataclass(frozen=True)
class CellLoad:
    """A week of a resource with what open deals ask for beyond what is committed and held, in thousandths."""

    load: WeekLoad
    asked: int

    @property
    def wanted(self) -> int:
        """All that is wanted of the week."""
        return self.load.committed + self.load.held + self.asked

    @property
    def share(self) -> float:
        """How full it would be if every deal got what it asks for; only for drawing and ranking."""
        return self.wanted / self.load.offered if self.load.offered else (float("inf") if self.wanted else 0.0)

    @property
    def is_red(self) -> bool:
        """Whether it would take more than there is without overtime."""
        return self.wanted > self.load.offered


@dataclass(frozen=True)
class ResourceLoad:
    """The coming weeks of a resource."""

    resource: ResourceWeeks
    cells: tuple[CellLoad, ...]

    @property
    def fullest(self) -> float:
        """The share of its fullest week; only for ranking."""
        return max(cell.share for cell in self.cells)


@dataclass(frozen=True)
class Behind:
    """A deal behind a red week, with how much of it it wants; `is_asking`: it is still open."""

    deal: Deal
    amount: int
    is_asking: bool
    link: str | None


@dataclass(frozen=True)
class RedWeek:
    """A week of which more is wanted than there is, and who wants it, the largest first."""

    resource: ResourceWeeks
    cell: CellLoad
    behind: tuple[Behind, ...] = field(default=())


@dataclass(frozen=True)
class Pipeline:
    """Demand against capacity: all time resources, the fullest first, and their red weeks, the worst first."""

    resources: tuple[ResourceLoad, ...]
    red: tuple[RedWeek, ...]


def queue_of(workspace: Workspace, channel: str, *, now: datetime) -> list[QueueItem]:
    """What waits for operations and finance: in an operations channel of its own deals, elsewhere of all."""
    items = [*_answers(workspace, now), *_broken(workspace, now), *_undelivered(workspace, now)]
    if channel in family_channels(workspace).values():
        items = [item for item in items if item.deal.channel == channel]
    links = links_of(workspace, [item.deal.id for item in items])
    linked = [replace(item, link=links.get(item.deal.id)) for item in items]
    return sorted(linked, key=lambda item: (item.rank, item.clocks[0].due_at if item.clocks else now, item.deal.id))


def pipeline_of(workspace: Workspace, *, now: datetime, weeks: int = WEEKS) -> Pipeline:
    """The coming weeks, with what every open deal asks for; who is behind the weeks that are too full."""
    wanted = _wanted(workspace, now)
    asked: Counter[Cell] = Counter()
    for cells in wanted.values():
        asked.update(cells)
    known = [r for r in coming_weeks(workspace, now=now, weeks=weeks) if r.kind is Kind.TIME]
    loads = [ResourceLoad(r, tuple(CellLoad(week, asked[r.name, week.week]) for week in r.weeks)) for r in known]
    ranked = sorted(loads, key=lambda load: (-load.fullest, load.resource.name))
    red = [(load.resource, cell) for load in ranked for cell in load.cells if cell.is_red]
    behind = _behind(workspace, red, wanted, now)
    full = [RedWeek(r, cell, tuple(behind[r.name, cell.load.week])) for r, cell in red]
    worst = sorted(full, key=lambda one: (-one.cell.share, one.cell.load.week, one.resource.name))
    return Pipeline(tuple(ranked), tuple(worst))


def _answers(workspace: Workspace, now: datetime) -> Iterable[QueueItem]:
    query = select(Turn).where(Turn.workspace_id == workspace.id, Turn.ended_at.is_(None))
    query = query.where(Turn.side != Side.SALES, Turn.awaited == Awaited.ANSWER)
    loaded = (selectinload(Turn.deal).options(*WITH_ALL), joinedload(Turn.member))
    awaited: defaultdict[Deal, list[TurnClock]] = defaultdict(list)
    for turn in workspace.session.scalars(query.options(*loaded).order_by(Turn.due_at, Turn.id)):
        awaited[turn.deal].append(clock_of(turn, now=now))
    for deal, clocks in awaited.items():
        rank = Rank.OVERDUE if clocks[0].is_overdue else Rank.ANSWER
        yield QueueItem(deal, rank, _revenue(deal), None, tuple(clocks))


def _broken(workspace: Workspace, now: datetime) -> Iterable[QueueItem]:
    query = select(Deal).where(Deal.workspace_id == workspace.id, Deal.state.in_([State.APPROVED, State.WON]))
    deals = workspace.session.scalars(query.where(Deal.broken_at.is_not(None)).options(*WITH_ALL)).all()
    for deal, checked in zip(deals, check_promises(deals, now=now), strict=True):
        if cannot_be_kept(checked.check):
            yield QueueItem(deal, Rank.BROKEN, _revenue(deal), None)


def _undelivered(workspace: Workspace, now: datetime) -> Iterable[QueueItem]:
    """Orders of which the last that is owed should have come, and nobody has reported it."""
    won = select(Deal).where(Deal.workspace_id == workspace.id, Deal.state == State.WON)
    deals = workspace.session.scalars(won.options(*WITH_ALL).order_by(Deal.id)).all()
    deliveries = deliveries_of(workspace, [deal.id for deal in deals])
    for deal in deals:
        owed = [one.week for one in deliveries.get(deal.id, ()) if one.is_open]
        if owed and max(owed) + WEEK <= workspace.this_week(now):
            yield QueueItem(deal, Rank.DELIVERY, _revenue(deal), None)


def _revenue(deal: Deal) -> int:
    return sum(line.quantity * line.unit_price for line in deal.proposal.lines)


def _wanted(workspace: Workspace, now: datetime) -> Mapping[Deal, Counter[Cell]]:
    """What open deals ask for beyond what they hold and were promised."""
    lines = selectinload(Deal.proposal).selectinload(Proposal.lines).joinedload(ProposalLine.offer)
    known = select(Deal).where(Deal.workspace_id == workspace.id, Deal.state.in_(OPEN)).order_by(Deal.id)
    loaded = known.options(lines.selectinload(OfferRow.needs).joinedload(NeedRow.resource), joinedload(Deal.seller))
    deals = workspace.session.scalars(loaded).unique().all()
    taken = taken_by(workspace, deals, now)
    wanted: dict[Deal, Counter[Cell]] = {}
    for deal in deals:
        offers = {line.offer.name: offer_facts(line.offer, workspace) for line in deal.proposal.lines}
        needs = needs_of(offers, deal.proposal.terms)
        cells = Counter({(name, week): need for name, by_week in needs.items() for week, need in by_week.items()})
        cells.subtract(taken[deal.id])
        wanted[deal] = +cells
    return wanted


def _behind(
    workspace: Workspace,
    red: Iterable[tuple[ResourceWeeks, CellLoad]],
    wanted: Mapping[Deal, Counter[Cell]],
    now: datetime,
) -> Mapping[Cell, list[Behind]]:
    """Who wants a week: the deals that are promised or hold some of it, and those that ask for some."""
    names = {resource.id: resource.name for resource, _ in red}
    cells = {(resource.name, cell.load.week) for resource, cell in red}
    amounts: defaultdict[Cell, Counter[tuple[Deal, bool]]] = defaultdict(Counter)
    for row, counts in ((Commitment, (Commitment.released_at.is_(None),)), (Hold, in_force(now))):
        rows = select(row.resource_id, row.week, row.quantity, Deal).join(Deal, Deal.id == row.deal_id)
        query = rows.where(row.resource_id.in_(names), row.week.in_({week for _, week in cells}), *counts)
        for resource_id, week, quantity, deal in workspace.session.execute(query):
            if (names[resource_id], week) in cells:
                amounts[names[resource_id], week][deal, False] += quantity
    for deal, asked in wanted.items():
        for cell, quantity in asked.items():
            if cell in cells:
                amounts[cell][deal, True] += quantity
    links = links_of(workspace, {deal.id for counted in amounts.values() for deal, _ in counted})
    return defaultdict(
        list,
        {
            cell: [
                Behind(deal, amount, is_asking, links.get(deal.id)) for (deal, is_asking), amount in _largest(counted)
            ]
            for cell, counted in amounts.items()
        },
    )


def _largest(units: Counter[tuple[Deal, bool]]) -> list[tuple[tuple[Deal, bool], int]]:
    return sorted(units.items(), key=lambda entry: (-entry[1], entry[0][0].number))
