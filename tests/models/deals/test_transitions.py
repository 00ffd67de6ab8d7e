"""The one door: what a deal is entered on, and what passing it writes down."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from models.base.errors import NotFound, NotYours, TooLate
from models.deals.proposing import counter, revise
from models.deals.states import Move, State
from models.deals.transitions import advance, decide, enter, find_deal, find_number
from models.deals.turns import turns_of
from models.workspace.history import History
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace
from tests.world import NOW, World

HOUR = timedelta(hours=1)


def test_deal_is_found_in_its_own_workspace_only(world: World) -> None:
    deal, other = world.propose(), Workspace(name="Other", team_id="T2")
    world.session.add(other)
    world.session.flush()
    assert (find_deal(world.workspace, deal.id), find_number(world.workspace, 1)) == (deal, deal)
    with pytest.raises(NotFound) as by_id:
        find_deal(other, deal.id)
    with pytest.raises(NotFound) as by_number:
        find_number(other, 1)
    assert (by_id.value.sentence, by_number.value.sentence) == (
        "That deal is not here.",
        "There is no deal #1. `/deal list` shows those that are open.",
    )


def test_act_on_older_terms_is_refused_with_who_changed_them(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    terms = world.terms(("Summit tent", 90, 43200, deal.proposal.lines[0].week))
    revise(deal, terms, by=world.person("Sara"), now=NOW + HOUR)
    enter(deal, Move.APPROVE, by=olga, version=2)
    enter(deal, Move.APPROVE, by=olga)
    with pytest.raises(TooLate) as refused:
        enter(deal, Move.APPROVE, by=olga, version=1)
    at = "Nov 23, 10:00\N{NARROW NO-BREAK SPACE}AM"
    assert refused.value.sentence == f"The terms have changed: Sara proposed version 2, {at}. Look again."
    # Who may not at all is told that first.
    with pytest.raises(NotYours):
        enter(deal, Move.APPROVE, by=world.person("Gus"), version=1)


def test_door_changes_the_state_the_turn_and_the_history_and_queues_the_news(world: World) -> None:
    deal = world.propose()
    world.session.execute(delete(Outbox))
    advance(deal, Move.WITHDRAW, by=world.person("Sara"), now=NOW + HOUR, why="Too early.", details={"extra": 1})
    assert (deal.state, turns_of(deal)) == (State.WITHDRAWN, [])
    act = world.session.scalars(select(History).where(History.subject == "deal").order_by(History.id.desc())).first()
    assert act
    assert (act.move, act.from_state, act.to_state, act.by_id, act.at, act.why, act.details) == (
        "withdraw",
        "proposed",
        "withdrawn",
        world.person("Sara").id,
        NOW + HOUR,
        "Too early.",
        {"version": 1, "extra": 1},
    )
    threads = world.session.scalars(select(Outbox).where(Outbox.kind == News.THREAD)).all()
    assert [row.history_id for row in threads] == [act.id]


def test_door_is_closed_to_what_the_table_does_not_know(world: World) -> None:
    deal = world.propose()
    with pytest.raises(KeyError):
        advance(deal, Move.DELIVER, by=None, now=NOW)
    assert deal.state is State.PROPOSED


def test_decision_is_on_the_present_terms_or_on_those_that_are_named(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    first = deal.proposal
    counter(deal, world.terms(("Summit tent", 90, 43200, first.lines[0].week)), by=olga, now=NOW)
    present = decide(deal, Move.ACCEPT, side=Side.SALES, by=world.person("Sara"), now=NOW)
    earlier = decide(deal, Move.APPROVE, side=Side.OPERATIONS, by=olga, now=NOW, overtime_agreed=0, on=first)
    assert (present.proposal_id, present.code, present.why, present.overtime_agreed) == (
        deal.proposal.id,
        None,
        None,
        None,
    )
    assert (earlier.proposal_id, earlier.overtime_agreed) == (first.id, 0)
