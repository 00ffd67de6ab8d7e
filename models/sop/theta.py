"""The Theta method.

Source: Assimakopoulos and Nikolopoulos, "The theta model", International Journal of Forecasting 16 (2000); as simple
exponential smoothing with half the slope of the trend as drift: Hyndman and Billah, the same journal 19 (2003).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

CERTAIN = 1.645
SMALLEST_INDEX = 0.01
ALPHAS = np.linspace(0.02, 0.98, 33)
Series = NDArray[np.float64]


def theta(history: Sequence[float] | Series, *, horizon: int, period: int) -> Series:
    """The mean of the line through a series and of what is left of it when its curvature is doubled, smoothed."""
    series = np.asarray(history, dtype=np.float64)
    count, seasons = len(series), _seasons(series, period)
    smooth = series / np.resize(seasons, count)
    level, alpha = _smoothed(smooth)
    steps = np.arange(horizon)
    straight = level + _slope(smooth) / 2 * (steps + (1 - (1 - alpha) ** count) / alpha)
    return np.asarray(straight * np.resize(np.roll(seasons, -(count % period)), horizon), dtype=np.float64)


def is_seasonal(series: Series, period: int) -> bool:
    """Whether the autocorrelation at one period is other than nothing, with 90 % confidence (Bartlett)."""
    count = len(series)
    around = series - series.mean()
    whole = float(around @ around)
    if period < 2 or count < 3 * period or whole == 0:
        return False
    lags = np.array([around[lag:] @ around[: count - lag] for lag in range(1, period + 1)]) / whole
    return bool(abs(lags[-1]) > CERTAIN * np.sqrt((1 + 2 * float(lags[:-1] @ lags[:-1])) / count))


def _seasons(series: Series, period: int) -> Series:
    """Multiplicative indices of a season, with mean 1; all 1 where there is no season."""
    flat = np.ones(max(1, period))
    if not is_seasonal(series, period) or series.min() <= 0:
        return flat
    weights = np.r_[0.5, np.ones(period - 1), 0.5] / period if period % 2 == 0 else np.ones(period) / period
    trend, half = np.convolve(series, weights, "valid"), len(weights) // 2
    ratios = series[half : half + len(trend)] / trend
    places = (np.arange(len(ratios)) + half) % period
    indices = np.array([ratios[places == place].mean() for place in range(period)])
    indices /= indices.mean()
    return flat if indices.min() < SMALLEST_INDEX else indices


def _smoothed(series: Series) -> tuple[float, float]:
    """The last level and the weight of simple exponential smoothing with the least squared error.

    For all weights at once; the level is linear in where it begins, so that the best beginning is a division.
    """
    level, weight = np.zeros_like(ALPHAS), np.ones_like(ALPHAS)
    squares, mixed, weights = (np.zeros_like(ALPHAS) for _ in range(3))
    keep = 1 - ALPHAS
    for value in series:
        error = value - level
        squares += error * error
        mixed += error * weight
        weights += weight * weight
        level = keep * level + ALPHAS * value
        weight = weight * keep
    begins = mixed / weights
    best = int(np.argmin(squares - mixed * begins))
    return float(level[best] + weight[best] * begins[best]), float(ALPHAS[best])


def _slope(series: Series) -> float:
    """The slope of the line through a series."""
    steps = np.arange(len(series)) - (len(series) - 1) / 2
    return float(steps @ series / (steps @ steps)) if len(series) > 1 else 0.0
