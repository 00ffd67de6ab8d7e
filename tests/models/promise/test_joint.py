"""One answer for each of several deals: who is served before whom, and what that is worth."""

import pytest

from models.promise.facts import Company, Need
from models.promise.joint import Answer, Contender, Joint, in_turn
from tests.models.promise.small_contests import HOUR, NOTHING, W0, answered, chosen, lines, saw, shop

SHOP = shop(saw())
WITH_OVERTIME = shop(saw(overtime=10))


def deal(worth: int, *, company: Company = WITH_OVERTIME, weight: int = 50, goes_first: bool = False) -> Contender:
    """Eight chairs, or nothing."""
    return Contender(company, (Answer(worth, lines(8)), NOTHING), weight=weight, goes_first=goes_first)


def test_likelier_deals_are_served_before_others_and_then_who_came_first() -> None:
    deals = [deal(1, weight=weight) for weight in (50, 90, 50, 100)]
    assert in_turn(deals) == [3, 1, 0, 2]
    assert in_turn([*deals, deal(1, weight=10, goes_first=True)]) == [4, 3, 1, 0, 2]


def test_likelier_deal_owns_the_ordinary_hours() -> None:
    # Sixteen hours of ten: six of overtime.
    assert answered(WITH_OVERTIME, deal(100, weight=50), deal(100, weight=90)) == [(0, 30), (0, 0)]


def test_of_deals_as_likely_the_first_owns_the_ordinary_hours() -> None:
    assert answered(WITH_OVERTIME, deal(100), deal(100)) == [(0, 0), (0, 30)]


@pytest.mark.parametrize(("worth", "answer"), [(31, (0, 30)), (29, (1, 0))])
def test_deal_gets_nothing_now_when_it_costs_more_than_it_brings(worth: int, answer: tuple[int, int]) -> None:
    assert answered(WITH_OVERTIME, deal(100), deal(worth)) == [(0, 0), answer]


def test_what_is_likely_counts_by_how_likely_it_is() -> None:
    # 90 % of 10 is less than 25 % of 40, and more than 25 % of 30.
    assert answered(SHOP, deal(10, company=SHOP, weight=90), deal(40, company=SHOP, weight=25)) == [(1, 0), (0, 0)]
    assert answered(SHOP, deal(10, company=SHOP, weight=90), deal(30, company=SHOP, weight=25)) == [(0, 0), (1, 0)]


def test_who_goes_first_comes_before_a_larger_margin() -> None:
    large, first = deal(1000, company=SHOP), deal(1, company=SHOP, weight=10, goes_first=True)
    assert answered(SHOP, large, first) == [(1, 0), (0, 0)]


def test_among_those_that_come_after_the_larger_margin_wins() -> None:
    first = Contender(SHOP, (Answer(1, lines(2)),), goes_first=True)
    assert answered(SHOP, deal(10, company=SHOP), deal(11, company=SHOP), first) == [(1, 0), (0, 0), (0, 0)]


def test_fixed_answer_stays() -> None:
    fixed = Contender(SHOP, (Answer(1000, lines(8)), Answer(1, lines(3)), NOTHING), fixed=1)
    assert answered(SHOP, fixed, deal(5, company=SHOP)) == [(1, 0), (1, 0)]


def test_fixed_answers_that_exclude_each_other_leave_no_choice() -> None:
    fixed = Contender(SHOP, (Answer(1000, lines(8)), NOTHING), fixed=0)
    assert chosen(SHOP, fixed, fixed) == Joint(None, is_proven=True)


def test_tie_goes_to_who_came_first() -> None:
    assert answered(SHOP, deal(10, company=SHOP), deal(10, company=SHOP)) == [(0, 0), (1, 0)]


def test_among_answers_worth_the_same_a_deal_gets_what_it_likes_best() -> None:
    same = Contender(SHOP, (Answer(9, lines(3)), Answer(10, lines(8)), Answer(10, lines(2))))
    assert answered(SHOP, same) == [(1, 0)]


def test_overtime_is_rounded_once_for_a_cell() -> None:
    # Ten and a half hours, and an hour behind them: half an hour at 5 is 2.5, an hour is 5.
    company = shop(saw(overtime=10), Stool=Need("Saw", per_unit=HOUR // 2))
    stools = Contender(company, (Answer(100, (*lines(8, W0), *lines(5, W0, offer="Stool"))),))
    chair = Contender(company, (Answer(100, lines(1)),))
    assert answered(company, stools, chair) == [(0, 3), (0, 5)]
