"""The live form of terms: a draft, checked as far as it goes, with the ways to yes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial

from babel import Locale
from babel.numbers import format_decimal
from slack_sdk.models.views import View

from handlers.deals.drafts import LineDraft, TermsDraft
from handlers.deals.seen import look_again, posted_already, seen
from handlers.deals.targets import TakenLine, TermsTarget
from handlers.deals.terms import read_terms
from handlers.deals.terms_view import TermsForm, terms_view
from handlers.deals.ways import search_now
from handlers.slack.ids import Callback
from handlers.slack.refusals import EARLIER
from handlers.slack.replies import Show
from handlers.slack.text import as_sentence
from models.base.errors import Refused
from models.base.language import _
from models.base.words import locale_of
from models.company.offers import OfferRow, offers_by_id
from models.company.reserves import campaigns
from models.deals.approvals import whom_to_ask
from models.deals.card_steps import CardStep, foreseen_steps
from models.deals.clauses import clause_fields
from models.deals.known_ways import ways_known
from models.deals.proposing import similar_deals
from models.deals.reservations import hold_until, promised_cells
from models.deals.rivals import rivalry_over
from models.deals.rows import Deal
from models.deals.rules import check_may, check_may_propose, may_see_numbers
from models.deals.states import Move
from models.deals.steps import SIDE_OF
from models.deals.terms import MOST_LINES, Checked, Terms, check_deal, check_terms, searchable
from models.deals.transitions import find_deal
from models.deals.ways import needs_ways
from models.deals.who_may import side_countering
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

FORMS = {Callback.PROPOSE, Callback.REVISE, Callback.COUNTER, Callback.COUNTER_BACK, Callback.CHANGE}


def live_form(
    workspace: Workspace,
    by: Member,
    now: datetime,
    callback: Callback,
    draft: TermsDraft,
    target: TermsTarget,
    heading: str = "",
) -> Show:
    """Check a draft as it is; what is still missing is said, not complained about. Ways to yes come a moment later."""
    deal = _find(workspace, target)
    form = _form(workspace, by, now, callback, draft, target, deal)
    return _shown(replace(form, heading=heading), workspace, now, deal)


def unless_seen(
    workspace: Workspace, by: Member, now: datetime, callback: Callback, draft: TermsDraft, target: TermsTarget
) -> Show | None:
    """The form once more, when what it would do is not what its person saw; None when it is."""
    deal = _find(workspace, target)
    form = _form(workspace, by, now, callback, draft, target, deal)
    if form.checked is None or seen(form.checked, target).seen == target.seen:
        return None
    sentences = look_again(form.checked, target, form.submit, form.locale)
    return _shown(replace(form, look_again=sentences), workspace, now, deal)


def form_named(callback: str) -> Callback:
    """The form of terms that a button stands in; another form has no terms."""
    if callback not in FORMS:
        raise Refused(_(EARLIER))
    return Callback(callback)


def check_may_edit(workspace: Workspace, by: Member, callback: Callback, target: TermsTarget) -> None:
    """A verdict, and what loads a week, are for who may submit the form."""
    deal = _find(workspace, target)
    if deal is None or callback is Callback.PROPOSE:
        check_may_propose(by)
    else:
        check_may(deal, Move(callback), by=by)


def unless_known(
    workspace: Workspace, by: Member, now: datetime, draft: TermsDraft, terms: Terms, target: TermsTarget
) -> Show | None:
    """The form once more, when there is an open deal that looks like it; None when its person knows of all such."""
    similar = similar_deals(workspace, draft.customer, terms)
    if {deal.id for deal in similar} <= set(target.similar):
        return None
    known = replace(target, similar=[deal.id for deal in similar])
    form = _form(workspace, by, now, Callback.PROPOSE, draft, known, None)
    return _shown(replace(form, look_again=[posted_already(similar, form.submit)]), workspace, now, None)


def _find(workspace: Workspace, target: TermsTarget) -> Deal | None:
    return find_deal(workspace, target.deal) if target.deal else None


def _form(
    workspace: Workspace,
    by: Member,
    now: datetime,
    callback: Callback,
    draft: TermsDraft,
    target: TermsTarget,
    deal: Deal | None,
) -> TermsForm:
    clauses = clause_fields(workspace, deal.proposal if deal else None)
    form = TermsForm(callback, draft, target, locale_of(by.locale), clauses=clauses)
    if callback is Callback.COUNTER and deal:
        form = _against_the_ask(form, deal, now)
    if callback is Callback.PROPOSE:
        form = replace(form, campaigns=campaigns(workspace, now=now))
    return _checked(form, workspace, by, now, deal)


def _shown(form: TermsForm, workspace: Workspace, now: datetime, deal: Deal | None) -> Show:
    sought = form.asked or form.checked
    if form.ways is not None or sought is None or not needs_ways(sought):
        return Show(terms_view(form))
    whole = searchable(workspace, sought, now=now, deal=deal, campaign=form.draft.campaign)
    return Show(terms_view(form), later=partial(_with_ways, form, whole))


def _against_the_ask(form: TermsForm, deal: Deal, now: datetime) -> TermsForm:
    """Operations counter what was asked: its ways stay on the form, whatever is typed."""
    until = hold_until(deal.workspace, now=now)
    asked = check_deal(deal, now=now)
    ways = ways_known(deal, now=now) if needs_ways(asked) else ()
    return replace(form, asked=asked, ways=ways, held_until=until, promised=promised_cells(deal))


def _checked(form: TermsForm, workspace: Workspace, by: Member, now: datetime, deal: Deal | None) -> TermsForm:
    lines = [line for line in form.draft.lines if not line.is_empty]
    if not lines or not all(line.offer and line.quantity and line.day for line in lines):
        return form
    try:
        terms = read_terms(workspace, form.draft, form.locale, deal.proposal if deal else None)
        about = {"customer": form.draft.customer, "campaign": form.draft.campaign}
        checked = check_terms(workspace, terms, now=now, deal=deal, **about)
    except Refused as refused:
        return replace(form, missing=as_sentence(refused.sentence))
    rivalry = rivalry_over(workspace, checked, now=now, without=deal)
    return replace(form, checked=checked, rivalry=rivalry, steps=_foreseen(form, workspace, by, checked, terms, deal))


def _foreseen(
    form: TermsForm, workspace: Workspace, by: Member, checked: Checked, terms: Terms, deal: Deal | None
) -> tuple[CardStep, ...]:
    """Who would have to agree; whoever counters for operations has agreed by that."""
    seller, customer = deal.seller if deal else by, form.draft.customer
    asked = whom_to_ask(workspace, checked, seller=seller, deal=deal, customer=customer, clauses=terms.clauses)
    side = side_countering(deal, by) if deal and form.callback is Callback.COUNTER else None
    others = [one for one in asked if side is None or one.role is None or SIDE_OF.get(one.role) is not side]
    return foreseen_steps(workspace, others, sees_numbers=may_see_numbers(by))


def _with_ways(form: TermsForm, sought: Checked) -> View:
    return terms_view(replace(form, ways=search_now(sought)))


def draft_of_deal(deal: Deal, locale: Locale) -> TermsDraft:
    """The present terms of a deal, to be changed."""
    lines = [(line.offer, line.quantity, line.unit_price, line.week.isoformat()) for line in deal.proposal.lines]
    return TermsDraft(customer=deal.customer, lines=tuple(_draft(*line, deal.workspace, locale) for line in lines))


def way_taken(workspace: Workspace, draft: TermsDraft, taken: Sequence[TakenLine], locale: Locale) -> TermsDraft:
    """A draft with the lines of a way to yes."""
    offers = offers_by_id(workspace, [offer for offer, *_ in taken])
    lines = [_draft(offers[offer], quantity, price, week, workspace, locale) for offer, quantity, price, week in taken]
    return replace(draft, lines=tuple(lines) or draft.lines)


def line_added(draft: TermsDraft) -> TermsDraft:
    """One more line, while a deal may hold one."""
    more = (LineDraft(),) if len(draft.lines) < MOST_LINES else ()
    return replace(draft, lines=draft.lines + more)


def line_removed(draft: TermsDraft, target: TermsTarget, number: int) -> tuple[TermsDraft, TermsTarget]:
    """One line less; a new revision, because the other lines move up."""
    kept = tuple(line for position, line in enumerate(draft.lines) if position != number)
    return replace(draft, lines=kept or (LineDraft(),)), replace(target, revision=target.revision + 1)


def _draft(offer: OfferRow, quantity: int, price: int, week: str, workspace: Workspace, locale: Locale) -> LineDraft:
    return LineDraft(str(offer.id), offer.name, str(quantity), _price(price, workspace, locale), week)


def _price(minor: int, workspace: Workspace, locale: Locale) -> str:
    places = "." + "0" * workspace.places if workspace.places else ""
    return format_decimal(Decimal(minor).scaleb(-workspace.places), f"0{places}", locale=locale)
