"""The baseline: families as people have them, and the competitions where they are beside this repository."""

import csv
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import ArrayLike

from models.sop.baseline import Baseline, Method, accuracy_unseen, baseline
from tests.models.sop.histories import AIR_PASSENGERS, CHRISTMAS, CLOSED_IN_AUGUST, SKI, SMOOTH, noisy
from tests.places import DATA

M3 = DATA / "m3.csv"


def competition() -> Iterator[tuple[list[float], list[float], int]]:
    """What is known of each series, what came after it, and its period."""
    with M3.open(encoding="utf-8") as lines:
        for row in csv.reader(lines):
            if row and row[0].startswith("N"):
                number, ahead = int(row[0][1:]), int(row[2])
                values = [float(value) for value in row[6:] if value.strip()]
                period = 1 if number <= 645 or number > 2829 else 4 if number <= 1401 else 12
                yield values[:-ahead], values[-ahead:], period


def smape(forecast: ArrayLike, actual: ArrayLike) -> float:
    """Symmetric, in percent; where both are nothing there is no error."""
    made, after = np.array(forecast), np.array(actual)
    both = np.abs(made) + np.abs(after)
    return float((200 * np.abs(made - after) / np.where(both == 0, 1, both)).mean())


def off(made: Baseline, expected: Sequence[float]) -> float:
    """The sum of the errors as a share of what is expected."""
    return sum(abs(a - b) for a, b in zip(made.values, expected, strict=True)) / sum(expected)


def test_m3_is_forecast_better_than_published() -> None:
    if not M3.exists():
        pytest.skip("../shared/data/m3.csv is not here")
    ours, naive = [], []
    for known, after, period in competition():
        ours.append(smape(baseline(known, horizon=len(after), period=period).values, after))
        naive.append(smape(np.resize(np.array(known[-period:]), len(after)), after))
    assert len(ours) == 3003
    assert round(float(np.mean(naive)), 2) == 15.19
    assert float(np.mean(ours)) <= 12.85


@pytest.mark.parametrize("months", [24, 30, 36, 48, 60, 96, 126])
def test_air_passengers_are_forecast_better_than_by_last_year(months: int) -> None:
    known, after = AIR_PASSENGERS[126 - months : 126], AIR_PASSENGERS[126:]
    made = baseline(known, horizon=18)
    assert made.seen.is_seasonal
    assert smape(made.values, after) < 0.65 * smape(np.resize(np.array(known[-12:]), 18), after)


@pytest.mark.parametrize("months", [24, 29, 36, 48, 60])
@pytest.mark.parametrize("year", [SMOOTH, SKI, CHRISTMAS, CLOSED_IN_AUGUST])
def test_season_is_carried_on_from_two_years(year: tuple[int, ...], months: int) -> None:
    expected = [year[(months + n) % 12] for n in range(18)]
    for seed in range(5):
        made = baseline(noisy(year, months, seed=seed), horizon=18)
        assert made.seen.is_seasonal
        assert off(made, expected) < 0.15
        assert [n for n, units in enumerate(made.units()) if not units] == [n for n, e in enumerate(expected) if not e]


@pytest.mark.parametrize("month", range(12))
@pytest.mark.parametrize("months", [24, 30, 36])
def test_one_closed_month_a_year_does_not_end_a_family(month: int, months: int) -> None:
    year = tuple(0 if n == month else 100 for n in range(12))
    made = baseline(noisy(year, months), horizon=18)
    assert made.seen.closed == 1
    assert [n for n, units in enumerate(made.units()) if units < 80] == [
        n for n in range(18) if (months + n) % 12 == month
    ]


def test_last_months_of_a_strike_are_left_out() -> None:
    known: list[float | None] = list(noisy(SMOOTH, 36))
    known[-2:] = [None, None]
    made = baseline(known, horizon=18)
    assert (made.seen.months, made.seen.unknown) == (34, 2)
    assert off(made, [SMOOTH[n % 12] for n in range(18)]) < 0.08


@pytest.mark.parametrize("unknown", [{20}, {14, 15}, {0}, {35}, {5, 17, 29}])
def test_unknown_months_are_never_nothing(unknown: set[int]) -> None:
    known = noisy(SMOOTH, 36)
    made = baseline([None if n in unknown else units for n, units in enumerate(known)], horizon=18)
    assert off(made, baseline(known, horizon=18).values) < 0.08


@pytest.mark.parametrize("place", [3, 14, 20, 30])
def test_one_off_order_that_is_marked_changes_nothing(place: int) -> None:
    known: list[float | None] = list(noisy(SMOOTH, 36))
    usual = baseline(known, horizon=18)
    known[place] = None
    assert off(baseline(known, horizon=18), usual.values) < 0.08


def test_project_at_the_end_of_each_quarter_stays_there() -> None:
    assert baseline([0, 0, 30] * 8, horizon=18).units() == (0, 0, 30) * 6


def test_project_somewhere_in_each_quarter_adds_up_to_its_year() -> None:
    chance = np.random.default_rng(4)
    known = [0] * 48
    for quarter in range(16):
        known[3 * quarter + int(chance.integers(3))] = 30
    made = baseline(known, horizon=12)
    assert made.method is Method.INTERMITTENT
    assert 110 <= sum(made.units()) <= 130


@pytest.mark.parametrize("rate", [0.2, 0.4, 0.8])
def test_units_of_a_slow_mover_add_up(rate: float) -> None:
    made = baseline([int(units) for units in np.random.default_rng(5).poisson(rate, 48)], horizon=18)
    totals = zip(np.cumsum(made.units()), np.cumsum(made.values), strict=True)
    assert max(abs(whole - exact) for whole, exact in totals) <= 0.5
    assert rate * 18 * 0.5 <= sum(made.units()) <= rate * 18 * 1.6


@pytest.mark.parametrize(
    "known",
    [
        [10 * n for n in range(1, 12)],
        [14, 18, 33, 41, 48, 66, 69, 79, 93, 98, 111],
        [20, 40, 55, 70, 80, 85],
        [0] * 18 + [20, 40, 55, 70, 80, 85],
    ],
)
def test_growth_of_less_than_a_year_goes_on(known: list[int]) -> None:
    made = baseline(known, horizon=18)
    assert made.method is Method.STRUCTURAL
    assert all(known[-1] * 0.95 <= units <= 2 * known[-1] for units in made.values)


def test_short_history_is_its_mean_and_says_so() -> None:
    assert baseline([10, 20, 30], horizon=2).values == (20.0, 20.0)
    assert baseline([], horizon=3).values == (0.0, 0.0, 0.0)
    assert baseline([None, None], horizon=1).method is Method.NONE
    assert baseline([5] * 11, horizon=1).is_mean
    assert not baseline([5] * 12, horizon=1).is_mean


def test_family_that_ended_is_nothing_and_one_that_falls_is_not_below() -> None:
    assert baseline([50] * 24 + [0] * 12, horizon=18).units() == (0,) * 18
    assert baseline([50] * 24 + [0] * 12, horizon=18).method is Method.ENDED
    falling = baseline([1000 - 25 * n for n in range(39)], horizon=18)
    assert min(falling.low) >= 0


@pytest.mark.parametrize(
    "history",
    [
        [0] * 40,
        [7] * 40,
        [0, 0, 0, 9] * 10,
        list(range(40)),
        list(range(40, 0, -1)),
        [1, 10**9] * 10,
        [10, 12, -3, 9, 11, 10, 8, 12, 10, 9, 13, 11, 10, 9],
        [0.125, 0.25] * 20,
        [0] * 23 + [1],
        [None] * 11 + [3] * 12,
    ],
)
def test_odd_histories_give_finite_forecasts_and_whole_units_in_their_range(history: list[float | None]) -> None:
    made = baseline(history, horizon=18)
    low, high = made.unit_range()
    assert np.isfinite([*made.values, *made.low, *made.high]).all()
    assert len(made.units()) == 18
    assert all(0 <= a <= units <= b for a, units, b in zip(low, made.units(), high, strict=True))


def test_range_holds_about_four_of_five_months() -> None:
    held = []
    for seed in range(40):
        series = noisy(SMOOTH, 54, noise=0.1, seed=seed)
        made = baseline(series[:36], horizon=18)
        held += [low <= units <= high for low, units, high in zip(made.low, series[36:], made.high, strict=True)]
    assert 0.7 <= sum(held) / len(held) <= 0.9


def test_what_was_seen_is_told() -> None:
    seen = baseline(noisy(SMOOTH, 36, noise=0, growth=0.04), horizon=18).seen
    assert (seen.months, seen.unknown, seen.is_seasonal, seen.closed) == (36, 0, True, 0)
    assert round(seen.growth or 0, 2) == 0.04


@pytest.mark.parametrize("months", [12, 18, 24, 36, 60])
def test_chance_is_seldom_told_as_a_season(months: int) -> None:
    told = [baseline(noisy((100,), months, noise=0.12, seed=seed), horizon=18).seen.is_seasonal for seed in range(40)]
    assert sum(told) <= 8


def test_accuracy_is_of_months_that_were_not_seen() -> None:
    assert (accuracy_unseen(noisy(SMOOTH, 36)) or 0) > 0.9
    # Twice as much as ever came: the baseline was off by half of it.
    assert round(accuracy_unseen([100] * 30 + [200] * 6) or 0, 2) == 0.5
    assert accuracy_unseen([100] * 17) is None
    assert accuracy_unseen([100] * 30 + [None] * 6) is None
    assert round(accuracy_unseen([0, 0, 30] * 8) or 0, 9) == 1
