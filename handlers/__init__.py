"""The front desk: everything that speaks Slack."""

from slack_bolt import App

from handlers import capacity, deals, home, negotiation, reminders, schedules, scoreboard, setup, sop, threads
from handlers.house import House, Transactions, Work
from handlers.listening import attach

SUBJECTS = (capacity, deals, home, negotiation, reminders, schedules, scoreboard, setup, sop, threads)

__all__ = ["House", "Transactions", "Work", "register"]


def register(app: App, house: House) -> None:
    """Let the front desk answer what Bolt receives."""
    attach(app, house)
