"""Deals that were found, as a window: what is looked for on top, a line and *Open* for each below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel import Locale
from babel.numbers import format_decimal
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    DatePickerElement,
    DividerBlock,
    ExternalDataSelectElement,
    InteractiveElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.deals.finding import ANY, MOST_WORDS, NOT_OVER, Age, Looking, ToPage
from handlers.deals.targets import DealTarget
from handlers.deals.words import left_text, possessive, title, turn_text
from handlers.slack.ids import Act, Callback, Target, action_id, block_id
from handlers.slack.text import Bold, Code, Sentence, clip
from handlers.slack.view_parts import actions, button, field, line, modal
from models.base.words import money_text
from models.deals.card import Card
from models.deals.states import State
from models.workspace.roles import Side

MOST_ON_PAGE = 10
MOST_LINE = 500
ANY_FAMILY = Option(text="Any family", value=ANY)


@dataclass(frozen=True)
class Listed:
    """A page of the deals that were found, of so many; or why what was typed cannot be looked for."""

    looking: Looking
    family: str
    currency: str
    locale: Locale
    cards: Sequence[Card] = ()
    count: int = 0
    wrong: str = ""


def found_view(listed: Listed) -> View:
    """The fields stay as they are; what they find stands below them."""
    blocks = [*_fields(listed), DividerBlock()]
    blocks += [line((listed.wrong,))] if listed.wrong else _results(listed)
    view = modal(Callback.DEALS, "Deals", blocks, target=listed.looking, submit="Search")
    view.close = PlainTextObject(text="Close")
    return view


def deal_view(blocks: Sequence[Block], looking: Looking) -> View:
    """One deal in the window, with a way back to the others."""
    back = actions([button(Act.FIND, "Back to the list", Target())])
    return modal(Callback.DEAL, "Deal", [*blocks, DividerBlock(), *back], target=looking, submit=None)


def deal_line(card: Card) -> str:
    """A deal in two lines: number, customer and what; then its state, its sum and whose turn it is."""
    money = money_text(card.company, card.margin.revenue, card.locale)
    facts = (str(card.state).capitalize(), money, turn_text(card), left_text(card))
    return clip(f"{title(card)}\n{' · '.join(filter(None, facts))}", MOST_LINE)


def deal_row(card: Card) -> SectionBlock:
    """A deal with *Open* beside it."""
    opening = button(Act.OPEN, "Open", DealTarget(deal=card.id))
    return SectionBlock(text=PlainTextObject(text=deal_line(card), emoji=False), accessory=opening)


def deal_help() -> Sentence:
    """The words after /deal."""
    return (
        Bold("/deal"),
        " proposes a deal: it says at once whether it fits.\n",
        Code("/deal Acme 200 Summit tent by 18 Jan at 10% off"),
        " fills the form in.\n",
        Code("/deal 42"),
        " shows one deal with your buttons.\n",
        Code("/deal list"),
        " shows the deals that are not over, ",
        Code("/deal mine"),
        " your own, ",
        Code("/deal find acme"),
        " those of a customer or an offer, closed ones too; there you can filter them.\n",
        Code("/deal handover"),
        " hands all that waits on one person over to another one.\n",
        Code("/deal calendar"),
        " sends your calls and deliveries as a calendar file. ",
        Code("/deal export"),
        " sends you all of them as files.",
    )


def _fields(listed: Listed) -> list[Block]:
    looking = listed.looking
    words = _typed("words", looking.words)
    sums = _typed("sum", looking.sum)
    money = f"Sum in {listed.currency}"
    return [
        field(_block("words", looking), "Customer or offer", words, is_optional=True, is_live=True),
        ActionsBlock(block_id=_block("filters", looking), elements=_filters(listed)),
        field(_block("sum", looking), money, sums, hint="10,000 or 10,000–50,000", is_optional=True, is_live=True),
        *actions([button(Act.FIND_ANEW, "Clear all filters", Target())]),
    ]


def _filters(listed: Listed) -> list[InteractiveElement]:
    looking = listed.looking
    family = Option(text=clip(listed.family, 75), value=looking.family) if listed.family else None
    return [
        _select("state", "Any state", looking.state, {state: state for state in (NOT_OVER, *State)}),
        _select("turn", "Anybody’s turn", looking.turn, {side: f"{possessive(side)} turn" for side in Side}),
        ExternalDataSelectElement(
            action_id=action_id(Act.SOUGHT, "family"),
            placeholder="Any family",
            min_query_length=0,
            initial_option=family,
        ),
        UserSelectElement(
            action_id=action_id(Act.SOUGHT, "seller"), placeholder="Any seller", initial_user=looking.seller or None
        ),
        DatePickerElement(
            action_id=action_id(Act.SOUGHT, "week"), placeholder="Any week", initial_date=looking.week or None
        ),
        _select("age", "Any age", looking.age, {age: f"proposed {age}" for age in Age}),
    ]


def _select(name: str, every: str, chosen: str, choices: Mapping[str, str]) -> StaticSelectElement:
    """A select whose first entry takes the filter away: Slack has no way to choose nothing again."""
    options = [Option(text=every, value=ANY)]
    options += [Option(text=said[0].upper() + said[1:], value=choice) for choice, said in choices.items()]
    initial = next((option for option in options if option.value == chosen), None)
    return StaticSelectElement(
        action_id=action_id(Act.SOUGHT, name), placeholder=every, options=options, initial_option=initial
    )


def _typed(name: str, text: str) -> PlainTextInputElement:
    return PlainTextInputElement(
        action_id=action_id(Act.SOUGHT, name), initial_value=text or None, max_length=MOST_WORDS
    )


def _block(name: str, looking: Looking) -> str:
    return block_id(name, looking.revision)


def _results(listed: Listed) -> list[Block]:
    page, cards = listed.looking.page, listed.cards
    if not listed.count:
        return [line(("No deal is like that. ", Code("/deal"), " proposes one."))]
    first, last = page * MOST_ON_PAGE + 1, page * MOST_ON_PAGE + len(cards)
    number = format_decimal(listed.count, locale=listed.locale)
    which = f", {first}–{last}, the latest first" if listed.count > 1 else ""
    blocks: list[Block] = [line((Bold(f"{number} deal{'s' if listed.count > 1 else ''}"), which))]
    blocks += [deal_row(card) for card in cards]
    back = button(Act.FIND, "Back", ToPage(page=page - 1)) if page else None
    following = button(Act.FIND, "Next", ToPage(page=page + 1)) if last < listed.count else None
    return blocks + actions([back, following])
