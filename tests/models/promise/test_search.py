"""The search for a plan: what a plan must keep, which of two is better, and what is proven."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from models.promise.room import Room, Slot
from models.promise.search import Goal, Search, Solution

W0 = date(2027, 1, 4)
WEEKS = [W0 + timedelta(weeks=n) for n in range(3)]
LIMIT = 1.0


def room(free: int, overtime: int = 0, cost: int = 0) -> Room:
    return Room(frozenset(), free, overtime, cost)


def slot(week: int, *, line: int = 0, least: int = 1, most: int = 10, takes: Mapping[int, int] | None = None) -> Slot:
    """A delivery so many weeks late that takes so much of rooms for each piece."""
    shares = {number: (each, 0) for number, each in (takes or {}).items()}
    return Slot(line, WEEKS[week], week, least, most, shares)


def lateness(search: Search) -> Goal:
    return search.goal(amount=lambda each: each.late)


def amounts(plan: Solution) -> dict[tuple[int, int], int] | None:
    """How much of each line comes how late."""
    return None if plan.amounts is None else {(each.line, each.late): n for each, n in plan.amounts.items()}


def best(search: Search) -> Solution:
    return search.best(lateness(search), search.goal(use=lambda _: 1), limit=LIMIT)


def test_all_arrives_as_early_as_its_rooms_allow() -> None:
    search = Search([room(6), room(3)], [slot(0, takes={0: 1}), slot(1, takes={1: 1}), slot(2)], [10])
    search.deliver_all()
    plan = best(search)
    assert (amounts(plan), plan.is_proven) == ({(0, 0): 6, (0, 1): 3, (0, 2): 1}, True)


def test_fewer_weeks_make_it_later() -> None:
    search = Search([room(6), room(3)], [slot(0, takes={0: 1}), slot(1, takes={1: 1}), slot(2)], [10])
    search.deliver_all()
    search.limit_weeks(2)
    assert amounts(best(search)) == {(0, 0): 6, (0, 2): 4}


def test_delivery_is_at_least_its_lot() -> None:
    search = Search([room(6)], [slot(0, least=5, takes={0: 1}), slot(1, least=5)], [10])
    search.deliver_all()
    # Six now would leave four, which is less than a lot.
    assert amounts(best(search)) == {(0, 0): 5, (0, 1): 5}


def test_what_cannot_be_is_proven_to_be_nothing() -> None:
    search = Search([room(6)], [slot(0, takes={0: 1})], [10])
    search.deliver_all()
    assert best(search) == Solution(None, is_proven=True)


def test_one_offer_stands_once_in_a_week() -> None:
    def planned(offers: list[str]) -> dict[tuple[int, int], int] | None:
        search = Search([], [slot(0), slot(0, line=1), slot(1, line=1)], [4, 4])
        search.deliver_all()
        search.keep_apart(offers)
        return amounts(best(search))

    assert planned(["Chair", "Table"]) == {(0, 0): 4, (1, 0): 4}
    assert planned(["Chair", "Chair"]) == {(0, 0): 4, (1, 1): 4}


def test_lines_that_are_kept_are_delivered_and_at_least_one_is() -> None:
    def planned(*kept: int) -> dict[tuple[int, int], int] | None:
        search = Search([], [slot(0), slot(1, line=1)], [4, 4])
        search.keep(kept)
        return amounts(search.best(lateness(search), search.goal(amount=lambda _: 1), limit=LIMIT))

    assert planned() == {(0, 0): 1}
    assert planned(1) == {(1, 1): 1}


@pytest.mark.parametrize(("late", "bought"), [(300, True), (200, False)])
def test_overtime_is_bought_where_it_is_cheaper_than_lateness(late: int, bought: bool) -> None:
    # Four pieces are beyond what is free; overtime for one costs 250.
    search = Search([room(6, overtime=4, cost=250)], [slot(0, takes={0: 1}), slot(1)], [10])
    search.deliver_all()
    goal = search.goal(amount=lambda each: late * each.late, overtime=lambda each: each.cost)
    plan = search.best(goal, lateness(search), limit=LIMIT)
    assert amounts(plan) == ({(0, 0): 10} if bought else {(0, 0): 6, (0, 1): 4})


def test_plan_that_must_be_better_than_the_best_is_none() -> None:
    def below(bound: int) -> dict[tuple[int, int], int] | None:
        search = Search([room(6)], [slot(0, takes={0: 1}), slot(1)], [10])
        search.deliver_all()
        goal = lateness(search)
        search.stay_below(goal, bound)
        return amounts(search.best(goal, lateness(search), limit=LIMIT))

    # Four pieces come a week late.
    assert (below(5), below(4)) == ({(0, 0): 6, (0, 1): 4}, None)


def test_goal_is_scaled_by_what_its_numbers_share_and_keeps_its_order() -> None:
    search = Search([], [slot(1), slot(2)], [10])
    goal = search.goal(amount=lambda each: 600 * each.late)
    assert [times for times, _ in goal.terms] == [1, 2]
    assert (goal.low, goal.high, goal.unit, goal.is_exact) == (0, 20, 600, True)
    assert goal.is_same_order(lateness(search))
    assert not goal.is_same_order(search.goal(amount=lambda _: 1))


def test_first_goal_weighs_more_than_all_of_the_second() -> None:
    search = Search([], [slot(0), slot(1)], [10])
    first, then = lateness(search), search.goal(use=lambda _: 1)
    both = first.before(then)
    # The second goes from nothing to two uses: one piece a week late weighs three.
    assert ([times for times, _ in both.terms], both.low, both.high) == ([3, 1, 1], 0, 32)


def test_numbers_that_are_too_large_are_made_coarser_and_prove_nothing() -> None:
    search = Search([], [slot(1), slot(2)], [10])
    goal = search.goal(amount=lambda each: 2**60 + each.late)
    assert goal.is_exact is False
    search.deliver_all()
    plan = search.best(goal, lateness(search), limit=LIMIT)
    assert (amounts(plan) is not None, plan.is_proven) == (True, False)
