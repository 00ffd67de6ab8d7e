"""The search for joint answers: what is taken where, what deals have already, what is kept, and what is proven."""

from datetime import date

import pytest

from models.promise.facts import Need
from models.promise.joint import Answer, Choice, Contender, Contest, choose
from tests.models.promise.small_contests import (
    HOUR,
    POT,
    TODAY,
    W0,
    W1,
    W2,
    answered,
    asks,
    chosen,
    glue,
    lines,
    saw,
    shop,
)

EARLY = Need("Saw", per_unit=HOUR, ahead=1)
GLUED = Need("Glue", per_unit=POT)


def test_work_is_shared_out_within_windows_so_that_both_fit() -> None:
    company = shop(saw(), Desk=EARLY)
    joint = chosen(company, asks(company, lines(8, W1, offer="Desk")), asks(company, lines(8, W1)))
    # No more is done early than has to be.
    assert joint.choices == [
        Choice(0, {("Saw", W1): 2 * HOUR, ("Saw", W0): 6 * HOUR}, 0),
        Choice(0, {("Saw", W1): 8 * HOUR}, 0),
    ]


def test_work_is_shared_out_among_resources_that_are_alike() -> None:
    company = shop(saw(), saw(name="Old saw", weekly=4), Desk=Need("Saw", per_unit=HOUR, any_of=("Saw", "Old saw")))
    desks, chairs = asks(company, lines(6, offer="Desk")), asks(company, lines(8))
    assert chosen(company, desks, chairs).choices == [
        Choice(0, {("Saw", W0): 2 * HOUR, ("Old saw", W0): 4 * HOUR}, 0),
        Choice(0, {("Saw", W0): 8 * HOUR}, 0),
    ]


def test_rather_another_resource_than_a_week_early() -> None:
    company = shop(
        saw(weekly=1),
        saw(name="Old saw", weekly=0),
        saw(name="Handsaw", weekly=1),
        Desk=EARLY,
        Shelf=Need("Saw", per_unit=HOUR, any_of=("Saw", "Old saw", "Handsaw")),
    )
    desk, shelf = asks(company, lines(1, W1, offer="Desk")), asks(company, lines(1, W1, offer="Shelf"))
    assert chosen(company, desk, shelf).choices == [
        Choice(0, {("Saw", W1): HOUR}, 0),
        Choice(0, {("Handsaw", W1): HOUR}, 0),
    ]


@pytest.mark.parametrize(("later", "answers"), [(6, [(0, 0), (0, 0)]), (7, [(1, 0), (0, 0)])])
def test_stock_lasts_over_the_weeks(later: int, answers: list[tuple[int, int]]) -> None:
    # Five are there and five arrive; what is drawn early is missing later.
    company = shop(glue(5, receipts={W1: 5}), Frame=GLUED)
    early = asks(company, lines(4, offer="Frame"))
    assert answered(company, early, asks(company, lines(later, W1, offer="Frame"), worth=500)) == answers


def test_stock_that_a_deal_has_is_its_own() -> None:
    company, known = shop(glue(5, load={W1: 4}), Frame=GLUED), shop(glue(5), Frame=GLUED)
    # Four are its own, one is left.
    assert answered(company, asks(known, lines(5, W1, offer="Frame"))) == [(0, 0)]
    assert answered(company, asks(known, lines(6, W1, offer="Frame"))) == [(1, 0)]
    assert answered(company, asks(company, lines(1, W1, offer="Frame"))) == [(0, 0)]
    assert answered(company, asks(company, lines(2, W1, offer="Frame"))) == [(1, 0)]


@pytest.mark.parametrize(("pots", "answer"), [(6, 0), (7, 1)])
def test_stock_is_kept_only_where_there_is_enough_when_all_have_agreed(pots: int, answer: int) -> None:
    company, known = shop(glue(10, load={W0: 4}), Frame=GLUED), shop(glue(10), Frame=GLUED)
    keeps = asks(known, lines(pots, offer="Frame"), is_new=False)
    other = Contender(company, (Answer(500, lines(4, W1, offer="Frame")),))
    assert answered(company, keeps, other) == [(answer, 0), (0, 0)]


def test_stock_of_a_week_that_is_over_is_not_to_be_had() -> None:
    company = shop(glue(5), Frame=Need("Glue", offset=-1, per_unit=POT))
    assert answered(company, asks(company, lines(1, offer="Frame"))) == [(1, 0)]
    assert answered(company, asks(company, lines(1, W1, offer="Frame"))) == [(0, 0)]


def test_weeks_are_each_by_itself() -> None:
    def of(week: date) -> Contender:
        return asks(company, lines(10, week))

    company = shop(saw())
    assert answered(company, of(W0), of(W1), of(W1), of(W2)) == [(0, 0), (0, 0), (1, 0), (0, 0)]


def test_numbers_that_are_too_large_are_compared_roughly_and_prove_nothing() -> None:
    company = shop(saw())
    deals = asks(company, lines(8), worth=2**60), asks(company, lines(8), worth=1)
    joint = choose(Contest(company, TODAY, deals), limit=5.0)
    assert (joint.choices, joint.is_proven) == ([Choice(0, {("Saw", W0): 8 * HOUR}, 0), Choice(1, {}, 0)], False)
