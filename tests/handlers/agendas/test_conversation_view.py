"""What Belay says of itself, and what waits, at its longest."""

from datetime import date

import pytest

from handlers.agendas.conversation import show_waiting
from handlers.agendas.conversation_view import HELLO, NO_ROLE, can_do
from handlers.slack.text import Code, plain
from models.base.language import LANGUAGES, _, reading
from models.words.asking import Topic, asked_in
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)


@pytest.mark.parametrize("name", ["Sara", "Olga", "Fin", "Lea", "Gus"])
def test_help_with_the_longest_offer_is_accepted(large: Large, slack: Slack, name: str) -> None:
    slack.reply(can_do(_(HELLO), long(200), JAN_18, large.person(name)))


@pytest.mark.parametrize("name", ["Sara", "Pete", "Olga", "Fin", "Lea"])
def test_all_that_waits_is_accepted(large: Large, slack: Slack, name: str) -> None:
    slack.reply(show_waiting(large.person(name), NOW))


@pytest.mark.parametrize("spoken", sorted(LANGUAGES))
def test_examples_are_read_in_the_language_they_stand_in(world: World, spoken: str) -> None:
    sara = world.person("Sara")
    sara.locale = {"de": "de-DE"}.get(spoken, "en-US")
    with reading(spoken):
        examples = [part.text for part in can_do(HELLO, "Zelt", JAN_18, sara).sentence if isinstance(part, Code)]
    assert [asked_in(example).topic for example in examples[:4]] == [
        *(Topic.DEAL, Topic.STATUS, Topic.STATUS, Topic.WAITING)
    ]


def test_help_has_an_example_of_the_company_and_of_the_reader(world: World) -> None:
    sara = world.person("Sara")
    sara.locale = "de-DE"
    said = can_do(HELLO, "Zelt", JAN_18, sara)
    assert plain(said.sentence).splitlines() == [
        HELLO,
        "does 200 Zelt by 18. Jan. fit? checks a deal, only for you",
        "status of #12 or how is the Acme deal says how a deal stands",
        "my turn says what waits for you",
        "/deal help, /capacity help and /belay help tell the rest",
    ]
    assert plain(can_do(HELLO, "Zelt", JAN_18, world.person("Gus")).sentence) == NO_ROLE.replace("`", "")
