"""What somebody looks for among the deals: from the words of a command or the fields of the window to a search."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from babel import Locale

from handlers.slack.forms import Filled
from handlers.slack.ids import Target, digest
from handlers.slack.values import number_of, read_day
from models.base.arithmetic import half_up, monday
from models.base.errors import Refused
from models.base.language import N_, _
from models.company.offers import families
from models.deals.finding import Sought
from models.deals.lists import LIVE
from models.deals.states import State
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace

MOST_MONEY = 10**15
MOST_WORDS = 100
BETWEEN = re.compile(r"\s+to\s+|\s*[–-]\s*")
ANY = "any"
NOT_OVER = N_("not over")


class Age(StrEnum):
    """How long ago a deal was proposed."""

    WEEK = N_("in the last 7 days")
    MONTH = N_("in the last 30 days")
    QUARTER = N_("in the last 90 days")
    OLDER = N_("more than 90 days ago")


DAYS = {Age.WEEK: 7, Age.MONTH: 30, Age.QUARTER: 90, Age.OLDER: 90}


@dataclass(frozen=True)
class Looking(Target):
    """What somebody looks for, as the window's fields hold it, and the page of what was found.

    `family` is a digest of its name, which may be longer than what a select carries; `deal` is one that is open.
    """

    page: int = 0
    deal: int = 0
    words: str = ""
    state: str = ""
    turn: str = ""
    family: str = ""
    seller: str = ""
    week: str = ""
    sum: str = ""
    age: str = ""

    @classmethod
    def of(cls, form: Filled, carried: "Looking") -> "Looking":
        """What the fields hold now; the page is the first one again."""
        return cls(
            revision=carried.revision,
            words=form["words"],
            state=form["state"],
            turn=form["turn"],
            family=form["family"],
            seller=form["seller"],
            week=form["week"],
            sum=form["sum"],
            age=form["age"],
        )

    def on_page(self, page: int) -> "Looking":
        """The same on another page, from 0 on."""
        return replace(self, page=max(0, page))


@dataclass(frozen=True)
class ToPage(Target):
    """A page of what was found, from 0 on."""

    page: int = 0

    @property
    def key(self) -> str:
        """Back and Next stand side by side."""
        return str(self.page)


def listing(text: str) -> Looking:
    """`/deal list`: what is not over; with a number its page, with a state those, else what holds the words."""
    words = text.split()[1:]
    if len(words) == 1 and words[0].isascii() and words[0].isdecimal() and len(words[0]) < 5:
        return Looking(state=NOT_OVER).on_page(int(words[0]) - 1)
    if len(words) == 1 and words[0].lower() in list(State):
        return Looking(state=words[0].lower())
    return Looking(state=NOT_OVER, words=" ".join(words)[:MOST_WORDS])


def sought(workspace: Workspace, looking: Looking, locale: Locale, now: datetime) -> Sought:
    """The search that the fields stand for; what cannot be read is refused under its field."""
    states = {ANY: (), NOT_OVER: LIVE}
    return Sought(
        words=looking.words,
        states=states.get(looking.state, tuple(state for state in State if state == looking.state)),
        turn=next((side for side in Side if side == looking.turn), None),
        family=family_of(workspace, looking),
        seller=looking.seller,
        week=monday(read_day(looking.week, "week")) if looking.week else None,
        sum=read_sums(looking.sum, workspace, locale),
        proposed=_proposed(looking.age, now),
    )


def family_of(workspace: Workspace, looking: Looking) -> str:
    """The name of the family that was chosen; nothing where all count."""
    if not looking.family or looking.family == ANY:
        return ""
    return next((name for name in families(workspace) if digest(name) == looking.family), looking.family)


def read_sums(text: str, workspace: Workspace, locale: Locale) -> tuple[int | None, int | None]:
    """From and up to, in minor units: `10,000` is at least so much, `10,000–50,000` and `0-50,000` are between."""
    parts = BETWEEN.split(text.strip()) if text.strip() else []
    amounts = [number_of(part, locale) for part in parts]
    minor = [half_up(Fraction(amount.scaleb(workspace.places))) for amount in amounts if amount is not None]
    if len(minor) != len(parts) or len(parts) > 2 or any(not 0 <= one <= MOST_MONEY for one in minor):
        raise Refused(_("A sum such as 10,000, or two such as 10,000–50,000."), field="sum")
    least, most = [*minor, None, None][:2]
    return least, most


def _proposed(age: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    if age not in list(Age):
        return None, None
    at = now - timedelta(days=DAYS[Age(age)])
    return (None, at) if age == Age.OLDER else (at, None)
