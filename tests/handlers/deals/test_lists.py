"""The deals in their window: what each filter finds, page by page, and at its longest."""

from datetime import date

import pytest
from slack_sdk.models.views import View
from sqlalchemy import select

from handlers.deals import lists
from handlers.deals.finding import Looking, ToPage
from handlers.slack.forms import Filled
from handlers.slack.ids import Callback, digest
from handlers.slack.replies import Reply, Show, Suggest
from models.base.errors import NotYours
from models.base.language import _
from models.company.offers import OfferRow
from models.deals.deciding import DeclineReason, decline
from models.deals.proposing import propose_deal
from models.deals.terms import TermLine, Terms
from models.workspace.members import find_member
from models.workspace.workspaces import the_workspace
from sandbox.client import Person
from sandbox.render import render_blocks
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.stage import OPS, Stage, shown
from tests.world import NOW, World, user_id

JAN_18 = date(2027, 1, 18)


@pytest.mark.parametrize("text", ["list", "list 3", "find resource deal", f"find {long(3000)}", "list won", "mine"])
def test_window_of_two_hundred_deals_is_accepted(large: Large, slack: Slack, text: str) -> None:
    world = large.world
    listener = lists.find if text.startswith("find") else lists.list_deals
    slack.show(listener(world.workspace, large.person("Olga"), NOW, text))


def test_every_page_is_accepted_with_every_filter_filled_in(large: Large, slack: Slack) -> None:
    world, family = large.world, world_family(large)
    looking = Looking(state="any", words="9" * 100, family=digest(family), seller="USARA", week="2027-01-18")
    for page in range(0, 30, 7):
        shown = lists.turn_page(
            *(world.workspace, large.person("Sara"), NOW, form_of(Looking(state="any"))), ToPage(page=page), looking, ""
        )
        assert isinstance(shown, Show)
        slack.show(shown.view)
    view = slack.show(lists.filter_deals(world.workspace, large.person("Sara"), NOW, form_of(looking), Looking()))[0]
    assert _("No deal is like that. ").strip() in said(view)


@pytest.mark.parametrize("text", ["", "tents", long(200), "🏔️"])
def test_suggested_families_begin_with_every_one(large: Large, text: str) -> None:
    offered = lists.suggest_families(large.world.workspace, large.person("Sara"), text)
    assert isinstance(offered, Suggest)
    options = [option.to_dict() for option in offered.options]
    assert options[0]["value"] == "any"
    assert all(len(option["text"]["text"]) <= 75 and len(option["value"]) <= 150 for option in options)
    assert len(options) <= 100


def test_filters_find_what_is_like_all_of_them(world: World) -> None:
    acme = world.propose(customer="Acme")
    borealis = world.propose(("Pole set", 40, 4000, date(2027, 1, 25)), by="Pete", customer="Borealis")
    decline(borealis, by=world.person("Lea"), now=NOW, reason=DeclineReason.MATERIAL, why="No poles.")
    for looking, numbers in (
        (Looking(), [2, 1]),
        (Looking(state="not over"), [1]),
        (Looking(state="declined"), [2]),
        (Looking(turn="operations"), [1]),
        (Looking(turn="sales"), []),
        (Looking(words="ACM"), [1]),
        (Looking(words="pole"), [2]),
        (Looking(words="acme pole"), []),
        (Looking(words="%"), []),
        (Looking(family=digest("Parts")), [2]),
        (Looking(family="any"), [2, 1]),
        (Looking(seller=user_id("Pete")), [2]),
        (Looking(seller="UNOBODY"), []),
        (Looking(week="2027-01-20"), [1]),
        (Looking(sum="40,000"), [1]),
        (Looking(sum="0 – 1,600"), [2]),
        (Looking(sum="1,601 to 43,200"), [1]),
        (Looking(age="in the last 7 days"), [2, 1]),
        (Looking(age="more than 90 days ago"), []),
        (Looking(words="acme", state="any", turn="operations", sum="1"), [1]),
    ):
        assert (looking, numbers_in(look(world, looking))) == (looking, numbers)
    assert acme.number == 1


def test_line_says_number_customer_what_state_sum_and_turn(world: World) -> None:
    world.propose(customer="Acme")
    lines = said(look(world, Looking()))
    assert "1 deal\n#1 · Acme · 100 × Summit tent\nProposed · $43,200 · Operations’ turn" in lines


@pytest.mark.parametrize("text", ["many", "5-", "-5", "1–2–3", "9" * 40])
def test_sum_that_cannot_be_read_is_said_and_finds_nothing(world: World, text: str) -> None:
    world.propose()
    view = look(world, Looking(sum=text))
    assert "A sum such as 10,000, or two such as 10,000–50,000." in said(view)
    assert numbers_in(view) == []


def test_words_after_list_are_a_page_a_state_or_words(world: World) -> None:
    world.propose(customer="Acme")
    olga = world.person("Olga")
    for text, numbers in (("list", [1]), ("list 9", [1]), ("list won", []), ("list Proposed", [1]), ("list foo", [])):
        assert (text, numbers_in(lists.list_deals(world.workspace, olga, NOW, text))) == (text, numbers)


def test_deals_are_found_by_people_with_a_role_only(world: World) -> None:
    gus, form = world.person("Gus"), form_of(Looking())
    for act in (
        lambda: lists.list_deals(world.workspace, gus, NOW, "list"),
        lambda: lists.find(world.workspace, gus, NOW, "find acme"),
        lambda: lists.find_own(world.workspace, gus, NOW),
        lambda: lists.search(world.workspace, gus, NOW, form, Looking()),
        lambda: lists.filter_deals(world.workspace, gus, NOW, form, Looking()),
        lambda: lists.turn_page(world.workspace, gus, NOW, form, ToPage(), Looking(), Callback.DEALS),
        lambda: lists.clear_filters(world.workspace, gus, NOW, Looking()),
        lambda: lists.suggest_families(world.workspace, gus, ""),
    ):
        with pytest.raises(NotYours, match="Deals are for people with a role"):
            act()


@pytest.fixture
def listed(stage: Stage) -> Stage:
    """Twenty-one deals of Sara's, and one of Pete's that is declined."""
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        sara, pete, lea = (find_member(workspace, stage.people[name]) for name in ("Sara", "Pete", "Lea"))
        lamp = session.scalars(select(OfferRow).where(OfferRow.name == "Scarce lamp")).one()
        terms = Terms((TermLine(lamp.id, 1, lamp.list_price, date(2027, 3, 1)),))
        for number in range(21):
            propose_deal(workspace, by=sara, now=NOW, customer=f"Customer{number}", terms=terms)
        gone = propose_deal(workspace, by=pete, now=NOW, customer="Gone", terms=terms)
        decline(gone, by=lea, now=NOW, reason=DeclineReason.MATERIAL, why="No.")
    stage.sb.settle()
    return stage


def test_list_is_filtered_turned_and_opened_in_its_window(listed: Stage) -> None:
    olga, settle = listed.person("Olga"), listed.sb.settle
    command(listed, olga, "/deal list")
    assert "21 deals, 1–10, the latest first" in shown(olga).as_text()
    assert "#21 · Customer20 · 1 × Scarce lamp\nProposed · " in shown(olga).as_text()
    olga.press("Next", in_=shown(olga))
    settle()
    assert "21 deals, 11–20" in shown(olga).as_text()
    olga.press("open.2", in_=shown(olga))
    settle()
    assert "#2 · Customer1 · 1 × Scarce lamp" in shown(olga).as_text()
    assert "Back to the list" in shown(olga).buttons
    olga.press("Back to the list", in_=shown(olga))
    settle()
    assert "21 deals, 11–20" in shown(olga).as_text()
    olga.press("Back", in_=shown(olga))
    settle()
    olga.choose("Any state", "Any state", in_=shown(olga))
    settle()
    assert "22 deals, 1–10" in shown(olga).as_text()
    olga.choose("Any seller", "Pete", in_=shown(olga))
    settle()
    assert "1 deal\n#22 · Gone · 1 × Scarce lamp\nDeclined" in shown(olga).as_text()
    olga.press("Clear all filters", in_=shown(olga))
    settle()
    assert "22 deals, 1–10" in shown(olga).as_text()
    olga.enter("Customer or offer", "customer7")
    settle()
    assert "1 deal\n#8 · Customer7" in shown(olga).as_text()
    olga.fill_by_label("Customer or offer", "customer8")
    settle()
    assert olga.submit().ok
    settle()
    assert "1 deal\n#9 · Customer8" in shown(olga).as_text()
    assert listed.sb.violations() == []


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_deal_in_the_window_is_as_it_is_after_each_button(listed: Stage) -> None:
    olga, settle = listed.person("Olga"), listed.sb.settle
    command(listed, olga, "/deal find customer20")
    olga.press("Open", in_=shown(olga))
    settle()
    olga.press("Join the call", in_=shown(olga))
    settle()
    assert "On the customer’s call: Olga" in shown(olga).as_text()
    olga.press("Approve", in_=shown(olga))
    settle()
    assert "Approved by Olga" in shown(olga).as_text()
    assert "Approve" not in shown(olga).buttons
    assert listed.sb.violations() == []


@pytest.mark.parametrize("stage", ["socket"], indirect=True)
def test_find_and_mine_find_what_is_closed_too(listed: Stage) -> None:
    pete = listed.person("Pete")
    command(listed, pete, "/deal mine")
    assert "1 deal\n#22 · Gone" in shown(pete).as_text()
    command(listed, pete, "/deal find gone lamp")
    assert "1 deal\n#22 · Gone" in shown(pete).as_text()
    command(listed, pete, "/deal find")
    assert "22 deals, 1–10" in shown(pete).as_text()
    command(listed, listed.person("Gus"), "/deal list")
    assert shown(listed.person("Gus")).as_text().startswith("Deals are for people with a role.")


def command(stage: Stage, person: Person, line: str) -> None:
    while person.modals():
        person.close()
    person.command(OPS, line)
    stage.sb.settle()


def world_family(large: Large) -> str:
    return str(large.world.session.scalars(select(OfferRow.family)).first())


def form_of(looking: Looking) -> Filled:
    """The fields of the window, as they hold what is looked for."""
    return Filled({name: str(value) for name, value in vars(looking).items()}, {}, {})


def look(world: World, looking: Looking) -> Reply:
    return lists.filter_deals(world.workspace, world.person("Olga"), NOW, form_of(looking), Looking())


def said(shown_view: Reply | View) -> str:
    view = shown_view.view if isinstance(shown_view, Show) else shown_view
    assert isinstance(view, View)
    return render_blocks([block.to_dict() for block in view.blocks])


def numbers_in(shown_view: Reply | View) -> list[int]:
    """The numbers of the deals that a window lists."""
    return [int(text[1:].split()[0]) for text in said(shown_view).splitlines() if text.startswith("#")]
