"""How the demo's page greets: who is who, and what to try first."""

from bot.cli.seed import PEOPLE
from sandbox.client import Sandbox

OPS = "tents-ops"
ROLES = {
    "Sara": "sales",
    "Pete": "sales",
    "Olga": "operations",
    "Otto": "operations",
    "Fiona": "finance",
    "Lea": "leads, admin",
}
TEXT = (
    "Ridgeline makes tents. Its sellers propose deals, its planners approve or counter, and capacity is promised once. "
    "You can be anybody: choose who at the top right, or open another tab."
)
EMPTY_TEXT = "Belay is installed, and nothing is set up yet: no company, no roles, no channels."
TRIES = (
    {
        "as": "Sara",
        "channel": OPS,
        "label": "Propose a deal",
        "note": "Sara asks for 200 tents, and sees at once whether they fit.",
        "text": "/deal Acme 200 Summit tent by 25 Jan at 10% off",
    },
    {
        "as": "Olga",
        "channel": OPS,
        "label": "Counter one",
        "note": "Olga finds 520 tents that do not fit, and the ways to yes: two clicks send one.",
        "press": "Counter with this…",
    },
    {
        "as": "Otto",
        "channel": OPS,
        "label": "Steer capacity",
        "note": "Otto sees the coming weeks, what loads them, and what a change would break.",
        "text": "/capacity Assembly",
    },
    {
        "as": "Pete",
        "channel": "dm",
        "label": "Answer a counter",
        "note": "Pete's customer may have 60 Ridge tents; he accepts or counters back.",
    },
)
TIME = (
    {
        "as": "Lea",
        "channel": "sales-and-ops",
        "label": "Let two weeks pass",
        "note": "Lea turns the clock: reminders, an overdue answer, and Monday’s digests with their pictures.",
        "hours": 24 * 14,
    },
    {
        "as": "Sara",
        "channel": "dm",
        "label": "Plan a month",
        "note": "Ten days on, the S&OP cycle asks Sara for her forecast; /sop shows each of you how far it is.",
        "hours": 24 * 10,
    },
    {
        "as": "Lea",
        "channel": "sales-and-ops",
        "label": "Schedule a digest",
        "note": "What is posted when, where; add one of your own.",
        "text": "/belay schedules",
    },
)
EMPTY_TRIES = (
    {
        "as": "Lea",
        "channel": "dm",
        "label": "Follow the guide",
        "note": "Belay has written to Lea: five steps to the first deal, with a spreadsheet, a sample, or by hand.",
    },
    {"as": "Lea", "channel": OPS, "label": "See what is missing", "text": "/belay"},
    {"as": "Sara", "channel": OPS, "label": "Propose without a role", "text": "/deal"},
)


def greet(sandbox: Sandbox, *, is_empty: bool) -> None:
    """Say on the first page who is who and what to try."""
    people = [{"who": person.name, "role": ROLES[person.name]} for person in PEOPLE]
    tries = [dict(one) for one in (EMPTY_TRIES if is_empty else (*TRIES, *TIME))]
    sandbox.welcome("Welcome to Belay", EMPTY_TEXT if is_empty else TEXT, people, tries, workspace="Ridgeline")
