"""Yes in seconds: what nobody has to agree to is promised at once, and operations may undo it for a working hour."""

from datetime import datetime, timedelta

from models.base.errors import Refused, TooLate
from models.base.language import _
from models.deals.approvals import ask_approvers
from models.deals.committing import commit
from models.deals.figures import forget_figures, is_overtime_agreed
from models.deals.reservations import held_until, release_capacity
from models.deals.rows import Deal
from models.deals.states import Move, State
from models.deals.terms import Checked, check_deal
from models.deals.transitions import advance, decide, enter
from models.deals.turns import pass_turn
from models.workspace.members import Member
from models.workspace.roles import Side

UNDO_TIME = timedelta(hours=1)


def approve_on_the_spot(deal: Deal, *, now: datetime) -> None:
    """Promise terms that wait for nobody, where they still ask nobody when they are checked under lock."""
    if deal.awaiting:
        return
    checked = check_deal(deal, now=now, is_locking=True)
    ask_approvers(deal, checked, now=now)
    if not deal.awaiting and not checked.check.shortages and _is_overtime_agreed(deal, checked, now):
        commit(deal, checked, by=None, now=now)
    elif not deal.awaiting:
        # All had agreed, and it is not to be had any more: they look at it again.
        for given in deal.proposal.agreements:
            given.taken_back_at = now
    pass_turn(deal, now=now)


def _is_overtime_agreed(deal: Deal, checked: Checked, now: datetime) -> bool:
    return is_overtime_agreed(deal.proposal, checked.check, is_held=held_until(deal, now=now) is not None)


def undo_until(deal: Deal) -> datetime | None:
    """Until when operations can undo a promise that was made on the spot; None where there is nothing to undo."""
    if deal.state != State.APPROVED or deal.promised_at is None or not deal.proposal.is_on_the_spot:
        return None
    return deal.workspace.hours.after(deal.promised_at, UNDO_TIME)


def undo(deal: Deal, *, by: Member, now: datetime, why: str) -> None:
    """Operations take back what was approved on the spot: its capacity is free again, and they are asked after all."""
    enter(deal, Move.UNDO, by=by)
    until = undo_until(deal)
    if until is None or until < now:
        raise TooLate(_("The hour to undo this is over. Ask {name} to change the deal.", name=deal.seller.name))
    if not why.strip():
        raise Refused(_("Say in a sentence why, so that the seller can tell the customer."), field="why")
    release_capacity(deal, now=now)
    forget_figures(deal.proposal)
    deal.promised_id = deal.first_promised_id = deal.promised_at = deal.win_by = None
    decide(deal, Move.UNDO, side=Side.OPERATIONS, by=by, now=now, why=why.strip())
    ask_approvers(deal, check_deal(deal, now=now), now=now)
    advance(deal, Move.UNDO, by=by, now=now, why=why.strip())
