"""A structural model of monthly series: level, damped slope, season and noise, each of several sizes.

How fast a level, a slope and a season change is not estimated: a short history cannot tell. All combinations of a few
sizes are kept instead, on the series and on its logarithm, each weighted by how likely it makes the history. As a
Gaussian process a combination is one matrix for all series of a length, which is kept; a forecast is a product.

Source: Harvey, "Forecasting, structural time series models and the Kalman filter" (1989); the mean over models by their
evidence: Hoeting and others, "Bayesian model averaging", Statistical Science 14 (1999).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Series = NDArray[np.float64]

# Variances in units of the noise: of the monthly change of a level; of the slope's, with its damping; of a season, with
# the years after which it has become another one.
LEVELS = (0.01, 0.06, 0.3, 1.5)
SLOPES = ((0.0, 0.0), (0.9, 0.02), (0.8, 0.1))
SEASONS = ((0.0, 1.0), (1.0, 20.0), (4.0, 20.0), (20.0, 20.0), (80.0, 20.0), (4.0, 6.0), (20.0, 6.0))
ANYWHERE = 1e4
TINY = 1e-12
LIGHTEST = 1e-3
QUANTILES = np.array([NormalDist().inv_cdf((n + 0.5) / 21) for n in range(21)])
TAIL = 0.1


class Sizes(NamedTuple):
    """One combination: its level, its slope's damping and change, its season's size and years."""

    level: float
    slope: tuple[float, float]
    season: tuple[float, float]


@dataclass(frozen=True)
class Outlook:
    """The coming months with the bounds of an 80 % range, and how likely it is that there are a slope and a season."""

    values: Series
    low: Series
    high: Series
    slope: float
    season: float


@dataclass(frozen=True)
class _Fit:
    """What a length of history says for every combination: whitening, forecast, evidence lost, variance ahead."""

    sizes: tuple[Sizes, ...]
    whiten: Series
    ahead: Series
    lost: Series
    variance: Series

    def share(self, weights: Series, has: Callable[[Sizes], bool]) -> float:
        """How much of the weight is on combinations that have something; both scales are weighted."""
        chosen = np.array([has(sizes) for sizes in self.sizes])
        return float(weights.reshape(-1, len(chosen))[:, chosen].sum())


class _Scale(NamedTuple):
    """The evidence, means and deviations of all combinations on a scale, and the way back from it."""

    evidence: Series
    means: Series
    deviations: Series
    back: Callable[[Series], Series]


def structural(series: Series, *, horizon: int, period: int, is_level: bool = False) -> Outlook:
    """Forecast a series, of which unknown months are nan; with `is_level` as a level that changes, and nothing else."""
    unknown = np.isnan(series)
    fit = _fit(len(series), tuple(np.flatnonzero(unknown)), horizon, period, is_level)
    known = series[~unknown]
    scales = [_scale(known, 0.0, _same, fit)]
    if known.min() > 0 and not is_level:
        logs = np.log(known)
        scales.append(_scale(logs, -float(logs.sum()), np.exp, fit))
    evidence = np.concatenate([scale.evidence for scale in scales])
    weights = np.exp(evidence - evidence.max())
    weights /= weights.sum()
    values = weights @ np.concatenate([scale.back(scale.means) for scale in scales])
    low, high = _bounds(scales, weights)
    return Outlook(
        values,
        np.minimum(low, values),
        np.maximum(high, values),
        fit.share(weights, lambda sizes: sizes.slope[0] > 0),
        fit.share(weights, lambda sizes: sizes.season[0] > 0),
    )


def _same(values: Series) -> Series:
    return values


@lru_cache(maxsize=12)
def _fit(count: int, unknown: tuple[int, ...], horizon: int, period: int, is_level: bool) -> _Fit:
    sizes = tuple(Sizes(*each) for each in product(LEVELS, SLOPES, SEASONS))
    if is_level or period < 2:
        sizes = tuple(each for each in sizes if each.season[0] == 0 and not (is_level and each.slope[0]))
    covariance = _covariances(sizes, count + horizon, period)
    known = np.delete(np.arange(count), unknown)
    root = np.linalg.cholesky(covariance[:, known[:, None], known] + np.eye(len(known)))
    whiten = np.linalg.inv(root)
    ahead = covariance[:, count:, known] @ whiten.transpose(0, 2, 1)
    lost = np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    variance = 1 + np.diagonal(covariance[:, count:, count:], axis1=1, axis2=2) - (ahead**2).sum(axis=2)
    return _Fit(sizes, whiten, ahead, lost, variance)


def _covariances(sizes: tuple[Sizes, ...], count: int, period: int) -> Series:
    """How the months of each combination go together, without noise."""
    steps = np.arange(count)
    apart = np.abs(steps[:, None] - steps)
    level = np.minimum(steps[:, None], steps)
    same = (apart % max(1, period) == 0) - 1 / max(1, period)
    slopes = {slope: _slope(count, *slope) for slope in SLOPES}
    seasons = {season: season[0] * same * np.exp(-apart / (period * season[1])) for season in SEASONS}
    return np.array([ANYWHERE + each.level * level + slopes[each.slope] + seasons[each.season] for each in sizes])


def _slope(count: int, damping: float, change: float) -> Series:
    """The covariance of what a slope adds up to that is pulled towards nothing."""
    reached = np.cumsum(damping ** np.arange(count)) if damping else np.zeros(count)
    steps = np.arange(count)
    since = steps[:, None] - steps - 1
    response = np.where(since >= 0, reached[since], 0.0)
    variances = np.r_[change / (1 - damping**2), np.full(count - 1, change)]
    return np.asarray((response * variances) @ response.T, dtype=np.float64)


def _scale(known: Series, jacobian: float, back: Callable[[Series], Series], fit: _Fit) -> _Scale:
    count, middle, size = len(known), known.mean(), float(known.std()) or 1.0
    white = fit.whiten @ ((known - middle) / size)
    noise = (white**2).sum(axis=1) / count
    evidence = jacobian - fit.lost - count * (np.log(noise + TINY) / 2 + np.log(size))
    means = (fit.ahead @ white[:, :, None])[:, :, 0] * size + middle
    # Where a level and a size are read from the same months, they look calmer than they are.
    deviations = np.sqrt(noise[:, None] * fit.variance * count / max(1, count - 2)) * size
    return _Scale(evidence, means, deviations, back)


def _bounds(scales: list[_Scale], weights: Series) -> tuple[Series, Series]:
    """Of the mixture of all combinations, what it falls short of and what it exceeds one time in ten."""
    parts, shares = [], []
    for scale, own in zip(scales, weights.reshape(len(scales), -1), strict=True):
        heavy = own > LIGHTEST
        points = scale.means[heavy, :, None] + scale.deviations[heavy, :, None] * QUANTILES
        parts.append(scale.back(points.transpose(0, 2, 1).reshape(-1, points.shape[1])))
        shares.append(np.repeat(own[heavy], len(QUANTILES)))
    values, share = np.concatenate(parts), np.concatenate(shares)
    order = np.argsort(values, axis=0)
    reached = np.cumsum(share[order], axis=0) / share.sum()
    ordered = np.take_along_axis(values, order, axis=0)
    low, high = (ordered[(reached < part).sum(axis=0), np.arange(values.shape[1])] for part in (TAIL, 1 - TAIL))
    return low, high
