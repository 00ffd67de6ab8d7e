"""App Home as a view."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from handlers.agendas.agenda_view import StepItem, step_blocks
from handlers.deals.card_buttons import deal_buttons
from handlers.deals.words import left_text, sums_sentence, title, turn_text, verdict_sentence
from handlers.setup.roles_view import ask_blocks
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.text import Bold, Sentence, as_sentence
from handlers.slack.view_parts import actions, button, header, line
from models.deals.card import Card
from models.deals.card_messages import Audience
from models.deals.states import Move


@dataclass(frozen=True)
class HomeEntry:
    """A deal in somebody's home, with what this person may do."""

    card: Card
    moves: frozenset[Move]
    audience: Audience


def home_view(
    *,
    own: Sentence | None,
    has_role: bool,
    is_seller: bool,
    steps: Sequence[StepItem],
    turn: Sequence[HomeEntry],
    more_turn: int,
    mine: Sequence[HomeEntry],
    more_mine: int,
) -> View:
    """My turn, my deals, and a way to propose."""
    blocks: list[Block] = []
    if not has_role:
        blocks.append(line(("You have no role yet: an admin gives you one.",)))
        blocks += ask_blocks()
    if is_seller:
        blocks += actions([button(Act.PROPOSE, "Propose a deal", Target(), style="primary")])
    if has_role:
        blocks += _list("My turn", turn, more_turn, "" if steps else "Nothing waits for you.", step_blocks(steps))
    if mine:
        blocks += _list("My deals", mine, more_mine, "")
    blocks += [DividerBlock(), line(own)] if own else []
    return View(type="home", callback_id=Callback.HOME, blocks=blocks)


def _list(
    heading: str, entries: Sequence[HomeEntry], more: int, otherwise: str, before: Sequence[Block] = ()
) -> Iterator[Block]:
    yield header(heading)
    yield from before
    for entry in entries:
        yield from _entry(entry)
        yield DividerBlock()
    if more:
        yield line(as_sentence(f"And {more} more: `/deal list` shows them."))
    if not entries and otherwise:
        yield line((otherwise,))


def _turn(card: Card) -> str:
    return " · ".join(filter(None, (turn_text(card), left_text(card))))


def _entry(entry: HomeEntry) -> Iterator[Block]:
    card = entry.card
    verdict = [verdict_sentence(card.checked, card.locale)] if card.is_open else []
    yield line((Bold(title(card)),), (_turn(card),), sums_sentence(card.margin, card.company, card.locale), *verdict)
    yield from deal_buttons(card, entry.moves, entry.audience)
