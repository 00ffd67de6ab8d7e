"""`/deal`, the form with its live check, and posting."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import Option

from handlers.agendas.home import audience_of
from handlers.deals.card_view import card, card_text
from handlers.deals.help import deal_help
from handlers.deals.live_form import line_added, line_removed, live_form, way_taken
from handlers.deals.one_line import read_one_line
from handlers.deals.terms import read_terms
from handlers.deals.words import left_text, title, turn_text
from handlers.slack.forms import Filled, TermsDraft, draft_of
from handlers.slack.ids import Act, Callback, TakenLine, Target
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Say, Show, Suggest
from handlers.slack.text import Bold, Sentence, as_sentence, clip
from models.base.errors import Refused
from models.base.words import locale_of
from models.company.offers import search_offers
from models.deals.card import sheet_of
from models.deals.lists import live_deals
from models.deals.proposing import propose_deal
from models.deals.rules import check_may_propose, check_sees_deals, moves_of
from models.deals.transitions import find_number
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_LISTED = 20
MOST_LIVE = 2000


@opens(Act.PROPOSE, command="/deal", shortcut="propose_deal")
def open_deal(workspace: Workspace, by: Member, now: datetime, text: str) -> Show:
    """The form, filled in from the line that was typed."""
    check_may_propose(by)
    draft, missed = read_one_line(workspace, text, workspace.today(now)) if text else (TermsDraft(), [])
    heading = f"Not understood: {'; '.join(missed)}." if missed else ""
    return live_form(workspace, by, now, Callback.PROPOSE, draft, Target(), heading=heading)


@opens(shortcut="propose_message")
def open_deal_from_message(workspace: Workspace, by: Member, now: datetime, message: str) -> Show:
    """The form, with a message as what the customer told us."""
    check_may_propose(by)
    return live_form(workspace, by, now, Callback.PROPOSE, TermsDraft(told=message), Target())


@submits(Callback.PROPOSE)
def post_deal(workspace: Workspace, by: Member, now: datetime, form: Filled) -> None:
    """Post the deal."""
    draft = draft_of(form)
    terms = read_terms(workspace, draft, locale_of(by.locale))
    likelihood = int(draft.likelihood) if draft.likelihood.isdigit() else None
    propose_deal(
        workspace, by=by, now=now, customer=draft.customer, terms=terms, told=draft.told, likelihood=likelihood
    )


@listens(Act.EDIT, is_writing=False)
@listens(Act.OFFER, is_writing=False)
@listens(Act.CHECK, is_writing=False)
def check_live(workspace: Workspace, by: Member, now: datetime, form: Filled, callback: str) -> Reply:
    """The verdict follows the fields."""
    return live_form(workspace, by, now, Callback(callback), draft_of(form), form.target)


@listens(Act.ADD_LINE, is_writing=False)
def add_line(workspace: Workspace, by: Member, now: datetime, form: Filled, callback: str) -> Reply:
    """One more line."""
    draft = line_added(draft_of(form))
    return live_form(workspace, by, now, Callback(callback), draft, form.target)


@listens(Act.REMOVE_LINE, is_writing=False)
def remove_line(
    workspace: Workspace, by: Member, now: datetime, form: Filled, callback: str, line_number: int
) -> Reply:
    """One line less; what was typed in the others moves up."""
    draft, target = line_removed(draft_of(form), form.target, line_number)
    return live_form(workspace, by, now, Callback(callback), draft, target)


@listens(Act.TAKE, is_writing=False)
def take_way(
    workspace: Workspace,
    by: Member,
    now: datetime,
    form: Filled,
    callback: str,
    taken: Sequence[TakenLine],
) -> Reply:
    """A way to yes fills in the terms; what else was typed stays."""
    draft = way_taken(workspace, draft_of(form), taken, locale_of(by.locale))
    target = replace(form.target, revision=form.target.revision + 1)
    return live_form(workspace, by, now, Callback(callback), draft, target)


@listens(suggests=Act.OFFER)
def suggest_offers(workspace: Workspace, by: Member, text: str) -> Reply:
    """Offers that hold what was typed, with their list price."""
    check_sees_deals(by)
    found = search_offers(workspace, text)
    return Suggest([Option(text=clip(offer.name, 75), value=str(offer.id)) for offer in found])


@listens(command="/deal list", is_writing=False)
def list_deals(by: Member, now: datetime, text: str = "") -> Reply:
    """Deals that are not over, a page at a time."""
    check_sees_deals(by)
    page, deals = _page(text), live_deals(by, limit=MOST_LIVE)
    if not deals:
        return Say(as_sentence("No deal is open. `/deal` proposes one."))
    pages = -(-len(deals) // MOST_LISTED)
    if page > pages:
        raise Refused(f"There are {pages} pages." if pages > 1 else "There is one page.")
    rows: Sentence = ()
    for deal in deals[(page - 1) * MOST_LISTED : page * MOST_LISTED]:
        sheet = sheet_of(deal, now=now)
        rows += (Bold(title(sheet)), f"  {' · '.join(filter(None, (turn_text(sheet), left_text(sheet))))}\n")
    left = len(deals) - page * MOST_LISTED
    more = as_sentence(f"And {left} more: `/deal list {page + 1}` shows them. ") if left > 0 else ()
    return Say((*rows, *more, *as_sentence("`/deal show 42` shows one.")))


def _page(text: str) -> int:
    word = text.rsplit(maxsplit=1)[-1] if text else ""
    return max(1, int(word)) if word.isascii() and word.isdecimal() and len(word) < 5 else 1


@listens(command="/deal show", is_writing=False)
def show_deal(workspace: Workspace, by: Member, now: datetime, text: str) -> Reply:
    """One deal, with the buttons of whoever asks."""
    check_sees_deals(by)
    word = text.rsplit(maxsplit=1)[-1].removeprefix("#")
    if not word.isdigit() or int(word) > 10**9:
        raise Refused("Which deal? `/deal show 42` shows number 42.")
    deal = find_number(workspace, int(word))
    sheet = sheet_of(deal, now=now)
    return Say((card_text(sheet),), card(sheet, moves_of(deal, by), audience_of(deal, by)))


@listens(command="/deal help", is_writing=False)
def help_with_deals() -> Reply:
    """What one can type."""
    return Say(deal_help())
