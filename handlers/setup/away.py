"""`/belay away` and `/belay back`: when somebody does not work, and who answers for them."""

import re
from datetime import date, datetime

from slack_sdk.models.blocks import Block, DatePickerElement, UserSelectElement
from slack_sdk.models.views import View
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.slack.commands import reads_all
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Say, Show
from handlers.slack.text import Bold, Sentence, clip, plain
from handlers.slack.values import read_day
from handlers.slack.view_parts import field, line, modal, notice, small
from handlers.slack.web_calls import Call, message
from models.base.arithmetic import WEEK, monday
from models.base.errors import Refused
from models.base.language import N_, _
from models.base.words import company_locale, locale_of, week_text
from models.base.working_time import DAY
from models.capacity.adjusting import Breaking
from models.capacity.leaving import be_back, leave
from models.company.people import resources_of
from models.deals.rules import check_sees_deals
from models.words import Reader
from models.words.dates import read_date
from models.words.text import fold
from models.workspace.absences import Absence, Deputised, absences_of
from models.workspace.members import Member, find_member
from models.workspace.outbox import Outbox
from models.workspace.workspaces import Workspace

DEPUTY = re.compile(r"[\s,;]*\b(?:deputy|vertretung)\b:?\s*(.*)\Z", re.IGNORECASE | re.DOTALL)
MENTION = re.compile(r"<@(\w+)(?:\|[^>]*)?>")
UNTIL = re.compile(r"(?:^|\s)(until|till|to|bis|through|-|–)\s", re.IGNORECASE)
FRIDAY = 4 * DAY
WEEKS = {"this week": 0, "next week": 1}
MOST_NAMED = 5
NOBODY = N_("What only you can answer goes to whoever leads your side. ")


@opens(command="/belay away", reads=reads_all)
def open_away(workspace: Workspace, by: Member, now: datetime, text: str) -> View:
    """From when until when, as far as the line says it."""
    _check_counts(by)
    today = workspace.today(now)
    rows = [row for row in absences_of(workspace, [by.id]) if row.last_day >= today]
    known: list[Sentence] = [
        (_("You are away from {span}. {who_answers}", span=_span(r, by), who_answers=_who_answers(r)),) for r in rows
    ]
    named = DEPUTY.search(text)
    days = _days(workspace, text[: named.start()] if named else text, today)
    deputy = _person(workspace, named[1]) if named else None
    if named and deputy is None:
        known.append(
            (_("“{named}” is nobody here by that name: choose who answers for you.", named=clip(named[1].strip(), 80)),)
        )
    return away_view(known, *days, deputy=deputy)


@submits(Callback.AWAY)
def go(by: Member, now: datetime, form: Filled) -> Reply:
    """Nobody counts on the person in these days, and their deputy answers for them; what that breaks is told."""
    _check_counts(by)
    deputy = find_member(by.workspace, form["deputy"], field="deputy") if form["deputy"] else None
    first, last = (read_day(form[name], name) for name in ("first", "last"))
    breaks = leave(by, first, last, now=now, deputy=deputy)
    days = _("{day} to {day_2}", day=_day(first, by), day_2=_day(last, by))
    answers = (_("{name} answers for you. ", name=deputy.name),) if deputy else (_(NOBODY),)
    return Show(notice((Bold(_("You are away from {days}. ", days=days)), *answers, *_broken(breaks))))


@listens(command="/belay back")
def come_back(by: Member, now: datetime) -> Reply:
    """The person is back, or does not go after all."""
    _check_counts(by)
    be_back(by, now=now)
    return Say((Bold(_("Welcome back. ")), _("Your time counts again, and what is still open waits for you.")))


def render_deputy(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """Somebody is named deputy, or is not any more; nothing where the absence ended before it began."""
    absence = session.get_one(Absence, Deputised.of(row).absence)
    deputy = session.get_one(Member, row.member_id)
    name, days = clip(absence.member.name, 100), _span(absence, deputy)
    if absence.ended_at is not None:
        back: Sentence = (Bold(name), _(" is back: what is still open waits for them again."))
        return message(row, row.stream, plain(back), [line(back).to_dict()]) if absence.has_begun else None
    said: Sentence = (
        Bold(name),
        _(" is away from {days} and named you deputy. What waits for {name} then comes to you.", days=days, name=name),
    )
    return message(row, row.stream, plain(said), [line(said).to_dict()])


def away_view(known: list[Sentence], first: date, last: date | None, *, deputy: str | None = None) -> View:
    """The days, who answers meanwhile, and what is known."""
    blocks: list[Block] = [line(*known)] if known else []
    begins = DatePickerElement(action_id=Act.EDIT, initial_date=first.isoformat())
    ends = DatePickerElement(action_id=Act.EDIT, initial_date=last.isoformat() if last else None)
    blocks += [field("first", _("From"), begins), field("last", _("To, that day included"), ends)]
    person = UserSelectElement(action_id=Act.EDIT, initial_user=deputy)
    blocks.append(field("deputy", _("Who answers for you?"), person, is_optional=True))
    blocks.append(small(_("Deals that wait for you go to them, with your name and theirs in the history.")))
    return modal(Callback.AWAY, _("Away"), blocks, submit=_("Save"))


def _check_counts(by: Member) -> None:
    """Somebody with a role, or whose time deals need."""
    if not resources_of(by):
        check_sees_deals(by)


def _days(workspace: Workspace, text: str, today: date) -> tuple[date, date | None]:
    """The days that a line names: `until 3 Jan`, `3 Jan to 9 Jan`, `Friday`, `next week`."""
    said = text.strip()
    said = said.removeprefix("away").strip().removeprefix("from ").strip()
    if not said:
        return today, None
    first, until, last = UNTIL.split(said, maxsplit=1) if UNTIL.search(said) else (said, "", "")
    if first.strip().lower() in WEEKS:
        week = monday(today) + WEEKS[first.strip().lower()] * WEEK
        return max(today, week), week + FRIDAY
    begins = _read(workspace, first, today) if first.strip() else today
    if until:
        return begins, _read(workspace, last, today)
    return begins, begins


def _read(workspace: Workspace, text: str, today: date) -> date:
    reader = Reader(today, company_locale(workspace.country), workspace.country)
    # A weekday by itself is the one that comes.
    day = read_date(fold(text.strip()), reader) or read_date(fold(_("this {text}", text=text.strip())), reader)
    if day is None:
        known = _("`/belay away until 3 Jan` is one, or `3 Jan to 9 Jan`.")
        raise Refused(_("“{text}” is no day that is still to come. {known}", text=clip(text.strip(), 80), known=known))
    return day


def _person(workspace: Workspace, said: str) -> str | None:
    """Whom a line names, as a mention or as they are called; None where that is not one person."""
    mention = MENTION.search(said)
    if mention:
        return mention[1]
    name = said.strip().lstrip("@").casefold()
    known = workspace.session.scalars(select(Member).where(Member.workspace_id == workspace.id, Member.name != ""))
    called = [member.user_id for member in known if name in {member.name.casefold(), *member.name.casefold().split()}]
    return called[0] if len(called) == 1 else None


def _span(absence: Absence, reader: Member) -> str:
    return _("{day} to {day_2}", day=_day(absence.first_day, reader), day_2=_day(absence.last_day, reader))


def _who_answers(absence: Absence) -> str:
    return (
        _("{name} answers for you.", name=clip(absence.deputy.name, 100))
        if absence.deputy
        else _("Nobody answers for you.")
    )


def _day(day: date, by: Member) -> str:
    return week_text(day, locale_of(by.locale))


def _broken(breaks: Breaking) -> Sentence:
    """What is affected, by the numbers of the deals; their owners know."""
    if not breaks.promises:
        return (_("Every promise that needs you can be kept."),)
    numbers = ", ".join(f"#{deal.number}" for deal in breaks.promises[:MOST_NAMED])
    more = _(" and {count} more", count=len(breaks.promises) - MOST_NAMED) if len(breaks.promises) > MOST_NAMED else ""
    return (
        _(
            "Promises that need you and can no longer be kept: {numbers}{more}. Their owners know.",
            numbers=numbers,
            more=more,
        ),
    )
