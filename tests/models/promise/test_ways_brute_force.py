"""Section 7 of the promise against brute force, on many small companies by chance."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import chain, product
from math import prod
from typing import Any

import pytest

from tests.models.promise.brute import KINDS, Plan, Ways, added, is_deal
from tests.models.promise.conftest import Door, Shop, Tables
from tests.models.promise.test_check_properties import (
    MONDAY,
    PLACES,
    Oracle,
    amount,
    day,
    decimal,
    fixed,
    half_up,
    some,
)

COMPANIES = range(800)
BATCHES = [COMPANIES[first : first + 20] for first in COMPANIES[::20]]
TIMES, STOCKS = ("Saw", "drill"), ("Legs", "\u00c4ste")
OFFERS = ("Chair", "Table", "Bench", "Fitting")

Json = dict[str, Any]


# Chance: resources hold about what the ask needs, so that moving, shrinking or buying a little may help.


def company(seed: int) -> Tables:
    """A company and an ask, seldom one that is fine as it is."""
    chance = random.Random(seed)
    while is_fine(shop := drawn(chance)) and chance.random() < 0.9:
        pass
    return shop


def is_fine(shop: Tables) -> bool:
    result = Oracle(shop).result()
    return result["verdict"] == "fits" and not Fraction(result["margin"]["below_floor"])


def drawn(chance: random.Random) -> Tables:
    shop = Tables()
    shop.today = day(chance, 0, 0)
    money = PLACES[currency := chance.choice(("USD", "USD", "JPY", "KWD"))]
    late_cost = chance.choice(("0", "0", "0", "0.005", "0.02", "0.1", "0.333"))
    shop.company |= {"currency": currency, "max_deliveries": chance.choice((1, 2, 2, 3, 3))}
    tight_at = f"0.{chance.randint(40, 99)}"
    shop.company |= some(chance, late_cost=late_cost, margin_floor=share(chance), tight_at=tight_at)
    prices = chance.choice((range(30 * 10**money), range(0, 30 * 10**money, 10**money), range(4)))
    used = chance.sample(TIMES + STOCKS, chance.choice((1, 1, 2, 4, 4)))
    for name in OFFERS:
        shop.offer(name, *needs(chance, used), **terms(chance, name), **tags(chance, prices, money))
    ask(shop, chance, prices, money)
    wanted = Oracle(shop).needs
    for name in TIMES:
        peak = max((need for (_, resource), need in wanted.items() if resource == name), default=Fraction(3))
        shop.time(name, **times(chance, peak, money))
    for name in STOCKS:
        total = sum((need for (_, resource), need in wanted.items() if resource == name), Fraction(0))
        shop.stock(name, **stocks(chance, total))
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        shop.commit(chance.choice(TIMES + STOCKS), day(chance, -1, 5), decimal(chance, chance.choice((1, 2, 9)), 3))
    for resource in shop.resources[: len(TIMES)]:
        if chance.random() < 0.3:
            resource["weekly"] = amount(largest(shop, resource["name"]))
        if chance.random() < 0.3:
            shop.commit(resource["name"], chance.choice(shop.lines)["week"], overbooked(chance, resource))
    if chance.random() < 0.3:
        shop.company["margin_floor"] = just_above(Oracle(shop).result()["margin"]["rate"])
    return shop


def largest(shop: Tables, name: str) -> Fraction:
    """What one line takes of a resource in a week: room for any of them, but not for two."""
    wanted = [Oracle(replace(shop, lines=[line])).needs for line in shop.lines]
    return max(
        (need for cells in wanted for (_, resource), need in cells.items() if resource == name), default=Fraction(3)
    )


def overbooked(chance: random.Random, resource: dict[str, Any]) -> str:
    """Load that takes all of a usual week, and some of its overtime."""
    return amount(Fraction(resource["weekly"]) + Fraction(part(chance, Fraction(resource.get("overtime", 0)), 3)))


def just_above(rate: str | None) -> str:
    """A floor that the least rise of prices may reach."""
    return str(min(max(Decimal(rate or 0), Decimal(0)), Decimal("0.9")) + Decimal("0.0001"))


def share(chance: random.Random) -> str:
    return f"0.{chance.randint(1, 4)}{chance.randrange(100):02}"


def ask(shop: Tables, chance: random.Random, prices: range, money: int) -> None:
    count = chance.choice((1, 1, 2, 2, 2, 3))
    most, horizon = {1: (14, 5), 2: (8, 4), 3: (5, 3)}[count]
    shop.company["horizon_weeks"] = chance.choice((*range(horizon + 1), *[horizon] * 5))
    offers = {chance.choice(OFFERS)} if chance.random() < 0.2 else OFFERS
    weeks = chance.sample(range(4), count if len(offers) == 1 else chance.choice((1, 1, 2, 4)))
    cells = [(offer, week) for offer in sorted(offers) for week in weeks]
    for offer, week in chance.sample(cells, count):
        (listed,) = (row["list_price"] for row in shop.offers if row["name"] == offer)
        price = chance.choice((listed, listed, *(minor(chance.choice(prices), money) for _ in range(2)), "0"))
        shop.line(offer, chance.randint(1, most), day(chance, week, week), price=price)


def times(chance: random.Random, peak: Fraction, money: int) -> dict[str, Any]:
    weeks = [week for week in range(6) if chance.random() < 0.15]
    exceptions = [{"week": day(chance, week, week), **hours(chance, peak, 6, usual="available")} for week in weeks]
    cost = some(chance, overtime_cost=chance.choice(("0", decimal(chance, 5, money), decimal(chance, 0, money))))
    return hours(chance, peak, chance.choice((9, 12, 18)), usual="weekly") | cost | {"weeks": exceptions}


def hours(chance: random.Random, peak: Fraction, most: int, *, usual: str) -> dict[str, Any]:
    return some(chance, overtime=part(chance, peak, 12)) | {usual: part(chance, peak, most, least=most // 4)}


def stocks(chance: random.Random, total: Fraction) -> dict[str, Any]:
    receipts = [{"week": day(chance, -1, 5), "quantity": part(chance, total, 12)} for _ in range(chance.randint(0, 4))]
    counted = chance.choice(({}, {"as_of": MONDAY.isoformat()}, {"as_of": day(chance, -1, -1)}))
    return {"on_hand": part(chance, total, chance.choice((9, 30, 30))), **counted, "receipts": receipts}


def part(chance: random.Random, whole: Fraction, most: int, *, least: int = 0) -> str:
    return amount(Fraction(half_up(whole * chance.randint(least, most) * 100), 1000))


def needs(chance: random.Random, used: list[str]) -> list[dict[str, Any]]:
    found = [need(chance, chance.choice(used)) for _ in range(chance.choice((0, 0, 1, 1, 1, 2)))]
    if found and chance.random() < 0.3:
        found.append(need(chance, found[0]["resource"]))
    return found


def need(chance: random.Random, resource: str) -> dict[str, Any]:
    per_unit = chance.choice(("0.5", "1", "1", "1.5", "0.333", decimal(chance, 1, 3)))
    weeks = {"offset": chance.choice((-2, -1, -1, 0, 0, 0, 0, 0, 1)), "weeks": chance.choice((1, 1, 1, 2))}
    once = {"fixed": decimal(chance, 2, 3)} if chance.random() < 0.4 else {}
    return {"resource": resource, "per_unit": per_unit, **weeks, **once}


def terms(chance: random.Random, name: str) -> dict[str, Any]:
    lots = {"min_lot": chance.randint(2, 5)} if chance.random() < 0.4 else {}
    others = [other for other in OFFERS if other != name]
    stands_in = {"substitutes": chance.sample(others, chance.randint(1, 3))} if chance.random() < 0.8 else {}
    standard = {"standard": chance.random() < (0.3 if name == "Fitting" else 0.75)}
    rest = some(chance, max_discount=f"0.{chance.randrange(1000):03}", lead_weeks=chance.randint(0, 3))
    floor = {"margin_floor": share(chance)} if chance.random() < 0.2 else {}
    return {**lots, "substitutes": [], **stands_in, **standard, **rest, **floor}


def tags(chance: random.Random, prices: range, money: int) -> dict[str, str]:
    listed = 0 if chance.random() < 0.15 else chance.choice(prices)
    return {"list_price": minor(listed, money), "unit_cost": minor(chance.choice(prices) // 3, money)}


def minor(units: int, money: int) -> str:
    return fixed(Fraction(units, 10**money), money)


@cache
def ways(seed: int) -> Ways:
    return Ways(company(seed))


# The comparison.


@pytest.mark.parametrize("batch", BATCHES)
def test_ways_to_yes_agree_with_brute_force(door: Door, batch: range) -> None:
    for seed in batch:
        case = ways(seed)
        (result,) = door.check(case.shop.toml(), case.shop.json())
        options = result.pop("options")
        assert result == case.asked, f"company {seed}"
        assert list(differences(case, options)) == [], f"company {seed}"
        assert list(failures(door, case, options)) == [], f"company {seed}"


def differences(case: Ways, options: list[Json]) -> Iterator[object]:
    if (kinds := [option["kind"] for option in options]) != [option["kind"] for option in sorted(options, key=rank)]:
        yield "order", kinds
    for kind in KINDS:
        shown, above = [option for option in options if option["kind"] == kind], earlier(kind, options)
        yield from (("twice", kind, option) for option in shown if any(is_same(option, other) for other in above))
        if len(shown) != 1 and case.best[kind] and not hides(case, kind, above):
            yield len(shown), kind, "best", case.best[kind]
        yield from (("said", option, "best", best) for option in shown if (best := expected(case, option)) != option)


def expected(case: Ways, option: Json) -> object:
    """What the option has to say, given the one of the best plans that the program chose."""
    plans = case.best[option["kind"]]
    chosen = [plan for plan in plans if case.printed(plan.lines) == option["lines"]]
    return case.option(option["kind"], chosen[0]) if chosen else plans


def earlier(kind: str, options: Iterable[Json]) -> list[Json]:
    """The options of the kinds above this one in the table."""
    return [option for option in options if KINDS.index(option["kind"]) < KINDS.index(kind)]


def hides(case: Ways, kind: str, options: list[Json]) -> bool:
    """Whether a best plan of a kind is there already: the program was free to choose it, and to leave it out."""
    return any(is_same({"lines": case.printed(plan.lines)}, other) for plan in case.best[kind] for other in options)


def is_same(option: Json, other: Json) -> bool:
    return sorted(map(str, option["lines"])) == sorted(map(str, other["lines"]))


def rank(option: Json) -> tuple[bool, Fraction, int]:
    last = option["kind"] == "reprice"
    return last, Fraction(0 if last else option["concession"]["total"]), KINDS.index(option["kind"])


def failures(door: Door, case: Ways, options: list[Json]) -> Iterator[object]:
    """Options that, asked as deals, are told something else than what they promise."""
    asks = [replace(case.shop, lines=option["lines"]).json() for option in options]
    results = door.check(case.shop.toml(), *asks) if asks else []
    for option, result in zip(options, results, strict=True):
        says = {key: option[key] for key in ("verdict", "tight", "overtime", "margin", "deviations")}
        if result["verdict"] == "short" or result | says != result:
            yield "promised", option, "told", result


# The brute force itself: the page's example, what it cuts, and what chance makes it meet.


def test_brute_force_finds_what_the_page_prints(shop: Shop) -> None:
    shop.today = "2026-11-23"
    shop.company |= {"margin_floor": "0.30", "horizon_weeks": 2, "max_deliveries": 3}
    closed = {"week": "2027-01-04", "available": 320, "overtime": 0}
    shop.time("Assembly", weekly=400, overtime=80, overtime_cost="55.00", weeks=[closed])
    needs = {"resource": "Assembly", "offset": -2, "per_unit": "0.5", "fixed": 4}
    money = {"list_price": "480.00", "unit_cost": "290.00", "max_discount": "0.15", "margin_floor": "0.25"}
    shop.offer("Summit tent", needs, **money, lead_weeks=2, min_lot=10, substitutes=[])
    shop.commit("Assembly", "2027-01-04", 258)
    shop.line("Summit tent", 200, "2027-01-18", price="432.00")
    case = Ways(shop)
    found = [case.option(kind, plan) for kind in KINDS for plan in case.best[kind]]
    assert [
        (
            option["kind"],
            option["verdict"],
            option["tight"],
            [(line["quantity"], line["week"]) for line in option["lines"]],
            {key: value for key, value in option["concession"].items() if Fraction(value)},
        )
        for option in sorted(found, key=rank)
    ] == [
        ("split", "fits", True, [(116, "2027-01-18"), (84, "2027-01-25")], {"lateness": "806.40", "total": "806.40"}),
        ("later", "fits", False, [(200, "2027-01-25")], {"lateness": "1920.00", "total": "1920.00"}),
        ("partial", "fits", True, [(116, "2027-01-18")], {"dropped": "40320.00", "total": "40320.00"}),
    ]


def test_brute_force_loses_nothing_by_its_cuts() -> None:
    cases = [case for case in map(ways, COMPANIES) if case.asked["verdict"] != "fits" and size(case) <= 300]
    for case in cases:
        split, combined = (least(spreads(case, buying=buying)) for buying in (False, True))
        assert set(case.best["split"]) == split[1]
        too_dear = split[1] and combined[0][0] >= split[0][0] * case.late_cost
        assert set(case.best["combined"]) == (set() if too_dear else combined[1])
    assert len(cases) >= 200


def size(case: Ways) -> int:
    return prod(sum(1 for _ in case.deliveries_of(line)) for line in case.lines)


def spreads(case: Ways, *, buying: bool) -> Iterator[tuple[Any, Plan]]:
    for arrivals in product(*map(case.deliveries_of, case.lines)):
        lines = tuple(chain(*arrivals))
        met = case.ground.met(added(map(case.need, lines)))
        if is_deal(lines) and len({x.week for x in lines}) <= case.deliveries and met and (buying or not met[0]):
            pairs = [(line, x) for line, parts in zip(case.lines, arrivals, strict=True) for x in parts]
            units = [x.quantity * (x.week - line.week) for line, x in pairs]
            late = sum(case.lists[x.offer] * q for (_, x), q in zip(pairs, units, strict=True))
            money = case.late_cost * late + Fraction(met[1], 1000) if buying else late
            yield (money, sum(units)), Plan(lines, late=late)


def least(candidates: Iterator[tuple[Any, Plan]]) -> tuple[Any, set[Plan]]:
    found = list(candidates)
    best = min((objective for objective, _ in found), default=None)
    return best, {plan for objective, plan in found if objective == best}


def test_brute_force_checks_as_the_page_does() -> None:
    for case in map(ways, COMPANIES):
        for d in range(case.horizon + 1):
            lines = tuple(line._replace(week=line.week + d) for line in case.lines)
            met = case.ground.met(added(map(case.need, lines)))
            verdict = "short" if met is None else "overtime" if met[0] else "fits"
            assert verdict == Oracle(replace(case.shop, lines=case.printed(lines))).result()["verdict"]


def test_companies_by_chance_meet_every_case() -> None:
    seen = Counter(chain.from_iterable(map(features, map(ways, COMPANIES))))
    wanted = dict.fromkeys([f"option {kind}" for kind in KINDS], 25) | dict.fromkeys(ASKS, 25)
    wanted |= dict.fromkeys([f"{name}, in parts" for name in ASKS], 12) | dict.fromkeys(BESTS, 5)
    assert not {name: seen[name] for name, times in wanted.items() if seen[name] < times}, seen


ASKS = (
    "several lines",
    "one offer twice",
    "more weeks than deliveries",
    "a lot below the asked",
    "a lot above the asked",
    "fixed needs",
    "two offsets",
    "time and stock",
    "prices of next to nothing",
    "zero list price",
    "zero unit price",
    "an offer's own floor",
    "lateness for nothing",
    "the substitute is there already",
    "past weeks",
    "counted last week",
    "overbooked weeks",
    "overbooked weeks with overtime",
)
BESTS = (
    "several best plans",
    "one kind hides another",
    "three weeks",
    "tight",
    "rounded",
    "overtime for nothing",
    "late and overtime",
    "no split but combined",
    "combined as dear as split",
    "the least rise of prices",
    "either of two lines gives way",
    "overtime in an overbooked week",
)


def features(case: Ways) -> Iterator[str]:
    """What is special about a company, as far as the ask or a plan touches it."""
    best = {kind: plans for kind, plans in case.best.items() if plans}
    in_parts = {"split", "combined"} & best.keys()
    for name in (name for name, is_met in (of_lines(case) | of_room(case)).items() if is_met):
        yield name
        yield from [f"{name}, in parts"] if in_parts else []
    yield from (name for name, is_met in of_best(case, best).items() if is_met)


def of_lines(case: Ways) -> dict[str, object]:
    pairs = [(line, case.offers[line.offer]) for line in case.lines]
    needs = [each for _, offer in pairs for each in offer["needs"]]
    stand_ins = [(offer, line.week) for line, row in pairs for offer in row["substitutes"]]
    return {
        "several lines": len(pairs) > 1,
        "one offer twice": len({line.offer for line, _ in pairs}) < len(pairs),
        "more weeks than deliveries": case.shop.company["max_deliveries"] < case.deliveries,
        "a lot below the asked": any(1 < offer.get("min_lot", 1) < line.quantity for line, offer in pairs),
        "a lot above the asked": any(offer.get("min_lot", 1) > line.quantity for line, offer in pairs),
        "fixed needs": any(Fraction(each.get("fixed", 0)) for each in needs),
        "two offsets": any(is_needed_twice(offer) for _, offer in pairs),
        "an offer's own floor": any("margin_floor" in offer for _, offer in pairs),
        "prices of next to nothing": all(case.lists[name] <= 3 for name in OFFERS),
        "zero list price": any(not case.lists[line.offer] for line, _ in pairs),
        "zero unit price": any(not line.price for line, _ in pairs),
        "lateness for nothing": not case.late_cost,
        "the substitute is there already": any((line.offer, line.week) in stand_ins for line, _ in pairs),
    }


def is_needed_twice(offer: dict[str, Any]) -> bool:
    cells = {(each["resource"], each["offset"]) for each in offer["needs"]}
    return len({resource for resource, _ in cells}) < len(cells)


def of_room(case: Ways) -> dict[str, object]:
    ground, window = case.ground, range(case.horizon + 1)
    cells = set(added(case.need(line._replace(week=line.week + d)) for line in case.lines for d in window))
    touched = [ground.resources[name] for name in {name for name, _ in cells}]
    counted = [row for row in touched if ground.week(row.get("as_of", case.shop.today)) < 0]
    moved = {(row["name"], ground.week(each["week"])) for row in counted for each in row["receipts"]} | set(ground.load)
    overbooked = [cell for cell in cells if ground.free.get(cell, 0) < 0]
    return {
        "time and stock": len({row["kind"] for row in touched}) > 1,
        "past weeks": any(week < 0 for _, week in cells),
        "counted last week": any((row["name"], -1) in moved for row in counted),
        "overbooked weeks": overbooked,
        "overbooked weeks with overtime": any(ground.overtime[cell] for cell in overbooked),
    }


def of_best(case: Ways, best: dict[str, list[Plan]]) -> dict[str, object]:
    split, combined = best.get("split", []), best.get("combined", [])
    shown = {kind: case.option(kind, plans[0]) for kind, plans in best.items()}
    hidden = [kind for kind in shown if hides(case, kind, earlier(kind, shown.values()))]
    giving_way = {at for (_, at, _), _ in case.substitute()} if "substitute" in best else ()
    as_dear = case.spread(buying=True) if split and not combined else []
    return {f"option {kind}": kind not in hidden for kind in shown} | {
        "one kind hides another": hidden,
        "the least rise of prices": Plan(case.repriced(1)) in best.get("reprice", []),
        "either of two lines gives way": len(giving_way) > 1,
        "several best plans": any(len(plans) > 1 for plans in best.values()),
        "overtime for nothing": any(not Fraction(use["cost"]) for row in shown.values() for use in row["overtime"]),
        "overtime in an overbooked week": any(
            is_overbooked(case, use) for row in shown.values() for use in row["overtime"]
        ),
        "tight": any(option["tight"] for option in shown.values()),
        "rounded": any((case.late_cost * plan.late).denominator > 1 for plans in best.values() for plan in plans),
        "three weeks": any(len({line.week for line in plan.lines}) > 2 for plan in split + combined),
        "no split but combined": combined and not split,
        "combined as dear as split": any(not case.fits(plan.lines) for plan in as_dear),
        "late and overtime": any(plan.late for plan in combined),
    }


def is_overbooked(case: Ways, use: Json) -> bool:
    return case.ground.free[use["resource"], case.ground.week(use["week"])] < 0
