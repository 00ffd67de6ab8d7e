"""Seconds, and how they spread."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What comes of some work, and how long it takes in seconds."""
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


def p95(values: Sequence[float]) -> float:
    """What 95 of 100 do not exceed."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def spread(times: Sequence[float]) -> str:
    """The median, the 95th percentile and the largest."""
    each = {"median": statistics.median(times), "p95": p95(times), "largest": max(times)}
    return ", ".join(f"{name} {1000 * value:,.0f} ms" for name, value in each.items())
