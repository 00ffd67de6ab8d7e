"""App Home as a view."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel import Locale
from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock
from slack_sdk.models.views import View

from handlers.agendas.agenda_view import StepItem, several, step_blocks
from handlers.deals.card_buttons import deal_buttons
from handlers.deals.targets import ContestTarget
from handlers.deals.turn_words import left_text, turn_text
from handlers.deals.verdict_words import verdict_sentence
from handlers.deals.words import sums_sentence, title
from handlers.setup.roles_view import ask_blocks
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.text import Bold, Sentence, as_sentence, clip
from handlers.slack.view_parts import actions, button, header, line
from models.base.language import _, ngettext
from models.base.words import amount_words, company_locale, locale_of, money_text, week_text
from models.capacity.overview import ResourceWeeks
from models.compare.contested import Contested
from models.deals.card import Card
from models.deals.card_messages import Audience
from models.deals.portfolio import Portfolio, Total
from models.deals.states import Move
from models.workspace.members import Member
from models.workspace.roles import SPEAKING, Role

MOST_CONTESTED, MOST_ASKED = 3, 10


@dataclass(frozen=True)
class HomeEntry:
    """A deal in somebody's home, with what this person may do."""

    card: Card
    moves: frozenset[Move]
    audience: Audience


def home_view(
    *,
    own: Sentence | None,
    member: Member,
    portfolio: Portfolio | None,
    contested: Sequence[Contested] = (),
    asked: Sequence[ResourceWeeks] = (),
    steps: Sequence[StepItem],
    turn: Sequence[HomeEntry],
    has_several: bool = False,
    more_turn: int,
    mine: Sequence[HomeEntry],
    more_mine: int,
) -> View:
    """The ways to what one may do; for leadership all deals; my turn, my deals."""
    blocks: list[Block] = []
    roles = member.granted
    if not roles:
        blocks.append(line((_("You have no role yet: an admin gives you one."),)))
        blocks += [] if member.is_outsider else ask_blocks()
    blocks += actions(_ways(roles, is_admin=member.is_slack_admin and not member.is_outsider))
    if portfolio is not None:
        blocks += _portfolio(portfolio, member)
    blocks += _asked(asked, company_locale(member.workspace.country))
    blocks += _contested(contested, company_locale(member.workspace.country))
    if roles & set(SPEAKING):
        first = [*step_blocks(steps), *(several() if has_several else [])]
        blocks += _list(_("My turn"), turn, more_turn, "" if steps else _("Nothing waits for you."), first)
    if mine:
        blocks += _list(_("My deals"), mine, more_mine, "")
    blocks += [DividerBlock(), line(own)] if own else []
    return View(type="home", callback_id=Callback.HOME, blocks=blocks)


def _ways(roles: frozenset[Role], *, is_admin: bool) -> list[ButtonElement | None]:
    """The ways to what one may do."""
    sees_numbers = bool(roles & {Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP})
    return [
        button(Act.PROPOSE, _("Propose a deal"), Target(), style="primary") if Role.SALES in roles else None,
        button(Act.CAPACITY, _("The coming weeks"), Target()) if roles & set(SPEAKING) else None,
        button(Act.SCOREBOARD, _("Scoreboard"), Target()) if sees_numbers else None,
        button(Act.COMPANY, _("The company"), Target()) if Role.DATA in roles or is_admin else None,
        button(Act.ROLES, _("Roles"), Target()) if is_admin else None,
    ]


def _portfolio(portfolio: Portfolio, member: Member) -> Iterator[Block]:
    """How much is asked for and promised, and what is at risk."""
    company, locale = member.workspace, locale_of(member.locale)

    def said(total: Total, what: str) -> Sentence:
        deals = ngettext("{count} deal {what}", "{count} deals {what}", total.count, count=total.count, what=what)
        return (Bold(deals), f" · {money_text(company, total.revenue, locale)}")

    yield header(_("Pipeline"))
    yield line(
        said(portfolio.open, _("open")),
        said(portfolio.promised, _("promised, not won yet")),
        said(portfolio.won, _("won, to be delivered")),
    )
    yield header(_("Risks"))
    yield line(*as_risks(portfolio))


def as_risks(portfolio: Portfolio) -> list[Sentence]:
    """What cannot be kept, and what is overdue."""
    broken, overdue = portfolio.broken, portfolio.overdue
    told: list[Sentence] = []
    if broken:
        said = ngettext(
            "One promise can no longer be kept.", "{count} promises can no longer be kept.", broken, count=broken
        )
        told.append((Bold(said),))
    if overdue:
        told.append((Bold(ngettext("One answer is overdue.", "{count} answers are overdue.", overdue, count=overdue)),))
    told += (
        [as_sentence(_("`/deal list` shows them."))]
        if told
        else [(_("Every promise can be kept, and no answer is late."),)]
    )
    return told


def _asked(asked: Sequence[ResourceWeeks], locale: Locale) -> Iterator[Block]:
    """The weeks in which a person is asked for more than they work."""
    sentences: list[Sentence] = []
    for resource in asked:
        for week in resource.weeks:
            taken, there = (
                amount_words(amount, resource.unit, locale) for amount in (week.committed + week.held, week.offered)
            )
            where = _("Week of {week}", week=week_text(week.week, locale))
            sentences.append((Bold(where), _(": {taken} of your {there}", taken=taken, there=there)))
    if sentences:
        yield header(_("Too much for you"))
        yield line(*sentences[:MOST_ASKED])


def _contested(contested: Sequence[Contested], locale: Locale) -> Iterator[Block]:
    """The weeks that several deals want, with the way to decide them together."""
    if contested:
        yield header(_("Wanted by several"))
    for number, one in enumerate(contested[:MOST_CONTESTED], 1):
        numbers = ", ".join(f"#{deal}" for deal in one.numbers[:8])
        more = _(" and {count} more", count=len(one.numbers) - 8) if len(one.numbers) > 8 else ""
        where = _("{resource}, week of {week}", resource=clip(one.resource, 60), week=week_text(one.week, locale))
        yield line((Bold(where), _(": not enough for {numbers}{more}.", numbers=numbers, more=more)))
        target = ContestTarget(deal=one.deal, contest=number, resource=one.resource, week=one.week.isoformat())
        yield from actions([button(Act.COMPARE, _("Compare"), target)])


def _list(
    heading: str, entries: Sequence[HomeEntry], more: int, otherwise: str, before: Sequence[Block] = ()
) -> Iterator[Block]:
    yield header(heading)
    yield from before
    for entry in entries:
        yield from _entry(entry)
        yield DividerBlock()
    if more:
        yield line(as_sentence(_("And {more} more: `/deal list` shows them.", more=more)))
    if not entries and otherwise:
        yield line((otherwise,))


def _turn(card: Card) -> str:
    return " · ".join(filter(None, (turn_text(card), left_text(card))))


def _entry(entry: HomeEntry) -> Iterator[Block]:
    card = entry.card
    verdict = [verdict_sentence(card.checked, card.locale)] if card.is_open else []
    yield line((Bold(title(card)),), (_turn(card),), sums_sentence(card.margin, card.company, card.locale), *verdict)
    yield from deal_buttons(card, entry.moves, entry.audience)
