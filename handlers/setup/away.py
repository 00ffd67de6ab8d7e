"""`/belay away` and `/belay back`: when somebody does not work."""

import re
from datetime import date, datetime

from slack_sdk.models.blocks import Block, DatePickerElement
from slack_sdk.models.views import View

from handlers.slack.commands import reads_all
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Say, Show
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.values import read_day
from handlers.slack.view_parts import field, line, modal, notice
from models.base.arithmetic import WEEK, monday
from models.base.errors import Refused
from models.base.words import company_locale, locale_of, week_text
from models.base.working_time import DAY
from models.capacity.adjusting import Breaking
from models.capacity.leaving import be_back, leave
from models.company.people import absences_of, resources_of
from models.deals.rules import check_sees_deals
from models.words import Reader
from models.words.dates import read_date
from models.words.text import fold
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

UNTIL = re.compile(r"(?:^|\s)(until|till|to|bis|through|-|–)\s", re.IGNORECASE)
FRIDAY = 4 * DAY
WEEKS = {"this week": 0, "next week": 1}
MOST_NAMED = 5


@opens(command="/belay away", reads=reads_all)
def open_away(workspace: Workspace, by: Member, now: datetime, text: str) -> View:
    """From when until when, as far as the line says it."""
    _check_counts(by)
    today = workspace.today(now)
    rows = [row for row in absences_of(workspace, [by.id]) if row.last_day >= today]
    known: list[Sentence] = [(f"You are away from {_day(r.first_day, by)} to {_day(r.last_day, by)}.",) for r in rows]
    return away_view(known, *_days(workspace, text, today))


@submits(Callback.AWAY)
def go(by: Member, now: datetime, form: Filled) -> Reply:
    """Nobody counts on the person in these days; what that breaks is told."""
    _check_counts(by)
    breaks = leave(by, read_day(form["first"], "first"), read_day(form["last"], "last"), now=now)
    first, last = (_day(read_day(form[name], name), by) for name in ("first", "last"))
    return Show(notice((Bold(f"You are away from {first} to {last}. "), *_broken(breaks))))


@listens(command="/belay back")
def come_back(by: Member, now: datetime) -> Reply:
    """The person is back, or does not go after all."""
    _check_counts(by)
    be_back(by, now=now)
    return Say((Bold("Welcome back. "), "Your time counts again."))


def away_view(known: list[Sentence], first: date, last: date | None) -> View:
    """The days, and those that are known."""
    blocks: list[Block] = [line(*known)] if known else []
    begins = DatePickerElement(action_id=Act.EDIT, initial_date=first.isoformat())
    ends = DatePickerElement(action_id=Act.EDIT, initial_date=last.isoformat() if last else None)
    blocks += [field("first", "From", begins), field("last", "To, that day included", ends)]
    return modal(Callback.AWAY, "Away", blocks, submit="Save")


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
    day = read_date(fold(text.strip()), reader) or read_date(fold(f"this {text.strip()}"), reader)
    if day is None:
        raise Refused(f"“{clip(text.strip(), 80)}” is no day. `/belay away until 3 Jan` is, or `3 Jan to 9 Jan`.")
    return day


def _day(day: date, by: Member) -> str:
    return week_text(day, locale_of(by.locale))


def _broken(breaks: Breaking) -> Sentence:
    """What is affected, by the numbers of the deals; their owners know."""
    if not breaks.promises:
        return ("Every promise that needs you can be kept.",)
    numbers = ", ".join(f"#{deal.number}" for deal in breaks.promises[:MOST_NAMED])
    more = f" and {len(breaks.promises) - MOST_NAMED} more" if len(breaks.promises) > MOST_NAMED else ""
    return (f"Promises that need you and can no longer be kept: {numbers}{more}. Their owners know.",)
