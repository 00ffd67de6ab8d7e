"""`/deal list`, `/deal show` and `/deal help`."""

from datetime import datetime

from handlers.deals.card import audience_of
from handlers.deals.card_view import card_blocks, card_text
from handlers.deals.words import left_text, title, turn_text
from handlers.slack.listening import listens
from handlers.slack.replies import Reply, Say
from handlers.slack.text import Bold, Code, Sentence, as_sentence
from models.base.errors import Refused
from models.deals.card import card_of, cards_of
from models.deals.lists import live_deals
from models.deals.rules import check_sees_deals, moves_of
from models.deals.transitions import find_number
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_LISTED = 20
MOST_LIVE = 2000


@listens(command="/deal list", is_writing=False)
def list_deals(by: Member, now: datetime, text: str = "") -> Reply:
    """Deals that are not over, a page at a time."""
    check_sees_deals(by)
    page = _page(text)
    deals = live_deals(by, limit=MOST_LIVE)
    if not deals:
        return Say(as_sentence("No deal is open. `/deal` proposes one."))
    pages = -(-len(deals) // MOST_LISTED)
    if page > pages:
        raise Refused(f"There are {pages} pages." if pages > 1 else "There is one page.")
    rows: Sentence = ()
    for card in cards_of(deals[(page - 1) * MOST_LISTED : page * MOST_LISTED], now=now):
        rows += (Bold(title(card)), f"  {' · '.join(filter(None, (turn_text(card), left_text(card))))}\n")
    return Say((*rows, *_more(len(deals) - page * MOST_LISTED, page), *as_sentence("`/deal show 42` shows one.")))


def _more(left: int, page: int) -> Sentence:
    return as_sentence(f"And {left} more: `/deal list {page + 1}` shows them. ") if left > 0 else ()


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
    card = card_of(deal, now=now)
    return Say((card_text(card),), card_blocks(card, moves_of(deal, by), audience_of(deal, by)))


@listens(command="/deal help", is_writing=False)
def help_with_deals() -> Reply:
    """What one can type."""
    return Say(deal_help())


def deal_help() -> Sentence:
    """The words after /deal."""
    return (
        Bold("/deal"),
        " proposes a deal: it says at once whether it fits.\n",
        Code("/deal Acme 200 Summit tent by 18 Jan at 10% off"),
        " fills the form in.\n",
        Code("/deal list"),
        " shows the deals that are not over, ",
        Code("/deal show 42"),
        " one of them with your buttons.",
    )
