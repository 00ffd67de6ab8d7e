"""The Theta method: seasons that it is certain of, and half of a trend."""

import numpy as np

from models.sop.theta import is_seasonal, theta

SEASON = [60.0, 70, 90, 110, 130, 150, 160, 150, 120, 90, 70, 60]


def test_season_is_certain_after_three_years() -> None:
    assert is_seasonal(np.array(SEASON * 4), 12)
    assert not is_seasonal(np.array(SEASON * 2), 12)
    assert np.allclose(theta(SEASON * 4, horizon=24, period=12), SEASON * 2, rtol=0.02)


def test_trend_is_carried_on_by_half() -> None:
    made = theta([float(n) for n in range(1, 37)], horizon=12, period=12)
    # The level is at the end, and the line rises by half of the trend.
    assert 36 <= made[0] <= 37.5
    assert round(made[11] - made[0], 1) == 5.5
