"""`/deal`: the form with its live check, and posting."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import Option

from handlers.deals.drafts import TermsDraft, draft_of
from handlers.deals.live_form import (
    check_may_edit,
    form_named,
    line_added,
    line_removed,
    live_form,
    unless_known,
    unless_seen,
    way_taken,
)
from handlers.deals.targets import TakenLine, TermsTarget, WordsTarget
from handlers.deals.terms import read_terms
from handlers.deals.words_read import WordsRead, is_a_deal, read_message, read_words
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show, Suggest
from handlers.slack.text import clip
from handlers.slack.values import whole
from models.base.words import locale_of
from models.company.offers import search_offers
from models.deals.proposing import propose_deal
from models.deals.rules import check_may_propose, check_sees_deals
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@opens(Act.PROPOSE, command="/deal", shortcut="propose_deal", reads=is_a_deal)
def open_deal(workspace: Workspace, by: Member, now: datetime, text: str) -> Show:
    """The form, filled in from the line that was typed."""
    check_may_propose(by)
    today, locale = workspace.today(now), locale_of(by.locale)
    words = read_words(workspace, text, today=today, locale=locale) if text else WordsRead(TermsDraft())
    return live_form(workspace, by, now, Callback.PROPOSE, words.draft, TermsTarget(), heading=words.heading)


@opens(shortcut="propose_message")
def open_deal_from_message(workspace: Workspace, by: Member, now: datetime, message: str) -> Show:
    """The form, with a message as what the customer told us, and with the terms that it names."""
    check_may_propose(by)
    words = read_message(workspace, message, today=workspace.today(now), locale=locale_of(by.locale))
    return live_form(workspace, by, now, Callback.PROPOSE, words.draft, TermsTarget(), heading=words.heading)


@opens(Act.PROPOSE_WORDS)
def open_deal_from_words(workspace: Workspace, by: Member, now: datetime, target: WordsTarget) -> Show:
    """The form, filled in from what was asked in a conversation, as it was meant on that day."""
    check_may_propose(by)
    today = target.written_on or workspace.today(now)
    words = read_words(workspace, target.words, today=today, locale=locale_of(by.locale))
    form = TermsTarget(execution=target.execution)
    return live_form(workspace, by, now, Callback.PROPOSE, words.draft, form, heading=words.heading)


@submits(Callback.PROPOSE)
def post_deal(workspace: Workspace, by: Member, now: datetime, form: Filled, target: TermsTarget) -> Show | None:
    """The deal goes to operations, with what the check says; the seller gets a card of their own."""
    check_may_propose(by)
    draft = draft_of(form, target.lines)
    terms = read_terms(workspace, draft, locale_of(by.locale))
    unseen = unless_seen(workspace, by, now, Callback.PROPOSE, draft, target)
    unseen = unseen or unless_known(workspace, by, now, draft, terms, target)
    if unseen is not None:
        return unseen
    likelihood = whole(draft.likelihood)
    words = {"customer": draft.customer, "told": draft.told, "campaign": draft.campaign}
    propose_deal(workspace, by=by, now=now, terms=terms, likelihood=likelihood, execution=target.execution, **words)
    return None


@listens(Act.EDIT, is_writing=False)
@listens(Act.OFFER, is_writing=False)
@listens(Act.CHECK, is_writing=False)
def check_live(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: TermsTarget, callback: str
) -> Reply:
    """The verdict follows the fields."""
    check_may_edit(workspace, by, form_named(callback), target)
    return live_form(workspace, by, now, form_named(callback), draft_of(form, target.lines), target)


@listens(Act.ADD_LINE, is_writing=False)
def add_line(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: TermsTarget, callback: str
) -> Reply:
    """Another offer in the same deal, below what is filled in."""
    check_may_edit(workspace, by, form_named(callback), target)
    draft = line_added(draft_of(form, target.lines))
    return live_form(workspace, by, now, form_named(callback), draft, target)


@listens(Act.REMOVE_LINE, is_writing=False)
def remove_line(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: TermsTarget, callback: str, line_number: int
) -> Reply:
    """One line less; what was typed in the others moves up."""
    check_may_edit(workspace, by, form_named(callback), target)
    draft, target = line_removed(draft_of(form, target.lines), target, line_number)
    return live_form(workspace, by, now, form_named(callback), draft, target)


@listens(Act.TAKE, is_writing=False)
def take_way(
    workspace: Workspace,
    by: Member,
    now: datetime,
    form: Filled,
    form_target: TermsTarget,
    callback: str,
    taken: Sequence[TakenLine],
) -> Reply:
    """A way to yes fills in the terms; what else was typed stays."""
    check_may_edit(workspace, by, form_named(callback), form_target)
    draft = way_taken(workspace, draft_of(form, form_target.lines), taken, locale_of(by.locale))
    target = replace(form_target, revision=form_target.revision + 1)
    return live_form(workspace, by, now, form_named(callback), draft, target)


@listens(suggests=Act.OFFER)
def suggest_offers(workspace: Workspace, by: Member, text: str) -> Reply:
    """Offers that hold what was typed, with their list price."""
    check_sees_deals(by)
    offers = search_offers(workspace, text)
    return Suggest([Option(text=clip(offer.name, 75), value=str(offer.id)) for offer in offers])
