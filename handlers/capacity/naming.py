"""`/capacity Sewing 18 Jan`: which resource, and which week, a line names."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.slack.commands import nearest
from handlers.slack.listening import words_after
from handlers.slack.text import clip
from models.base.arithmetic import WEEK, monday
from models.base.errors import Refused
from models.base.language import _
from models.base.words import company_locale
from models.capacity.overview import search_resources
from models.words import Reader
from models.words.dates import read_date
from models.words.text import fold
from models.workspace.workspaces import Workspace

MOST_NAMES = 10_000
MOST_AHEAD = 520 * WEEK
MARKS = frozenset({"by", "on", "in", "for", "the", "week", "of"})


@dataclass(frozen=True)
class Named:
    """A resource by its id (0 for all) and a week by its Monday (None for those that come next)."""

    resource: int = 0
    week: date | None = None


def read_named(workspace: Workspace, text: str, now: datetime) -> Named:
    """The resource whose name holds the text, with the week of a date after it; a name may itself end in a date."""
    whole = _resource(workspace, text)
    if whole or not text:
        return Named(whole)
    words = text.split()
    reader = Reader(workspace.today(now), company_locale(workspace.country), workspace.country)
    days = ((n, read_date(fold(" ".join(words[n:])), reader)) for n in range(len(words)))
    end, day = next(((n, day) for n, day in days if day), (len(words), None))
    name = _without_marks(words[:end])
    resource = _resource(workspace, name)
    if name and not resource:
        raise Refused(_unknown(workspace, name))
    return Named(resource, _to_come(workspace, day, now) if day else None)


def _resource(workspace: Workspace, name: str) -> int:
    rows = search_resources(workspace, name, limit=1) if name else []
    return rows[0].id if rows else 0


def _without_marks(words: list[str]) -> str:
    while words and words[-1].lower() in MARKS:
        words = words[:-1]
    return " ".join(words)


def _to_come(workspace: Workspace, day: date, now: datetime) -> date:
    this_week = workspace.this_week(now)
    if monday(day) < this_week:
        raise Refused(_("That week is over."))
    if day - this_week > MOST_AHEAD:
        raise Refused(_("That is more than ten years ahead."))
    return monday(day)


def _unknown(workspace: Workspace, text: str) -> str:
    """What is said of a name that nothing has: the resources and words that are near to it."""
    names = [row.name for row in search_resources(workspace, "", limit=MOST_NAMES)]
    near = [_("`/capacity {name}`", name=clip(name, 60)) for name in nearest(text, [*names, *words_after("/capacity")])]
    meant = _("Did you mean {near}? ", near=_(" or ").join(near)) if near else ""
    return _("No resource is called “{text}”. {meant}`/capacity` shows them.", text=clip(text, 80), meant=meant)
