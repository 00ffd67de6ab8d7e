"""`split` by CP-SAT, as it is, and the same instances by HiGHS in a process of its own, with the same optima."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from models.deals.terms import Checked
from models.promise.search import Search, Solution
from models.promise.ways import QUICK, _Desk
from tests.bench.checking import LINES, Companies, searchable_once
from tests.bench.timing import p95, spread, timed

Instance = Mapping[str, Any]
Answer = Mapping[str, Any]


def main(companies: Companies) -> None:
    """Print what both take, and how many optima are proven by both, and equal."""
    for lines in LINES:
        checks = [searchable_once(companies.many, terms) for terms in companies.asked(lines)]
        desks = [(checked, _Desk(checked.company, checked.check, QUICK)) for checked in checks]
        searches = [(checked, desk, desk._in_parts(has_overtime=False)) for checked, desk in desks]
        ours = [
            (_instance(checked, search), *timed(partial(_split, desk))) for checked, desk, search in searches if search
        ]
        _report(lines, ours, _by_highs([instance for instance, _, _ in ours]))


def _split(desk: _Desk) -> Solution:
    plan = desk.split()
    assert plan is not None
    return plan


def _instance(checked: Checked, search: Search) -> Instance:
    """The instance as numbers: rooms, slots, lots, worth, and how many weeks may be used."""
    company, lines = checked.company, checked.check.deal.lines
    slots = [
        {"line": slot.line, "week": slot.week.isoformat(), "late": slot.late, "least": slot.least, "most": slot.most}
        | {"takes": dict(slot.takes)}
        for slot in search.slots
    ]
    return {
        "rooms": [room.free for room in search.rooms],
        "slots": slots,
        "quantities": [line.quantity for line in lines],
        "list_prices": [company.offers[line.offer].list_price for line in lines],
        "offers": [line.offer for line in lines],
        "most_weeks": max(company.max_deliveries, len({line.week for line in lines})),
    }


def _by_highs(instances: Sequence[Instance]) -> list[Answer]:
    """HiGHS answers in another process: it and OR-Tools cannot live in one."""
    with tempfile.TemporaryDirectory() as home:
        given, answers = Path(home) / "instances.json", Path(home) / "answers.json"
        given.write_text(json.dumps(instances))
        command = [sys.executable, "-m", "tests.bench.milp", str(given), str(answers)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return list(json.loads(answers.read_text()))


def _report(lines: int, ours: Sequence[tuple[Instance, Solution, float]], theirs: Sequence[Answer]) -> None:
    both = [
        (_optimum(instance, plan), answer["optimum"])
        for (instance, plan, _), answer in zip(ours, theirs, strict=True)
        if plan.is_proven and answer["is_proven"]
    ]
    equal = sum(our == their for our, their in both)
    ratios = [answer["seconds"] / seconds for (_, _, seconds), answer in zip(ours, theirs, strict=True)]
    print(f"split, {lines:>2} lines, CP-SAT: {spread([seconds for _, _, seconds in ours])}")
    print(f"split, {lines:>2} lines, HiGHS:  {spread([answer['seconds'] for answer in theirs])}")
    print(f"  HiGHS takes {statistics.median(ratios):.1f} times as long in the median, {p95(ratios):.1f} times at p95")
    print(f"  {len(both)} of {len(ours)} proven by both, {equal} of these with equal optima")
    assert equal == len(both)


def _optimum(instance: Instance, plan: Solution) -> list[int] | None:
    """Value × lateness, then lateness; None where there is no plan."""
    if plan.amounts is None:
        return None
    late = [(instance["list_prices"][slot.line], slot.late * amount) for slot, amount in plan.amounts.items()]
    return [sum(price * weeks for price, weeks in late), sum(weeks for _, weeks in late)]
