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
from handlers.deals.turn_words import left_text, possessive, turn_text
from handlers.deals.words import title
from handlers.slack.ids import Act, Callback, Target, action_id, block_id
from handlers.slack.text import Bold, Code, Sentence, clip
from handlers.slack.view_parts import actions, button, field, line, modal
from models.base.language import _, at_the_head, ngettext
from models.base.words import money_text
from models.deals.card import Card
from models.deals.states import State
from models.workspace.roles import Side

MOST_ON_PAGE = 10
MOST_LINE = 500


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
    view = modal(Callback.DEALS, _("Deals"), blocks, target=listed.looking, submit=_("Search"))
    view.close = PlainTextObject(text=_("Close"))
    return view


def deal_view(blocks: Sequence[Block], looking: Looking) -> View:
    """One deal in the window, with a way back to the others."""
    back = actions([button(Act.FIND, _("Back to the list"), Target())])
    return modal(Callback.DEAL, _("Deal"), [*blocks, DividerBlock(), *back], target=looking, submit=None)


def any_family() -> Option:
    """Whatever the family."""
    return Option(text=_("Any family"), value=ANY)


def deal_line(card: Card) -> str:
    """A deal in two lines: number, customer and what; then its state, its sum and whose turn it is."""
    money = money_text(card.company, card.margin.revenue, card.locale)
    facts = (at_the_head(_(card.state)), money, turn_text(card), left_text(card))
    return clip(f"{title(card)}\n{' · '.join(filter(None, facts))}", MOST_LINE)


def deal_row(card: Card) -> SectionBlock:
    """A deal with *Open* beside it."""
    opening = button(Act.OPEN, _("Open"), DealTarget(deal=card.id))
    return SectionBlock(text=PlainTextObject(text=deal_line(card), emoji=False), accessory=opening)


def deal_help() -> Sentence:
    """The words after /deal."""
    return (
        Bold("/deal"),
        _(" proposes a deal: it says at once whether it fits.\n"),
        Code("/deal Acme 200 Summit tent by 18 Jan at 10% off"),
        _(" fills the form in.\n"),
        Code("/deal 42"),
        _(" shows one deal with your buttons.\n"),
        Code("/deal list"),
        _(" shows the deals that are not over, "),
        Code("/deal mine"),
        _(" your own, "),
        Code("/deal find acme"),
        _(" those of a customer or an offer, closed ones too; there you can filter them.\n"),
        Code("/deal handover"),
        _(" hands all that waits on one person over to another one.\n"),
        Code("/deal calendar"),
        _(" sends your calls and deliveries as a calendar file. "),
        Code("/deal export"),
        _(" sends you all of them as files."),
    )


def _fields(listed: Listed) -> list[Block]:
    looking = listed.looking
    words = _typed("words", looking.words)
    sums = _typed("sum", looking.sum)
    money = _("Sum in {currency}", currency=listed.currency)
    return [
        field(_block("words", looking), _("Customer or offer"), words, is_optional=True, is_live=True),
        ActionsBlock(block_id=_block("filters", looking), elements=_filters(listed)),
        field(_block("sum", looking), money, sums, hint=_("10,000 or 10,000–50,000"), is_optional=True, is_live=True),
        *actions([button(Act.FIND_ANEW, _("Clear all filters"), Target())]),
    ]


def _filters(listed: Listed) -> list[InteractiveElement]:
    looking = listed.looking
    family = Option(text=clip(listed.family, 75), value=looking.family) if listed.family else None
    return [
        _select("state", _("Any state"), looking.state, {state: _(state) for state in (NOT_OVER, *State)}),
        _select(
            "turn",
            _("Anybody’s turn"),
            looking.turn,
            {side: _("{sides} turn", sides=at_the_head(possessive(_(side)))) for side in Side},
        ),
        ExternalDataSelectElement(
            action_id=action_id(Act.SOUGHT, "family"),
            placeholder=_("Any family"),
            min_query_length=0,
            initial_option=family,
        ),
        UserSelectElement(
            action_id=action_id(Act.SOUGHT, "seller"), placeholder=_("Any seller"), initial_user=looking.seller or None
        ),
        DatePickerElement(
            action_id=action_id(Act.SOUGHT, "week"), placeholder=_("Any week"), initial_date=looking.week or None
        ),
        _select("age", _("Any age"), looking.age, {age: _("proposed {age}", age=_(age)) for age in Age}),
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
        return [line((_("No deal is like that. "), Code("/deal"), _(" proposes one.")))]
    first, last = page * MOST_ON_PAGE + 1, page * MOST_ON_PAGE + len(cards)
    number = format_decimal(listed.count, locale=listed.locale)
    which = _(", {first}–{last}, the latest first", first=first, last=last) if listed.count > 1 else ""
    blocks: list[Block] = [
        line((Bold(ngettext("{number} deal", "{number} deals", listed.count, number=number)), which))
    ]
    blocks += [deal_row(card) for card in cards]
    back = button(Act.FIND, _("Back"), ToPage(page=page - 1)) if page else None
    following = button(Act.FIND, _("Next"), ToPage(page=page + 1)) if last < listed.count else None
    return blocks + actions([back, following])
