"""Several deals that wait for one person, decided in one form: each is checked on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.base.errors import Refused
from models.deals.deciding import approve
from models.deals.rows import Deal
from models.deals.rules import may
from models.deals.speaking import step_to_answer
from models.deals.states import Move
from models.deals.terms import lock_needed
from models.deals.transitions import find_deal
from models.promise import Check
from models.promise.check import Verdict
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_AT_ONCE = 10


@dataclass(frozen=True)
class Seen:
    """A deal as somebody saw it."""

    deal: int
    version: int


@dataclass(frozen=True)
class Answered:
    """A deal that was approved, or why it was not."""

    deal: Deal
    refused: str = ""


def is_plain_yes(deal: Deal, check: Check, by: Member) -> bool:
    """Whether a yes takes nothing but a yes: it fits without overtime, and nobody has to say why."""
    if check.verdict is not Verdict.FITS or not may(deal, Move.APPROVE, by=by):
        return False
    step = step_to_answer(deal, by)
    return step is not None and not step.is_about_margin


def approve_each(workspace: Workspace, seen: Sequence[Seen], *, by: Member, now: datetime) -> list[Answered]:
    """Approve deals as they were seen; what cannot be approved any more stays as it is, and says why.

    All of them, and all that they need, are locked before any is decided: nobody waits for both of two.
    """
    session = workspace.session
    known = select(Deal).where(Deal.workspace_id == workspace.id, Deal.id.in_([one.deal for one in seen]))
    deals = session.scalars(known.order_by(Deal.id).with_for_update(key_share=True)).all()
    lock_needed(workspace, [line.offer for deal in deals for line in deal.proposal.lines])
    return [_approved(workspace, one, by, now) for one in seen[:MOST_AT_ONCE]]


def _approved(workspace: Workspace, one: Seen, by: Member, now: datetime) -> Answered:
    session = workspace.session
    try:
        with session.begin_nested():
            deal = find_deal(workspace, one.deal)
            approve(deal, by=by, now=now, version=one.version)
        return Answered(deal)
    except Refused as refused:
        session.expire_all()
        return Answered(find_deal(workspace, one.deal), refused.sentence)
