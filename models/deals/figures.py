"""What was agreed stays as agreed: the figures of terms, kept when they are held or promised."""

from dataclasses import asdict
from datetime import datetime

from models.deals.proposals import Figures, Proposal
from models.deals.rows import Deal
from models.deals.states import State
from models.promise import Check

PROMISED = frozenset({State.APPROVED, State.WON, State.DELIVERED})


def keep_figures(proposal: Proposal, check: Check, *, now: datetime) -> Figures:
    """Write down what terms leave as of now; once, because they are not to change afterwards."""
    if proposal.figures is None:
        row = Figures(workspace=proposal.workspace, proposal=proposal, kept_at=now, money=asdict(check.margin))
        row.overtime = [[use.resource, use.week.isoformat(), use.quantity, use.cost] for use in check.overtime]
        proposal.session.add(row)
        proposal.session.flush()
        return row
    return proposal.figures


def forget_figures(proposal: Proposal) -> None:
    """The hold that they were kept for has expired: what is agreed now is agreed at today's figures."""
    if proposal.figures is not None:
        proposal.session.delete(proposal.figures)
        proposal.session.flush()
        proposal.session.refresh(proposal, ["figures"])


def figures_of(deal: Deal) -> Figures | None:
    """The figures that a promise was made for; None while terms are negotiated, and of promises from before."""
    return deal.proposal.figures if deal.state in PROMISED else None


def is_overtime_agreed(proposal: Proposal, check: Check, *, is_held: bool) -> bool:
    """Whether what is needed of overtime is no more than was agreed to: hour by hour while it is held, else by cost."""
    figures = proposal.figures if is_held else None
    agreed = {(use.resource, use.week): use.quantity for use in figures.uses} if figures else {}
    if figures and all(use.quantity <= agreed.get((use.resource, use.week), 0) for use in check.overtime):
        return True
    allowed = proposal.overtime_allowed
    return not check.overtime or (allowed is not None and check.overtime_cost <= allowed)
