"""Several deals in one form, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, CheckboxesElement, Option
from slack_sdk.models.views import View

from handlers.deals.clauses_view import departure_sentence
from handlers.deals.verdict_words import deviation_sentence, rivalry_sentence, verdict_sentence
from handlers.deals.words import deal_title, line_sentence, sums_sentence, title
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import field, line, modal, small
from models.base.language import _
from models.deals.bulk import Answered
from models.deals.card import Card
from models.deals.card_steps import missing_names

MOST_SAID = 300
MOST_LINES = 4


@dataclass(frozen=True)
class BulkTarget(Target):
    """Deals as somebody saw them: the id and the version of each."""

    deals: Sequence[tuple[int, int]] = ()


def bulk_view(cards: Sequence[Card], *, more: int) -> View:
    """Each deal with what it is about and a box for a yes."""
    blocks: list[Block] = [line((_("A yes to each that you tick, on the terms below. Each is checked on its own."),))]
    for card in cards:
        blocks.append(line((Bold(title(card)),), *_terms(card)))
        yes = CheckboxesElement(action_id=Act.EDIT, options=[Option(text=_("Approve"), value="yes")])
        blocks.append(field(f"deal.{card.id}", f"#{card.number}", yes, is_optional=True))
    blocks += [small(_("And {more} more, when these are decided.", more=more))] if more else []
    target = BulkTarget(deals=[(card.id, card.version) for card in cards])
    return modal(Callback.BULK, _("Decide several"), blocks, target=target, submit=_("Approve"))


def bulk_words(answered: Sequence[Answered]) -> Sentence:
    """What is approved, and what is not and why."""
    agreed = [one.deal for one in answered if not one.refused]
    done = [f"#{deal.number}" for deal in agreed if not deal.is_open]
    waiting = [
        _("#{number} waits for {missing_names}", number=deal.number, missing_names=_(" and ").join(missing_names(deal)))
        for deal in agreed
        if deal.is_open
    ]
    parts = [_("Approved: {done}.", done=", ".join(done))] if done else []
    parts += [_("You agreed; {waiting}.", waiting=", ".join(waiting))] if waiting else []
    first = " ".join(parts) or _("None was approved.")
    refused = [f"\n{deal_title(one.deal)}: {clip(one.refused, MOST_SAID)}" for one in answered if one.refused]
    return (Bold(first), *refused)


def _terms(card: Card) -> list[Sentence]:
    sums, fits = sums_sentence(card.margin, card.company, card.locale), verdict_sentence(card.checked, card.locale)
    lines = [
        line_sentence(one, card.company, card.locale, is_only=len(card.lines) == 1) for one in card.lines[:MOST_LINES]
    ]
    said = [(_("{seller} sells · version {version}", seller=card.seller, version=card.version),), *lines, sums, fits]
    said += [rivalry_sentence(card.rivalry, card.locale)] if card.rivalry else []
    beyond = (deviation_sentence(card.checked, card.locale), departure_sentence(card.departures))
    return [*said, *(sentence for sentence in beyond if sentence)]
