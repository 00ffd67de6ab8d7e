"""Section 7 of the promise by brute force: every candidate of every kind, each checked. Written from the page alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from itertools import combinations, product
from typing import Any, NamedTuple

from tests.models.promise.conftest import Tables
from tests.models.promise.test_check_properties import WEEK, Oracle, half_up, monday, number

KINDS = ("overtime", "later", "split", "combined", "some", "partial", "without", "substitute", "reprice")

SHARE = 10**6  # floors are counted in millionths

Needs = dict[tuple[str, int], int]
Cost = tuple[int, int]


class Line(NamedTuple):
    """A delivery; money in minor units, weeks counted from W0."""

    offer: str
    quantity: int
    price: int
    week: int


@dataclass(frozen=True)
class Plan:
    """A revised deal and what the customer gives up for it; `late` is Σ list_price × part × weeks late."""

    lines: tuple[Line, ...]
    dropped: int = 0
    late: int = 0
    given_up: int = 0


@dataclass(frozen=True)
class Arrival:
    """One way in which one line arrives, with what it costs when it is alone in the company."""

    parts: tuple[Line, ...]
    late: int
    units: int
    needs: Needs
    cost: Cost


class Ground:
    """Sections 4 to 6 in thousandths, only as far as a verdict: what is there, and whether needs are met."""

    def __init__(self, shop: Tables, places: int):
        self.w0 = monday(shop.today)
        self.resources = {row["name"]: row for row in shop.resources}
        self.load: dict[tuple[str, int], int] = {}
        for row in shop.commitments:
            cell = row["resource"], self.week(row["week"])
            self.load[cell] = self.load.get(cell, 0) + thousandths(row, "quantity")
        self.times = {name: row for name, row in self.resources.items() if row["kind"] == "time"}
        self.overtime_costs = {name: int(number(row, "overtime_cost") * 10**places) for name, row in self.times.items()}
        self.free: dict[tuple[str, int], int] = {}
        self.overtime: dict[tuple[str, int], int] = {}
        self.positions: dict[str, list[int]] = {}
        last = self.last_week(shop)
        for name, row in self.resources.items():
            if name in self.times:
                exceptions = {self.week(each["week"]): each for each in row["weeks"]}
                for week in range(last + 1):
                    self.open_week(row, week, exceptions.get(week, {}))
            else:
                self.positions[name] = [self.position(row, week, shop.today) for week in range(last + 1)]

    def week(self, date: str) -> int:
        return (monday(date) - self.w0).days // 7

    def last_week(self, shop: Tables) -> int:
        """No need comes after it, and no stock changes after it."""
        longest = max(
            (need.get("offset", 0) + need.get("weeks", 1) for row in shop.offers for need in row["needs"]), default=0
        )
        latest: int = max(self.week(line["week"]) for line in shop.lines) + shop.company["horizon_weeks"] + longest
        receipts = [self.week(each["week"]) for row in shop.resources for each in row.get("receipts", [])]
        return max(latest, *(week for _, week in self.load), *receipts, 0)

    def open_week(self, row: dict[str, Any], week: int, exception: dict[str, Any]) -> None:
        cell = row["name"], week
        self.free[cell] = thousandths(exception, "available", row.get("weekly", 0)) - self.load.get(cell, 0)
        overtime = thousandths(exception, "overtime", row.get("overtime", 0))
        self.overtime[cell] = max(0, overtime - max(0, -self.free[cell]))

    def position(self, row: dict[str, Any], week: int, today: str) -> int:
        since = self.week(row.get("as_of", today))
        moves = [(self.week(each["week"]), thousandths(each, "quantity")) for each in row["receipts"]]
        moves += [(when, -load) for (name, when), load in self.load.items() if name == row["name"]]
        return max(0, thousandths(row, "on_hand") + sum(moved for when, moved in moves if since <= when <= week))

    def met(self, needs: Needs) -> tuple[int, int] | None:
        """How much overtime it takes, and its cost before rounding (thousandths of a minor unit); None: short."""
        bought = cost = 0
        touched = set()
        for (name, week), need in needs.items():
            if week < 0:
                return None
            if name in self.positions:
                touched.add(name)
                continue
            free = max(0, self.free[name, week])
            if need > free + self.overtime[name, week]:
                return None
            if need > free:
                bought += need - free
                cost += (need - free) * self.overtime_costs[name]
        return (bought, cost) if all(self.in_stock(name, needs) for name in touched) else None

    def in_stock(self, name: str, needs: Needs) -> bool:
        taken = 0
        for week, position in enumerate(self.positions[name]):
            taken += needs.get((name, week), 0)
            if taken > position:
                return False
        return True


class Ways:
    """The best plans of each kind; all of them, where several are best."""

    def __init__(self, shop: Tables):
        self.shop, self.oracle = shop, Oracle(shop)
        self.ground = Ground(shop, self.oracle.places)
        self.asked = self.oracle.result()
        self.offers = self.oracle.offers
        self.lists = {name: self.oracle.minor(offer, "list_price") for name, offer in self.offers.items()}
        self.lines = tuple(
            Line(line["offer"], line["quantity"], self.oracle.minor(line, "unit_price"), self.ground.week(line["week"]))
            for line in shop.lines
        )
        self.horizon = shop.company["horizon_weeks"]
        self.deliveries = max(shop.company["max_deliveries"], len({line.week for line in self.lines}))
        self.late_cost = number(shop.company, "late_cost", "0.02")

    @cached_property
    def best(self) -> dict[str, list[Plan]]:
        verdict, below = self.asked["verdict"], Fraction(self.asked["margin"]["below_floor"]) > 0
        found: dict[str, list[Plan]] = {kind: [] for kind in KINDS}
        if verdict == "overtime":
            found["overtime"] = [Plan(self.lines)]
        if verdict != "fits":
            found["later"] = smallest(self.later())
            found["split"] = self.spread()
            found["combined"] = self.spread(buying=True, below=found["split"][0].late if found["split"] else None)
            found["some"] = [] if found["split"] else self.some()
            found["partial"] = smallest(self.partial())
            found["without"] = smallest(self.without())
            found["substitute"] = smallest(self.substitute())
        if verdict != "short" and below:
            found["reprice"] = self.reprice()
        return found

    def fits(self, lines: Iterable[Line]) -> bool:
        met = self.ground.met(added(self.need(line) for line in lines))
        return met is not None and met[0] == 0

    def need(self, line: Line) -> Needs:
        needs: Needs = {}
        for each in self.offers[line.offer]["needs"]:
            amount = thousandths(each, "per_unit") * line.quantity + thousandths(each, "fixed")
            for k in range(each.get("weeks", 1) if amount else 0):
                cell = each["resource"], line.week + each.get("offset", 0) + k
                needs[cell] = needs.get(cell, 0) + amount
        return needs

    def lot(self, line: Line) -> int:
        lot: int = self.offers[line.offer].get("min_lot", 1)
        return min(lot, line.quantity)

    def value(self, lines: Iterable[Line]) -> int:
        return sum(self.lists[line.offer] * line.quantity for line in lines)

    # Every candidate of a kind that fits, with what makes it best.

    def later(self) -> Iterator[tuple[Any, Plan]]:
        for d in range(1, self.horizon + 1):
            lines = tuple(line._replace(week=line.week + d) for line in self.lines)
            if self.fits(lines):
                yield d, Plan(lines, late=self.value(lines) * d)

    def partial(self) -> Iterator[tuple[Any, Plan]]:
        for quantities in product(*((0, *range(self.lot(line), line.quantity + 1)) for line in self.lines)):
            rest = tuple(x._replace(quantity=q) for x, q in zip(self.lines, quantities, strict=True) if q)
            if rest and self.fits(rest):
                yield (
                    (-self.value(rest), -sum(quantities)),
                    Plan(rest, dropped=self.value(self.lines) - self.value(rest)),
                )

    def without(self) -> Iterator[tuple[Any, Plan]]:
        extras = [line for line in self.lines if not self.offers[line.offer].get("standard", True)]
        for count in range(1, min(len(extras), len(self.lines) - 1) + 1):
            for dropped in combinations(extras, count):
                rest = tuple(line for line in self.lines if line not in dropped)
                if self.fits(rest):
                    yield (self.value(dropped), count), Plan(rest, dropped=self.value(dropped))

    def substitute(self) -> Iterator[tuple[Any, Plan]]:
        for at, line in enumerate(self.lines):
            for rank, name in enumerate(self.offers[line.offer]["substitutes"] if self.lists[line.offer] else ()):
                price = min(line.price, half_up(Fraction(self.lists[name] * line.price, self.lists[line.offer])))
                lines = (*self.lines[:at], line._replace(offer=name, price=price), *self.lines[at + 1 :])
                given_up = (line.price - price) * line.quantity
                if is_deal(lines) and self.fits(lines):
                    yield (given_up, at, rank), Plan(lines, given_up=given_up)

    # The search over the weeks in which parts arrive.

    def spread(self, *, buying: bool = False, below: int | None = None) -> list[Plan]:
        """Place line after line. `below` is a lateness that has to be beaten.

        Two cuts lose nothing. Needs only add up, so what is short stays short. And no line adds less than it costs
        alone: what is free is then shared, so overtime for two is never less than for each by itself.
        """
        arrivals = [sorted(self.arrivals(line, buying=buying), key=lambda arrival: arrival.cost) for line in self.lines]
        if not all(arrivals):
            return []
        least = [(0, 0)]
        for ways in reversed(arrivals):
            least.insert(0, both(least[0], ways[0].cost))
        plans: list[Plan] = []
        best = None if below is None else (self.money(below, 0, buying=buying), -1)  # as much money is too much

        def place(at: int, late: int, units: int, cost: Cost, needs: Needs, lines: tuple[Line, ...]) -> None:
            nonlocal best, plans
            if at == len(arrivals):
                best, plans = cost, plans if cost == best else []
                plans.append(Plan(lines, late=late))
                return
            for arrival in arrivals[at]:
                if best and both(cost, both(arrival.cost, least[at + 1])) > best:
                    return  # the rest of them cost more
                placed = lines + arrival.parts
                if not is_deal(placed) or len({line.week for line in placed}) > self.deliveries:
                    continue
                together = added((needs, arrival.needs))
                met = self.ground.met(together)
                if met is None or (met[0] and not buying):
                    continue
                so_far = late + arrival.late, units + arrival.units
                costs = self.money(so_far[0], met[1], buying=buying), so_far[1]
                if not best or both(costs, least[at + 1]) <= best:
                    place(at + 1, *so_far, costs, together, placed)

        place(0, 0, 0, (0, 0), {}, ())
        return plans

    def arrivals(self, line: Line, *, buying: bool) -> Iterator[Arrival]:
        for parts in self.deliveries_of(line):
            needs = added(self.need(part) for part in parts)
            met = self.ground.met(needs)
            if met is not None and (buying or not met[0]):
                units = sum(part.quantity * (part.week - line.week) for part in parts)
                late = units * self.lists[line.offer]
                yield Arrival(parts, late, units, needs, (self.money(late, met[1], buying=buying), units))

    def some(self) -> list[Plan]:
        """Less of it, now and later: worth the most, then the least late. What is all in time is no such plan.

        Needs only add up, so what is short stays short; and no line is worth more than all of it.
        """
        arrivals = [sorted(self.parts_of(line), key=lambda parts: -self.value(parts)) for line in self.lines]
        whole = [self.value([line]) for line in self.lines]
        plans: list[Plan] = []
        best = (0, 0)

        def place(at: int, lines: tuple[Line, ...], needs: Needs, late: int) -> None:
            nonlocal best, plans
            value = self.value(lines)
            if at == len(arrivals):
                if lines and (-value, late) <= best:
                    plans = plans if (-value, late) == best else []
                    best = -value, late
                    plans.append(Plan(lines, dropped=sum(whole) - value, late=late))
                return
            for parts in arrivals[at]:
                if -(value + self.value(parts) + sum(whole[at + 1 :])) > best[0]:
                    return  # the rest of them are worth less
                placed = lines + parts
                if not is_deal(placed) or len({line.week for line in placed}) > self.deliveries:
                    continue
                together = added((needs, *map(self.need, parts)))
                met = self.ground.met(together)
                if met is not None and not met[0]:
                    later = sum(self.value([part]) * (part.week - self.lines[at].week) for part in parts)
                    place(at + 1, placed, together, late + later)

        place(0, (), {}, 0)
        return plans if best[1] else []

    def parts_of(self, line: Line) -> Iterator[tuple[Line, ...]]:
        """Every way in which some of a line may come, or nothing."""
        yield ()
        for quantity in range(self.lot(line), line.quantity + 1):
            yield from self.deliveries_of(line._replace(quantity=quantity), self.lot(line))

    def deliveries_of(self, line: Line, lot: int | None = None) -> Iterator[tuple[Line, ...]]:
        """Every way in which a line can be cut into parts and weeks, whether there is room or not."""
        for count in range(1, self.deliveries + 1):
            for weeks in combinations(range(line.week, line.week + self.horizon + 1), count):
                for quantities in shares(line.quantity, count, self.lot(line) if lot is None else lot):
                    pairs = zip(quantities, weeks, strict=True)
                    yield tuple(line._replace(quantity=quantity, week=week) for quantity, week in pairs)

    def money(self, late: int, overtime: int, *, buying: bool) -> int:
        """What is made small first; for `combined` so many times the money that everything is whole."""
        if not buying:
            return late
        return self.late_cost.numerator * late * 1000 + self.late_cost.denominator * overtime

    # Prices.

    def reprice(self) -> list[Plan]:
        if not self.is_enough(10_000):  # a higher price never leaves less: the floor takes less than all of it
            return []
        return [Plan(self.repriced(next(b for b in range(1, 10_001) if self.is_enough(b))))]

    def is_enough(self, b: int) -> bool:
        revenues = [line.price * line.quantity for line in self.repriced(b)]
        floor = half_up(Fraction(sum(map(int.__mul__, self.floor_shares, revenues)), SHARE))
        return sum(revenues) - self.cost >= floor

    def repriced(self, b: int) -> tuple[Line, ...]:
        return tuple(line._replace(price=-(-line.price * (10_000 + b) // 10_000)) for line in self.lines)

    @cached_property
    def floor_shares(self) -> list[int]:
        usual = self.shop.company.get("margin_floor", 0)
        shares = [number(self.offers[line.offer], "margin_floor", usual) * SHARE for line in self.lines]
        assert all(share.denominator == 1 for share in shares)
        return [int(share) for share in shares]

    @cached_property
    def cost(self) -> int:
        return int(Fraction(self.asked["margin"]["cost"]) * 10**self.oracle.places)

    # As it is printed.

    def option(self, kind: str, plan: Plan) -> dict[str, Any]:
        lines = self.printed(plan.lines)
        result = Oracle(replace(self.shop, lines=lines)).result()
        overtime = sum(Fraction(row["cost"]) for row in result["overtime"]) * 10**self.oracle.places
        amounts = {
            "dropped": plan.dropped,
            "lateness": half_up(self.late_cost * plan.late),
            "price": plan.given_up,
            "overtime": int(overtime),
        }
        concession = {key: self.oracle.money(amount) for key, amount in amounts.items()}
        concession["total"] = self.oracle.money(sum(amounts.values()))
        more = sum((new.price - old.price) * old.quantity for new, old in zip(plan.lines, self.lines, strict=False))
        return {
            "kind": kind,
            "proven": True,
            **{key: result[key] for key in ("verdict", "tight", "overtime", "margin", "deviations")},
            "lines": lines,
            "concession": None if kind == "reprice" else concession,
            "customer_pays_more": self.oracle.money(more) if kind == "reprice" else None,
        }

    def printed(self, lines: Iterable[Line]) -> list[dict[str, Any]]:
        return [
            {
                "offer": line.offer,
                "quantity": line.quantity,
                "unit_price": self.oracle.money(line.price),
                "week": (self.ground.w0 + line.week * WEEK).isoformat(),
            }
            for line in lines
        ]


def thousandths(row: dict[str, Any], key: str, usual: object = 0) -> int:
    return _thousandths(str(row.get(key, usual)))


@cache
def _thousandths(text: str) -> int:
    # The same few amounts are read millions of times.
    return int(Fraction(text) * 1000)


def added(needs: Iterable[Needs]) -> Needs:
    total: Needs = {}
    for each in needs:
        for cell, amount in each.items():
            total[cell] = total.get(cell, 0) + amount
    return total


def both(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1]


def is_deal(lines: tuple[Line, ...]) -> bool:
    """One line for an offer in a week."""
    return len({(line.offer, line.week) for line in lines}) == len(lines)


def shares(quantity: int, count: int, lot: int) -> Iterator[tuple[int, ...]]:
    """Every way to deal a quantity out to so many parts, each at least a lot."""
    if count == 1:
        if quantity >= lot:
            yield (quantity,)
        return
    for first in range(lot, quantity - lot * (count - 1) + 1):
        for rest in shares(quantity - first, count - 1, lot):
            yield (first, *rest)


def smallest(candidates: Iterable[tuple[Any, Plan]]) -> list[Plan]:
    found = list(candidates)
    least = min((objective for objective, _ in found), default=None)
    return [plan for objective, plan in found if objective == least]
