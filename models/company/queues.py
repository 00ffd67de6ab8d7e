"""The queue of a cell: what loads a week of a resource, in the order in which it was first held or promised."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from models.company.resources import Commitment, Hold
from models.promise import Kind, Place
from models.workspace.workspaces import Workspace


@dataclass(frozen=True, order=True)
class Part:
    """What a deal holds or was promised in a cell since an instant; in the order of the queue."""

    since: datetime
    deal: int
    quantity: int


@dataclass(frozen=True)
class Queue:
    """The loads of a cell: what was imported stands first, then the parts of deals."""

    imported: int
    parts: tuple[Part, ...]

    def without(self, deal: int | None) -> int:
        """What all others load."""
        return self.imported + sum(part.quantity for part in self.parts if part.deal != deal)

    def places(self, deal: int | None) -> tuple[Place, ...]:
        """Where the parts of a deal stand."""
        places, ahead = [], self.imported
        for part in self.parts:
            if part.deal == deal:
                places.append(Place(part.quantity, ahead))
            ahead += part.quantity
        return tuple(places)


Queues = Mapping[int, Mapping[date, Queue]]
Loads = Select[int, date, datetime | None, int | None, int]


@dataclass(frozen=True)
class Span:
    """The weeks of time that a question is about: some, or all from the first to the last. Stock is a sum over all."""

    first: date
    last: date
    weeks: frozenset[date] | None = None

    @property
    def values(self) -> dict[str, object]:
        """For a query that asks `in_span`."""
        return {"first": self.first, "last": self.last} if self.weeks is None else {"weeks": list(self.weeks)}


def in_span(week: InstrumentedAttribute[date], *, is_some: bool) -> ColumnElement[bool]:
    """Whether a row's week is in a span, whose values come with the query."""
    if is_some:
        return week.in_(bindparam("weeks", expanding=True))
    return week.between(bindparam("first"), bindparam("last"))


def queues_of(workspace: Workspace, kinds: Mapping[int, Kind], span: Span, *, now: datetime) -> Queues:
    """The queue of each cell that has one, of resources by their ids and kinds.

    What was imported is summed up; deals have their places.
    """
    imported: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    parts: defaultdict[int, defaultdict[date, list[Part]]] = defaultdict(lambda: defaultdict(list))
    values = {str(one): [key for key, kind in kinds.items() if kind is one] for one in Kind} | {"now": now}
    loads = workspace.session.execute(_loads(is_some=span.weeks is not None), values | span.values)
    for key, week, since, deal, quantity in loads.all():
        if deal is None or since is None:
            imported[key][week] += int(quantity)
        else:
            parts[key][week].append(Part(since, deal, int(quantity)))
    return {key: _in_order(imported[key], parts[key]) for key in {*imported, *parts}}


def in_force(now: datetime | ColumnElement[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Holds that count at an instant: expiry is a comparison when reading."""
    return Hold.released_at.is_(None), Hold.expires_at > now


@cache
def _loads(*, is_some: bool) -> CompoundSelect[int, date, datetime | None, int | None, int]:
    """Built once, because building it takes longer than the answer."""
    promised = [_of(Commitment, kind, is_some).where(Commitment.released_at.is_(None)) for kind in Kind]
    held = [_of(Hold, kind, is_some).where(*in_force(bindparam("now", type_=Hold.expires_at.type))) for kind in Kind]
    return union_all(*promised, *held)


def _of(row: type[Commitment | Hold], kind: Kind, is_some: bool) -> Loads:
    """A query for each kind, so that the index leads to the weeks of time at once."""
    loads = select(row.resource_id, row.week, row.since, row.deal_id, func.sum(row.quantity))
    loads = loads.where(row.resource_id.in_(bindparam(str(kind), expanding=True)))
    loads = loads.where(in_span(row.week, is_some=is_some)) if kind is Kind.TIME else loads
    return loads.group_by(row.resource_id, row.week, row.since, row.deal_id)


def _in_order(imported: Mapping[date, int], parts: Mapping[date, Iterable[Part]]) -> dict[date, Queue]:
    return {week: Queue(imported.get(week, 0), tuple(sorted(parts.get(week, ())))) for week in (*imported, *parts)}
