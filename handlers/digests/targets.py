"""What buttons and forms of schedules carry."""

from dataclasses import dataclass

from handlers.slack.ids import Target


@dataclass(frozen=True)
class ScheduleTarget(Target):
    """A schedule; none where one is added."""

    schedule: int = 0

    @property
    def key(self) -> int:
        """A list shows several schedules."""
        return self.schedule
