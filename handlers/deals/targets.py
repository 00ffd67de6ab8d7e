"""What buttons and forms of deals carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from handlers.slack.ids import Target
from handlers.slack.request import Request, provides
from models.base.errors import NotFound
from models.base.language import _
from models.deals.rows import Deal
from models.deals.transitions import find_deal
from models.workspace.agendas import is_agenda

CLOCKS_DIFFER = timedelta(minutes=1)
TakenLine = tuple[int, int, int, str]


@dataclass(frozen=True)
class DealTarget(Target):
    """A deal as somebody saw it: its version, and the cost of overtime that is agreed to, in minor units."""

    deal: int = 0
    version: int = 0
    overtime: int = 0

    @property
    def key(self) -> int | str:
        """A message may list several deals."""
        return self.deal


@dataclass(frozen=True)
class ApproveTarget(DealTarget):
    """A yes that is being said, with fields for so many conditions."""

    conditions: int = 0


@dataclass(frozen=True)
class ConditionTarget(DealTarget):
    """A condition of a deal."""

    condition: int = 0

    @property
    def key(self) -> int:
        """A view lists several."""
        return self.condition


@dataclass(frozen=True)
class ContestTarget(DealTarget):
    """A deal among others that want a week of a resource; the number of the contest in a message that lists several."""

    contest: int = 0
    resource: str = ""
    week: str = ""

    @property
    def cell(self) -> tuple[str, date] | None:
        """The resource and the week; None where the deal says which."""
        try:
            return (self.resource, date.fromisoformat(self.week)) if self.resource else None
        except ValueError:
            return None

    @property
    def key(self) -> str:
        """The deal may stand in the message with a card of its own."""
        return f"{self.deal}-{self.contest}"


@dataclass(frozen=True)
class WayTarget(DealTarget):
    """A way to yes for a deal: the offer, quantity, price and week of each of its lines."""

    taken: Sequence[TakenLine] = ()


@dataclass(frozen=True)
class TermsTarget(DealTarget):
    """A form of terms for a deal that shows so many lines.

    `seen` is a digest of what its person saw of them last, `was` the verdict and the terms of that look.
    `similar` are deals that look like it, of which its person knows; `execution` a workflow's step that waits for it.
    """

    lines: int = 0
    seen: str = ""
    was: Sequence[Any] = ()
    similar: Sequence[int] = ()
    execution: str = ""


@dataclass(frozen=True)
class DeliveriesTarget(DealTarget):
    """A form of what was delivered: the ids of the deliveries that it shows, in their order."""

    owed: Sequence[int] = ()


@dataclass(frozen=True)
class AnswerTarget(DealTarget):
    """A question about a deal, and what somebody has written already, to begin the answer with."""

    question: int = 0
    begun: str = ""


@dataclass(frozen=True)
class WordsTarget(Target):
    """What somebody wrote of a deal, and on which day: a week later, *by Friday* would be another one.

    `execution` is the step of a workflow that waits for what comes of it.
    """

    words: str = ""
    day: str = ""
    execution: str = ""

    @property
    def written_on(self) -> date | None:
        """The day; None where it is none."""
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None


@dataclass(frozen=True)
class StandardTarget(Target):
    """An offer, and in what it is asked for beyond the standard."""

    offer: int = 0
    kind: str = ""

    @property
    def key(self) -> str:
        """An offer may stand in a message with several kinds."""
        return f"{self.offer}-{self.kind}"


@provides
def deal(request: Request) -> Deal:
    """The deal that a request is about, loaded again.

    Where an older database was restored, its next deals have the ids of some whose cards are still in Slack.
    """
    found = find_deal(request.workspace, request.carried(DealTarget).deal)
    if is_older(request.message_ts, found) and not is_agenda(request.workspace, request.message_ts):
        raise NotFound(
            _("This card is older than deal #{number}: its own deal is not here any more.", number=found.number)
        )
    return found


def is_older(ts: str, deal: Deal) -> bool:
    """Whether a message was posted before a deal; two clocks may differ a little."""
    return bool(ts) and datetime.fromtimestamp(float(ts), UTC) < deal.proposed_at - CLOCKS_DIFFER


@provides
def taken(request: Request) -> Sequence[TakenLine]:
    """The terms of a way to yes that a button stands for; none where they are not such."""
    lines = request.carried(WayTarget).taken
    return lines if all(is_taken(line) for line in lines) else ()


def is_taken(line: object) -> bool:
    """Whether something that was carried is a line of terms."""
    return isinstance(line, list) and [type(part) for part in line] == [int, int, int, str]
