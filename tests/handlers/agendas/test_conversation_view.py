"""What Belay says of itself, and what waits, at its longest."""

from datetime import date

import pytest

from handlers.agendas.conversation import show_waiting
from handlers.agendas.conversation_view import HELLO, NO_ROLE, can_do
from handlers.slack.text import plain
from models.base.language import _
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
