"""From the outbox to Slack: which call a row makes. Words are chosen here, from the state of the moment of delivery."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block
from sqlalchemy.orm import Session

from handlers.agendas.home import home_of
from handlers.agendas.reminders import render_agenda, render_escalation
from handlers.deals.card_view import card, card_text
from handlers.deals.history_words import history_sentences
from handlers.digests.messages import render_digest
from handlers.slack.text import plain
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, digest_of, message
from handlers.sop.page_messages import FILES, page_file, render_late, render_page
from handlers.sop.review_files import render_sheet, sheet_file
from models.deals.card import sheet_of
from models.deals.card_messages import Audience, Card, refresh_card
from models.deals.rows import Deal
from models.deals.rules import moves_of, moves_of_side
from models.workspace.agendas import Agenda, agenda_of
from models.workspace.history import History
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, is_superseded, queue
from models.workspace.roles import Side


def render(session: Session, row: Outbox, *, now: datetime) -> Call | None:
    """The call of a row; None when there is nothing to say any more."""
    return RENDERERS[News(row.kind)](session, row, now)


def note_sent(session: Session, row: Outbox, call: Call, answer: Mapping[str, Any], *, now: datetime) -> None:
    """Remember where a card or an agenda is; the message that it replaces goes away."""
    for details in _files_after(row):
        details["thread"] = str(answer["ts"])
        queue(row.workspace, News.SOP_FILE, stream=answer["channel"], details=details, now=now)
    shown = _shown_by(session, row)
    if shown is None:
        return
    if call.is_new_message and shown.ts and shown.ts != answer["ts"]:
        gone = {"channel": shown.channel, "ts": shown.ts}
        queue(row.workspace, News.REMOVE, stream=shown.channel, details=gone, now=now)
    shown.channel, shown.ts, shown.shown = answer["channel"], answer["ts"], call.shown
    if isinstance(shown, Agenda):
        shown.listed = list(call.listed)
    elif not call.shown:
        refresh_card(shown, now=now)


def file_of(session: Session, row: Outbox) -> tuple[str, bytes]:
    """A file for a thread, by its name."""
    return sheet_file(session, row) if "sheet" in row.details else page_file(session, row)


def note_gone(session: Session, row: Outbox) -> None:
    """The message that was to be changed is not there any more."""
    shown = _shown_by(session, row)
    if shown is not None:
        shown.ts = None


def _files_after(row: Outbox) -> list[dict[str, str]]:
    """The files that follow a message, in its thread."""
    if row.kind == News.SOP_PAGE:
        return [{"signed": row.details["signed"], "file": name} for name in FILES]
    return [dict(row.details)] if row.kind == News.SOP_SHEET else []


def _shown_by(session: Session, row: Outbox) -> Card | Agenda | None:
    if row.kind in {News.CARD, News.CARD_ANEW}:
        return session.get(Card, row.card_id)
    if row.kind in {News.AGENDA, News.AGENDA_ANEW}:
        return agenda_of(session.get_one(Member, row.member_id))
    return None


def _card(session: Session, row: Outbox, now: datetime) -> Call | None:
    shown = session.get_one(Card, row.card_id)
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


def _thread(session: Session, row: Outbox, _now: datetime) -> Call | None:
    shown = session.get_one(Card, row.card_id)
    act = session.get_one(History, row.history_id)
    if shown.ts is None:
        return None
    sentences = history_sentences(shown.deal, act)
    blocks = [line(*sentences).to_dict()]
    text = " ".join(plain(sentence) for sentence in sentences)
    return message(row, shown.channel, text, blocks, thread_ts=shown.ts)


def _remove(_session: Session, row: Outbox, _now: datetime) -> Call:
    return Call("chat.delete", dict(row.details))


def _home(session: Session, row: Outbox, now: datetime) -> Call:
    member = session.get_one(Member, row.member_id)
    return Call("views.publish", {"user_id": member.user_id, "view": home_of(member, now=now).to_dict()})


def _blocks(shown: Card, now: datetime) -> tuple[list[dict[str, Any]], str]:
    sheet = sheet_of(shown.deal, now=now)
    audience = Audience(shown.audience)
    blocks: list[Block] = card(sheet, _moves(shown.deal, shown), audience)
    return [block.to_dict() for block in blocks], card_text(sheet)


def _moves(deal: Deal, shown: Card) -> frozenset[Any]:
    return moves_of(deal, shown.member) if shown.member else moves_of_side(deal, Side.OPERATIONS)


RENDERERS: Mapping[News, Callable[[Session, Outbox, datetime], Call | None]] = {
    News.CARD: _card,
    News.CARD_ANEW: _card,
    News.REMOVE: _remove,
    News.THREAD: _thread,
    News.HOME: _home,
    News.AGENDA: render_agenda,
    News.AGENDA_ANEW: render_agenda,
    News.ESCALATION: render_escalation,
    News.DIGEST: render_digest,
    News.SOP_PAGE: render_page,
    News.SOP_SHEET: render_sheet,
    News.SOP_LATE: render_late,
}
