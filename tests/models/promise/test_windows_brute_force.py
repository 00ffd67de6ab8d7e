"""Windows and alternatives, held against all placings of 500 small companies by chance."""

import json
import random
from collections import Counter
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from models.files.company import company_in
from models.files.deal import read_deal
from models.promise import check, report, ways_to_yes
from tests.models.promise.brute_windows import Json, best, size_of, wants_of

TODAY = date(2026, 11, 23)
GROUPS, IN_GROUP, LARGEST = 25, 20, 60_000


def day(week: int) -> str:
    return (TODAY + timedelta(weeks=week)).isoformat()


def company_by_chance(chance: random.Random) -> tuple[Json, Json]:
    """Two or three resources with overtime of different prices, an offer or two with windows, one to three lines."""
    names = ["Anvil", "Bench", "Crane"][: chance.randint(2, 3)]
    resources = [
        {"name": name, "kind": "time", "unit": "hour", "weekly": chance.randint(0, 3)}
        | {"overtime": chance.choice((0, 0, 1, 2)), "overtime_cost": chance.choice((0, 3, 3, 5))}
        for name in names
    ]
    offers = [offer_by_chance(chance, name, names) for name in ("Chair", "Desk")[: chance.randint(1, 2)]]
    loads = [
        {
            "ref": f"R{n}",
            "resource": chance.choice(names),
            "week": day(chance.randint(0, 4)),
            "quantity": chance.randint(0, 3),
        }
        for n in range(chance.randint(0, 3))
    ]
    company: Json = {"company": {"name": "Small", "currency": "JPY", "horizon_weeks": 3}, "resources": resources}
    company |= {"offers": offers, "commitments": loads}
    wanted = {(chance.choice(offers)["name"], day(chance.randint(1, 4))) for _ in range(chance.randint(1, 3))}
    lines = [
        {"offer": name, "week": week, "quantity": chance.randint(1, 3), "unit_price": 10}
        for name, week in sorted(wanted)
    ]
    return company, {"customer": "Acme", "today": TODAY.isoformat(), "lines": lines}


def small_enough(chance: random.Random) -> tuple[Json, Json]:
    """One that can be tried out."""
    while True:
        company, deal = company_by_chance(chance)
        if wants_of(company, deal) and size_of(company, deal) <= LARGEST:
            return company, deal


def offer_by_chance(chance: random.Random, name: str, names: list[str]) -> Json:
    needs = []
    for _ in range(chance.randint(1, 2)):
        need: Json = {"offset": chance.randint(-1, 0), "weeks": chance.choice((1, 1, 2))}
        need |= {
            "ahead": chance.choice((0, 0, 1, 2)),
            "per_unit": chance.randint(0, 2),
            "fixed": chance.choice((0, 0, 1)),
        }
        some = chance.sample(names, chance.randint(1, len(names)))
        needs.append(need | ({"resource": some[0]} if len(some) == 1 else {"any_of": some}))
    return {"name": name, "family": "F", "unit": "u", "list_price": 10, "unit_cost": 4, "needs": needs}


def total(entries: list[Json], key: str) -> int:
    return sum(int(entry[key]) for entry in entries)


def earliness(company: Json, deal: Json, said: Json) -> int:
    """Units × weeks: where home weeks lie, less where the work does."""
    short: Counter[tuple[str, int]] = Counter()
    for one in said["shortages"]:
        short[one["resource"], week_of(one["week"])] += int(one["short"])
    wants = wants_of(company, deal)
    at_home = sum(want.week * want.units for want in wants) - sum(week * n for (_, week), n in short.items())
    if "placed" not in said:
        return 0
    return at_home - sum(week_of(one["week"]) * int(one["quantity"]) for one in said["placed"])


def short_by_week(company: Json, deal: Json, said: Json) -> tuple[int, ...]:
    """What is short in each home week, in their order."""
    weeks = sorted({want.week for want in wants_of(company, deal)})
    short = Counter({week_of(one["week"]): 0 for one in said["shortages"]})
    for one in said["shortages"]:
        short[week_of(one["week"])] += int(one["short"])
    return tuple(short[week] for week in weeks)


def week_of(text: str) -> int:
    return (date.fromisoformat(text) - TODAY).days // 7


@pytest.mark.parametrize("group", range(GROUPS))
def test_check_agrees_with_all_placings(group: int, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for number in range(IN_GROUP):
        company, deal = small_enough(random.Random(1000 * group + number))
        given = company_in(company, "company").company
        asked = tmp_path / f"deal{number}.json"
        asked.write_text(json.dumps(deal))
        checked = check(given, read_deal(asked, given))
        said: dict[str, Any] = report(given, checked, ways_to_yes(given, checked))
        short, by_week, cost, early, _ = best(company, deal)
        verdict = "short" if short else "overtime" if said["overtime"] else "fits"
        assert (said["verdict"], total(said["shortages"], "short")) == (verdict, short)
        assert total(said["overtime"], "cost") == cost
        assert earliness(company, deal, said) == early
        assert short_by_week(company, deal, said) == by_week
        # No way is shown that does not pass the same check, and each is what a deal of its own would be.
        for option in said["options"]:
            assert option["verdict"] in {"fits", "overtime"}
            own = deal | {"lines": [line | {"unit_price": 10} for line in option["lines"]]}
            if option["kind"] != "reprice":
                assert best(company, own | {"lines": [numbered(line) for line in own["lines"]]})[0] == 0
        if verdict == "short":
            assert partial_value(said) == most_in_time(company, deal)
        seen.update({verdict: 1, "early": early > 0, "placed": "placed" in said, "ways": bool(said["options"])})
    # A group is no test of nothing.
    assert all(seen[case] for case in ("short", "fits", "early", "placed", "ways")), seen


def most_in_time(company: Json, deal: Json) -> int:
    """The most that all lines together are worth, in time and without overtime; nothing where nothing comes."""
    usual = company | {"resources": [one | {"overtime": 0} for one in company["resources"]]}
    worth = [0]
    for quantities in product(*(range(line["quantity"] + 1) for line in deal["lines"])):
        lines = [line | {"quantity": n} for line, n in zip(deal["lines"], quantities, strict=True) if n]
        value = sum(10 * line["quantity"] for line in lines)
        if lines and value > max(worth) and best(usual, deal | {"lines": lines})[0] == 0:
            worth.append(value)
    return max(worth)


def partial_value(said: Json) -> int:
    """What the way in time is worth; `some`, `split` and others may say the same first."""
    ways = [option for option in said["options"] if option["kind"] == "partial"]
    return sum(10 * int(line["quantity"]) for option in ways for line in option["lines"])


def numbered(line: Json) -> Json:
    return line | {"quantity": int(line["quantity"])}
