"""The statistical baseline of a family: monthly history in, the coming months out, with a range and what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from models.base.language import N_
from models.sop.demand_patterns import Months, closed_months, has_ended, is_intermittent, since_launch
from models.sop.structural import Outlook, Series, structural
from models.sop.theta import is_seasonal, theta

MONTHS = 12
TEN_YEARS = 120
SHORTEST_TREND = 6
LIKELY_TREND = 0.8
# For what is said, not for what is forecast: in two years chance often looks like a season.
CERTAIN_SEASON = 0.9
EIGHTY_PERCENT = 1.2816


class Method(StrEnum):
    """How a baseline was made."""

    NONE = "none"
    MEAN = "mean"
    STRUCTURAL = "structural"
    COMBINED = N_("structural and theta")
    INTERMITTENT = "intermittent"
    ENDED = "ended"


@dataclass(frozen=True)
class Seen:
    """What a history shows: known and unknown months since the launch, closed ones a year, and growth over a year."""

    months: int = 0
    unknown: int = 0
    is_seasonal: bool = False
    closed: int = 0
    growth: float | None = None
    units_a_year: float = 0.0


@dataclass(frozen=True)
class Baseline:
    """Expected units of the coming months, and the bounds that eight of ten months keep."""

    method: Method
    values: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    seen: Seen

    @property
    def is_mean(self) -> bool:
        """Whether the history is too short for more than its mean."""
        return self.method in {Method.MEAN, Method.NONE}

    def units(self) -> tuple[int, ...]:
        """Whole units by running sums, so that a year of a slow mover adds up; none below nothing, halves go up."""
        whole = np.floor(np.cumsum(np.maximum(0, self.values)) + 0.5).astype(int)
        return tuple(int(units) for units in np.diff(whole, prepend=0))

    def unit_range(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The bounds in whole units, around the units of each month."""
        bounds = list(zip(self.units(), self.low, self.high, strict=True))
        low = tuple(min(units, max(0, int(np.floor(bound)))) for units, bound, _ in bounds)
        return low, tuple(max(units, int(np.ceil(bound))) for units, _, bound in bounds)


def baseline(history: Sequence[float | None], *, horizon: int, period: int = MONTHS) -> Baseline:
    """Forecast a history, oldest month first; None is a month that is unknown or left out, and never nothing."""
    series = since_launch(np.array([np.nan if units is None else units for units in history], dtype=np.float64))
    series = series[-TEN_YEARS * period // MONTHS if period == MONTHS else 0 :]
    known = series[np.isfinite(series)]
    if not len(known):
        return _flat(Method.NONE, series, horizon)
    if len(known) < MONTHS:
        return _short(series, horizon=horizon)
    if has_ended(series):
        return _flat(Method.ENDED, np.where(np.isfinite(series), 0.0, np.nan), horizon)
    return _forecast(series, horizon=horizon, period=period)


def accuracy_unseen(history: Sequence[float | None], *, months: int = 6) -> float | None:
    """How good the baseline is on the last months when it does not see them: 1 − WAPE; None where nobody can say.

    Of an intermittent family no month can be foretold, so the months are judged in all.
    """
    earlier, later = history[:-months], history[-months:]
    if sum(units is not None for units in earlier) < MONTHS:
        return None
    made = baseline(earlier, horizon=months)
    pairs = [(value, units) for value, units in zip(made.values, later, strict=True) if units is not None]
    if made.method is Method.INTERMITTENT:
        pairs = [(sum(value for value, _ in pairs), sum(units for _, units in pairs))]
    total = sum(units for _, units in pairs)
    return max(0.0, 1 - sum(abs(value - units) for value, units in pairs) / total) if total > 0 else None


def _short(series: Series, *, horizon: int) -> Baseline:
    """The mean, unless half a year or more is likely to have a trend: a launch grows."""
    if np.isfinite(series).sum() >= SHORTEST_TREND:
        outlook = structural(series, horizon=horizon, period=1)
        if outlook.slope > LIKELY_TREND:
            return _made(Method.STRUCTURAL, outlook, _seen(series))
    return _flat(Method.MEAN, series, horizon)


def _forecast(series: Series, *, horizon: int, period: int) -> Baseline:
    closed = closed_months(series, period)
    places = np.arange(len(series) + horizon) % period
    is_closed = closed[places]
    selling = np.where(is_closed[: len(series)], np.nan, series)
    is_irregular = is_intermittent(selling)
    outlook = structural(selling, horizon=horizon, period=period, is_level=is_irregular)
    method = Method.INTERMITTENT if is_irregular else Method.STRUCTURAL
    if not is_irregular and _is_agreed(selling, outlook, period):
        method, outlook = Method.COMBINED, _combined(selling, outlook, period)
    has_season = bool(closed.any()) or (len(series) >= 2 * period and outlook.season > CERTAIN_SEASON)
    return _made(
        method, _without(outlook, is_closed[len(series) :]), _seen(series, is_seasonal=has_season, closed=closed)
    )


def _is_agreed(series: Series, outlook: Outlook, period: int) -> bool:
    """Whether the Theta method sees a season, or none, where the structural model does, and can follow it."""
    if not np.isfinite(series).all():
        return False
    has_season = is_seasonal(series, period)
    return has_season == (outlook.season > 0.5) and not (has_season and series.min() <= 0)


def _combined(series: Series, outlook: Outlook, period: int) -> Outlook:
    """The mean of both methods, which is better than either; the range moves with it."""
    # The line of the Theta method falls below nothing where a family sells less and less.
    other = np.maximum(0, theta(series, horizon=len(outlook.values), period=period))
    shift = (other - outlook.values) / 2
    return replace(outlook, values=outlook.values + shift, low=outlook.low + shift, high=outlook.high + shift)


def _without(outlook: Outlook, closed: Months) -> Outlook:
    values, low, high = (np.where(closed, 0.0, each) for each in (outlook.values, outlook.low, outlook.high))
    return replace(outlook, values=values, low=low, high=high)


def _flat(method: Method, series: Series, horizon: int) -> Baseline:
    """The mean in every month; with a single month, its range is anything up to twice as much."""
    known = series[np.isfinite(series)]
    mean = float(known.mean()) if len(known) else 0.0
    spread = EIGHTY_PERCENT * float(known.std(ddof=1)) if len(known) > 1 else mean
    every = np.ones(horizon)
    return _made(method, Outlook(every * mean, every * (mean - spread), every * (mean + spread), 0, 0), _seen(series))


def _made(method: Method, outlook: Outlook, seen: Seen) -> Baseline:
    values, low, high = (
        tuple(float(units) for units in np.maximum(0, each)) for each in (outlook.values, outlook.low, outlook.high)
    )
    return Baseline(method, values, low, high, seen)


def _seen(series: Series, *, is_seasonal: bool = False, closed: Months | None = None) -> Seen:
    known = np.isfinite(series)
    latest = series[-MONTHS:]
    return Seen(
        months=int(known.sum()),
        unknown=int((~known).sum()),
        is_seasonal=is_seasonal,
        closed=0 if closed is None else int(closed.sum()),
        growth=_growth(series),
        units_a_year=float(np.nanmean(latest)) * MONTHS if np.isfinite(latest).any() else 0.0,
    )


def _growth(series: Series) -> float | None:
    """What the last twelve months sold beyond the twelve before, in the months that are known in both."""
    if len(series) < 2 * MONTHS:
        return None
    earlier, later = series[-2 * MONTHS : -MONTHS], series[-MONTHS:]
    both = np.isfinite(earlier) & np.isfinite(later)
    before = float(earlier[both].sum())
    return float(later[both].sum()) / before - 1 if before > 0 else None
