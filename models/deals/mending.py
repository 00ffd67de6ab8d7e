"""Promises that can be kept again, because somebody else gave back what they lacked."""

from datetime import datetime

from sqlalchemy import select

from models.company.offers import needed_resources
from models.deals.figures import figures_of
from models.deals.news import tell
from models.deals.reservations import commit_capacity, promised_cells
from models.deals.rows import Deal, Proposal, ProposalLine
from models.deals.states import State
from models.deals.terms import Checked, cannot_be_kept, check_promise
from models.workspace.history import record
from models.workspace.members import Member

MEND = "mend"


def mend(deal: Deal, *, by: Member | None, now: datetime, why: str | None = None, freed_by: int | None = None) -> None:
    """A promise can be kept again: both owners are told; `freed_by` is the deal that gave back what it lacked."""
    deal.broken_at = deal.broken_why = None
    states, details = (deal.state, deal.state), {"freed_by": freed_by} if freed_by else {}
    tell(deal, record(deal, MEND, by=by, now=now, states=states, why=why, details=details), now=now)


def mend_others(deal: Deal, *, by: Member | None, now: datetime) -> list[Deal]:
    """Promises on the same resources that can be kept now that a deal has given something back, the first made first.

    Whoever is being decided upon at this moment is left alone: to wait for them could be to wait for each other.
    """
    mended = []
    for other in _broken_beside(deal):
        checked = check_promise(other, now=now)
        if not cannot_be_kept(checked.check) and _is_no_dearer(other, checked):
            _lie_anew(other, checked, now)
            mend(other, by=by, now=now, freed_by=deal.number)
            mended.append(other)
    return mended


def _broken_beside(deal: Deal) -> list[Deal]:
    needed = needed_resources()
    own = select(needed.c.resource_id).join(ProposalLine, ProposalLine.offer_id == needed.c.offer_id)
    own = own.join(Proposal, Proposal.id == ProposalLine.proposal_id).where(Proposal.deal_id == deal.id)
    beside = select(Deal.id).join(ProposalLine, ProposalLine.proposal_id == Deal.promised_id)
    beside = beside.join(needed, needed.c.offer_id == ProposalLine.offer_id).where(needed.c.resource_id.in_(own))
    broken = select(Deal).where(Deal.id.in_(beside), Deal.id != deal.id, Deal.broken_at.is_not(None))
    broken = broken.where(Deal.state.in_([State.APPROVED, State.WON])).order_by(Deal.promised_at, Deal.id)
    return list(deal.session.scalars(broken.with_for_update(skip_locked=True, key_share=True, of=Deal)))


def _is_no_dearer(deal: Deal, checked: Checked) -> bool:
    """Work that is moved costs no overtime that was not agreed to."""
    figures = figures_of(deal)
    agreed = sum(use.cost for use in figures.uses) if figures else 0
    return not checked.check.placed or sum(use.cost for use in checked.check.overtime) <= agreed


def _lie_anew(deal: Deal, checked: Checked, now: datetime) -> None:
    """Work that had a choice lies where it fits now."""
    lies = promised_cells(deal)
    if any(lies.get(cell) != amount for cell, amount in checked.check.placed.items()):
        commit_capacity(deal, checked.check.needs, now=now)
