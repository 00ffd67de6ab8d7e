"""Steps of workflows: a draft for a person, a step that ends when its deal is decided, a check that posts nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from models.deals.deciding import DeclineReason, decline
from models.deals.executions import Execution
from models.deals.rows import Deal
from models.workspace.members import meet_member
from models.workspace.workspaces import the_workspace
from tests.stage import Stage, shown, staged
from tests.world import NOW

WORDS = "Acme 100 Summit tent by 18 Jan"


@pytest.fixture
def flow(database_url: str) -> Iterator[Stage]:
    """A workspace whose workflows may use Belay's steps."""
    with staged(database_url, "socket", has_steps=True) as stage:
        yield stage
        assert stage.sb.violations() == []


def run(flow: Stage, step: str, person: str, deal: str) -> dict[str, Any]:
    """A workflow comes to a step; what is known of it a moment later."""
    key = flow.sb.run_step(step, person=flow.people[person], deal=deal)
    flow.sb.settle()
    return flow.sb.execution(key)


def post(flow: Stage) -> None:
    """Sara opens the draft and posts it."""
    sara = flow.person("Sara")
    sara.press("Propose it…", in_=sara.dm()[-1])
    flow.sb.settle()
    assert shown(sara).title == "Propose a deal"
    assert sara.submit().ok
    flow.sb.settle()


def test_step_waits_for_its_person_and_then_for_operations(flow: Stage) -> None:
    execution = run(flow, "propose_deal_step", "Sara", WORDS)
    assert (execution["state"], flow.look(lambda s: s.scalar(select(func.count(Deal.id))))) == ("running", 0)
    assert "A draft, by a workflow." in flow.person("Sara").dm()[-1].as_text()
    post(flow)
    assert flow.sb.execution(execution["id"])["state"] == "running"
    flow.person("Olga").press("Approve", in_=flow.card())
    flow.sb.settle()
    done = flow.sb.execution(execution["id"])
    assert done["state"] == "completed"
    assert done["outputs"] == {
        "number": 1,
        "decision": "approved",
        "sentence": "Olga agreed, and the capacity is committed.",
        "link": done["outputs"]["link"],
    }
    assert flow.card().ts.replace(".", "") in done["outputs"]["link"]


@pytest.mark.parametrize("is_declined", [True, False])
def test_step_ends_however_the_deal_is_decided(flow: Stage, is_declined: bool) -> None:
    execution = run(flow, "propose_deal_step", "Sara", WORDS)
    post(flow)
    if is_declined:
        with flow.bot.database.writing() as session:
            lea = meet_member(the_workspace(session), flow.people["Lea"])
            deal = session.scalars(select(Deal)).one()
            decline(deal, by=lea, now=NOW, reason=DeclineReason.RISK, why="Not this year.")
    else:
        flow.person("Sara").press("Withdraw", in_=flow.own_card("Sara"))
    flow.bot.heartbeat.beat()
    flow.sb.settle()
    done = flow.sb.execution(execution["id"])
    assert (done["state"], done["outputs"]["decision"]) == ("completed", "declined" if is_declined else "withdrawn")


def test_same_event_again_drafts_nothing_twice(flow: Stage) -> None:
    execution = run(flow, "propose_deal_step", "Sara", WORDS)
    event = next(
        r["payload"] for r in flow.sb.requests() if r["payload"].get("event", {}).get("type") == "function_executed"
    )
    assert event["event"]["function_execution_id"] == execution["id"]
    drafts = len(flow.person("Sara").dm())
    flow.look(lambda s: s.scalars(select(Execution)).one())
    run(flow, "propose_deal_step", "Sara", WORDS)
    assert len(flow.person("Sara").dm()) == drafts + 1


def test_deal_of_another_seller_is_not_what_came_of_a_step(flow: Stage) -> None:
    execution = run(flow, "propose_deal_step", "Sara", WORDS)
    flow.propose(WORDS, by="Pete")
    flow.person("Olga").press("Approve", in_=flow.card())
    flow.sb.settle()
    assert flow.sb.execution(execution["id"])["state"] == "running"


@pytest.mark.parametrize(
    ("person", "deal", "error"),
    [
        ("Olga", WORDS, "Deals are proposed by sales. An admin gives roles with `/belay roles`."),
        ("Gus", WORDS, "Deals are proposed by sales. An admin gives roles with `/belay roles`."),
        ("Sara", "hello", "That names nothing that is sold. Such as: 60 Summit tent for Acme by 20 January."),
        ("Sara", "x" * 1001, "Say which deal, in one line of at most 1000 characters."),
    ],
)
def test_step_that_cannot_be_done_says_why_to_its_workflow(flow: Stage, person: str, deal: str, error: str) -> None:
    execution = run(flow, "propose_deal_step", person, deal)
    assert (execution["state"], execution["error"]) == ("failed", error)
    assert flow.look(lambda s: s.scalar(select(func.count(Execution.id)))) == 0


@pytest.mark.parametrize(
    ("deal", "fits", "sentence"),
    [
        (WORDS, True, "Fits."),
        (
            "Acme 200 Summit tent by 18 Jan",
            False,
            "Does not fit. Assembly, week of Jan 4: needs 104 hours, 62 free, 42 short.",
        ),
    ],
)
def test_check_says_whether_it_fits_and_posts_nothing(flow: Stage, deal: str, fits: bool, sentence: str) -> None:
    execution = run(flow, "check_deal_step", "Olga", deal)
    assert (execution["state"], execution["outputs"]["fits"]) == ("completed", fits)
    assert execution["outputs"]["sentence"].startswith(sentence.split(".", maxsplit=1)[0])
    assert flow.person("Olga").dm() == []
    assert flow.look(lambda s: s.scalar(select(func.count(Deal.id)))) == 0


def test_check_is_for_who_may_see_deals_and_says_what_is_open(flow: Stage) -> None:
    assert run(flow, "check_deal_step", "Gus", WORDS)["state"] == "failed"
    open_ = run(flow, "check_deal_step", "Sara", "Acme Summit tent")
    assert (open_["state"], "how many" in open_["error"]) == ("failed", True)
