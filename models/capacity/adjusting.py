"""Steering capacity: a week that differs, stock that will arrive, and the promises that this would break."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Select, or_, select

from models.api.webhooks import Event, announce
from models.base.errors import NotFound, NotYours, Refused
from models.base.language import _
from models.capacity.changes import noting
from models.capacity.moving import keeps, move_work
from models.company.offers import needed_resources
from models.company.queues import in_force
from models.company.resources import Commitment, Hold, ReceiptRow, ResourceRow, WeekExceptionRow
from models.deals.lists import WITH_ALL
from models.deals.mend_requests import request_mending
from models.deals.news import tell_all_of
from models.deals.proposals import Proposal, ProposalLine
from models.deals.reservations import lock_resources
from models.deals.rows import Deal
from models.deals.states import OPEN, Move, State
from models.deals.terms import Checked, cannot_be_kept, check_adjusted, check_deals, check_promises
from models.deals.transitions import advance
from models.promise import Adjustment, Kind
from models.workspace.history import History, record
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

ADJUST = "adjust"
KEPT = (*OPEN, State.APPROVED, State.WON)


class CheckEach(Protocol):
    """A check of several deals."""

    def __call__(self, deals: Sequence[Deal], *, now: datetime) -> list[Checked]: ...


def find_resource(workspace: Workspace, resource_id: int) -> ResourceRow:
    """A resource of this workspace."""
    rows = select(ResourceRow).where(ResourceRow.workspace_id == workspace.id, ResourceRow.id == resource_id)
    row = workspace.session.scalar(rows)
    if row is None:
        raise NotFound(_("That resource is not there any more. Choose another one."), field="resource")
    return row


def check_may_adjust(by: Member) -> None:
    """Capacity is steered by operations."""
    if not by.has(Role.OPERATIONS):
        raise NotYours(_("Capacity is adjusted by operations."))


@dataclass(frozen=True)
class Breaking:
    """The deals whose promise, or whose hold, could be kept before a change and cannot be kept after it."""

    promises: Sequence[Deal] = ()
    holds: Sequence[Deal] = ()

    @property
    def deals(self) -> list[Deal]:
        """All of them."""
        return [*self.promises, *self.holds]


NONE_BREAKS = Breaking()


def check_can_adjust(row: ResourceRow, adjustment: Adjustment, *, now: datetime) -> None:
    """A reason, and a week that is still to come."""
    if not adjustment.reason.strip():
        raise Refused(_("Why? The owners of the deals will read it."), field="reason")
    if adjustment.week < row.workspace.this_week(now):
        raise Refused(_("That week is over."), field="date")


def breaking(workspace: Workspace, adjustment: Adjustment, *, now: datetime) -> Breaking:
    """What a change of a week would break."""
    names = [adjustment.resource]

    def is_kept(checked: Checked) -> bool:
        return keeps(checked, check_adjusted(checked, adjustment.apply))

    promised, held = promised_on(workspace, names, now), _held_on(workspace, names, now)
    return Breaking(
        [deal for deal, checked in _kept(promised, check_promises, now) if not is_kept(checked)],
        [deal for deal, checked in _kept(held, check_deals, now) if not is_kept(checked)],
    )


def has_broken(workspace: Workspace, *, now: datetime) -> bool:
    """Whether some promise cannot be kept as of now."""
    broken = select(Deal).where(Deal.workspace_id == workspace.id, Deal.state.in_(KEPT), Deal.broken_at.is_not(None))
    deals = workspace.session.scalars(broken.options(*WITH_ALL)).all()
    return any(cannot_be_kept(checked.check) for checked in check_promises(deals, now=now))


def adjust(row: ResourceRow, adjustment: Adjustment, *, by: Member, now: datetime) -> Breaking:
    """Change a week, with a reason; the promises that break are told to both owners, and stay as they are."""
    check_may_adjust(by)
    check_can_adjust(row, adjustment, now=now)
    workspace = row.workspace

    def change() -> History:
        changes = noting(workspace, [row.id], lambda: write_adjustments(row, [adjustment]))
        details: dict[str, Any] = {"week": adjustment.week.isoformat(), "available": adjustment.available}
        details |= {"overtime": adjustment.overtime, "receipt": adjustment.receipt}
        details |= {"changes": [one.written() for one in changes]}
        return record(row, ADJUST, by=by, now=now, why=adjustment.reason.strip(), details=details)

    return steer(workspace, [adjustment.resource], change, why=adjustment.reason, by=by, now=now)


def write_adjustments(row: ResourceRow, adjustments: Iterable[Adjustment]) -> None:
    """Keep changes of weeks, or what arrives in them."""
    weeks = {week.week: week for week in row.weeks}
    receipts = {receipt.week: receipt for receipt in row.receipts}
    for adjustment in adjustments:
        if row.kind == Kind.STOCK:
            receipt = receipts.get(adjustment.week) or ReceiptRow(workspace=row.workspace, week=adjustment.week)
            receipt.quantity = adjustment.receipt or 0
            receipts[adjustment.week] = receipt
            continue
        week = weeks.get(adjustment.week) or WeekExceptionRow(workspace=row.workspace, week=adjustment.week)
        # What equals the usual stays usual when that changes.
        week.available = None if adjustment.available == row.weekly else adjustment.available
        week.overtime = None if adjustment.overtime == row.overtime else adjustment.overtime
        week.reason = adjustment.reason.strip()[:200] or None
        weeks[adjustment.week] = week
    row.weeks[:], row.receipts[:] = weeks.values(), receipts.values()


def steer(
    workspace: Workspace,
    names: Iterable[str],
    change: Callable[[], History | None],
    *,
    why: str,
    by: Member | None,
    now: datetime,
) -> Breaking:
    """Change capacity or load, and tell of each promise that could be kept before and cannot be kept now.

    A hold that breaks is shown on its card, where the terms are checked afresh. The act that is written down for the
    change says which deals it broke.
    """
    touched = set(names)
    lock_touched(workspace, touched)
    before = dict(_kept(promised_on(workspace, touched, now), check_promises, now))
    kept = list(before)
    held = can_be_kept(_held_on(workspace, touched, now), check_deals, now)
    act = change()
    workspace.session.flush()
    still_kept, still_held = can_be_kept(kept, check_promises, now), can_be_kept(held, check_deals, now)
    costlier = move_work({deal: before[deal] for deal in still_kept}, why=why.strip(), by=by, now=now)
    broken = [deal for deal in kept if deal not in still_kept or deal in costlier]
    for deal in broken:
        deal.broken_at, deal.broken_why = now, why.strip() or None
        advance(deal, Move.BREAK, by=by, now=now, why=why.strip() or None)
    request_mending(workspace, now=now)
    ids = select(ResourceRow.id).where(ResourceRow.workspace_id == workspace.id, ResourceRow.name.in_(touched))
    tell_all_of(workspace, workspace.session.scalars(ids), now=now)
    breaks = Breaking(broken, [deal for deal in held if deal not in still_held])
    if act is not None and breaks.deals:
        act.details = act.details | {"broke": [deal.id for deal in breaks.deals]}
    if act is not None and act.details.get("changes") != []:
        announce(workspace, Event.CAPACITY, act, about="capacity", now=now)
    return breaks


def lock_touched(workspace: Workspace, names: Collection[str]) -> None:
    """Lock what a change of resources may reach: the deals on them, then the resources, as whoever decides a deal does.

    In another order two would wait for each other, and PostgreSQL would send one of them away.
    """
    loads = (_of_deals(Commitment, workspace, names), _of_deals(Hold, workspace, names))
    deals = select(Deal.id).where(Deal.workspace_id == workspace.id, or_(*(Deal.id.in_(ids) for ids in loads)))
    live = deals.where(Deal.state.in_([*KEPT, State.COUNTERED]))
    locked = workspace.session.scalars(live.order_by(Deal.id).with_for_update(key_share=True)).all()
    lock_resources(workspace, {*names, *needed_by(workspace, locked)})


def needed_by(workspace: Workspace, deal_ids: Collection[int]) -> Sequence[str]:
    """All that deals may be worked on: what is pushed out of one resource may go to another."""
    needed = needed_resources()
    names = select(ResourceRow.name).join(needed, needed.c.resource_id == ResourceRow.id)
    names = names.join(ProposalLine, ProposalLine.offer_id == needed.c.offer_id)
    names = names.join(Proposal, Proposal.id == ProposalLine.proposal_id).where(Proposal.deal_id.in_(list(deal_ids)))
    return workspace.session.scalars(names.distinct()).all()


def _of_deals(row: type[Commitment | Hold], workspace: Workspace, names: Collection[str]) -> Select[int | None]:
    on_them = select(row.deal_id).join(ResourceRow, ResourceRow.id == row.resource_id)
    return on_them.where(
        ResourceRow.workspace_id == workspace.id, ResourceRow.name.in_(list(names)), row.released_at.is_(None)
    )


def promised_on(workspace: Workspace, names: Iterable[str], now: datetime) -> list[Deal]:
    """Deals with promises on resources, in weeks that are not over."""
    on_them = select(Commitment.deal_id).join(ResourceRow, ResourceRow.id == Commitment.resource_id)
    on_them = on_them.where(ResourceRow.workspace_id == workspace.id, ResourceRow.name.in_(list(names)))
    on_them = on_them.where(Commitment.released_at.is_(None), Commitment.week >= workspace.this_week(now))
    promised = select(Deal).where(Deal.workspace_id == workspace.id, Deal.state.in_(KEPT), Deal.id.in_(on_them))
    return list(workspace.session.scalars(promised.options(*WITH_ALL).order_by(Deal.id)))


def _held_on(workspace: Workspace, names: Iterable[str], now: datetime) -> list[Deal]:
    """Deals with a counter that holds resources."""
    on_them = select(Hold.deal_id).join(ResourceRow, ResourceRow.id == Hold.resource_id)
    on_them = on_them.where(ResourceRow.workspace_id == workspace.id, ResourceRow.name.in_(list(names)))
    countered = select(Deal).where(Deal.workspace_id == workspace.id, Deal.state == State.COUNTERED)
    countered = countered.where(Deal.id.in_(on_them.where(*in_force(now))))
    return list(workspace.session.scalars(countered.options(*WITH_ALL).order_by(Deal.id)))


def can_be_kept(deals: Sequence[Deal], check_each: CheckEach, now: datetime) -> list[Deal]:
    """Those of the deals that lack nothing."""
    return [deal for deal, _ in _kept(deals, check_each, now)]


def _kept(deals: Sequence[Deal], check_each: CheckEach, now: datetime) -> list[tuple[Deal, Checked]]:
    checks = zip(deals, check_each(deals, now=now), strict=True)
    return [(deal, checked) for deal, checked in checks if not cannot_be_kept(checked.check)]
