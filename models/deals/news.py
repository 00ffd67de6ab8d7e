"""Who is shown what after an act: the channel's card and thread, the seller's card, finance's cards."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select

from models.api.webhooks import Event, announce
from models.company.offers import needed_resources
from models.deals.asked import asked_in
from models.deals.card_messages import (
    Audience,
    CardMessage,
    card_messages_of,
    make_card,
    raise_card,
    refresh_card,
    refresh_cards,
)
from models.deals.decisions import Decision
from models.deals.executions import end_executions
from models.deals.known_ways import seek_ways, seek_ways_of
from models.deals.mend_requests import request_mending
from models.deals.proposals import Proposal, ProposalLine
from models.deals.rows import Deal
from models.deals.states import OPEN, Move, State
from models.workspace.agendas import refresh_agendas
from models.workspace.history import History
from models.workspace.members import Member
from models.workspace.outbox import News, queue
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace

PROPOSE = "propose"
# A promise that broke can be kept again.
MEND = "mend"
# What other tools are told of.
EVENTS: Mapping[str, Event] = {
    PROPOSE: Event.POSTED,
    Move.REVISE: Event.REVISED,
    Move.COUNTER_BACK: Event.REVISED,
    Move.CHANGE: Event.REVISED,
    Move.COUNTER: Event.COUNTERED,
    Move.COMMIT: Event.APPROVED,
    Move.DECLINE: Event.DECLINED,
    Move.WITHDRAW: Event.WITHDRAWN,
    Move.WIN: Event.WON,
    Move.LOSE: Event.LOST,
    Move.CANCEL: Event.CANCELLED,
    Move.EXPIRE: Event.EXPIRED,
    Move.DELIVER_PART: Event.DELIVERED_IN_PART,
    Move.DELIVER: Event.DELIVERED,
    Move.BREAK: Event.BROKEN,
    Move.UNDO: Event.REOPENED,
    **dict.fromkeys((Move.KEEP, Move.DECLINE_CHANGE, Move.RESUME, MEND), Event.RESTORED),
}
CAPACITY_MOVES = frozenset(
    {
        Move.COUNTER,
        Move.COMMIT,
        Move.DECLINE,
        Move.DECLINE_CHANGE,
        Move.WITHDRAW,
        Move.KEEP,
        Move.LOSE,
        Move.CANCEL,
        Move.DELIVER,
        Move.EXPIRE,
        Move.LAPSE,
    }
)
# What is asked takes nothing yet, but others who want the same are to know.
ASKING_MOVES = frozenset({PROPOSE, Move.REVISE, Move.COUNTER_BACK, Move.CHANGE})
TALKING_MOVES = frozenset(
    {Move.ASK, Move.ANSWER, Move.JOIN_CALL, Move.SET_CALL, Move.EXTEND, Move.HAND_OVER, Move.EDIT, Move.ATTACH}
)

NEEDED = needed_resources()


def tell(deal: Deal, act: History, *, now: datetime, calls_seller: bool = True) -> None:
    """Queue what an act changes: cards that show the deal, and a line in its thread.

    The seller's card rises when somebody else acted, because an update alone notifies nobody; not where nothing changes
    for them.
    """
    deal.session.flush()
    cards = card_messages_of(deal)
    operations = make_card(deal, Audience.OPERATIONS, to=None, known=cards, now=now)
    make_card(deal, Audience.SELLER, to=deal.seller, known=cards, now=now)
    for member in _asked_beside_operations(deal) if deal.is_open else ():
        make_card(deal, Audience.APPROVER, to=member, known=cards, now=now)
    for card in cards:
        if card.audience == Audience.SELLER and act.by_id != deal.seller_id and calls_seller:
            raise_card(card, now=now)
        else:
            refresh_card(card, now=now)
    refresh_agendas(deal.workspace, deal.id, now=now)
    for person in {deal.seller, act.by} - {None}:
        if person and person.home_opened_at:
            queue(deal.workspace, News.HOME, stream=person.user_id, member_id=person.id, now=now)
    if act.move not in TALKING_MOVES and (deal.is_open or deal.broken_at):
        seek_ways(deal, now=now)
    if act.move in CAPACITY_MOVES:
        tell_neighbours(deal, now=now)
        request_mending(deal.workspace, now=now)
    if act.move in ASKING_MOVES:
        _tell_rivals(deal, now=now)
    end_executions(deal, act, now=now)
    if act.move in EVENTS:
        announce(deal.workspace, EVENTS[act.move], act, about=f"deal:{deal.number}", now=now)
    queue(deal.workspace, News.THREAD, stream=operations.channel, card_id=operations.id, history_id=act.id, now=now)


def tell_neighbours(deal: Deal, *, now: datetime) -> None:
    """Deals that need the same resources: what fits, and their ways to yes, may have changed."""
    _tell_takers(deal.workspace, NEEDED.c.resource_id.in_(_needed_by(deal)), Deal.id != deal.id, now=now)


def _tell_rivals(deal: Deal, *, now: datetime) -> None:
    """Open deals that need the same resources: their cards say who else wants what they want."""
    rivals = select(Deal.id).join(ProposalLine, ProposalLine.proposal_id == Deal.proposal_id)
    rivals = rivals.join(NEEDED, NEEDED.c.offer_id == ProposalLine.offer_id).where(Deal.id != deal.id)
    rivals = rivals.where(Deal.state.in_(OPEN), NEEDED.c.resource_id.in_(_needed_by(deal)))
    cards = select(CardMessage).where(CardMessage.workspace_id == deal.workspace_id, CardMessage.deal_id.in_(rivals))
    refresh_cards(deal.session.scalars(cards.order_by(CardMessage.id)).all(), now=now)


def _needed_by(deal: Deal) -> Select[int]:
    resources = select(NEEDED.c.resource_id).join(ProposalLine, ProposalLine.offer_id == NEEDED.c.offer_id)
    return resources.join(Proposal, Proposal.id == ProposalLine.proposal_id).where(Proposal.deal_id == deal.id)


def tell_all_of(workspace: Workspace, resource_ids: Iterable[int], *, now: datetime) -> None:
    """Deals that need these resources, whose capacity has changed."""
    _tell_takers(workspace, NEEDED.c.resource_id.in_(set(resource_ids)), now=now)


def _tell_takers(workspace: Workspace, *where: ColumnElement[bool], now: datetime) -> None:
    """Open deals, promises with overtime, which may shrink, and such that cannot be kept.

    A card that does not change is not sent.
    """
    session = workspace.session
    session.flush()
    waits = or_(Deal.state.in_(OPEN), Deal.broken_at.is_not(None))
    takers = (
        select(Deal.id, waits)
        .join(ProposalLine, ProposalLine.proposal_id == Deal.proposal_id)
        .join(NEEDED, NEEDED.c.offer_id == ProposalLine.offer_id)
        .where(Deal.workspace_id == workspace.id, or_(waits, _has_overtime()), *where)
    )
    rows = session.execute(takers.distinct().order_by(Deal.id)).all()
    deals = {row.id: row[1] for row in rows}
    cards = select(CardMessage).where(CardMessage.deal_id.in_(list(deals))).order_by(CardMessage.id)
    refresh_cards(session.scalars(cards).all(), now=now)
    seek_ways_of(workspace, [deal for deal, is_waiting in deals.items() if is_waiting], now=now)


def _has_overtime() -> ColumnElement[bool]:
    """Promises that were made with overtime."""
    decided = select(Decision.deal_id).where(Decision.overtime_agreed.is_not(None))
    countered = select(Proposal.id).where(Proposal.overtime_agreed.is_not(None))
    agreed = or_(Deal.id.in_(decided), Deal.proposal_id.in_(countered))
    return Deal.state.in_([State.APPROVED, State.WON]) & agreed


def _asked_beside_operations(deal: Deal) -> list[Member]:
    """Who is asked now and reads no channel of operations for it."""
    steps = [step for step in deal.proposal.open_steps if step.side is not Side.OPERATIONS]
    asked = [member for step in steps for member in asked_in(step)]
    return [member for member in dict.fromkeys(asked) if not member.represents(deal.seller_id)]
