"""Who may do what to a cycle, and the sentence for who may not."""

from datetime import date

import pytest

from models.base.errors import NotYours, TooLate
from models.sop.rows import Cycle
from models.sop.rules import (
    check_may,
    check_may_import,
    check_may_name_owners,
    check_sees_accuracy,
    is_possible,
    may_close,
    moves_of,
    objection,
)
from models.sop.steps import Move, Step
from models.workspace.members import Member, set_roles
from tests.models.sop.december import DEC, JAN, planned
from tests.world import NOW, World


def cycle_at(world: World, step: Step, month: date = DEC) -> Cycle:
    cycle = Cycle(workspace=world.workspace, month=month, step=step, opened_at=NOW, baselines={}, means=[])
    world.session.add(cycle)
    world.session.flush()
    return cycle


def sentence(cycle: Cycle, move: Move, by: Member) -> str | None:
    refused = objection(cycle, move, by=by)
    return refused.sentence if refused else None


def test_each_rule_names_whose_move_it_is(world: World) -> None:
    cycle = cycle_at(world, Step.EXECUTIVE)
    assert {
        (move, name): sentence(cycle, move, world.person(name))
        for move, name in (
            (Move.FORECAST, "Olga"),
            (Move.SUPPLY, "Sara"),
            (Move.DECIDE, "Sara"),
            (Move.SIGN, "Fin"),
            (Move.GO_ON, "Lea"),
        )
    } == {
        (Move.FORECAST, "Olga"): "Forecasts are for sales, and everybody there forecasts for themselves.",
        (Move.SUPPLY, "Sara"): "Supply is planned by operations.",
        (Move.DECIDE, "Sara"): "Decisions are recorded by operations, finance, leadership and the coordinator.",
        (Move.SIGN, "Fin"): "Leadership signs the plan.",
        (Move.GO_ON, "Lea"): "Only the clock does this, not Lea.",
    }
    assert moves_of(cycle, world.person("Lea")) == {Move.AGREE, Move.COMMENT, Move.DECIDE, Move.IMAGINE, Move.SIGN}
    assert moves_of(cycle, world.person("Gus")) == frozenset()


@pytest.mark.parametrize(
    ("step", "move", "name", "refusal"),
    [
        (Step.DATA, Move.FORECAST, "Sara", "The demand review has not begun yet. `/sop` shows where the cycle stands."),
        (Step.DEMAND, Move.SUPPLY, "Olga", "The supply review has not begun yet. `/sop` shows where the cycle stands."),
        (Step.DEMAND, Move.DECIDE, "Fin", "Decisions follow the supply review. `/sop` shows where the cycle stands."),
        (Step.SUPPLY, Move.RECONCILE, "Fin", "Reconciliation follows the supply review. `/sop` shows when."),
        (Step.RECONCILIATION, Move.RECONCILE, "Fin", "It is reconciled already."),
    ],
)
def test_too_early_says_what_comes_first(world: World, step: Step, move: Move, name: str, refusal: str) -> None:
    with pytest.raises(TooLate) as refused:
        check_may(cycle_at(world, step), move, by=world.person(name))
    assert refused.value.sentence == refusal


def test_last_months_cycle_is_looked_at_by_nobody_any_more(world: World) -> None:
    old, lea = cycle_at(world, Step.SIGNED), world.person("Lea")
    assert objection(old, Move.SIGN, by=lea) is None
    cycle_at(world, Step.DATA, JAN)
    refusal = "That was last month's cycle; a new one has begun. `/sop` shows it."
    assert (sentence(old, Move.SIGN, lea), moves_of(old, lea)) == (refusal, frozenset())
    # Whoever may not at all is told that.
    assert sentence(old, Move.SIGN, world.person("Gus")) == "Leadership signs the plan."
    assert is_possible(old, Move.SIGN)


def test_coordinator_decides_while_they_have_a_role(world: World) -> None:
    planned(world)
    cycle, olga = cycle_at(world, Step.EXECUTIVE), world.person("Olga")
    planning_role = world.person("Sara").roles
    set_roles(olga, planning_role, by=None, now=NOW)
    assert objection(cycle, Move.DECIDE, by=olga) is None
    check_may_name_owners(world.workspace, olga, frozenset())
    set_roles(olga, [], by=None, now=NOW)
    assert isinstance(objection(cycle, Move.DECIDE, by=olga), NotYours)
    with pytest.raises(NotYours):
        check_may_name_owners(world.workspace, olga, frozenset())
    check_may_name_owners(world.workspace, world.person("Gus"), frozenset({"UGUS"}))


def test_decision_is_closed_by_its_owner_or_leadership(world: World) -> None:
    closing = {name: may_close("UOLGA", world.person(name)) for name in ("Olga", "Otto", "Fin", "Lea")}
    assert closing == {"Olga": True, "Otto": False, "Fin": False, "Lea": True}


def test_actuals_and_accuracy_are_for_different_people(world: World) -> None:
    def refusals(name: str) -> list[str]:
        sentences = []
        for check in (check_may_import, check_sees_accuracy):
            try:
                check(world.person(name))
            except NotYours as refused:
                sentences.append(refused.sentence)
        return sentences

    importing = "Actuals are imported by operations, finance and leadership."
    accuracy = "Sellers see the accuracy of their own forecasts; leadership, finance and the coordinator see all."
    assert {name: refusals(name) for name in ("Sara", "Olga", "Lea", "Gus")} == {
        "Sara": [importing],
        "Olga": [accuracy],
        "Lea": [],
        "Gus": [importing, accuracy],
    }
