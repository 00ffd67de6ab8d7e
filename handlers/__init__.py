"""The front desk: everything that speaks Slack."""

from slack_bolt import App

from handlers.agendas import conversation, home, reminders
from handlers.api import tokens, webhooks, workflow
from handlers.capacity import capacity, reserving, undoing, weeks
from handlers.company import company, files, needs
from handlers.company import settings as company_settings
from handlers.compare import compare
from handlers.deals import (
    approving,
    bulk,
    calendar,
    delivering,
    export,
    lists,
    negotiation,
    proposing,
    showing,
    standards,
    steps,
    threads,
)
from handlers.digests import schedules, scoreboard
from handlers.policy import clauses, policy, rules_file
from handlers.setup import away, data, guide, roles, setup
from handlers.slack.context import Context, Transactions, Work
from handlers.slack.serving import attach
from handlers.sop import (
    accuracy,
    budget,
    consensus,
    decisions,
    families,
    launches,
    marking,
    page,
    review_files,
    reviews,
    scenarios,
    settings,
    standing,
    stock_targets,
)

SUBJECTS = (
    *(approving, bulk, calendar, delivering, export, lists, negotiation, proposing, showing, standards, steps, threads),
    *(capacity, reserving, undoing, weeks),
    compare,
    *(accuracy, budget, consensus, decisions, families, launches, marking, page, review_files, reviews),
    *(scenarios, settings, standing, stock_targets),
    *(schedules, scoreboard),
    *(conversation, home, reminders),
    *(company, files, needs, company_settings),
    *(away, data, guide, roles, setup),
    *(clauses, policy, rules_file),
    *(tokens, webhooks, workflow),
)

__all__ = ["Context", "Transactions", "Work", "register"]


def register(app: App, context: Context) -> None:
    """Let the front desk answer what Bolt receives."""
    attach(app, context)
