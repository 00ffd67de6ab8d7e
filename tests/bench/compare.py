"""Forty deals that want the same twelve cells, with eight answers each: how long until the best choices are proven.

They ask for about one and a half times of what is left, and then for about three times. `python -m tests.bench.compare`
"""

import random
import time
from datetime import date
from decimal import Decimal
from fractions import Fraction

from models.base.arithmetic import WEEK, half_up
from models.promise.facts import Company, Kind, Line, Need, Offer, Resource
from models.promise.joint import Answer, Contender, Contest, choose

TODAY = date(2026, 11, 23)
WEEKS = [TODAY + n * WEEK for n in range(1, 5)]
LATE = Fraction(2, 100)
DEALS, RUNS, LIMIT = 40, 50, 2.0


def contest(rng: random.Random, largest: int) -> Contest:
    """Three resources in four weeks, partly loaded, and deals for up to so many tents."""
    names = ["Assembly", "Sewing", "Packing"]
    resources = {
        name: Resource(
            name,
            Kind.TIME,
            "hour",
            weekly=400_000,
            overtime=rng.choice([0, 80_000]),
            overtime_cost=5500,
            load={week: rng.randint(0, 300) * 1000 for week in WEEKS},
        )
        for name in names
    }
    offers = {}
    for number in range(6):
        needs = tuple(
            Need(name, per_unit=rng.choice([250, 500, 750]), fixed=rng.choice([0, 2000]))
            for name in rng.sample(names, rng.randint(1, 3))
        )
        price = rng.randint(200, 900) * 100
        floor = Decimal("0.25")
        offers[f"Offer {number}"] = Offer(f"Offer {number}", "Tents", "tent", price, price * 3 // 5, floor, needs=needs)
    company = Company("Ridgeline", "USD", 2, resources, offers)
    return Contest(company, TODAY, tuple(contender(rng, company, largest) for _ in range(DEALS)))


def contender(rng: random.Random, company: Company, largest: int) -> Contender:
    """As asked, later by one to three weeks, in two halves, two thirds of it, a third of it, or not now."""
    offer = company.offers[rng.choice(list(company.offers))]
    asked = Line(
        offer.name,
        rng.randint(largest // 8, largest),
        offer.list_price * rng.randint(85, 100) // 100,
        rng.choice(WEEKS[:3]),
    )
    margin = asked.quantity * (asked.unit_price - offer.unit_cost)
    answers: dict[tuple[Line, ...], int] = {(asked,): margin}
    for weeks in (1, 2, 3):
        answers[part(asked, asked.quantity, weeks),] = margin - late(offer, asked.quantity, weeks)
    half = asked.quantity // 2
    answers[part(asked, asked.quantity - half), part(asked, half, 1)] = margin - late(offer, half, 1)
    for share in (2, 1):
        kept = max(1, asked.quantity * share // 3)
        answers[part(asked, kept),] = margin - offer.list_price * (asked.quantity - kept)
    best_first = sorted(answers.items(), key=lambda entry: -entry[1])
    every = [*(Answer(worth, lines) for lines, worth in best_first), Answer(0)]
    return Contender(company, tuple(every), weight=rng.choice([10, 25, 50, 75, 90]))


def part(asked: Line, quantity: int, weeks: int = 0) -> Line:
    """So much of what was asked, so many weeks later."""
    return Line(asked.offer, quantity, asked.unit_price, asked.week + weeks * WEEK)


def late(offer: Offer, quantity: int, weeks: int) -> int:
    """What lateness is worth."""
    return half_up(LATE * offer.list_price * quantity * weeks)


def main() -> None:
    """Print the share that is proven, and how long it takes."""
    rng = random.Random(1)
    choose(contest(rng, 80), limit=0.1)
    for largest in (80, 160):
        seconds, proven = [], 0
        for _ in range(RUNS):
            asked = contest(rng, largest)
            began = time.perf_counter()
            proven += choose(asked, limit=LIMIT).is_proven
            seconds.append(time.perf_counter() - began)
        seconds.sort()
        middle, high = seconds[RUNS // 2], seconds[RUNS * 95 // 100]
        print(
            f"up to {largest}: {proven} of {RUNS} proven, median {middle:.2f} s, p95 {high:.2f} s, {seconds[-1]:.2f} s"
        )


if __name__ == "__main__":
    main()
