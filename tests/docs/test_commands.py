"""The page of all commands has those that the bot listens for, and no others."""

import re

from handlers.slack.listening import LISTENERS, Door
from tests.places import ROOT

# By a number, without a word of its own.
NUMBERED = "/deal #"


def test_every_command_is_on_the_page_and_no_other() -> None:
    page = (ROOT / "docs" / "commands.md").read_text()
    named = {found.removesuffix(" …").strip() for found in re.findall(r"`(/[a-z]+[^`]*)`", page)}
    listed = {NUMBERED if re.fullmatch(r"/deal \d+", name) else name for name in named}
    assert listed == {key for door, key in LISTENERS if door is Door.COMMAND}
