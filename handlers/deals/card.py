"""A deal's card and thread as messages, from the state of the moment of delivery."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block
from sqlalchemy.orm import Session

from handlers.deals.card_view import card_blocks, card_text
from handlers.deals.history_words import history_sentences
from handlers.deals.words import deal_title
from handlers.slack.text import Bold, Link, Sentence, escape, plain
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, digest_of, message
from models.base.language import _
from models.deals.card import card_of
from models.deals.card_messages import Audience, CardMessage, link_of
from models.deals.delivering import Objection
from models.deals.rows import Deal
from models.deals.rules import may_see_numbers, moves_of, moves_of_side
from models.workspace.history import History
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, is_superseded
from models.workspace.roles import Role, Side


def render_card(session: Session, row: Outbox, now: datetime) -> Call | None:
    """The card as it is now; None when Slack shows it already."""
    shown = session.get_one(CardMessage, row.card_id)
    blocks, text = _blocks(shown, now)
    # In a channel the thread waits for the first card; in a direct message the latest card is enough.
    superseded = bool(shown.ts or shown.member_id) and is_superseded(session, row)
    if superseded and not row.is_unknown:
        return None
    digest = digest_of(blocks)
    if shown.ts is None or row.kind == News.CARD_ANEW:
        return replace(message(row, shown.channel, text, blocks, shown=digest), is_superseded=superseded)
    if shown.shown == digest:
        return None
    where = {"channel": shown.channel, "ts": shown.ts}
    return Call("chat.update", {**where, "text": text, "blocks": blocks}, digest)


def render_thread(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """What an act is told as in the thread."""
    shown = session.get_one(CardMessage, row.card_id)
    act = session.get_one(History, row.history_id)
    if shown.ts is None:
        return None
    sentences = history_sentences(shown.deal, act)
    blocks = [line(*sentences).to_dict()]
    text = " ".join(plain(sentence) for sentence in sentences)
    return message(row, shown.channel, text, blocks, thread_ts=shown.ts)


def audience_of(deal: Deal, member: Member) -> Audience:
    """As whom a person looks at a deal."""
    is_asked = any(step.asks(member) for step in deal.proposal.steps)
    if member.represents(deal.seller_id) or not (is_asked or may_see_numbers(member)):
        return Audience.SELLER
    return Audience.OPERATIONS if member.may_act_as(Role.OPERATIONS) else Audience.APPROVER


def _blocks(shown: CardMessage, now: datetime) -> tuple[list[dict[str, Any]], str]:
    card = card_of(shown.deal, now=now)
    audience = shown.audience
    sees_numbers = shown.member is None or may_see_numbers(shown.member)
    blocks: list[Block] = card_blocks(card, _moves(shown.deal, shown), audience, sees_numbers=sees_numbers)
    return [block.to_dict() for block in blocks], card_text(card)


def _moves(deal: Deal, shown: CardMessage) -> frozenset[Any]:
    return moves_of(deal, shown.member) if shown.member else moves_of_side(deal, Side.OPERATIONS)


def render_objection(session: Session, row: Outbox, _now: datetime) -> Call:
    """What a seller says against a report, to whoever leads a side."""
    asked = Objection.of(row)
    deal, act = session.get_one(Deal, asked.deal), session.get_one(History, asked.history)
    title = (Bold(deal_title(deal)), *((" · ", Link(_("its card"), link)) if (link := link_of(deal)) else ()))
    sentences: list[Sentence] = [title, *history_sentences(deal, act)]
    text = " ".join(plain(sentence) for sentence in sentences)
    return message(row, row.stream, escape(text), [line(*sentences).to_dict()])
