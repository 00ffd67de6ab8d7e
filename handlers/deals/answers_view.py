"""Answers about deals in a conversation, as messages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from slack_sdk.models.blocks import Block, ButtonElement

from handlers.deals.card_buttons import deal_buttons
from handlers.deals.drafts import LineDraft, TermsDraft
from handlers.deals.finding_view import deal_row
from handlers.deals.targets import DealTarget, WordsTarget
from handlers.deals.turn_words import clock_sentences, turn_text
from handlers.deals.verdict_words import verdict_sentence
from handlers.deals.words import sums_sentence, title
from handlers.slack.ids import Act, Target
from handlers.slack.replies import Say
from handlers.slack.text import Bold, Code, Link, Sentence, as_sentence, clip
from handlers.slack.view_parts import actions, button, line
from models.base.language import N_, _, at_the_head, ngettext
from models.base.words import money_text, week_text
from models.deals.card import Card
from models.deals.card_messages import Audience
from models.deals.rows import Deal
from models.deals.states import Move
from models.deals.terms import Checked
from models.promise.check import Verdict

MOST_CARRIED = 2000
MOST_LINES = 3
BESIDES = N_("Words decide and change nothing here. Besides the number, I could not read that; so it stands:")
MISSING = {
    "offer": N_("which offer"),
    "quantity": N_("how many"),
    "date": N_("by when"),
    "lines": N_("how many of what"),
}


@dataclass(frozen=True)
class Fit:
    """A deal in words: as far as it was read, what is said of that, and which fields a check still needs.

    `target` is what *Propose it* carries; None for whoever proposes no deals.
    """

    draft: TermsDraft
    notes: tuple[str, ...]
    missing: frozenset[str]
    locale: Locale
    target: WordsTarget | None


def standing_said(
    card: Card, moves: frozenset[Move], audience: Audience, link: str | None, missing: Sequence[int] = ()
) -> Say:
    """One deal: its state, whose turn it is, what comes next, and what its reader can do."""
    heading: Sentence = (Link(title(card), link) if link else Bold(title(card)),)
    money = money_text(card.company, card.margin.revenue, card.locale)
    facts: Sentence = (f"{at_the_head(_(card.state))} · {money} · {turn_text(card)}",)
    sentences = [heading, facts, *clock_sentences(card), *_next(card), *_missing(missing)]
    text = f"{title(card)}: {_(card.state)}. {turn_text(card)}"
    return Say((text,), [line(*sentences), *deal_buttons(card, moves, audience)])


def rows_said(cards: Sequence[Card], count: int, missing: Sequence[int] = ()) -> Say:
    """Several deals, each with *Open*."""
    if not cards:
        return Say((_("No deal is open. "), Code("/deal"), _(" proposes one.")))
    heading: Sentence = (
        ngettext("One deal", "{count} deals", count, count=count),
        _(", the latest first.") if count > 1 else ".",
    )
    more: list[Sentence] = [as_sentence(_("And {count} more: `/deal list` shows them.", count=count - len(cards)))]
    blocks: list[Block] = [line(heading, *_missing(missing)), *map(deal_row, cards)]
    return Say(heading, [*blocks, *([line(*more)] if count > len(cards) else [])])


def fit_said(fit: Fit, checked: Checked) -> Say:
    """The verdict in a sentence; where it does not fit, the form shows the ways to yes."""
    short = checked.check.verdict is Verdict.SHORT and fit.target is not None
    ways: Sentence = (_(" The form shows the ways to yes."),) if short else ()
    verdict = (Bold(_what(fit)), ": ", *verdict_sentence(checked, fit.locale), *ways)
    sums = sums_sentence(checked.check.margin, checked.company, fit.locale)
    return Say((*verdict, "\n", *sums, *_notes(fit)), actions([_propose_button(fit)]))


def open_said(fit: Fit) -> Say:
    """What has to be known before it can be checked."""
    asked = _(" and ").join(_(words) for name, words in MISSING.items() if name in fit.missing)
    begin = _("I cannot check that yet: {asked}?", asked=asked) if asked else _("I cannot check that yet.")
    return Say((begin, *_notes(fit)), actions([_propose_button(fit)]))


def besides_said(standing: Say) -> Say:
    """A number among words that are not read: nothing is done by them, and the deal is shown as it stands."""
    return Say(standing.sentence, [line((_(BESIDES),)), *standing.blocks])


def unsure_said(fit: Fit, deals: Sequence[Deal]) -> Say:
    """A number beside the words of a deal: it may be another one's."""
    names = _(" or ").join(f"#{deal.number}" for deal in deals)
    opening = [button(Act.OPEN, _("Open #{number}", number=deal.number), DealTarget(deal=deal.id)) for deal in deals]
    return Say(
        (_("Is this about {names}, or is it a new deal?", names=names),), actions([*opening, _propose_button(fit)])
    )


def _next(card: Card) -> Iterator[Sentence]:
    """The next delivery of a deal that is not over."""
    waiting = [one.week for one in card.deliveries if one.arrived is None] or [entry.week for entry in card.lines]
    if not card.is_over:
        when = _("week of {week}", week=week_text(min(waiting), card.locale))
        yield (_("Wanted for the {when}.", when=when) if card.is_open else _("Next delivery: {when}.", when=when),)


def _missing(numbers: Sequence[int]) -> list[Sentence]:
    return (
        [(_("There is no deal {names}.", names=_(" or ").join(f"#{number}" for number in numbers)),)] if numbers else []
    )


def _what(fit: Fit) -> str:
    lines = fit.draft.lines
    named = "; ".join(_line(entry, fit.locale) for entry in lines[:MOST_LINES])
    more = _("; and {count} more", count=len(lines) - MOST_LINES) if len(lines) > MOST_LINES else ""
    customer = f"{clip(fit.draft.customer, 60)} · " if fit.draft.customer else ""
    return f"{customer}{named}{more}"


def _line(entry: LineDraft, locale: Locale) -> str:
    day = format_date(date.fromisoformat(entry.day), "medium", locale=locale)
    return _(
        "{quantity} × {offer_name} by {day}",
        quantity=format_decimal(int(entry.quantity), locale=locale),
        offer_name=clip(entry.offer_name, 60),
        day=day,
    )


def _notes(fit: Fit) -> Sentence:
    notes = " ".join(fit.notes)
    return ("\n", *as_sentence(clip(notes, 1000))) if notes else ()


def _propose_button(fit: Fit) -> ButtonElement | None:
    """With what was written; where that is longer than what a button carries, an empty form."""
    if fit.target is None:
        return None
    if len(fit.target.encode()) > MOST_CARRIED:
        return button(Act.PROPOSE, _("Propose a deal…"), Target())
    return button(Act.PROPOSE_WORDS, _("Propose it…"), fit.target, style="primary")
