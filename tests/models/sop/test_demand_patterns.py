"""Zeros that mean something, and zeros that fall by chance."""

import numpy as np
import pytest

from models.sop.demand_patterns import closed_months, has_ended, is_intermittent, since_launch
from tests.models.sop.histories import CLOSED_IN_AUGUST, SKI, noisy


def series(*parts: list[int] | list[None]) -> np.ndarray:
    return np.array([np.nan if units is None else units for part in parts for units in part], dtype=float)


def test_closed_months_are_those_in_which_nothing_was_ever_sold() -> None:
    closed = closed_months(series(noisy(SKI, 36)), 12)
    assert [n for n in range(12) if closed[n]] == [3, 4, 5, 6, 7, 8, 9]
    assert list(np.flatnonzero(closed_months(series(noisy(CLOSED_IN_AUGUST, 24)), 12))) == [7]
    assert not closed_months(series([5] * 36), 12).any()
    assert not closed_months(series([0] * 36), 12).any()


def test_zeros_by_chance_close_no_month() -> None:
    closed = [
        closed_months(np.random.default_rng(seed).poisson(rate, months).astype(float), 12).any()
        for seed in range(100)
        for rate in (0.3, 0.8, 1.5)
        for months in (24, 36, 60)
    ]
    assert sum(closed) / len(closed) <= 0.05


def test_one_zero_of_a_first_year_closes_nothing() -> None:
    assert not closed_months(series([9] * 7 + [0] + [9] * 6), 12).any()


def test_history_begins_with_the_launch() -> None:
    assert list(since_launch(series([0] * 8, [3, 4, 5]))) == [3, 4, 5]
    assert list(since_launch(series([0, 0, 3, 0, 0, 3]))) == [0, 0, 3, 0, 0, 3]
    assert len(since_launch(series([0] * 7, noisy(SKI, 24)))) == 31


@pytest.mark.parametrize(
    ("parts", "is_over"),
    [
        (([9] * 24, [0] * 12), True),
        (([9] * 24, [0] * 11), False),
        (([9] + [0] * 10) * 3 + [0] * 3, False),
        (([0] * 24,), True),
        (([9] * 24, [None] * 14), False),
    ],
)
def test_family_has_ended_after_a_year_without_a_sale(parts: tuple[list[int], ...] | list[int], is_over: bool) -> None:
    given = parts if isinstance(parts, tuple) else (parts,)
    assert has_ended(series(*given)) is is_over


def test_intermittent_is_a_sale_less_often_than_three_months_in_four() -> None:
    assert is_intermittent(series([1, 0, 0] * 8))
    assert not is_intermittent(series([1, 1, 1, 1, 0] * 6))
    assert not is_intermittent(series([1, 1, 1], [None] * 20))
