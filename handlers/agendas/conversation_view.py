"""What Belay says of itself in a conversation, and what waits for whoever asks."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_skeleton
from slack_sdk.models.blocks import Block

from handlers.agendas.agenda_view import StepItem, step_blocks
from handlers.deals.finding_view import deal_row
from handlers.setup.roles_view import ask_blocks
from handlers.slack.ids import Act, Target
from handlers.slack.replies import Say
from handlers.slack.text import Bold, Code, Sentence, as_sentence, clip
from handlers.slack.view_parts import actions, button, line
from models.base.language import N_, _, ngettext
from models.base.words import locale_of, plural
from models.deals.card import Card
from models.workspace.members import Member
from models.workspace.roles import Role

HELLO = N_("I check deals, say how they stand, and what waits for you. I read by rules, so write it like this:")
NOT_READ = N_("I read by rules, and could not read that. This I can read:")
ONE_AMOUNT = N_("I check one amount and one date, and the form then shows what else would fit. Ask it like this:")
WHICH = N_("Which deal? `status of #12`, or with a customer’s name: `how is the Acme deal`.")
NO_ROLE = N_(
    "You have no role yet: an admin gives you one with `/belay roles`. Then I check deals and say how they stand."
)
KEEPER = N_("You keep the company’s data, and have no say in deals yet. This you can do:")
COLUMNS = (
    N_("Name, price and cost of what you sell are enough to begin; a family if you have some."),
    N_("Who and what makes it: name and hours a week."),
    N_("What one piece takes: a row for each product, a column for each machine or person, with hours."),
    N_("Customers: their names. Your own titles will do, one sheet each; you see how it is read first."),
)
MOST_OFFER = 60


def can_do(begin: str, offer: str, day: date, by: Member) -> Say:
    """What one can write, with an offer of the company; for whoever has no role, how to get one."""
    if not by.roles:
        return Say(as_sentence(_(NO_ROLE)), ask_blocks())
    lines: list[Sentence] = [
        (begin,),
        (Code(_example(offer, day, by)), _(" checks a deal, only for you")),
        (Code(_("status of #12")), _(" or "), Code(_("how is the Acme deal")), _(" says how a deal stands")),
        (Code(_("my turn")), _(" says what waits for you")),
        (Code("/deal help"), ", ", Code("/capacity help"), _(" and "), Code("/belay help"), _(" tell the rest")),
    ]
    proposing = button(Act.PROPOSE, _("Propose a deal…"), Target()) if by.has(Role.SALES) else None
    waiting = button(Act.WAITING, _("My turn"), Target())
    return Say(_joined(lines), actions([proposing, waiting]))


def keeper_can_do(*, is_admin: bool) -> Say:
    """What there is to do for whoever keeps the company's data and has no say in deals."""
    lines: list[Sentence] = [
        (_(KEEPER),),
        (Code("/belay company"), _(" holds what is sold, what it takes and who buys")),
        (_("“What headings should my spreadsheet have?” says what a file needs"),),
    ]
    if is_admin:
        lines += [
            (Code("/belay"), _(" says how far the set-up is, with the steps to do")),
            (Code("/belay roles"), _(" gives roles: whoever has one has a say in deals, you too")),
        ]
    return Say(_joined([*lines, (Code("/belay help"), _(" tells the rest"))]), _of_the_company())


def columns_said() -> Say:
    """The columns that a spreadsheet needs at least, and a workbook that has them all."""
    return Say(_joined([(_(sentence),) for sentence in COLUMNS]), _of_the_company())


def _of_the_company() -> list[Block]:
    bringing = button(Act.BRING, _("Bring a spreadsheet…"), Target())
    return actions([bringing, button(Act.SEND_COMPANY, _("Send me a workbook"), Target())])


def waiting_said(steps: Sequence[StepItem], cards: Sequence[Card], count: int) -> Say:
    """Steps of the S&OP, then deals, each with its button."""
    if not steps and not cards:
        return Say((_("Nothing waits for you. "), Code("/deal list"), _(" shows the deals that are not over.")))
    number = len(steps) + count
    heading: Sentence = (
        Bold(ngettext("One thing waits for you.", "{number} things wait for you.", number, number=number)),
    )
    more = as_sentence(_("And {count} more: `/deal list` shows the deals that are not over.", count=count - len(cards)))
    blocks: list[Block] = [line(heading), *step_blocks(steps), *map(deal_row, cards)]
    return Say(heading, [*blocks, *([line(more)] if count > len(cards) else [])])


def _example(offer: str, day: date, by: Member) -> str:
    locale, name = locale_of(by.locale), clip(offer, MOST_OFFER)
    # Only English words are put in the plural by a rule.
    name = plural(name, is_one=False) if locale.language == "en" else name
    return _(
        "does 200 {name} by {day} fit?",
        name=name,
        day=format_skeleton("MMMd", day, locale=locale),
    )


def _joined(lines: Sequence[Sentence]) -> Sentence:
    """Sentences, each on its line."""
    first, *rest = lines
    return (*first, *(part for sentence in rest for part in ("\n", *sentence)))
