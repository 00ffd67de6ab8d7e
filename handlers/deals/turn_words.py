"""Whose turn it is and until when, and how a deal ended. Short, and the same everywhere."""

from handlers.slack.text import Bold, Sentence, When
from models.base.language import ENGLISH, N_, _, at_the_head, language
from models.base.words import week_text
from models.deals.card import Card
from models.deals.clocks import TurnClock
from models.deals.states import Move, State
from models.deals.turns import Awaited

ENDINGS = {
    Move.APPROVE: N_("Approved"),
    Move.ACCEPT: N_("Accepted"),
    Move.DECLINE: N_("Declined"),
    Move.WITHDRAW: N_("Withdrawn"),
    Move.WIN: N_("Won"),
    Move.LOSE: N_("Lost"),
    Move.CANCEL: N_("Cancelled"),
    Move.DELIVER: N_("Delivered"),
    Move.DELIVER_PART: N_("Delivered in part"),
    Move.OBJECT: N_("Objected to"),
    Move.KEEP: N_("Change taken back, earlier terms stand"),
    Move.DECLINE_CHANGE: N_("Change declined, earlier terms stand"),
}


def turn_text(card: Card) -> str:
    """Whose turn it is, or how it ended."""
    if card.is_open:
        sides = _(" and ").join(possessive(name) for name in card.turn_names)
        turn = _("{sides} turn", sides=at_the_head(sides))
        turn += f", {card.sent_back}" if card.sent_back else ""
        agreed = _(" · {agreed} agreed", agreed=", ".join(card.agreed)) if card.agreed else ""
        return turn + agreed
    if card.state is State.APPROVED and card.win_by:
        return _(
            "{ended} · {seller} reports won or lost by {week}",
            ended=_ended(card),
            seller=card.seller,
            week=week_text(card.win_by, card.locale),
        )
    if card.state is State.WON:
        return _("{ended} · operations deliver", ended=_ended(card))
    return _ended(card)


def clock_sentences(card: Card) -> list[Sentence]:
    """Until when an answer is awaited, in the reader's own zone; when it is over, since when."""
    return [sentence for clock in card.clocks if (sentence := _clock_sentence(clock))]


def left_text(card: Card) -> str:
    """How much time is left for the answer that is due first, in working hours."""
    answers = [clock for clock in card.clocks if clock.awaited is Awaited.ANSWER]
    return time_left(min(answers, key=lambda clock: clock.due_at)) if answers else ""


def time_left(clock: TurnClock) -> str:
    """How much working time is left."""
    if clock.is_overdue:
        return _("overdue")
    hours, minutes = divmod(int(clock.left.total_seconds()) // 60, 60)
    return _("{hours} h left", hours=hours) if hours else _("{minutes} min left", minutes=minutes)


def _clock_sentence(clock: TurnClock) -> Sentence | None:
    who = f"{clock.name[:1].upper()}{clock.name[1:]}"
    if clock.awaited is Awaited.CONDITION:
        return None
    if clock.awaited is Awaited.DELIVERY:
        return (Bold(_("Delivered?")), _(" Operations say what has arrived.")) if clock.is_overdue else None
    if clock.awaited is Awaited.REPORT:
        if not clock.is_overdue or clock.release_at is None:
            return None
        return (
            Bold(_("Won or lost?")),
            _(" Without a word the capacity is free again on "),
            When(clock.release_at),
            ".",
        )
    if clock.is_overdue:
        return (
            Bold(_("Overdue")),
            _(": {possessive} answer was due ", possessive=possessive(who)),
            When(clock.due_at),
            ".",
        )
    return (_("{possessive} answer is due ", possessive=possessive(who)), When(clock.due_at), ".")


def possessive(name: str) -> str:
    """Whose, in English: without a second s."""
    if language() != ENGLISH:
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _ended(card: Card) -> str:
    if card.state is State.EXPIRED:
        return _("Released: neither won nor lost was reported")
    if card.is_on_the_spot and card.state is State.APPROVED:
        return _("Approved on the spot: it fits, within standard terms")
    if card.ending is None:
        return at_the_head(_(card.state))
    ended = at_the_head(_(ENDINGS.get(card.ending.move, card.state)))
    return _("{ended} by {by}", ended=ended, by=card.ending.by)
