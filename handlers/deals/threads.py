"""Words in the thread of a deal: whoever may decide is offered the button that says the same. Nothing is decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.deals.card_buttons import accept_button, approve_button
from handlers.deals.targets import AnswerTarget, DealTarget, TakenLine, WayTarget
from handlers.deals.thread_words import Heard, Meaning, hear
from handlers.deals.words import deal_title
from handlers.slack.ids import Act
from handlers.slack.listening import listens
from handlers.slack.replies import Reply, Whisper
from handlers.slack.text import Sentence, clip
from handlers.slack.view_parts import actions, button, line
from models.base.language import N_, _
from models.base.words import locale_of
from models.deals.card import card_of
from models.deals.card_messages import deal_in_thread
from models.deals.rows import Deal
from models.deals.rules import moves_of
from models.deals.speaking import speaks_for
from models.deals.states import Move
from models.promise.check import Verdict
from models.words import Reader
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_SAID = 1000
MOST_CARRIED = 2000
PROPOSING = (Move.COUNTER, Move.COUNTER_BACK, Move.REVISE)
LABELS = {
    Move.COUNTER: N_("Counter with this…"),
    Move.COUNTER_BACK: N_("Counter back with this…"),
    Move.REVISE: N_("Revise to this…"),
}
PLAIN = {Move.COUNTER: N_("Counter…"), Move.COUNTER_BACK: N_("Counter back…"), Move.REVISE: N_("Revise…")}


def is_in_a_thread(event: dict[str, object]) -> bool:
    """What people write in threads; all else is not looked at."""
    return bool(event.get("thread_ts") and event.get("user") and not event.get("subtype") and not event.get("bot_id"))


# Written down that it was heard: Slack delivers an event again where it doubts.
@listens(event="message", concerns=is_in_a_thread)
def hear_words(workspace: Workspace, by: Member, now: datetime, event: dict[str, str]) -> Reply:
    """The button that says what was written, privately; nothing when it could mean anything, or nobody may."""
    return heard_in_thread(workspace, by, now, event)


def heard_in_thread(workspace: Workspace, by: Member, now: datetime, event: Mapping[str, str]) -> Whisper | None:
    """What words in a deal's thread are answered with; None where there is nothing to offer, or the thread is none."""
    if not workspace.is_reading_threads:
        return None
    deal = deal_in_thread(workspace, event["channel"], event["thread_ts"])
    if deal is None or not speaks_for(deal, by):
        return None
    offered = _offer(deal, by, event.get("text", ""), now)
    if offered is None:
        return None
    sentence, pressed = offered
    blocks: list[Block] = [line(sentence), *actions([pressed])]
    return Whisper(sentence, blocks, event["channel"], event["thread_ts"])


def _offer(deal: Deal, by: Member, text: str, now: datetime) -> tuple[Sentence, ButtonElement] | None:
    moves = moves_of(deal, by)
    target = DealTarget(deal=deal.id, version=deal.proposal.version)
    if Move.ANSWER in moves and text.strip():
        offered = _carried(target, text.strip())
        return (_("Is this the answer to the question? The button sends it."),), button(
            Act.ANSWER, _("Answer…"), offered
        )
    week = min(entry.week for entry in deal.proposal.lines)
    heard = hear(
        text, week=week, reader=Reader(deal.workspace.today(now), locale_of(by.locale), deal.workspace.country)
    )
    if heard is None:
        return None
    if heard.meaning is Meaning.YES:
        return _yes(deal, moves, target, now)
    return _otherwise(deal, heard, moves, target)


def _carried(target: DealTarget, text: str) -> DealTarget:
    """As much of what was written as a button can carry: letters beyond ASCII take more room there."""
    for most in (MOST_SAID, MOST_SAID // 2, MOST_SAID // 4, MOST_SAID // 8):
        begun = AnswerTarget(deal=target.deal, version=target.version, begun=clip(text, most))
        if len(begun.encode()) <= MOST_CARRIED:
            return begun
    return target


def _yes(
    deal: Deal, moves: frozenset[Move], target: DealTarget, now: datetime
) -> tuple[Sentence, ButtonElement] | None:
    card = card_of(deal, now=now)
    agree = approve_button(card, moves, target)
    if Move.ACCEPT in moves and agree is None:
        agree = accept_button(card, target)
    if agree is not None:
        return (_("Words decide nothing here; this button does: {deal_title}.", deal_title=deal_title(deal)),), agree
    if card.check.verdict is Verdict.SHORT and moves & set(PROPOSING):
        return _plain(_("It does not fit as it is."), moves, target)
    return None


def _otherwise(
    deal: Deal, heard: Heard, moves: frozenset[Move], target: DealTarget
) -> tuple[Sentence, ButtonElement] | None:
    move = _first(moves)
    if move is None:
        return None
    if heard.meaning is Meaning.NO:
        return _plain(_("Is there another way? These are the terms to change."), moves, target)
    taken = _taken(deal, heard)
    if not taken:
        return _plain(_("These are the terms to change."), moves, target)
    hint = _(
        "As terms, filled in: nothing is sent before you have seen them. {deal_title}.", deal_title=deal_title(deal)
    )
    return (hint,), button(Act(move), _(LABELS[move]), WayTarget(deal=target.deal, version=target.version, taken=taken))


def _plain(text: str, moves: frozenset[Move], target: DealTarget) -> tuple[Sentence, ButtonElement] | None:
    move = _first(moves)
    return None if move is None else ((text,), button(Act(move), _(PLAIN[move]), target))


def _first(moves: frozenset[Move]) -> Move | None:
    return next((move for move in PROPOSING if move in moves), None)


def _taken(deal: Deal, heard: Heard) -> Sequence[TakenLine]:
    match heard.meaning:
        case Meaning.LATER:
            return _moved(deal, heard.weeks)
        case Meaning.PRICE:
            return _repriced(deal, heard.price)
        case _:
            return _resized(deal, heard.quantity)


def _moved(deal: Deal, weeks: int) -> Sequence[TakenLine]:
    lines = deal.proposal.lines
    return [(x.offer_id, x.quantity, x.unit_price, (x.week + timedelta(weeks=weeks)).isoformat()) for x in lines]


def _resized(deal: Deal, quantity: int) -> Sequence[TakenLine]:
    """Only of a deal with one line is it clear what a number stands for."""
    lines = deal.proposal.lines
    return [(x.offer_id, quantity, x.unit_price, x.week.isoformat()) for x in lines] if len(lines) == 1 else []


def _repriced(deal: Deal, price: Decimal) -> Sequence[TakenLine]:
    """Only of a deal with one line is it clear what a price stands for."""
    lines, minor = deal.proposal.lines, price.scaleb(deal.workspace.places)
    if len(lines) != 1 or minor != minor.to_integral_value():
        return []
    return [(x.offer_id, x.quantity, int(minor), x.week.isoformat()) for x in lines]
