"""Who is shown what after an act: the channel's card and thread, the seller's card, finance's cards."""

from datetime import datetime

from models.cards import Audience, card_for, cards_of, make_card, raise_card, refresh_card
from models.deals.rows import Deal, Side
from models.history import History
from models.members import Role, members_with
from models.outbox import News, queue


def tell(deal: Deal, act: History, *, now: datetime) -> None:
    """Queue what an act changes: cards that show the deal, and a line in its thread.

    The seller's card rises when somebody else acted, because an update alone notifies nobody.
    """
    deal.session.flush()
    operations = make_card(deal, Audience.OPERATIONS, to=None, now=now)
    make_card(deal, Audience.SELLER, to=deal.seller, now=now)
    if Side.FINANCE in deal.awaiting and deal.is_open:
        _ask_finance(deal, now=now)
    for card in cards_of(deal):
        if card.audience == Audience.SELLER and act.by_id != deal.seller_id:
            raise_card(card, now=now)
        else:
            refresh_card(card, now=now)
    for person in {deal.seller, act.by} - {None}:
        if person and person.home_opened_at:
            queue(deal.workspace, News.HOME, stream=person.user_id, member_id=person.id, now=now)
    queue(deal.workspace, News.THREAD, stream=operations.channel, card_id=operations.id, history_id=act.id, now=now)


def show_again(deal: Deal, *, now: datetime) -> None:
    """Bring the channel's card to the present state."""
    card = card_for(deal, Audience.OPERATIONS)
    if card:
        refresh_card(card, now=now)


def _ask_finance(deal: Deal, *, now: datetime) -> None:
    people = members_with(deal.session, deal.workspace, Role.FINANCE)
    people = people or members_with(deal.session, deal.workspace, Role.LEADERSHIP)
    for member in people:
        if member.id != deal.seller_id:
            make_card(deal, Audience.FINANCE, to=member, now=now)
