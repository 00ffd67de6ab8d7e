"""What buttons and forms of the S&OP cycle carry."""

from dataclasses import dataclass

from handlers.slack.ids import Target
from handlers.slack.request import Request, provides
from models.sop.rows import Cycle
from models.sop.settings import find_cycle


@dataclass(frozen=True)
class CycleTarget(Target):
    """A cycle."""

    cycle: int = 0


@dataclass(frozen=True)
class ReviewTarget(CycleTarget):
    """A review's form; `seen` is when the answer that it shows was given."""

    seen: str = ""


@dataclass(frozen=True)
class FileTarget(CycleTarget):
    """A review's file, by its kind."""

    kind: str = ""


@dataclass(frozen=True)
class ScenarioTarget(CycleTarget):
    """A scenario of a cycle."""

    scenario: int = 0

    @property
    def key(self) -> int:
        """A window lists several scenarios."""
        return self.scenario


@dataclass(frozen=True)
class TriedTarget(CycleTarget):
    """What was tried and is not kept: a way out, by its gap and kind, or a deal, by its id."""

    way: str = ""
    deal: int = 0


@dataclass(frozen=True)
class DecisionTarget(CycleTarget):
    """The form of a decision; `origin` is the window below it."""

    origin: str = ""


@dataclass(frozen=True)
class ResolutionTarget(Target):
    """A decision that was made."""

    resolution: int = 0

    @property
    def key(self) -> int:
        """A window lists several decisions."""
        return self.resolution


@provides
def cycle(request: Request) -> Cycle:
    """The cycle that a request is about, loaded again."""
    return find_cycle(request.workspace, request.carried(CycleTarget).cycle)
