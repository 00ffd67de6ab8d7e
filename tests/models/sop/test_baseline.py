"""The baseline: on the M3 competition, on short histories, and where it must not break."""

import csv
from collections.abc import Iterator

import numpy as np
import pytest

from models.sop.baseline import baseline, is_seasonal, theta
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


def smape(forecast: np.ndarray, actual: list[float]) -> float:
    after = np.array(actual)
    return float((200 * np.abs(forecast - after) / (np.abs(forecast) + np.abs(after))).mean())


def test_m3_is_forecast_as_well_as_published() -> None:
    if not M3.exists():
        pytest.skip("../shared/data/m3.csv is not here")
    ours, naive = [], []
    for known, after, period in competition():
        ours.append(smape(theta(known, horizon=len(after), period=period), after))
        naive.append(smape(np.resize(np.array(known[-period:]), len(after)), after))
    assert len(ours) == 3003
    assert round(float(np.mean(naive)), 2) == 15.19
    assert float(np.mean(ours)) <= 12.85


def test_short_history_is_its_mean_and_says_so() -> None:
    assert baseline([10, 20, 30], horizon=2) == baseline([20], horizon=2)
    assert baseline([], horizon=3).values == (0.0, 0.0, 0.0)
    assert baseline([5] * 11, horizon=1).is_mean
    assert not baseline([5] * 12, horizon=1).is_mean


@pytest.mark.parametrize("history", [[0] * 40, [7] * 40, [0, 0, 0, 9] * 10, list(range(40)), list(range(40, 0, -1))])
def test_odd_histories_give_finite_forecasts_and_whole_units(history: list[float]) -> None:
    made = baseline(history, horizon=18)
    assert np.isfinite(made.values).all()
    assert all(unit >= 0 for unit in made.units())
    assert len(made.units()) == 18


def test_season_is_found_and_carried_on() -> None:
    season = [60, 70, 90, 110, 130, 150, 160, 150, 120, 90, 70, 60]
    made = baseline(season * 4, horizon=24)
    assert np.allclose(made.values, season * 2, rtol=0.02)
    assert is_seasonal(np.array(season * 4, dtype=float), 12)
    assert not is_seasonal(np.array(season * 2, dtype=float), 12)


def test_trend_is_carried_on_by_half() -> None:
    made = baseline([float(n) for n in range(1, 37)], horizon=12)
    # The level is at the end, and the line rises by half of the trend.
    assert 36 <= made.values[0] <= 37.5
    assert round(made.values[11] - made.values[0], 1) == 5.5
