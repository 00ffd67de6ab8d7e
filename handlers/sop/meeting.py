"""The agenda of the executive meeting: exceptions only, ten minutes each, with what each needs."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from babel import Locale
from babel.dates import format_skeleton
from slack_sdk.models.blocks import Block
from sqlalchemy.orm import Session

from handlers.slack.text import Bold, Sentence, clip, escape
from handlers.slack.view_parts import header, line
from handlers.slack.web_calls import Call, message
from handlers.sop.gap_sections import gap_months, gap_text
from models.base.language import _
from models.base.words import HasCurrency, company_locale, month_text, share_text
from models.sop.cycle import MeetingAgenda
from models.sop.page import Page
from models.sop.page_making import page_of
from models.sop.resolutions import Decided
from models.sop.rows import Cycle
from models.sop.way_words import way_out_words
from models.workspace.outbox import Outbox

MINUTES, MOST_ITEMS, MOST_WAYS = 10, 8, 2


def render_meeting(session: Session, row: Outbox, _now: datetime) -> Call:
    """The agenda as the plan stands when it is sent."""
    cycle = session.get_one(Cycle, MeetingAgenda.of(row).cycle)
    locale = company_locale(cycle.workspace.country)
    blocks = meeting_blocks(page_of(cycle), cycle.workspace, locale)
    text = _("Agenda: S&OP {month}", month=month_text(cycle.month, locale))
    return message(row, row.stream, escape(text), [block.to_dict() for block in [header(text), *blocks]])


def meeting_blocks(page: Page, company: HasCurrency, locale: Locale) -> list[Block]:
    """Item by item; it is read by everybody in the channel, so that no money says what a unit costs."""
    return [line(*item) for item in _items(page, company, locale)]


def _items(page: Page, company: HasCurrency, locale: Locale) -> Iterator[list[Sentence]]:
    begins = 0
    told: set[int] = set()
    for number, gap in enumerate(page.gaps[:MOST_ITEMS]):
        name = f"{clip(gap.family, 60)}, {gap_months(gap, page.months, locale)}"
        text = gap_text(company, gap, page.months, locale, sees_money=False)
        decided = page.decided_on(gap)
        needs = _("confirm what is decided") if decided else _("needs a decision")
        yield [
            (_time(begins), Bold(name), f": {text} — {needs}"),
            *((f"     {_decision_text(one, locale)}",) for one in decided),
            *(() if decided else _ways(page, number, company, locale)),
        ]
        told.update(one.id for one in decided)
        begins += MINUTES
    if len(page.gaps) > MOST_ITEMS:
        yield [(_("And {count} more exceptions: ", count=len(page.gaps) - MOST_ITEMS), _("decide before the meeting."))]
    for text in overloads(page, locale)[:MOST_ITEMS]:
        yield [(_time(begins), text)]
        begins += MINUTES
    for one in [one for one in page.open_decisions if one.id not in told][:MOST_ITEMS]:
        yield [
            (_time(begins), Bold(clip(one.family, 60)), _(": {decision} reports", decision=_decision_text(one, locale)))
        ]
        begins += MINUTES
    yield [
        (
            _time(begins),
            Bold(_("Sign-off")),
            _(": the plan as it is then") if begins else _(": no exception; the plan as it is"),
        )
    ]


def _ways(page: Page, number: int, company: HasCurrency, locale: Locale) -> Iterator[Sentence]:
    for way in page.ways_out(number)[:MOST_WAYS]:
        yield (f"     ↳ {': '.join(way_out_words(company, way, locale, has_money=False))}",)


def _decision_text(one: Decided, locale: Locale) -> str:
    due = format_skeleton("MMMd", one.due, locale=locale)
    return _("{text} — by {due}, {owner}", text=clip(one.text, 150), due=due, owner=one.owner)


def overloads(page: Page, locale: Locale) -> list[str]:
    """Resources that cannot carry the plan even with overtime, each at its worst."""
    lines = []
    for one in page.capacity:
        beyond = [(one.utilisation(n) or 0, -n) for n in range(len(page.months)) if one.is_beyond(n)]
        if beyond:
            share, n = max(beyond)
            used = _("{share} in {month}", share=share_text(Fraction(share)), month=month_text(page.months[-n], locale))
            lines.append(
                _(
                    "{name}: {used}, more than its overtime carries — needs a decision",
                    name=clip(one.name, 60),
                    used=used,
                )
            )
    return lines


def _time(begins: int) -> str:
    return _("{begins}–{begins_2} min  ", begins=begins, begins_2=begins + MINUTES)
