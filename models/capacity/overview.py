"""Capacity as people see it: the coming weeks of a resource, and what loads one of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from models.base.arithmetic import WEEK, monday
from models.company.people import beside_person, resources_of, weeks_of_people
from models.company.queues import Span, in_force, queues_of
from models.company.reserves import Remaining, reserve_rows, reserves_of
from models.company.resources import Commitment, Hold, ReceiptRow, ResourceRow, WeekExceptionRow, in_use
from models.deals.card_cells import cells_of
from models.deals.terms import Checked
from models.promise import Adjustment, Kind, WeekException
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

WEEKS = 8


@dataclass(frozen=True)
class WeekLoad:
    """A week of a resource, in thousandths. Of stock, `offered` is what arrives, and `free` what is left at its end.

    Of time, what loads the week beyond `offered` is overtime `bought`, and beyond that the week is `over` booked;
    `reserved` is kept for some, and not free for others.
    """

    week: date
    offered: int
    overtime: int
    committed: int
    held: int
    free: int
    reason: str = ""
    bought: int = 0
    over: int = 0
    reserved: int = 0

    @property
    def share(self) -> float:
        """How full the week is; only for drawing."""
        return (self.committed + self.held + self.reserved) / self.offered if self.offered else float("inf")


@dataclass(frozen=True)
class ResourceWeeks:
    """The coming weeks of a resource."""

    id: int
    name: str
    kind: Kind
    unit: str
    weeks: tuple[WeekLoad, ...]

    @property
    def fullest(self) -> float:
        """The share of its fullest week, or for stock how much of it they take; only for ranking."""
        if self.kind is Kind.TIME:
            return max(week.share for week in self.weeks)
        taken = sum(week.committed + week.held for week in self.weeks)
        return taken / max(1, taken + max(0, self.weeks[-1].free))


def coming_weeks(
    workspace: Workspace,
    *,
    now: datetime,
    only: int = 0,
    since: date | None = None,
    weeks: int = WEEKS,
) -> list[ResourceWeeks]:
    """The coming weeks of all resources, the fullest first, or of one; from this week on, or from another one."""
    rows = select(ResourceRow).where(*in_use(workspace))
    rows = rows.where(ResourceRow.id == only) if only else rows
    loaded = rows.options(selectinload(ResourceRow.weeks), selectinload(ResourceRow.receipts))
    shown = weeks_of(workspace, workspace.session.scalars(loaded).all(), now=now, since=since, weeks=weeks)
    return sorted(shown, key=lambda resource: (-resource.fullest, resource.name))


def weeks_of(
    workspace: Workspace, known: Sequence[ResourceRow], *, now: datetime, since: date | None = None, weeks: int = WEEKS
) -> list[ResourceWeeks]:
    """The coming weeks of some resources, in their order; as many queries as for one."""
    first = since or workspace.this_week(now)
    load = _Load(workspace.session, [row.id for row in known], now)
    shown_weeks = [first + n * WEEK for n in range(weeks)]
    load.people = weeks_of_people(workspace, [row.id for row in known], shown_weeks)
    for kept in remaining_of(workspace, known, Span(first, first + weeks * WEEK), now):
        load.reserved[kept.row.resource_id][kept.week] += kept.quantity
    return [_shown(row, load, shown_weeks) for row in known]


def asked_of(member: Member, *, now: datetime) -> list[ResourceWeeks]:
    """The coming weeks in which a person is promised or held for more than they work."""
    asked = weeks_of(member.workspace, resources_of(member), now=now)
    full = [replace(one, weeks=tuple(w for w in one.weeks if w.committed + w.held > w.offered)) for one in asked]
    return [one for one in full if one.weeks]


def last_known_week(workspace: Workspace, *, now: datetime, only: int = 0) -> date:
    """The last week in which a resource (or any) differs, gets something, or is promised or held; at least this one."""
    known: list[Select[date]] = []
    for row, conditions in (
        (WeekExceptionRow, ()),
        (ReceiptRow, ()),
        (Commitment, (Commitment.released_at.is_(None),)),
        (Hold, in_force(now)),
    ):
        latest = select(func.max(row.week)).where(row.workspace_id == workspace.id, *conditions)
        known.append(latest.where(row.resource_id == only) if only else latest)
    latest_weeks = workspace.session.execute(select(*(latest.scalar_subquery() for latest in known))).one()
    weeks: list[date] = [week for week in latest_weeks if week]
    return max([workspace.this_week(now), *weeks])


def cell_that_matters(checked: Checked) -> tuple[str, date] | None:
    """Where a deal is short most, else the fullest time that it takes; None where it takes none that is to come."""
    short = checked.check.bottleneck
    if short is not None and not short.past:
        return short.resource, short.week
    fullest = cells_of(checked, most=1)
    return (fullest[0].resource, fullest[0].week) if fullest else None


def id_of(workspace: Workspace, resource: str) -> int:
    """The id of a resource by its name."""
    rows = select(ResourceRow.id).where(ResourceRow.workspace_id == workspace.id, ResourceRow.name == resource)
    return workspace.session.scalars(rows).one()


def overbooked(row: ResourceRow, adjustment: Adjustment, *, now: datetime) -> int:
    """How much more a week would hold than even overtime could give: by deals, or by load from elsewhere; else 0.

    Stock is not overbooked by the week: what is missing in one may arrive before it.
    """
    if row.kind == Kind.STOCK:
        return 0
    (shown,) = coming_weeks(row.workspace, now=now, only=row.id, since=adjustment.week, weeks=1)
    available = row.weekly if adjustment.available is None else adjustment.available
    overtime = row.overtime if adjustment.overtime is None else adjustment.overtime
    return max(0, shown.weeks[0].committed + shown.weeks[0].held - available - overtime)


def search_resources(workspace: Workspace, text: str, *, limit: int = 100) -> list[ResourceRow]:
    """Resources whose name holds the text, one that is called so first."""
    name = func.lower(ResourceRow.name)
    sought = text.strip().lower()
    query = select(ResourceRow).where(*in_use(workspace), name.contains(sought, autoescape=True))
    return list(workspace.session.scalars(query.order_by((name == sought).desc(), ResourceRow.name).limit(limit)))


def remaining_of(workspace: Workspace, rows: Iterable[ResourceRow], span: Span, now: datetime) -> Iterator[Remaining]:
    """What is left of the reserves of resources; their queues are read only where there is one."""
    kinds = {row.id: row.kind for row in rows}
    if not reserve_rows(workspace, now=now, resources=kinds):
        return
    queues = queues_of(workspace, kinds, span, now=now)
    reserves = reserves_of(workspace, kinds, queues, now=now)
    for key in kinds:
        yield from reserves.left(key, queues.get(key, {}))


class _Load:
    """What is committed, held and reserved, by resource and week."""

    def __init__(self, session: Session, ids: Iterable[int], now: datetime) -> None:
        wanted = list(ids)
        committed = select(Commitment.resource_id, Commitment.week, func.sum(Commitment.quantity))
        committed = committed.where(Commitment.released_at.is_(None), Commitment.resource_id.in_(wanted))
        held = select(Hold.resource_id, Hold.week, func.sum(Hold.quantity))
        held = held.where(*in_force(now), Hold.resource_id.in_(wanted))
        self.committed: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
        self.held: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
        self.reserved: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
        self.people: Mapping[int, Mapping[date, WeekException]] = {}
        for resource_id, week, quantity in session.execute(committed.group_by(Commitment.resource_id, Commitment.week)):
            self.committed[resource_id][week] = int(quantity)
        for resource_id, week, quantity in session.execute(held.group_by(Hold.resource_id, Hold.week)):
            self.held[resource_id][week] = int(quantity)


def _shown(row: ResourceRow, load: _Load, weeks: Sequence[date]) -> ResourceWeeks:
    kind = row.kind
    draw = _time if kind is Kind.TIME else _stock
    return ResourceWeeks(row.id, row.name, kind, row.unit, tuple(draw(row, load, week) for week in weeks))


def _time(row: ResourceRow, load: _Load, week: date) -> WeekLoad:
    exceptions = (exception for exception in row.weeks if exception.week == week)
    said, person = next(exceptions, None), load.people.get(row.id, {}).get(week)
    known = beside_person(person, said.available, said.overtime, said.reason) if said else person
    offered = row.weekly if known is None or known.available is None else known.available
    overtime = row.overtime if known is None or known.overtime is None else known.overtime
    committed, held = load.committed[row.id][week], load.held[row.id][week]
    reason = (known.reason or "") if known else ""
    beyond = max(0, committed + held - offered)
    bought = min(overtime, beyond)
    reserved = load.reserved[row.id][week]
    free = max(0, offered - committed - held - reserved)
    return WeekLoad(week, offered, overtime, committed, held, free, reason, bought, beyond - bought, reserved)


def _stock(row: ResourceRow, load: _Load, week: date) -> WeekLoad:
    since = monday(row.as_of or week)
    arrived = sum(receipt.quantity for receipt in row.receipts if since <= receipt.week <= week)
    arriving = sum(receipt.quantity for receipt in row.receipts if receipt.week == week)
    taken = sum(n for by in (load.committed, load.held) for at, n in by[row.id].items() if since <= at <= week)
    left = row.on_hand + arrived - taken
    return WeekLoad(week, arriving, 0, load.committed[row.id][week], load.held[row.id][week], left)
