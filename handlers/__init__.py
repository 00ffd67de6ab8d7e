"""The front desk: everything that speaks Slack."""

from slack_bolt import App

from handlers import (
    capacity,
    deals,
    families,
    home,
    negotiation,
    reminders,
    reviews,
    schedules,
    scoreboard,
    setup,
    sheets,
    sop,
    sop_setup,
    threads,
)
from handlers.house import House, Transactions, Work
from handlers.listening import attach

SUBJECTS = (
    capacity,
    deals,
    families,
    home,
    negotiation,
    reminders,
    reviews,
    schedules,
    scoreboard,
    setup,
    sheets,
    sop,
    sop_setup,
    threads,
)

__all__ = ["House", "Transactions", "Work", "register"]


def register(app: App, house: House) -> None:
    """Let the front desk answer what Bolt receives."""
    attach(app, house)
