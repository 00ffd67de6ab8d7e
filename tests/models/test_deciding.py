"""Decisions, on the rows."""

from datetime import date

import pytest
from sqlalchemy import select

from models.deals.deciding import agree
from models.errors import NotYours
from models.resources import Commitment
from tests.world import NOW, World


def test_approve_commits_what_the_terms_need(world: World) -> None:
    deal = world.propose()
    agree(deal, by=world.person("Olga"), now=NOW, version=1)
    assert deal.state == "approved"
    rows = world.session.scalars(select(Commitment).where(Commitment.deal_id == deal.id)).all()
    # 100 tents × 0.5 h + 4 h fixed, two weeks before 18 January.
    assert [(row.resource.name, row.week, row.quantity) for row in rows] == [("Assembly", date(2027, 1, 4), 54_000)]


def test_approve_own_deal_is_refused(world: World) -> None:
    deal = world.propose()
    with pytest.raises(NotYours, match="Nobody decides on their own deal"):
        from models.deals.deciding import DeclineReason, decline

        decline(deal, by=world.person("Sara"), now=NOW, reason=DeclineReason.OTHER, why="no")
