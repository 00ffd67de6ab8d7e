"""The statistical baseline on the 3,003 series of the M3 competition: how good, and how long a series takes."""

import time
from statistics import median

import numpy as np

from models.sop.baseline import theta
from tests.models.sop.test_baseline import M3, competition, smape


def main() -> None:
    """One line, or why there is none."""
    if not M3.exists():
        print("baseline: ../shared/data/m3.csv is not here")
        return
    ours, naive, times = [], [], []
    for known, after, period in competition():
        began = time.perf_counter()
        made = theta(known, horizon=len(after), period=period)
        times.append(time.perf_counter() - began)
        ours.append(smape(made, after))
        naive.append(smape(np.resize(np.array(known[-period:]), len(after)), after))
    print(
        f"baseline on {len(ours)} series of M3: mean sMAPE {np.mean(ours):.2f} (seasonal naive {np.mean(naive):.2f}), "
        f"{median(times) * 1000:.2f} ms a series in the median"
    )
