"""The one door through which a deal changes its state."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.base.errors import NotFound, TooLate
from models.base.language import _
from models.base.words import instant_text, locale_of
from models.deals.decisions import Decision
from models.deals.news import tell
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.deals.rules import objection
from models.deals.speaking import principal_of
from models.deals.states import TRANSITIONS, Move
from models.deals.steps import Step
from models.deals.turns import pass_turn
from models.workspace.history import History, record
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace


def find_deal(workspace: Workspace, deal_id: int) -> Deal:
    """A deal of this workspace."""
    deal = workspace.session.scalar(select(Deal).where(Deal.workspace_id == workspace.id, Deal.id == deal_id))
    if deal is None:
        raise NotFound(_("That deal is not here."))
    return deal


def find_number(workspace: Workspace, number: int) -> Deal:
    """A deal by the number that people use."""
    deal = workspace.session.scalar(select(Deal).where(Deal.workspace_id == workspace.id, Deal.number == number))
    if deal is None:
        raise NotFound(_("There is no deal #{number}. `/deal list` shows those that are open.", number=number))
    return deal


def enter(deal: Deal, move: Move, *, by: Member, version: int | None = None) -> None:
    """Lock a deal, see it as it is now, and refuse who may not, or what was decided on older terms."""
    deal.session.flush()
    deal.session.expire_all()
    deal.lock()
    refused = objection(deal, move, by=by)
    if refused:
        raise refused
    check_version(deal, version, by=by)


def check_version(deal: Deal, version: int | None, *, by: Member) -> None:
    """Refuse what was decided on older terms."""
    proposal = deal.proposal
    if version is not None and version != proposal.version:
        at = instant_text(proposal.proposed_at, by.timezone, locale_of(by.locale))
        raise TooLate(
            _(
                "The terms have changed: {name} proposed version {version}, {at}. Look again.",
                name=proposal.author.name,
                version=proposal.version,
                at=at,
            )
        )


def advance(
    deal: Deal,
    move: Move,
    *,
    by: Member | None,
    now: datetime,
    why: str | None = None,
    details: dict[str, Any] | None = None,
) -> History:
    """Change the state, pass the turn, write the history, queue the news."""
    before, after = deal.state, TRANSITIONS[deal.state, move]
    deal.state = after
    pass_turn(deal, now=now)
    details = {"version": deal.proposal.version} | _for_whom(deal, by, now) | (details or {})
    act = record(deal, move, by=by, now=now, states=(before, after), why=why, details=details)
    tell(deal, act, now=now)
    return act


def _for_whom(deal: Deal, by: Member | None, now: datetime) -> dict[str, str]:
    """For whom a deputy acts: for the seller, or for who was asked."""
    if by is None or len(by.principals) == 1:
        return {}
    last = deal.decisions[-1] if deal.decisions else None
    principal = last.on_behalf_of if last is not None and last.by_id == by.id and last.at == now else None
    if deal.proposal.author_id == by.id and deal.proposal.proposed_at == now:
        principal = deal.proposal.on_behalf_of
    if by.id != deal.seller_id and by.represents(deal.seller_id):
        principal = deal.seller
    return {"for": principal.name} if principal else {}


def decide(
    deal: Deal,
    move: Move,
    *,
    side: Side,
    by: Member,
    now: datetime,
    step: Step | None = None,
    code: str | None = None,
    why: str | None = None,
    overtime_agreed: int | None = None,
    on: Proposal | None = None,
) -> Decision:
    """Write down a decision on the present terms, or on an earlier proposal."""
    terms = (on or deal.proposal).id
    principal = principal_of(deal, side, step, by)
    decision = Decision(workspace=deal.workspace, deal=deal, proposal_id=terms, move=move, side=side, by=by)
    decision.step_id, decision.on_behalf_of = step.id if step else None, principal
    decision.at, decision.code, decision.why, decision.overtime_agreed = now, code, why, overtime_agreed
    deal.session.add(decision)
    deal.session.flush()
    return decision
