"""The live form of terms: a draft, checked as far as it goes."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from sqlalchemy.orm import Session

from handlers.blocks.terms import TermsForm
from handlers.forms import LineDraft, TermsDraft
from handlers.ids import Callback, Target
from handlers.phrases import as_sentence
from handlers.terms import read_terms
from models.deals.door import find_deal
from models.deals.rows import Deal
from models.deals.terms import MOST_LINES, check_terms
from models.errors import Refused
from models.members import Member
from models.words import locale_of
from models.workspaces import Workspace


def live_form(
    session: Session,
    workspace: Workspace,
    by: Member,
    now: datetime,
    callback: Callback,
    draft: TermsDraft,
    target: Target,
    heading: str = "",
) -> TermsForm:
    """Check a draft as it is; what is still missing is said, not complained about."""
    form = TermsForm(callback, draft, target, locale_of(by.locale), heading=heading)
    if not all(line.offer and line.quantity and line.day for line in draft.lines if not line.is_empty):
        return form
    if all(line.is_empty for line in draft.lines):
        return form
    deal = find_deal(session, workspace, target.deal) if target.deal else None
    try:
        terms = read_terms(session, workspace, draft, form.locale)
        checked = check_terms(session, workspace, terms, now=now, deal=deal, customer=draft.customer)
    except Refused as refused:
        return replace(form, missing=as_sentence(refused.sentence))
    return replace(form, checked=checked)


def draft_of_deal(deal: Deal, locale: Locale) -> TermsDraft:
    """The present terms of a deal, to be changed."""
    return TermsDraft(
        customer=deal.customer,
        lines=tuple(
            LineDraft(
                offer=str(line.offer_id),
                offer_name=line.offer.name,
                quantity=str(line.quantity),
                price=_price(line.unit_price, deal.workspace, locale),
                day=line.week.isoformat(),
            )
            for line in deal.proposal.lines
        ),
    )


def line_added(draft: TermsDraft) -> TermsDraft:
    """One more line, while a deal may hold one."""
    more = (LineDraft(),) if len(draft.lines) < MOST_LINES else ()
    return replace(draft, lines=draft.lines + more)


def line_removed(draft: TermsDraft, target: Target, number: int) -> tuple[TermsDraft, Target]:
    """One line less; a new revision, because the other lines move up."""
    kept = tuple(line for position, line in enumerate(draft.lines) if position != number)
    return replace(draft, lines=kept or (LineDraft(),)), replace(target, revision=target.revision + 1)


def _price(minor: int, workspace: Workspace, locale: Locale) -> str:
    places = "." + "0" * workspace.places if workspace.places else ""
    return format_decimal(Decimal(minor).scaleb(-workspace.places), f"0{places}", locale=locale)
