"""Reminders: what waits for a person, what is late below them, and hearing of it later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from handlers.agendas.agenda_view import (
    MOST_ITEMS,
    Item,
    agenda_blocks,
    agenda_text,
    escalation_blocks,
    escalation_text,
    owed_text,
    snooze_view,
)
from handlers.agendas.sop_steps import steps_of
from handlers.deals.card import audience_of
from handlers.deals.card_buttons import deciding_buttons
from handlers.deals.words import deal_title
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import opens, submits
from handlers.slack.values import read_instant
from handlers.slack.web_calls import Call, digest_of, message
from models.base.language import _
from models.deals.bulk import is_plain_yes
from models.deals.card import cards_of
from models.deals.card_messages import links_of
from models.deals.clocks import clock_of
from models.deals.lists import WITH_ALL
from models.deals.reminding import LateTurns
from models.deals.rows import Deal
from models.deals.rules import moves_of
from models.deals.turns import Turn
from models.deals.waiting import Waiting, owed_for, snooze, waiting_for
from models.workspace.agendas import agenda_of
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role, Side


@opens(Act.SNOOZE)
def open_snooze(deal: Deal, by: Member, now: datetime) -> View:
    """Until when; the next working morning to begin with."""
    return snooze_view(deal_title(deal), deal.id, by.hours.morning_after(now))


@submits(Callback.SNOOZE)
def put_off(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """Not reminded before then; whoever leads the side hears of what is late all the same."""
    snooze(deal, read_instant(form["until"], "until"), by=by, now=now)


def render_agenda(session: Session, row: Outbox, now: datetime) -> Call | None:
    """What waits for a person: a new message when there is something new to say, else the present one made true."""
    member = session.get_one(Member, row.member_id)
    agenda = agenda_of(member)
    items = _items(waiting_for(member, now=now), member, now)
    steps = steps_of(member, now=now)
    text = agenda_text(items, steps)
    has_several = sum(item.is_plain_yes for item in items) > 1
    blocks = [block.to_dict() for block in agenda_blocks(items, steps, has_several=has_several)]
    listed = [item.deal for item in items]
    # What was to be said anew may be done meanwhile: then the message that stands there is made true.
    if row.kind == News.AGENDA_ANEW and (items or steps):
        new = message(row, agenda.channel, text, blocks, shown=digest_of(blocks))
        return replace(new, listed=listed)
    if agenda.ts is None or agenda.shown == digest_of(blocks):
        return None
    where = {"channel": agenda.channel, "ts": agenda.ts}
    call = Call("chat.update", {**where, "text": text, "blocks": blocks}, digest_of(blocks))
    return replace(call, listed=listed)


def render_escalation(session: Session, row: Outbox, now: datetime) -> Call | None:
    """What is late, in one message; what was answered meanwhile is left out."""
    ids = LateTurns.of(row).turns
    open_ = select(Turn).where(Turn.id.in_(ids), Turn.ended_at.is_(None)).order_by(Turn.due_at, Turn.id)
    late = session.scalars(open_.options(selectinload(Turn.deal).options(*WITH_ALL))).all()
    member = session.get_one(Member, row.member_id)
    items = _listed(late, None, now, by=session.get_one(Member, row.member_id))
    if not items or not member.roles:
        return None
    blocks: list[Block] = escalation_blocks(items)
    return message(row, member.user_id, escalation_text(items), [block.to_dict() for block in blocks])


def _items(waiting: Sequence[Waiting], member: Member, now: datetime) -> list[Item]:
    return _listed([entry.turn for entry in waiting], member, now, by=member)


def _listed(turns: Sequence[Turn], member: Member | None, now: datetime, *, by: Member) -> list[Item]:
    """Items with the links of those that are shown, in one query, and with what `by` may decide at once."""
    shown = list(dict.fromkeys(turn.deal for turn in turns[:MOST_ITEMS]))
    links = links_of(turns[0].workspace, [deal.id for deal in shown], member) if turns else {}
    cards = dict(zip(shown, cards_of(shown, now=now), strict=True))
    items: list[Item] = []
    for turn in turns:
        item = _item(turn, member, now, links.get(turn.deal_id))
        # Where two sides are late with a deal, its buttons stand once.
        card = cards.pop(turn.deal, None)
        if card is not None:
            buttons = deciding_buttons(card, moves_of(turn.deal, by), audience_of(turn.deal, by))
            item = replace(item, buttons=tuple(buttons), is_plain_yes=is_plain_yes(turn.deal, card.check, by))
        items.append(item)
    return items


def _item(turn: Turn, member: Member | None, now: datetime, link: str | None) -> Item:
    deal = turn.deal
    clock = clock_of(turn, now=now)
    owed = owed_text(clock, clock.name, is_mine=member is not None)
    principal = owed_for(member, turn) if member else None
    if principal is not None:
        owed = _("{owed}, for {name}", owed=owed, name=principal.name)
    if turn.side is Side.SALES and member is not None and not deal.seller.has(Role.SALES):
        owed = _("{name} does not sell any more: hand it over", name=deal.seller.name)
    return Item(deal.id, deal_title(deal), owed, clock, link)
