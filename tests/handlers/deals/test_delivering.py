"""What happens to a deal around its terms, through the door that people take: deliveries, objections, new sellers."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models.deals.rows import Deal
from models.workspace.leads import set_leads
from models.workspace.members import find_member, set_roles
from models.workspace.roles import Side
from models.workspace.workspaces import the_workspace
from tests.stage import OPS, Stage, shown
from tests.world import NOW

LINE = "Acme 100 Summit tent by 18 Jan"
FEB_1 = datetime(2027, 2, 1, 16, 0, tzinfo=UTC)


def won(stage: Stage) -> None:
    """A deal in one delivery, promised and ordered."""
    stage.propose(LINE)
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    stage.person("Sara").press("Won", in_=stage.own_card("Sara"))
    stage.sb.settle()


def lead(stage: Stage, side: Side, name: str) -> None:
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        member, lea = (find_member(workspace, stage.people[who]) for who in (name, "Lea"))
        set_leads(workspace, {side: member}, by=lea, now=NOW)


def test_short_delivery_opens_another_and_the_seller_says_what_the_customer_says(stage: Stage) -> None:
    won(stage)
    lead(stage, Side.OPERATIONS, "Otto")
    olga, sara = stage.person("Olga"), stage.person("Sara")
    stage.sb.turn(to=FEB_1)
    olga.press("Delivered…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("Summit tent: 100 tents, week of Jan 18", 80)
    olga.fill_by_label("They came in the week of", "2027-01-25")
    olga.fill_by_label("The rest comes in the week of", "2027-02-08")
    stage.sb.settle()
    assert olga.submit().errors == {"why": "Say in a sentence what happened."}
    olga.fill_by_label("What happened, if not as promised", "The truck was too small.")
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert stage.state() == "won"
    for card in (stage.card(), stage.own_card("Sara")):
        assert "Delivered short Summit tent: 80 of 100 tents, week of Jan 25, promised for Jan 18" in card.as_text()
        assert "Still to come: Summit tent, 20 tents, week of Feb 8" in card.as_text()
    sara.press("The customer says…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    sara.fill_by_label("The customer says", "Only 78 came.")
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    told = [message.as_text() for message in stage.person("Otto").dm()][-1]
    assert "#1 · Acme · 100 × Summit tent" in told
    assert "Sara says that the customer sees it otherwise: “Only 78 came.”" in told
    assert stage.sb.violations() == []


def test_deals_of_somebody_who_left_go_to_another_seller(stage: Stage) -> None:
    stage.propose(LINE)
    stage.propose("Borealis 10 Ridge tent by 1 Feb")
    with stage.bot.database.writing() as session:
        set_roles(find_member(the_workspace(session), stage.people["Sara"]), [], by=None, now=NOW)
    lea = stage.person("Lea")
    lea.command(OPS, "/deal handover")
    stage.sb.settle()
    lea.fill_by_label("From", stage.people["Sara"])
    lea.fill_by_label("To", stage.people["Pete"])
    stage.sb.settle()
    assert lea.submit().ok
    stage.sb.settle()
    assert "From Sara to Pete: #1, #2" in shown(lea).as_text()
    sellers = stage.look(lambda session: [deal.seller.name for deal in session.scalars(select(Deal))])
    assert sellers == ["Pete", "Pete"]
    assert stage.own_card("Pete", 2).buttons[:2] == ["Revise…", "Ask…"]
    assert stage.sb.violations() == []


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_words_are_put_right_and_links_stand_on_the_card(stage: Stage) -> None:
    stage.propose(LINE)
    sara = stage.person("Sara")
    sara.press("Edit…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    sara.fill_by_label("Customer", "Acme Europe")
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert "#1 · Acme Europe" in stage.card().as_text()
    assert stage.thread()[-1] == "Sara changed the customer: Acme → Acme Europe"
    sara.press("Attach…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    sara.fill_by_label("What is it?", "Order 4711")
    sara.fill_by_label("Its address", "https://crm.example.com/4711")
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert "Attached: " in stage.card().as_text()
    assert "https://crm.example.com/4711" in str(stage.card().blocks)
    assert stage.sb.violations() == []


@pytest.mark.parametrize("stage", ["socket"], indirect=True)
def test_file_that_is_handed_in_stands_on_the_card_by_its_name(stage: Stage) -> None:
    stage.propose(LINE)
    sara = stage.person("Sara")
    sara.press("Attach…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert sara.attach("Or a file", ("order-4711.pdf", b"%PDF")).ok
    assert sara.submit().ok
    stage.sb.settle()
    (file,) = stage.sb.files()
    assert "order-4711.pdf" in stage.card().as_text()
    assert file["permalink"] in str(stage.card().blocks)
    assert stage.sb.violations() == []
