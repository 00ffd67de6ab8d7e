"""Orders promised one after the other: what one of them takes is load for the next.

Weeks are numbered from the week of today; amounts are whole units.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from models.base.arithmetic import WEEK
from models.promise import Check, Company, Deal, Kind, Line, Need, Offer, Resource, WeekException, check, ways_to_yes
from models.promise.check import Needs, Verdict

TODAY = date(2027, 1, 4)
PRICE = 10_000
Promise = dict[int, int]  # quantity by week


@dataclass(frozen=True)
class Order:
    """What is asked in one deal: by name the offer, the quantity and the week.

    No part of it may come more than `most_late` weeks late, and with `is_together` all of it comes in one week.
    """

    asks: Mapping[str, tuple[str, int, int]]
    most_late: int = 100
    is_together: bool = False


def time(name: str, weekly: int, weeks: Mapping[int, int] | None = None) -> Resource:
    """Time with so much a week, and other weeks by number."""
    exceptions = {_week(n): WeekException(1000 * available) for n, available in (weeks or {}).items()}
    return Resource(name, Kind.TIME, "unit", 1000 * weekly, exceptions=exceptions)


def stock(name: str, on_hand: int, receipts: Mapping[int, int]) -> Resource:
    """Stock with what arrives by week."""
    arriving = {_week(n): 1000 * quantity for n, quantity in receipts.items()}
    return Resource(name, Kind.STOCK, "unit", on_hand=1000 * on_hand, receipts=arriving)


def offer(name: str, *needs: Need, min_lot: int = 1) -> Offer:
    """An offer that is worth the same as any other."""
    return Offer(name, "Items", "piece", PRICE, 0, Decimal(0), min_lot=min_lot, needs=needs)


def promised_in_turn(
    resources: Iterable[Resource], offers: Iterable[Offer], orders: Iterable[Order], *, deliveries: int = 3
) -> dict[str, Promise]:
    """What each ask is promised; nothing where none of it may come."""
    by_name = {resource.name: resource for resource in resources}
    company = Company("Works", "USD", 2, by_name, {o.name: o for o in offers}, max_deliveries=deliveries)
    promised: dict[str, Promise] = {}
    for order in orders:
        best = min(_choices(company, order), key=_rank, default=None)
        for name, (item, _, _) in order.asks.items():
            lines = best.deal.lines if best else ()
            promised[name] = {(line.week - TODAY) // WEEK: line.quantity for line in lines if line.offer == item}
        company = _loaded(company, best.needs) if best else company
    return promised


def _choices(company: Company, order: Order) -> Iterator[Check]:
    """The deal as asked if it fits, else its ways to yes, the smallest concession first: what the order allows."""
    asked = {item: _week(number) for item, _, number in order.asks.values()}
    lines = tuple(Line(item, quantity, PRICE, asked[item]) for item, quantity, _ in order.asks.values())
    checked = check(company, Deal("Customer", TODAY, lines))
    fitting = [checked] if checked.verdict is Verdict.FITS else []
    for choice in fitting or [way.check for way in ways_to_yes(company, checked).options]:
        is_in_time = all(line.week <= asked[line.offer] + order.most_late * WEEK for line in choice.deal.lines)
        is_in_parts = len({line.week for line in choice.deal.lines}) > 1
        if is_in_time and not (order.is_together and is_in_parts):
            yield choice


def _rank(choice: Check) -> tuple[int, date]:
    """As much as possible, then in full as early as possible."""
    return -sum(line.quantity for line in choice.deal.lines), max(line.week for line in choice.deal.lines)


def _loaded(company: Company, needs: Needs) -> Company:
    resources = dict(company.resources)
    for name, taken in needs.items():
        load = resources[name].load
        more = {week: load.get(week, 0) + amount for week, amount in taken.items()}
        resources[name] = replace(resources[name], load={**load, **more})
    return replace(company, resources=resources)


def _week(number: int) -> date:
    return TODAY + number * WEEK
