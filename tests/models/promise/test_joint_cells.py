"""Cells that joint answers share: own places, what others have, reserves, kept answers, weeks that are over."""

import pytest

from models.promise.facts import Need
from models.promise.joint import Answer, Contender, Reserve
from tests.models.promise.small_contests import (
    HOUR,
    NOTHING,
    PAST,
    POT,
    W0,
    W1,
    W2,
    answered,
    asks,
    lines,
    saw,
    shop,
)

EARLY = Need("Saw", per_unit=HOUR, ahead=1)
GLUED = Need("Glue", per_unit=POT)


def test_own_places_are_not_paid_for_again() -> None:
    # Six of its eight hours it has already; two stand behind all, and so does whoever comes later.
    company = shop(saw(overtime=10, load={W0: 10}))
    known = shop(saw(overtime=10, load={W0: 4}, places={W0: (6, 0)}))
    assert answered(company, asks(known, lines(8)), asks(company, lines(1))) == [(0, 10), (0, 5)]


def test_own_place_in_overtime_is_paid_for() -> None:
    company = shop(saw(overtime=10, load={W0: 14}))
    known = shop(saw(overtime=10, load={W0: 8}, places={W0: (6, 8)}))
    assert answered(company, asks(known, lines(3))) == [(0, 5)]
    assert answered(company, asks(known, lines(3), worth=4)) == [(1, 0)]


def test_what_another_has_yet_to_give_back_is_not_free() -> None:
    company, known = shop(saw(load={W0: 8})), shop(saw(places={W0: (8, 0)}))
    gives_back = Contender(known, (Answer(0),))
    assert answered(company, gives_back, asks(company, lines(3))) == [(0, 0), (1, 0)]
    assert answered(company, gives_back, asks(company, lines(2))) == [(0, 0), (0, 0)]


@pytest.mark.parametrize(("chairs", "answer"), [(4, 0), (5, 1)])
def test_what_is_kept_has_its_place(chairs: int, answer: int) -> None:
    company, known = shop(saw(load={W0: 6})), shop(saw(places={W0: (6, 0)}))
    keeps = Contender(known, (Answer(50, lines(6), is_new=False),))
    assert answered(company, keeps, asks(company, lines(chairs))) == [(0, 0), (answer, 0)]


@pytest.mark.parametrize(("kept", "answer"), [(7, 0), (8, 1)])
def test_answer_is_kept_only_where_there_is_room_when_all_have_agreed(kept: int, answer: int) -> None:
    # Its place is of two hours only, and five are another's; the second takes three of his own eight.
    company = shop(saw(weekly=15, load={W0: 15}))
    keeps = asks(shop(saw(weekly=15, load={W0: 13}, places={W0: (2, 0)})), lines(kept), is_new=False)
    takes = Contender(shop(saw(weekly=15, load={W0: 7}, places={W0: (8, 2)})), (Answer(500, lines(3)),))
    assert answered(company, keeps, takes) == [(answer, 0), (0, 0)]


@pytest.mark.parametrize(("ahead", "answer"), [(4, 0), (5, 1)])
def test_what_came_later_does_not_push_out_what_is_kept(ahead: int, answer: int) -> None:
    # Ten hours; eight are held by somebody who came later, the others of them came before.
    company = shop(saw(load={W0: 6 + ahead + 8}))
    keeps = asks(shop(saw(load={W0: ahead + 8}, places={W0: (6, ahead)})), lines(6), is_new=False)
    assert answered(company, keeps) == [(answer, 0)]


def test_answer_that_keeps_stands_alone_in_its_week() -> None:
    assert answered(shop(saw()), asks(shop(saw()), lines(10), is_new=False)) == [(0, 0)]
    assert answered(shop(saw()), asks(shop(saw()), lines(11), is_new=False)) == [(1, 0)]


def test_kept_answer_that_is_not_given_limits_nobody() -> None:
    # Five hours were taken out of the week: whoever is first has them still.
    company = shop(saw(weekly=5, load={W0: 10}))
    first = asks(shop(saw(weekly=5, load={W0: 5}, places={W0: (5, 0)})), lines(5))
    other = Contender(company, (NOTHING, Answer(0, lines(1), is_new=False)))
    assert answered(company, first, other) == [(0, 0), (0, 0)]


def test_reserve_is_used_by_its_own_and_obeyed_by_others() -> None:
    # Seven of ten hours are kept for the second; loads hold them.
    company, own = shop(saw(load={W0: 7})), shop(saw())
    reserves = [Reserve(("Saw", W0), 7 * HOUR, frozenset({1}))]
    assert answered(company, asks(company, lines(4)), asks(own, lines(1)), reserves=reserves) == [(1, 0), (0, 0)]
    assert answered(company, asks(company, lines(3)), asks(own, lines(7)), reserves=reserves) == [(0, 0), (0, 0)]
    # What it has used of it is kept no longer.
    early = Contender(own, (Answer(100, lines(7)),), goes_first=True)
    assert answered(company, asks(company, lines(3)), early, reserves=reserves) == [(0, 0), (0, 0)]


def test_behind_a_reserve_hours_are_overtime() -> None:
    company, own = shop(saw(overtime=4, load={W0: 7})), shop(saw(overtime=4))
    reserves = [Reserve(("Saw", W0), 7 * HOUR, frozenset({1}))]
    assert answered(company, asks(company, lines(5)), asks(own, lines(5)), reserves=reserves) == [(0, 10), (0, 0)]
    assert answered(company, asks(company, lines(5), worth=9), reserves=reserves) == [(1, 0)]


def test_nothing_is_to_be_had_of_an_overbooked_week() -> None:
    company = shop(saw(overtime=5, load={W0: 16, W1: 13}))
    assert answered(company, asks(company, lines(1))) == [(1, 0)]
    # Of the next week two hours of overtime are left.
    assert answered(company, asks(company, lines(2, W1), worth=500), asks(company, lines(1, W1))) == [(0, 10), (1, 0)]
    assert answered(company, asks(company, lines(2, W1), worth=9)) == [(1, 0)]
    assert answered(company, asks(company, lines(8, W2))) == [(0, 0)]


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize(
    ("offer", "quantity", "answer"), [("Late", 3, 0), ("Late", 4, 1), ("Wide", 8, 0), ("Wide", 9, 1)]
)
def test_week_that_is_over_has_what_the_deal_had_there(offer: str, quantity: int, answer: int, is_new: bool) -> None:
    # Three hours were worked; five are left this week.
    needs = {"Late": Need("Saw", offset=-1, per_unit=HOUR), "Wide": EARLY}
    company = shop(saw(load={PAST: 3, W0: 5}), **needs)
    worked = shop(saw(load={W0: 5}, places={PAST: (3, 0)}), **needs)
    assert answered(company, asks(worked, lines(quantity, offer=offer), is_new=is_new)) == [(answer, 0)]
