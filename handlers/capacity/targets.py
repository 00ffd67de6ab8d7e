"""What buttons and forms of capacity carry."""

from dataclasses import dataclass
from datetime import date

from handlers.slack.ids import Target
from models.base.arithmetic import monday


@dataclass(frozen=True)
class WeekTarget(Target):
    """A resource, and a day of one of its weeks; `seen` is a digest of what its person saw that a change would do.

    `since` is the first of the weeks that are shown.
    """

    resource: int = 0
    day: str = ""
    seen: str = ""
    since: str = ""

    @property
    def week(self) -> date | None:
        """The week by its Monday; None where there is none."""
        return week_of(self.day)

    @property
    def first(self) -> date | None:
        """The first week that is shown; None where that is this week."""
        return week_of(self.since)


@dataclass(frozen=True)
class WeeksTarget(WeekTarget):
    """The weeks from another one on: Back and Next stand side by side."""

    @property
    def key(self) -> str:
        """The week that they begin with."""
        return self.since


@dataclass(frozen=True)
class UndoTarget(Target):
    """A change of capacity to undo; `seen` is a digest of what its person saw that this would do."""

    act: int = 0
    seen: str = ""


@dataclass(frozen=True)
class ReserveTarget(Target):
    """A reserve to give back."""

    reserve: int = 0

    @property
    def key(self) -> int:
        """Several stand below each other."""
        return self.reserve


def week_of(day: str) -> date | None:
    """The week of a day that was chosen; None where it is none."""
    try:
        return monday(date.fromisoformat(day)) if day else None
    except ValueError:
        return None
