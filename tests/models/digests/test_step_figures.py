"""Who agrees, worked out by hand: Ridgeline works from 9 to 17 in Denver; it is Monday, 9 o'clock."""

from datetime import date, datetime, timedelta

import pytest

from handlers.digests.messages import board_of
from handlers.digests.scoreboard_view import board_blocks
from models.company.policies import set_policy
from models.deals.conditions import Before, GivenCondition
from models.deals.deciding import DeclineReason, approve, decline, send_back
from models.deals.proposing import counter, revise
from models.deals.stepping import take_back
from models.digests.scoreboard import Share
from models.digests.step_figures import ENOUGH, StepBoard, step_board
from models.policy.rules import Kind, Rule, Who
from models.policy.standard import FINANCE, OPERATIONS
from tests.world import NOW, World

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
CHEAP = ("Summit tent", 10, 20000, date(2027, 1, 18))


def board(world: World, since: datetime = NOW, until: datetime = NOW + WEEK) -> StepBoard:
    return step_board(world.workspace, since=since, until=until)


def told(world: World) -> dict[str, tuple[timedelta | None, Share]]:
    return {one.name: (one.times.median, one.changed) for one in board(world).steps}


def test_time_of_a_step_is_from_being_asked_to_its_answer(world: World) -> None:
    deal = world.propose(CHEAP)
    approve(deal, by=world.person("Olga"), now=NOW + HOUR)
    approve(deal, by=world.person("Fin"), now=NOW + 3 * HOUR, why="Strategic.")
    assert told(world) == {"operations": (HOUR, Share(0, 1)), "finance": (3 * HOUR, Share(0, 1))}
    assert board(world).exceptions == {"below the floor": 1}
    # In another week nothing happened.
    assert board(world, NOW + WEEK, NOW + 2 * WEEK) == StepBoard()


def test_later_step_is_timed_from_when_it_was_asked(world: World) -> None:
    rules = (Rule(OPERATIONS), Rule(FINANCE, order=2))
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW + 5 * HOUR)
    approve(deal, by=world.person("Fin"), now=NOW + 6 * HOUR, why="Fine.")
    assert told(world)["finance"] == (HOUR, Share(0, 1))
    assert board(world).exceptions == {}


@pytest.mark.parametrize("how", ["counter", "decline", "send_back", "condition"])
def test_what_changes_a_deal(world: World, how: str) -> None:
    deal, olga, fin = world.propose(CHEAP), world.person("Olga"), world.person("Fin")
    match how:
        case "counter":
            counter(deal, world.terms(("Summit tent", 9, 20000, date(2027, 1, 18))), by=olga, now=NOW + HOUR)
        case "decline":
            decline(deal, by=world.person("Lea"), now=NOW + HOUR, reason=DeclineReason.MARGIN, why="Too cheap.")
        case "send_back":
            send_back(deal, by=fin, now=NOW + HOUR, why="Dearer.")
        case "condition":
            bound = GivenCondition("Deposit paid", world.person("Sara"), date(2026, 12, 4), Before.WINNING)
            approve(deal, by=olga, now=NOW + HOUR, conditions=[bound])
    name = "finance" if how in {"decline", "send_back"} else "operations"
    assert told(world)[name] == (HOUR, Share(1, 1))


def test_what_was_taken_back_is_no_answer(world: World) -> None:
    deal, olga = world.propose(CHEAP), world.person("Olga")
    approve(deal, by=olga, now=NOW + HOUR)
    take_back(deal, by=olga, now=NOW + HOUR)
    assert told(world) == {}


def test_first_answer_counts_for_the_time_and_any_for_the_change(world: World) -> None:
    deal, olga, fin, sara = world.propose(CHEAP), *(world.person(name) for name in ("Olga", "Fin", "Sara"))
    approve(deal, by=olga, now=NOW + HOUR)
    send_back(deal, by=fin, now=NOW + 2 * HOUR, why="Dearer.")
    revise(deal, world.terms(("Summit tent", 10, 21000, date(2027, 1, 18))), by=sara, now=NOW + 3 * HOUR)
    approve(deal, by=fin, now=NOW + 4 * HOUR, why="Fine.")
    # Version 1: two hours and a change; version 2: one hour and none.
    (finance,) = [one for one in board(world).steps if one.name == "finance"]
    assert (sorted(finance.times.times), finance.changed) == ([HOUR, 2 * HOUR], Share(1, 2))


def test_step_that_never_changes_anything_says_so(world: World) -> None:
    rules = (Rule(OPERATIONS), Rule(Who(Kind.PEOPLE, ("UGUS",))))
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    for number in range(ENOUGH):
        deal = world.propose(("Pole set", 1, 4000, date(2027, 3, 1)), customer=f"Customer {number}")
        approve(deal, by=world.person("Gus"), now=NOW + HOUR)
    (gus,) = [one for one in board(world).steps if one.name == "Gus"]
    assert (gus.changed, gus.is_idle) == (Share(0, ENOUGH), True)
    said = "".join(str(block.to_dict()) for block in board_blocks(board_of(world.workspace, now=NOW + WEEK)))
    assert f"changed nothing in {ENOUGH} answers: a candidate to be dropped from the policy." in said
