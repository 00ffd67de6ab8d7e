"""Eight public test models of frePPLe, and where Belay promises something else; docs/frepple.md says how they are read.

Source of the facts: github.com/frePPLe/frepple (MIT), the folder of each model under test/: its orders in the .xml
file, and what frePPLe promises in the .1.expect file, of constraints_resource_6 in the .2.expect file.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from models.promise import Need
from tests.models.promise.promised_in_turn import Order, Promise, offer, promised_in_turn, stock, time

DOCS = Path(__file__).parents[3] / "docs" / "frepple.md"
AHEAD = 26
# What Belay promises instead, and why.
DIFFERENCES: dict[tuple[str, str], tuple[Promise, str]] = {
    ("demand_policy", "order G"): ({9: 20}, "more than was asked"),
    ("constraints_resource_1", "order 5"): ({19: 10}, "hours within a day"),
    ("constraints_resource_4", "order 4"): ({17: 8}, "in one run"),
    ("resource_pool", "2. order 5"): ({32: 10}, "in one run"),
    ("resource_pool", "3. order 2"): ({23: 10}, "two at once"),
}


def one(name: str, item: str, quantity: int, week: int, most_late: int = 100) -> Order:
    return Order({name: (item, quantity, week)}, most_late)


def compare(model: str, promised: Mapping[str, Promise], frepple: Mapping[str, Promise]) -> None:
    known = {name: promise for (of, name), (promise, _) in DIFFERENCES.items() if of == model}
    assert {name: promise for name, promise in promised.items() if promise != frepple[name]} == known
    assert promised.keys() == frepple.keys()


def test_differences_stand_in_the_docs_with_their_reasons() -> None:
    rows = [line.strip("| ").split(" | ") for line in DOCS.read_text(encoding="utf-8").splitlines()]
    told = [(row[0].strip("`"), row[1], row[4]) for row in rows if len(row) == 5 and row[0].startswith("`")]
    assert told == [(model, name, reason) for (model, name), (_, reason) in DIFFERENCES.items()]


def test_demand_policy_is_promised_alike() -> None:
    # Day 0 is 1 January 2009. Ten pieces are there, or fifteen, and more come on day 9; the others have to be bought.
    stocks = [stock(item, 10, {9: 10}) for item in "ABCDE"] + [stock("F", 15, {9: 10}), stock("G", 15, {9: 50})]
    days_to_buy = {"H1": 14, "H2": 6, "H3": 30, "I1": 14, "I2": 6, "I3": 30, "J1": 14, "J2": 6, "J3": 30}
    stocks += [stock(item, 0, {days: 1000}) for item, days in days_to_buy.items()]
    least = {"C": 20, "D": 20, "F": 11, "G": 30}
    offers = [offer(s.name, Need(s.name, per_unit=1000), min_lot=least.get(s.name, 1)) for s in stocks]
    most_late = {"B": 0, "D": 0, "E": 2}
    orders = [one(f"order {item}", item, 20, 4, most_late.get(item, 100)) for item in "ABCDEFG"]
    orders += [one("order H1", "H1", 20, 4), one("order H2", "H2", 20, 5), one("order H3", "H3", 20, 4)]
    # All together is asked for the day on which the last of it is due.
    orders.append(Order({f"order {item}": (item, 20, 5) for item in ("I1", "I2", "I3")}, is_together=True))
    orders.append(Order({"order J1": ("J1", 20, 4), "order J2": ("J2", 20, 5), "order J3": ("J3", 20, 4)}))
    compare(
        "demand_policy",
        promised_in_turn(stocks, offers, orders),
        {
            "order A": {4: 10, 9: 10},
            "order B": {4: 10},
            "order C": {9: 20},
            "order D": {},
            "order E": {4: 10},
            "order F": {9: 20},
            "order G": {9: 30},
            "order H1": {14: 20},
            "order H2": {6: 20},
            "order H3": {30: 20},
            "order I1": {30: 20},
            "order I2": {30: 20},
            "order I3": {30: 20},
            "order J1": {14: 20},
            "order J2": {6: 20},
            "order J3": {30: 20},
        },
    )


def one_machine(ahead: int, orders: Iterable[Order]) -> dict[str, Promise]:
    """An order, whatever its quantity, takes a day of the only machine and then a day until it is delivered."""
    made = offer("End item", Need("Resource", offset=-2, fixed=1000, ahead=ahead))
    return promised_in_turn([time("Resource", 1)], [made], orders)


def test_constraints_resource_1_is_promised_alike() -> None:
    # Day 0 is 1 January 2009; at most four days early. Order 3 is due at noon.
    due = {"order 1": 19, "order 2": 19, "order 3": 16, "order 4": 19, "order 5": 19}
    compare(
        "constraints_resource_1",
        one_machine(4, [one(name, "End item", 10, day) for name, day in due.items()]),
        {"order 1": {19: 10}, "order 2": {19: 10}, "order 3": {16: 10}, "order 4": {19: 10}, "order 5": {20: 10}},
    )


def test_constraints_resource_2_is_promised_alike() -> None:
    # Day 0 is 1 January 2009; nothing may be late.
    compare(
        "constraints_resource_2",
        one_machine(AHEAD, [one(f"order {n}", "End item", 10, 3, most_late=0) for n in (1, 2, 3)]),
        {"order 1": {3: 10}, "order 2": {3: 10}, "order 3": {}},
    )


def test_constraints_resource_3_is_promised_alike() -> None:
    # As the second model, and orders may be late.
    compare(
        "constraints_resource_3",
        one_machine(AHEAD, [one(f"order {n}", "End item", 10, 3) for n in (1, 2, 3)]),
        {"order 1": {3: 10}, "order 2": {3: 10}, "order 3": {4: 10}},
    )


def test_constraints_resource_4_is_promised_alike() -> None:
    # Day 0 is 1 January 2009. A piece takes a day of one of three machines, and a component: ten are there, and more
    # take ten days.
    resources = [time("Machines", 3), stock("Component", 10, {10: 1000})]
    needs = Need("Machines", offset=-1, per_unit=1000, ahead=AHEAD), Need("Component", offset=-1, per_unit=1000)
    orders = [
        one("order 1", "End item", 10, 19),
        one("order 2", "End item", 5, 16),
        one("order 3", "End item", 2, 15),
        one("order 4", "End item", 8, 17),
    ]
    compare(
        "constraints_resource_4",
        promised_in_turn(resources, [offer("End item", *needs)], orders),
        {"order 1": {19: 10}, "order 2": {16: 5}, "order 3": {15: 2}, "order 4": {17: 7, 18: 1}},
    )


def test_constraints_resource_5_is_promised_alike() -> None:
    # Weeks of seven days that end on the weekday asked for, with what its days offer; week 0 is that of 1 January 2009.
    until_friday = [1, 30, 35, 35, 35, 15, 7, 7, 7, 22, 42]
    until_saturday = [3, 33, 35, 35, 35, 11, 7, 7, 7, 27, 42]
    resources = [time("1", 42, dict(enumerate(until_friday))), time("2", 42, dict(enumerate(until_saturday)))]
    offers = [offer(name, Need(name, per_unit=1000, ahead=AHEAD)) for name in ("1", "2")]
    compare(
        "constraints_resource_5",
        promised_in_turn(
            resources, offers, [one("1. order", "1", 201, 9), one("2. order", "2", 201, 1)], deliveries=10
        ),
        {
            "1. order": {9: 194, 10: 7},
            "2. order": {1: 36, 2: 35, 3: 35, 4: 35, 5: 11, 6: 7, 7: 7, 8: 7, 9: 27, 10: 1},
        },
    )


def test_constraints_resource_6_is_promised_alike() -> None:
    # Its weeks are weeks: week 0 is that of 1 January 2014, week 9 that of 6 March. Twenty pieces a week, which take a
    # week; what begins at most 28 days early begins in one of the three weeks before. Part 4 rests in weeks 7 and 10.
    resources = [time(name, 20) for name in "123"] + [time("4", 20, {7: 0, 10: 0})]
    offers = [offer(name, Need(name, offset=-1, per_unit=1000, ahead=3)) for name in "1234"]
    orders = [one("1. order", "1", 120, 9)]
    orders += [one(f"{name}. order {n:02}", name, 7, 9) for name in "234" for n in range(1, 18)]
    late = {12: {9: 3, 10: 4}, 13: {10: 7}, 14: {10: 7}, 15: {10: 2, 11: 5}, 16: {11: 7}, 17: {11: 7}}
    later = {9: {9: 4, 10: 3}, 10: {10: 7}, 11: {10: 7}, 12: {10: 3, 12: 4}, 13: {12: 7}, 14: {12: 7}}
    later |= {15: {12: 2, 13: 5}, 16: {13: 7}, 17: {13: 7}}
    frepple: dict[str, Promise] = {"1. order": {9: 80, 10: 20, 11: 20}}
    for name, after in {"2": late, "3": late, "4": later}.items():
        frepple |= {f"{name}. order {n:02}": after.get(n, {9: 7}) for n in range(1, 18)}
    compare("constraints_resource_6", promised_in_turn(resources, offers, orders), frepple)


def test_resource_pool_is_promised_alike() -> None:
    # Day 0 is 1 January 2021. Item 1 takes three operators for a day, ten of item 2 two of them for eleven days. In the
    # second part three of the six can do it; in the third there is one, item 1 takes one, and nobody can do item 3.
    pools = {"1": [f"1. {name}" for name in "ABCDEF"], "2": [f"2. {name}" for name in "ABC"], "3": ["3. A"]}
    resources = [time(name, 1) for names in pools.values() for name in names] + [time("3. Nobody", 0)]
    offers = []
    for part, names in pools.items():
        pool, at_once = tuple(names), 1 if part == "3" else 3
        offers += [
            offer(f"{part}. item 1", Need(names[0], -1, fixed=1000 * at_once, ahead=AHEAD, any_of=pool)),
            offer(f"{part}. item 2", Need(names[0], -11, weeks=11, fixed=2000, ahead=AHEAD, any_of=pool), min_lot=10),
        ]
    offers.append(offer("3. item 3", Need("3. Nobody", -11, weeks=11, fixed=1000, ahead=AHEAD)))
    orders = []
    for part in "12":
        asked = [("item 1", 0), ("item 2", 0), ("item 1", 31), ("item 2", 31), ("item 2", 32)]
        orders += [one(f"{part}. order {n}", f"{part}. {item}", 10, day) for n, (item, day) in enumerate(asked, 1)]
    orders += [one("3. order 1", "3. item 1", 10, 0), one("3. order 2", "3. item 2", 10, 0)]
    orders += [one("3. order 3", "3. item 3", 10, 31)]
    compare(
        "resource_pool",
        promised_in_turn(resources, offers, orders),
        {
            "1. order 1": {1: 10},
            "1. order 2": {11: 10},
            "1. order 3": {31: 10},
            "1. order 4": {31: 10},
            "1. order 5": {32: 10},
            "2. order 1": {1: 10},
            "2. order 2": {12: 10},
            "2. order 3": {31: 10},
            "2. order 4": {31: 10},
            "2. order 5": {32: 6, 33: 1, 35: 1, 37: 1, 39: 1},
            "3. order 1": {1: 10},
            "3. order 2": {},
            "3. order 3": {},
        },
    )
