"""The structural model: what it reads from a series, and that its range is that of the data."""

import numpy as np

from models.sop.structural import structural
from tests.models.sop.histories import SMOOTH, noisy


def of(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_season_and_slope_are_told_from_chance() -> None:
    assert structural(of(noisy(SMOOTH, 36)), horizon=18, period=12).season > 0.99
    assert structural(of(noisy((100,), 36)), horizon=18, period=12).season < 0.5
    assert structural(of([100 + 5 * n for n in range(24)]), horizon=18, period=12).slope > 0.9


def test_level_alone_is_flat() -> None:
    outlook = structural(of([0, 0, 30, 0, 30, 0, 0, 0, 30, 30, 0, 0]), horizon=6, period=12, is_level=True)
    assert np.allclose(outlook.values, outlook.values[0])
    assert (outlook.slope, outlook.season) == (0.0, 0.0)


def test_forecast_follows_the_unit_of_the_series() -> None:
    series = of(noisy(SMOOTH, 36))
    one, thousand = (structural(series * unit, horizon=18, period=12) for unit in (1, 1000))
    assert np.allclose(one.values * 1000, thousand.values)
    assert np.allclose(one.high * 1000, thousand.high)


def test_unknown_months_are_left_out_wherever_they_stand() -> None:
    series = of(noisy(SMOOTH, 36))
    series[[7, 34, 35]] = np.nan
    outlook = structural(series, horizon=12, period=12)
    assert np.abs(outlook.values - of(list(SMOOTH))).sum() < 0.08 * sum(SMOOTH)


def test_range_widens_with_noise_and_with_time() -> None:
    calm, wild = (structural(of(noisy(SMOOTH, 48, noise=noise)), horizon=18, period=12) for noise in (0.02, 0.2))
    assert (calm.high - calm.low).mean() * 3 < (wild.high - wild.low).mean()
    assert (wild.high - wild.low)[12:].mean() > (wild.high - wild.low)[:6].mean()
    assert (wild.low <= wild.values).all()
    assert (wild.values <= wild.high).all()
