"""`split` once more, by HiGHS: the textbook model, in a process of its own, without anything of the product.

Takes a file of instances and the file to write the answers to, both JSON; HiGHS itself talks on standard output.
"""

import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

SECONDS = 10.0
INFEASIBLE = 2
Instance = Mapping[str, Any]
Row = tuple[Mapping[int, int], float, float]


def solve(instance: Instance) -> dict[str, Any]:
    """The least value × lateness, then the least lateness; None where there is no plan, or none was proven."""
    began = time.perf_counter()
    slots = instance["slots"]
    lateness = [slot["late"] for slot in slots]
    value = [instance["list_prices"][slot["line"]] * slot["late"] for slot in slots]
    rows = list(_rows(instance))
    first = _best(instance, rows, value)
    worth, then = _sum_of(value, first), None
    if worth is not None:
        rows.append((dict(enumerate(value)), 0, worth))
        then = _best(instance, rows, lateness)
    is_found = then is not None and then.success
    return {
        "is_proven": is_found or first.status == INFEASIBLE,
        "optimum": [worth, _sum_of(lateness, then)] if is_found else None,
        "seconds": time.perf_counter() - began,
    }


def _rows(instance: Instance) -> Iterable[Row]:
    """The rows: how much of each slot comes first in the variables, then whether it is used, then the weeks."""
    slots = instance["slots"]
    many = len(slots)
    weeks = {week: 2 * many + n for n, week in enumerate(_weeks(instance))}
    for n, slot in enumerate(slots):
        yield {n: 1, many + n: -slot["most"]}, -np.inf, 0
        yield {n: 1, many + n: -slot["least"]}, 0, np.inf
        yield {many + n: 1, weeks[slot["week"]]: -1}, -np.inf, 0
    for line, quantity in enumerate(instance["quantities"]):
        yield {n: 1 for n, slot in enumerate(slots) if slot["line"] == line}, quantity, quantity
    for room, free in enumerate(instance["rooms"]):
        taking = [(n, *slot["takes"][str(room)]) for n, slot in enumerate(slots) if str(room) in slot["takes"]]
        yield {n: each for n, each, _ in taking} | {many + n: once for n, _, once in taking}, -np.inf, free
    yield dict.fromkeys(weeks.values(), 1), -np.inf, instance["most_weeks"]
    for together in _rivals(instance):
        yield {many + n: 1 for n in together}, -np.inf, 1


def _rivals(instance: Instance) -> Iterable[Sequence[int]]:
    """One line for an offer in a week."""
    rivals: dict[tuple[str, str], list[int]] = {}
    for n, slot in enumerate(instance["slots"]):
        rivals.setdefault((instance["offers"][slot["line"]], slot["week"]), []).append(n)
    return [together for together in rivals.values() if len(together) > 1]


def _best(instance: Instance, rows: Sequence[Row], costs: Sequence[int]) -> OptimizeResult:
    slots = instance["slots"]
    many, weeks = len(slots), len(_weeks(instance))
    most = [slot["most"] for slot in slots] + [1] * (many + weeks)
    step = np.gcd.reduce(costs) or 1
    matrix = csr_array(
        (
            [times for row, _, _ in rows for times in row.values()],
            ([n for n, (row, _, _) in enumerate(rows) for _ in row], [var for row, _, _ in rows for var in row]),
        ),
        shape=(len(rows), len(most)),
        dtype=float,
    )
    return milp(
        [cost / step for cost in costs] + [0] * (many + weeks),
        integrality=np.ones(len(most)),
        bounds=Bounds(0, most),
        constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows]),
        options={"mip_rel_gap": 0, "time_limit": SECONDS},
    )


def _weeks(instance: Instance) -> list[str]:
    return sorted({slot["week"] for slot in instance["slots"]})


def _sum_of(costs: Sequence[int], found: OptimizeResult | None) -> int | None:
    """Counted from the whole numbers: the solver's own sum is binary."""
    if found is None or not found.success:
        return None
    return int(sum(cost * round(amount) for cost, amount in zip(costs, found.x, strict=False)))


if __name__ == "__main__":
    given, answers = map(Path, sys.argv[1:])
    answers.write_text(json.dumps([solve(instance) for instance in json.loads(given.read_text())]))
