"""The greeting: whoever is named is there, and whatever is to be tried can be begun."""

from collections.abc import Iterator, Mapping

import httpx
import pytest

from bot.cli.demo import CHANNELS
from bot.cli.greeting import EMPTY_TEXT, EMPTY_TRIES, ROLES, TEXT, TIME, TRIES, greet
from bot.cli.seed import PEOPLE
from handlers.slack.listening import LISTENERS, Door
from sandbox.client import NotPossible, Sandbox
from sandbox.server import start
from tests.world import NOW

EVERY = (*TRIES, *TIME, *EMPTY_TRIES)


@pytest.fixture
def sb() -> Iterator[Sandbox]:
    box = start(now=NOW)
    sandbox = Sandbox(box.url)
    yield sandbox
    sandbox.close()
    box.stop()


def test_greeting_names_everybody_of_the_demo_and_nobody_else() -> None:
    assert list(ROLES) == [person.name for person in PEOPLE]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: str(one["label"]))
def test_what_is_to_be_tried_can_be_begun(one: Mapping[str, object]) -> None:
    assert one["as"] in ROLES
    assert one["channel"] in {*CHANNELS, "dm"}
    text = str(one.get("text", ""))
    words = text.split()[:2]
    assert not text or {(Door.COMMAND, " ".join(words)), (Door.COMMAND, words[0])} & LISTENERS.keys()


@pytest.mark.parametrize(("is_empty", "text", "other"), [(False, TEXT, EMPTY_TEXT), (True, EMPTY_TEXT, TEXT)])
def test_page_greets_with_what_is_there(sb: Sandbox, *, is_empty: bool, text: str, other: str) -> None:
    users = {person.name: sb.add_person(person.name) for person in PEOPLE}
    greet(sb, is_empty=is_empty)
    page = httpx.get(f"{sb.url}/as/{users['Sara']}", follow_redirects=True).text
    labels = [str(one["label"]) for one in EVERY if f">{one['label']}<" in page]
    assert (text in page, other in page) == (True, False)
    assert labels == [one["label"] for one in (EMPTY_TRIES if is_empty else (*TRIES, *TIME))]


def test_greeting_without_its_people_is_refused(sb: Sandbox) -> None:
    with pytest.raises(NotPossible):
        greet(sb, is_empty=False)
