"""The front desk: everything that speaks Slack."""

from slack_bolt import App

from handlers.agendas import home, reminders
from handlers.capacity import capacity
from handlers.deals import negotiation, proposing, threads
from handlers.digests import schedules, scoreboard
from handlers.setup import setup
from handlers.slack.context import House, Transactions, Work
from handlers.slack.listening import attach
from handlers.sop import cycle, families, review_files, reviews, settings

SUBJECTS = (
    *(negotiation, proposing, threads),
    capacity,
    *(cycle, families, review_files, reviews, settings),
    *(schedules, scoreboard),
    *(home, reminders),
    setup,
)

__all__ = ["House", "Transactions", "Work", "register"]


def register(app: App, house: House) -> None:
    """Let the front desk answer what Bolt receives."""
    attach(app, house)
