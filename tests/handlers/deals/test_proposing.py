"""Offers, suggested while one types."""

import pytest

from handlers.deals import proposing as desk
from handlers.slack.replies import Suggest
from sandbox.limits.objects import suggestions
from tests.handlers.large import Large, long


@pytest.mark.parametrize("text", ["", "Spare", "W", long(200, "Spare 1"), long(3000), "%", "🏔️"])
def test_suggestions_from_a_thousand_offers_are_accepted(large: Large, text: str) -> None:
    world = large.world
    found = desk.suggest_offers(world.workspace, large.person("Sara"), text)
    assert isinstance(found, Suggest)
    assert list(suggestions({"options": [option.to_dict() for option in found.options]}, "")) == []
