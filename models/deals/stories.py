"""What happened to deals, as the scoreboard reads it: frozen data from their history, in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from models.base.arithmetic import WEEK
from models.company.resources import Hold
from models.deals.deliveries import Delivery, deliveries_of
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.deals.states import OPEN, Move
from models.promise import Kind
from models.workspace.history import History
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace

# A question is none: it gives nobody an answer.
ANSWERS = frozenset({Move.APPROVE, Move.COMMIT, Move.COUNTER, Move.DECLINE})


@dataclass(frozen=True)
class Act:
    """An act upon a deal; `by` is None when Belay acted, `version` the terms that it was about."""

    move: str
    at: datetime
    by: int | None
    version: int
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Version:
    """Terms that a side put forward: (offer, quantity, unit price in minor units, week) for each line."""

    version: int
    side: Side
    at: datetime
    lines: tuple[tuple[str, int, int, date], ...]
    is_all_standard: tuple[bool, ...] = ()
    is_customers_wish: bool = False


@dataclass(frozen=True)
class HeldFor:
    """What the counter of a version held of a resource, in thousandths; `ended_at` is when it stopped to count."""

    version: int
    held_at: datetime
    ended_at: datetime
    amount: int
    resource: str = ""


@dataclass(frozen=True)
class Owed:
    """A delivery that is due in a week, and what became of it; None where nobody has reported."""

    week: date
    quantity: int
    arrived: date | None = None
    delivered: int | None = None
    reported_at: datetime | None = None

    @property
    def is_kept(self) -> bool | None:
        """Whether it came in time and in full; None while nobody has reported."""
        if self.arrived is None or self.delivered is None:
            return None
        return self.arrived <= self.week and self.delivered >= self.quantity


@dataclass(frozen=True)
class Story:
    """A deal from its proposal to its end."""

    number: int
    seller: int
    proposed_at: datetime
    acts: tuple[Act, ...]
    versions: tuple[Version, ...]
    holds: tuple[HeldFor, ...] = ()
    owed: tuple[Owed, ...] = ()

    @property
    def first_answer(self) -> Act | None:
        """The first thing that the other side did about it."""
        return next((act for act in self.acts if act.move in ANSWERS and act.by not in {None, self.seller}), None)

    @property
    def commits(self) -> tuple[Act, ...]:
        """The promises, in their order."""
        return tuple(act for act in self.acts if act.move == Move.COMMIT)

    def terms(self, version: int) -> Version:
        """The terms of a version."""
        return next(one for one in self.versions if one.version == version)

    def before(self, version: int) -> Version | None:
        """The terms before a version."""
        return next((one for one in reversed(self.versions) if one.version < version), None)


def stories_of(workspace: Workspace, *, since: datetime, until: datetime, only: Member | None = None) -> list[Story]:
    """Deals to which anything happened in a period, that wait, or that were due, with all that happened before its end.

    `only`: those that a person sells, or has acted upon.
    """
    session = workspace.session
    of_deals = select(History).where(History.workspace_id == workspace.id, History.subject == Deal.__tablename__)
    touched = of_deals.where(History.at >= since, History.at < until).with_only_columns(History.subject_id)
    due = select(Delivery.deal_id).where(Delivery.workspace_id == workspace.id)
    due = due.where(Delivery.week >= workspace.today(since) - 2 * WEEK, Delivery.week < workspace.today(until))
    waiting = Deal.state.in_(OPEN) & (Deal.proposed_at < until)
    known = select(Deal).where(Deal.workspace_id == workspace.id).order_by(Deal.id)
    known = known.where(or_(Deal.id.in_(touched), Deal.id.in_(due), waiting))
    if only is not None:
        own = of_deals.where(History.by_id == only.id).with_only_columns(History.subject_id)
        known = known.where(or_(Deal.seller_id == only.id, Deal.id.in_(own)))
    deals = session.scalars(known.options(selectinload(Deal.proposals).selectinload(Proposal.lines))).all()
    ids = [deal.id for deal in deals]
    acts: defaultdict[int, list[History]] = defaultdict(list)
    for act in session.scalars(of_deals.where(History.subject_id.in_(ids), History.at < until).order_by(History.id)):
        acts[act.subject_id].append(act)
    holds: defaultdict[int, list[Hold]] = defaultdict(list)
    held = select(Hold).where(Hold.deal_id.in_(ids)).options(selectinload(Hold.resource)).order_by(Hold.id)
    for hold in session.scalars(held):
        holds[hold.deal_id].append(hold)
    owed = deliveries_of(workspace, ids)
    return [_story(deal, acts[deal.id], holds[deal.id], owed.get(deal.id, ())) for deal in deals]


def _story(deal: Deal, acts: Iterable[History], holds: Iterable[Hold], owed: Iterable[Delivery]) -> Story:
    versions = {proposal.id: proposal.version for proposal in deal.proposals}
    return Story(
        number=deal.number,
        seller=deal.seller_id,
        proposed_at=deal.proposed_at,
        acts=tuple(Act(a.move, a.at, a.by_id, int(a.details.get("version", 1)), _details(a)) for a in acts),
        versions=tuple(
            Version(
                proposal.version,
                proposal.side,
                proposal.proposed_at,
                tuple((line.offer.name, line.quantity, line.unit_price, line.week) for line in proposal.lines),
                tuple(line.offer.standard for line in proposal.lines),
                proposal.is_customers_wish,
            )
            for proposal in deal.proposals
        ),
        holds=tuple(
            HeldFor(
                versions[hold.proposal_id],
                hold.held_at,
                hold.released_at or hold.expires_at,
                hold.quantity,
                hold.resource.name,
            )
            for hold in holds
            if hold.resource.kind == Kind.TIME
        ),
        owed=tuple(Owed(one.week, one.quantity, one.arrived, one.delivered, one.reported_at) for one in owed),
    )


def _details(act: History) -> Mapping[str, Any]:
    return {**act.details, "why": act.why or ""}
