"""A structural model of monthly series: level, damped slope, season and noise, each of several sizes.

How fast a level, a slope and a season change is not estimated: a short history cannot tell. All combinations of a few
sizes are kept instead, on the series and on its logarithm, each weighted by how likely it makes the history. As a
Gaussian process a combination is a matrix that serves all series, and is kept; a forecast is a few products.

Source: Harvey, "Forecasting, structural time series models and the Kalman filter" (1989); the mean over models by their
evidence: Hoeting and others, "Bayesian model averaging", Statistical Science 14 (1999).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
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
STEP = 60


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
class _Model:
    """All combinations as matrices: how months go together without noise, and what makes known ones independent."""

    sizes: tuple[Sizes, ...]
    covariance: Series
    whiten: Series
    lost: Series

    def share(self, weights: Series, has: Callable[[Sizes], bool]) -> float:
        """How much of the weight is on combinations that have something; both scales are weighted."""
        chosen = np.array([has(sizes) for sizes in self.sizes])
        return float(weights.reshape(-1, len(chosen))[:, chosen].sum())


@dataclass(frozen=True)
class _Scale:
    """A series on a scale, standardised and whitened by all combinations, and the way back."""

    middle: float
    size: float
    white: Series
    evidence: Series
    back: Callable[[Series], Series]


def structural(series: Series, *, horizon: int, period: int, is_level: bool = False) -> Outlook:
    """Forecast a series, of which unknown months are nan; with `is_level` as a level that changes, and nothing else."""
    model = _model(series, horizon, period, is_level)
    known = np.flatnonzero(np.isfinite(series))
    coming = np.arange(len(series), len(series) + horizon)
    scales = _scales(series[known], model, is_level=is_level)
    weights = _weights(np.concatenate([scale.evidence for scale in scales]))
    values, low, high = _mixed(scales, weights, model, known, coming)
    return Outlook(
        values,
        np.minimum(low, values),
        np.maximum(high, values),
        model.share(weights, lambda sizes: sizes.slope[0] > 0),
        model.share(weights, lambda sizes: sizes.season[0] > 0),
    )


def _model(series: Series, horizon: int, period: int, is_level: bool) -> _Model:
    """The first months of a model are the model of the first months: one serves all lengths without gaps."""
    unknown, count = np.flatnonzero(np.isnan(series)), len(series)
    length = -(-count // STEP) * STEP
    whole = _whole(length, horizon, period, is_level)
    if len(unknown):
        return _with_gaps(length, horizon, period, is_level, count, tuple(unknown))
    lost = np.log(np.diagonal(whole.whiten[:, :count, :count], axis1=1, axis2=2)).sum(axis=1)
    return replace(whole, whiten=whole.whiten[:, :count, :count], lost=-lost)


@lru_cache(maxsize=8)
def _whole(length: int, horizon: int, period: int, is_level: bool) -> _Model:
    sizes = tuple(Sizes(*each) for each in product(LEVELS, SLOPES, SEASONS))
    if is_level or period < 2:
        sizes = tuple(each for each in sizes if each.season[0] == 0 and not (is_level and each.slope[0]))
    covariance = _covariances(sizes, length + horizon, period)
    return _whitened(_Model(sizes, covariance, covariance, covariance), np.arange(length))


@lru_cache(maxsize=16)
def _with_gaps(length: int, horizon: int, period: int, is_level: bool, count: int, unknown: tuple[int, ...]) -> _Model:
    return _whitened(_whole(length, horizon, period, is_level), np.delete(np.arange(count), unknown))


def _whitened(model: _Model, known: NDArray[np.intp]) -> _Model:
    root = np.linalg.cholesky(model.covariance[:, known[:, None], known] + np.eye(len(known)))
    lost = np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    return replace(model, whiten=np.linalg.inv(root), lost=lost)


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


def _scales(known: Series, model: _Model, *, is_level: bool) -> list[_Scale]:
    """The series as it is and, where it can be, its logarithm: there a season is a share of the level."""
    scales = [_scale(known, 0.0, _same, model)]
    if known.min() > 0 and not is_level:
        logs = np.log(known)
        scales.append(_scale(logs, -float(logs.sum()), np.exp, model))
    return scales


def _same(values: Series) -> Series:
    return values


def _scale(known: Series, jacobian: float, back: Callable[[Series], Series], model: _Model) -> _Scale:
    count, middle, size = len(known), float(known.mean()), float(known.std()) or 1.0
    white = model.whiten @ ((known - middle) / size)
    noise = (white**2).sum(axis=1) / count
    evidence = jacobian - model.lost - count * (np.log(noise + TINY) / 2 + np.log(size))
    return _Scale(middle, size, white, evidence, back)


def _weights(evidence: Series) -> Series:
    """By evidence; what counts for less than a thousandth of the best is left out."""
    weights = np.exp(evidence - evidence.max())
    weights[weights < LIGHTEST] = 0.0
    return np.asarray(weights / weights.sum())


def _mixed(
    scales: list[_Scale], weights: Series, model: _Model, known: NDArray[np.intp], coming: NDArray[np.intp]
) -> tuple[Series, Series, Series]:
    """The mean of all combinations, and the bounds of their mixture."""
    values, points, shares = np.zeros(len(coming)), [], []
    for scale, own in zip(scales, weights.reshape(len(scales), -1), strict=True):
        heavy = np.flatnonzero(own)
        means, deviations = _ahead(scale, model, heavy, known, coming)
        values += own[heavy] @ scale.back(means)
        spread = means[:, None] + deviations[:, None] * QUANTILES[:, None]
        points.append(scale.back(spread.reshape(-1, len(coming))))
        shares.append(np.repeat(own[heavy], len(QUANTILES)))
    low, high = _bounds(np.concatenate(points), np.concatenate(shares))
    return values, low, high


def _ahead(
    scale: _Scale, model: _Model, heavy: NDArray[np.intp], known: NDArray[np.intp], coming: NDArray[np.intp]
) -> tuple[Series, Series]:
    """Means and deviations of the coming months by the combinations that count."""
    covariance, white = model.covariance[heavy], scale.white[heavy]
    weighed = covariance[:, coming[:, None], known] @ model.whiten[heavy].transpose(0, 2, 1)
    means = (weighed @ white[:, :, None])[:, :, 0]
    variance = 1 + covariance[:, coming, coming] - (weighed**2).sum(axis=2)
    # Where a level and a size are read from the same months, they look calmer than they are.
    noise = (white**2).sum(axis=1) / max(1, len(known) - 2)
    return means * scale.size + scale.middle, np.sqrt(noise[:, None] * variance) * scale.size


def _bounds(points: Series, shares: Series) -> tuple[Series, Series]:
    """Of a mixture, what it falls short of and what it exceeds one time in ten."""
    order = np.argsort(points, axis=0)
    reached = np.cumsum(shares[order], axis=0) / shares.sum()
    ordered = np.take_along_axis(points, order, axis=0)
    months = np.arange(points.shape[1])
    low, high = (
        ordered[np.minimum((reached < part).sum(axis=0), len(points) - 1), months] for part in (TAIL, 1 - TAIL)
    )
    return low, high
