"""Promises that can be kept again, because somebody else gave back what they lacked."""

from datetime import datetime

from models.deals.figures import figures_of
from models.deals.news import MEND, tell
from models.deals.reservations import move_promise, promised_cells
from models.deals.rows import Deal
from models.deals.terms import Checked, cannot_be_kept, check_promise
from models.workspace.history import record
from models.workspace.members import Member


def mend_if_kept(deal: Deal, *, by: Member | None, now: datetime, why: str | None = None) -> bool:
    """Where a promise lacks nothing any more, both owners are told.

    Work that had a choice may lie elsewhere, at no dearer overtime.
    """
    checked = check_promise(deal, now=now)
    if cannot_be_kept(checked.check) or not _is_no_dearer(deal, checked):
        return False
    lies = promised_cells(deal)
    if any(lies.get(cell) != amount for cell, amount in checked.check.placed.items()):
        move_promise(deal, checked.company, checked.check.needs, now=now)
    deal.broken_at = deal.broken_why = None
    tell(deal, record(deal, MEND, by=by, now=now, states=(deal.state, deal.state), why=why, details={}), now=now)
    return True


def _is_no_dearer(deal: Deal, checked: Checked) -> bool:
    """Work that is moved costs no overtime that was not agreed to."""
    figures = figures_of(deal)
    agreed = sum(use.cost for use in figures.uses) if figures else 0
    return not checked.check.placed or sum(use.cost for use in checked.check.overtime) <= agreed
