"""A family in a form: chosen by typing some of its name, known by a short key of it."""

from collections.abc import Iterable
from hashlib import sha256

from slack_sdk.models.blocks import ExternalDataSelectElement, Option

from handlers.slack.ids import Act
from handlers.slack.text import clip
from models.base.language import _

MOST_SUGGESTED = 100


def family_key(name: str) -> str:
    """A name may be longer than Slack lets a value be."""
    return sha256(name.encode()).hexdigest()[:16]


def family_option(name: str) -> Option:
    """A family to choose."""
    return Option(text=clip(name, 75), value=family_key(name))


def family_options(families: Iterable[str], text: str) -> list[Option]:
    """Families that hold what was typed."""
    sought = text.strip().lower()
    matching = [family for family in families if sought in family.lower()]
    return [family_option(family) for family in matching[:MOST_SUGGESTED]]


def family_select(act: Act, chosen: str = "") -> ExternalDataSelectElement:
    """A select that asks while one types; there may be more families than a list holds."""
    return ExternalDataSelectElement(
        action_id=act,
        placeholder=_("Which family?"),
        min_query_length=0,
        initial_option=family_option(chosen) if chosen else None,
    )
