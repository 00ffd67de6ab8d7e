"""A workflow's step waits for the deal that came of it, and for no other."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.deals.deciding import approve, withdraw
from models.deals.executions import Execution, StepDone, begin_execution, come_of, end_executions, end_step
from models.deals.rows import Deal
from models.deals.states import Move
from models.workspace.history import History
from models.workspace.outbox import News, Outbox
from tests.world import NOW, World

LATER = NOW + timedelta(hours=1)


def steps_told(world: World) -> list[StepDone]:
    return [StepDone.of(row) for row in world.session.scalars(select(Outbox).where(Outbox.kind == News.STEP))]


@pytest.fixture
def deal(world: World) -> Deal:
    """Sara's deal, which came of a step."""
    begin_execution(world.workspace, "Fx1", member=world.person("Sara"), now=NOW)
    deal = world.propose()
    come_of(deal, "Fx1", by=world.person("Sara"))
    return deal


def test_step_is_begun_once(world: World) -> None:
    begun = [begin_execution(world.workspace, "Fx1", member=world.person("Sara"), now=NOW) for _ in range(2)]
    assert begun == [True, False]


def test_step_ends_with_the_decision_and_only_then(world: World, deal: Deal) -> None:
    assert steps_told(world) == []
    approve(deal, by=world.person("Olga"), now=LATER)
    assert steps_told(world) == [StepDone("Fx1")]
    assert world.session.scalars(select(Execution.ended_at)).all() == [LATER]


def test_step_that_has_ended_is_not_told_again(world: World, deal: Deal) -> None:
    withdraw(deal, by=world.person("Sara"), now=LATER)
    act = world.session.scalars(select(History).where(History.move == Move.WITHDRAW)).one()
    end_executions(deal, act, now=LATER)
    assert [done.key for done in steps_told(world)] == ["Fx1"]


def test_step_that_waits_for_no_deal_ends_when_slack_is_told(world: World) -> None:
    begin_execution(world.workspace, "Fx1", member=world.person("Sara"), now=NOW)
    end_step(world.workspace, StepDone("Fx1", sentence="Fits.", fits=1), now=LATER)
    world.session.flush()
    assert world.session.scalars(select(Execution.ended_at)).all() == [LATER]


@pytest.mark.parametrize(("key", "seller"), [("Fx1", "Pete"), ("Fx2", "Sara"), ("", "Sara")])
def test_deal_is_of_a_step_that_was_drafted_for_its_seller_only(world: World, key: str, seller: str) -> None:
    begin_execution(world.workspace, "Fx1", member=world.person("Sara"), now=NOW)
    deal = world.propose()
    come_of(deal, key, by=world.person(seller))
    assert world.session.scalars(select(Execution.deal_id)).all() == [None]


def test_second_deal_of_a_draft_is_not_what_came_of_it(world: World, deal: Deal) -> None:
    other = world.propose()
    come_of(other, "Fx1", by=world.person("Sara"))
    assert world.session.scalars(select(Execution.deal_id)).all() == [deal.id]
