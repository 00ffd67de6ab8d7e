"""App Home at its longest."""

import pytest

from handlers.agendas.home import home_of
from tests.handlers.large import Large
from tests.handlers.shown import Slack
from tests.world import NOW


@pytest.mark.parametrize("name", ["Sara", "Pete", "Olga", "Fin", "Lea", "Gus"])
def test_home_with_many_deals_is_accepted(large: Large, slack: Slack, name: str) -> None:
    slack.publish(home_of(large.person(name), now=NOW))
