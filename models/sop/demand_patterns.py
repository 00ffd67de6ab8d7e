"""How a family sells: since when, in which months of the year never, irregularly, or not any more."""

from math import comb, lgamma, log

import numpy as np
from numpy.typing import NDArray

from models.sop.structural import Series

Months = NDArray[np.bool_]

# Of Syntetos, Boylan and Croston, "On the categorization of demand patterns", Journal of the Operational Research
# Society 56 (2005): with more months than this from one sale to the next, demand is intermittent.
SMOOTH_INTERVAL = 1.32
LAUNCH_ZEROS, ENDED_ZEROS = 3, 12


def since_launch(series: Series) -> Series:
    """A history from its first sale on, where it begins with more zeros in a row than it ever has between sales."""
    sold = np.flatnonzero(series > 0)
    if not len(sold) or not np.isfinite(series[0]):
        return series
    before, between = sold[0], longest_gap(sold)
    return series[before:] if before >= LAUNCH_ZEROS and before > 2 * between else series


def has_ended(series: Series) -> bool:
    """Whether nothing was sold for a year, and for half as long again as ever between two sales."""
    sold = np.flatnonzero(series > 0)
    known = np.flatnonzero(np.isfinite(series))
    if not len(sold):
        return True
    silent = int((known > sold[-1]).sum())
    return silent >= ENDED_ZEROS and silent > 1.5 * longest_gap(sold)


def longest_gap(sold: NDArray[np.intp]) -> int:
    """The most months in a row between two sales."""
    return int(np.diff(sold).max() - 1) if len(sold) > 1 else 0


def is_intermittent(series: Series) -> bool:
    """Whether months without a sale are usual, at no given time of the year."""
    known = series[np.isfinite(series)]
    return bool(len(known) > SMOOTH_INTERVAL * max(1, int((known > 0).sum())))


def closed_months(series: Series, period: int) -> Months:
    """Of the months of a year, those in which the family is closed: nothing was ever sold then.

    They are told from chance by evidence: that zeros fall on some months of the year only, whichever they are, must be
    likelier than that they fall anywhere.
    """
    rest = -len(series) % period
    years = np.append(series, [np.nan] * rest).reshape(-1, period)
    zeros, known = (years <= 0).sum(axis=0), np.isfinite(years).sum(axis=0)
    closed = np.asarray((zeros == known) & (known > 0))
    count = int(closed.sum())
    anywhere = _evidence(int(zeros.sum()), int(known.sum()))
    given = _evidence(int(zeros[~closed].sum()), int(known[~closed].sum()))
    is_by_rule = given - log(comb(period, count)) - log(period) > anywhere
    return closed if 0 < count < period and is_by_rule else np.zeros_like(closed)


def _evidence(zeros: int, known: int) -> float:
    """How likely such a sequence is when every share of zeros is as likely as another (logarithm)."""
    return lgamma(zeros + 1) + lgamma(known - zeros + 1) - lgamma(known + 2)
