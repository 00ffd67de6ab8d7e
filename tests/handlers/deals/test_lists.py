"""Lists of deals at their longest, and page by page."""

from datetime import date

import pytest
from sqlalchemy import select

from handlers.deals import lists
from models.company.offers import OfferRow
from models.deals.proposing import propose_deal
from models.deals.terms import TermLine, Terms
from models.workspace.members import find_member
from models.workspace.workspaces import the_workspace
from tests.handlers.large import Large
from tests.handlers.shown import Slack
from tests.stage import OPS, Stage
from tests.world import NOW


def test_list_of_two_hundred_deals_is_accepted(large: Large, slack: Slack) -> None:
    slack.reply(lists.list_deals(large.person("Olga"), NOW))


@pytest.mark.parametrize("name", ["Sara", "Olga", "Fin", "Pete"])
@pytest.mark.parametrize("stage", ["short", "answered", "won"])
def test_deal_that_is_shown_is_accepted(large: Large, slack: Slack, stage: str, name: str) -> None:
    world, number = large.world, large.deal(stage).number
    slack.reply(lists.show_deal(world.workspace, large.person(name), NOW, f"show #{number}"))


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_deal_list_shows_further_pages(stage: Stage) -> None:
    with stage.bot.database.writing() as session:
        sara = find_member(the_workspace(session), stage.people["Sara"])
        lamp = session.scalars(select(OfferRow).where(OfferRow.name == "Scarce lamp")).one()
        terms = Terms((TermLine(lamp.id, 1, lamp.list_price, date(2027, 3, 1)),))
        for number in range(20):
            propose_deal(sara.workspace, by=sara, now=NOW, customer=f"Customer{number}", terms=terms)
    stage.propose("Customer20 1 Scarce lamp by 1 Mar")
    olga = stage.person("Olga")
    olga.command(OPS, "/deal list")
    assert "And 1 more: /deal list 2 shows them." in olga.channel(OPS)[-1].as_text()
    olga.command(OPS, "/deal list 2")
    assert "#21 · Customer20" in olga.channel(OPS)[-1].as_text()
    olga.command(OPS, "/deal list 9")
    assert "There are 2 pages." in olga.channel(OPS)[-1].as_text()
