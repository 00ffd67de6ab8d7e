"""One deal, for whoever asks: `/deal 42`, and *Open* in the list."""

from dataclasses import replace
from datetime import datetime

from handlers.deals.card import audience_of
from handlers.deals.card_view import card_blocks, card_text
from handlers.deals.finding import Looking
from handlers.deals.finding_view import deal_view
from handlers.slack.commands import read_number
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, shows_again
from handlers.slack.replies import Reply, Say, Show
from models.base.errors import Refused
from models.base.language import _
from models.deals.card import card_of
from models.deals.rows import Deal
from models.deals.rules import check_sees_deals, moves_of
from models.deals.transitions import find_deal, find_number
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@listens(command="/deal #", is_writing=False)
@listens(command="/deal show", is_writing=False)
def show_deal(workspace: Workspace, by: Member, now: datetime, text: str) -> Reply:
    """One deal, with the buttons of whoever asks."""
    check_sees_deals(by)
    number = read_number(text.rsplit(maxsplit=1)[-1])
    if number is None:
        raise Refused(_("Which deal? `/deal 42` shows number 42."))
    deal = find_number(workspace, number)
    card = card_of(deal, now=now)
    return Say((card_text(card),), card_blocks(card, moves_of(deal, by), audience_of(deal, by)))


@listens(Act.OPEN, is_writing=False)
def open_listed(deal: Deal, by: Member, now: datetime, form: Filled, form_target: Looking) -> Reply:
    """A deal of the list, in its window; what was looked for is kept for the way back."""
    looking = Looking.of(form, form_target).on_page(form_target.page)
    return _in_window(deal, by, now, replace(looking, deal=deal.id))


@shows_again(Callback.DEAL)
def show_again(workspace: Workspace, by: Member, now: datetime, form_target: Looking) -> Reply:
    """The deal as it is after a button on it."""
    return _in_window(find_deal(workspace, form_target.deal), by, now, form_target)


def _in_window(deal: Deal, by: Member, now: datetime, looking: Looking) -> Reply:
    check_sees_deals(by)
    blocks = card_blocks(card_of(deal, now=now), moves_of(deal, by), audience_of(deal, by))
    return Show(deal_view(blocks, looking))
