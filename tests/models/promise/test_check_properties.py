"""Sections 4 to 6 of the promise, written a second time in plain fractions, against the command on many small deals."""

import datetime as dt
import random
from collections import Counter, defaultdict
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from tests.models.promise.conftest import Shop, Tables

COMPANIES = range(60)
DEALS = 5
MONDAY = dt.date(2027, 1, 4)
WEEK = dt.timedelta(weeks=1)
PLACES = {"USD": 2, "JPY": 0, "KWD": 3}
TIMES, STOCKS, OFFERS = ("Saw", "drill"), ("Legs", "\u00c4ste"), ("Chair", "Table", "Fitting")

Cell = tuple[dt.date, str]
Shortage = tuple[dt.date, str, Fraction, Fraction, Fraction]
Bought = tuple[dt.date, str, Fraction, int]


# Chance: small numbers, so that cells collide, fill up exactly and run over.


def decimal(chance: random.Random, top: int, places: int) -> str:
    places = chance.choice((0, 0, places))
    return str(chance.randint(0, top)) + (f".{chance.randrange(10**places):0{places}}" if places else "")


def day(chance: random.Random, first: int, last: int) -> str:
    return (MONDAY + dt.timedelta(days=chance.randint(first * 7, last * 7 + 6))).isoformat()


def some(chance: random.Random, **fields: object) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if chance.random() < 0.6}


def fill(shop: Tables, chance: random.Random) -> None:
    money = PLACES[currency := chance.choice(list(PLACES))]
    shares = some(chance, margin_floor=f"0.{chance.randrange(1000):03}", tight_at=f"0.{chance.randint(40, 99)}")
    shop.company |= {"currency": currency, **shares}
    for name in TIMES:
        usual = some(chance, weekly=decimal(chance, 40, 3), overtime=decimal(chance, 15, 3))
        cost = some(chance, overtime_cost=decimal(chance, 9, money))
        shop.time(name, **usual, **cost, weeks=[exception(chance, week) for week in range(4) if chance.random() < 0.2])
    for name in STOCKS:
        receipts = [receipt(chance) for _ in range(chance.randint(0, 4))]
        counted = some(chance, on_hand=decimal(chance, 60, 3), as_of=day(chance, -3, -1))
        shop.stock(name, **counted, receipts=receipts)
    for name in OFFERS:
        shop.offer(name, *(need(chance) for _ in range(chance.randint(0, 3))), **terms(chance, money))
    for _ in range(chance.randint(0, 8)):
        shop.commit(chance.choice(TIMES + STOCKS), day(chance, -4, 4), decimal(chance, 12, 3))


def exception(chance: random.Random, week: int) -> dict[str, Any]:
    numbers = some(chance, available=decimal(chance, 20, 3), overtime=decimal(chance, 9, 3), reason="Fair")
    return {"week": day(chance, week, week), **numbers}


def receipt(chance: random.Random) -> dict[str, Any]:
    return {"week": day(chance, -4, 5), "quantity": decimal(chance, 15, 3)}


def need(chance: random.Random) -> dict[str, Any]:
    amounts = some(chance, per_unit=decimal(chance, 2, 3), fixed=decimal(chance, 4, 3))
    weeks = some(chance, offset=chance.choice((-2, -1, -1, 0, 1)), weeks=chance.choice((1, 1, 2, 3)))
    return {"resource": chance.choice(TIMES + STOCKS), **amounts, **weeks}


def terms(chance: random.Random, money: int) -> dict[str, Any]:
    prices = {"list_price": decimal(chance, 30, money), "unit_cost": decimal(chance, 12, money)}
    shares = some(chance, max_discount=f"0.{chance.randrange(1000):03}", margin_floor=f"0.{chance.randrange(100):02}")
    rest = some(chance, standard=chance.random() < 0.7, lead_weeks=chance.randint(0, 3), min_lot=chance.randint(1, 9))
    return {**prices, **shares, **rest}


def ask(shop: Tables, chance: random.Random) -> None:
    shop.today = day(chance, 0, 1)
    first = (monday(shop.today) - MONDAY).days // 7
    asked = {(chance.choice(OFFERS), chance.randint(first, first + 4)) for _ in range(chance.randint(1, 4))}
    shop.lines.clear()
    for offer, week in chance.sample(sorted(asked), len(asked)):
        price = decimal(chance, 30, PLACES[shop.company["currency"]])
        shop.line(offer, chance.randint(1, 20), day(chance, week, week), price=chance.choice((price, price, "0")))


# The oracle: from the page alone.


def monday(date: str) -> dt.date:
    found = dt.date.fromisoformat(date)
    return found - dt.timedelta(days=found.weekday())


def number(row: dict[str, Any], key: str, usual: object = 0) -> Fraction:
    return _fraction(str(row.get(key, usual)))


@cache
def _fraction(text: str) -> Fraction:
    # The same few numbers are read millions of times.
    return Fraction(text)


def half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def rounded_up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def fixed(value: Fraction | int, places: int) -> str:
    scaled = Fraction(value) * 10**places
    assert scaled.denominator == 1
    digits = f"{abs(scaled.numerator):0{places + 1}}"
    sign = "-" if scaled < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def amount(value: Fraction) -> str:
    text = fixed(value, 3)
    return text.rstrip("0").rstrip(".")


class Oracle:
    """What the page says of a deal, worked out as it is written there."""

    def __init__(self, shop: Tables) -> None:
        self.shop, self.w0 = shop, monday(shop.today)
        self.places = PLACES[shop.company["currency"]]
        self.offers = {offer["name"]: offer for offer in shop.offers}
        self.lines = [(self.offers[line["offer"]], line, monday(line["week"])) for line in shop.lines]
        self.needs = self.all_needs()

    def all_needs(self) -> dict[Cell, Fraction]:
        needs: dict[Cell, Fraction] = defaultdict(Fraction)
        for offer, line, week in self.lines:
            for each in offer["needs"]:
                quantity = number(each, "per_unit") * line["quantity"] + number(each, "fixed")
                for k in range(each.get("weeks", 1)):
                    needs[week + (each.get("offset", 0) + k) * WEEK, each["resource"]] += quantity
        return {cell: quantity for cell, quantity in needs.items() if quantity}

    def result(self) -> dict[str, Any]:
        short: list[Shortage] = []
        overtime: list[Bought] = []
        tight = False
        for (week, name), needed in self.needs.items():
            if week < self.w0:
                short.append((week, name, needed, Fraction(0), needed))
        for resource in self.shop.resources:
            if resource["kind"] == "stock":
                short += self.stock(resource)
            else:
                lacking, used, full = self.time(resource)
                short, overtime, tight = short + lacking, overtime + used, tight or full
        verdict = "short" if short else "overtime" if overtime else "fits"
        worst = min(short, key=lambda row: (-row[4] / row[2], row[0], row[1]), default=None)
        margin = self.margin(sum(row[3] for row in overtime) if verdict == "overtime" else 0)
        return {
            "verdict": verdict,
            "tight": verdict == "fits" and tight,
            "shortages": [self.shortage(*row) for row in sorted(short)],
            "bottleneck": worst and {"resource": worst[1], "week": worst[0].isoformat()},
            "overtime": [self.bought(*row) for row in sorted(overtime)],
            "margin": margin,
            "deviations": self.deviations(margin),
        }

    def time(self, resource: dict[str, Any]) -> tuple[list[Shortage], list[Bought], bool]:
        short, overtime, tight = [], [], False
        exceptions = {monday(row["week"]): row for row in resource["weeks"]}
        for (week, name), needed in self.needs.items():
            if name != resource["name"] or week < self.w0:
                continue
            this = exceptions.get(week, {})
            available = number(this, "available", resource.get("weekly", 0))
            committed = sum(number(row, "quantity") for when, row in self.committed(name) if when == week)
            free = available - committed
            ot = max(Fraction(0), number(this, "overtime", resource.get("overtime", 0)) - max(Fraction(0), -free))
            over = max(Fraction(0), needed - max(Fraction(0), free))
            if used := min(over, ot):
                scale = 10**self.places
                overtime.append((week, name, used, half_up(used * number(resource, "overtime_cost") * scale)))
            if over > ot:
                short.append((week, name, needed, max(Fraction(0), free) + ot, over - ot))
            tight = tight or committed + needed >= number(self.shop.company, "tight_at", "0.9") * available
        return short, overtime, tight

    def stock(self, resource: dict[str, Any]) -> list[Shortage]:
        name, counted = resource["name"], monday(resource.get("as_of", self.shop.today))
        moves = [(monday(row["week"]), number(row, "quantity")) for row in resource["receipts"]]
        moves += [(when, -number(row, "quantity")) for when, row in self.committed(name)]
        moves = [(when, quantity) for when, quantity in moves if when >= counted]
        needs = {week: needed for (week, which), needed in self.needs.items() if which == name and week >= self.w0}
        gaps = []
        week = self.w0
        while week <= max([self.w0, *needs, *(when for when, _ in moves)]):
            total = sum((needed for when, needed in needs.items() if when <= week), Fraction(0))
            position = number(resource, "on_hand") + sum(quantity for when, quantity in moves if when <= week)
            free = max(Fraction(0), position)
            if total > free:
                gaps.append((week, name, total, free, total - free))
            week += WEEK
        return [max(gaps, key=lambda gap: gap[4])] if gaps else []  # the first of the largest

    def committed(self, name: str) -> list[tuple[dt.date, dict[str, Any]]]:
        return [(monday(row["week"]), row) for row in self.shop.commitments if row["resource"] == name]

    def shortage(self, week: dt.date, name: str, needed: Fraction, free: Fraction, short: Fraction) -> dict[str, str]:
        row = {"resource": name, "week": week.isoformat(), "needed": amount(needed), "free": amount(free)}
        return row | {"short": amount(short)} | ({"reason": "past"} if week < self.w0 else {})

    def bought(self, week: dt.date, name: str, quantity: Fraction, cost: int) -> dict[str, str]:
        return {"resource": name, "week": week.isoformat(), "quantity": amount(quantity), "cost": self.money(cost)}

    def money(self, minor: int) -> str:
        return fixed(Fraction(minor, 10**self.places), self.places)

    def minor(self, row: dict[str, Any], key: str) -> int:
        return int(number(row, key) * 10**self.places)

    def margin(self, overtime_cost: int) -> dict[str, str | None]:
        lines = [(offer, line, line["quantity"]) for offer, line, _ in self.lines]
        revenue = sum(quantity * self.minor(line, "unit_price") for _, line, quantity in lines)
        cost = sum(quantity * self.minor(offer, "unit_cost") for offer, _, quantity in lines) + overtime_cost
        listed = sum(quantity * self.minor(offer, "list_price") for offer, _, quantity in lines)
        usual = self.shop.company.get("margin_floor", 0)
        floors = (
            number(offer, "margin_floor", usual) * quantity * self.minor(line, "unit_price")
            for offer, line, quantity in lines
        )
        floor = half_up(sum(floors, Fraction(0)))
        amounts = {"revenue": revenue, "cost": cost, "margin": revenue - cost, "floor": floor}
        amounts |= {"below_floor": max(0, floor - revenue + cost), "list": listed, "leakage": listed - revenue}
        rate = fixed(Fraction(half_up(Fraction(revenue - cost, revenue) * 10**4), 10**4), 4) if revenue else None
        return {key: self.money(value) for key, value in amounts.items()} | {"rate": rate}

    def deviations(self, margin: dict[str, str | None]) -> list[dict[str, Any]]:
        found = [
            {"kind": kind, "offer": offer["name"], "week": week.isoformat(), "asked": asked, "standard": standard}
            for offer, line, week in self.lines
            for kind, asked, standard in self.departures(offer, line, week)
        ]
        if Fraction(margin["below_floor"] or 0):
            whole = {"kind": "margin", "offer": None, "week": None}
            found.append({**whole, "asked": margin["margin"], "standard": margin["floor"]})
        return found

    def departures(self, offer: dict[str, Any], line: dict[str, Any], week: dt.date) -> list[tuple[str, Any, Any]]:
        limit = rounded_up(self.minor(offer, "list_price") * (1 - number(offer, "max_discount")))
        standard = self.w0 + offer.get("lead_weeks", 0) * WEEK
        asked = self.minor(line, "unit_price")
        rows = [
            (asked < limit, "discount", self.money(asked), self.money(limit)),
            (week < standard, "lead_time", week.isoformat(), standard.isoformat()),
            (not offer.get("standard", True), "not_standard", None, None),
            (line["quantity"] < offer.get("min_lot", 1), "lot", line["quantity"], offer.get("min_lot", 1)),
        ]
        return [(kind, asked, standard) for departs, kind, asked, standard in rows if departs]


# The comparison.


def asked_of(shop: Tables, seed: int) -> tuple[list[str], list[dict[str, Any]]]:
    chance = random.Random(seed)
    fill(shop, chance)
    deals, expected = [], []
    for _ in range(DEALS):
        ask(shop, chance)
        deals.append(shop.json())
        expected.append(Oracle(shop).result())
    return deals, expected


@pytest.mark.parametrize("seed", COMPANIES)
def test_check_agrees_with_the_page_on_deals_by_chance(shop: Shop, seed: int) -> None:
    deals, expected = asked_of(shop, seed)
    results = shop.door.check(shop.toml(), *deals)
    for result in results:
        del result["options"]
    assert results == expected


def test_deals_by_chance_meet_every_case(shop: Shop) -> None:
    seen: Counter[str] = Counter()
    for seed in COMPANIES:
        for rows in (shop.resources, shop.offers, shop.commitments):
            rows.clear()
        _, results = asked_of(shop, seed)
        for result in results:
            seen[result["verdict"] + (" tight" if result["tight"] else "")] += 1
            seen.update({row["kind"] for row in result["deviations"]})
            seen.update({"past" if "reason" in row else "short in " + row["resource"] for row in result["shortages"]})
            seen["short with overtime"] += result["verdict"] == "short" and bool(result["overtime"])
            seen["no revenue"] += result["margin"]["rate"] is None
    assert sum(seen[verdict] for verdict in ("fits", "fits tight", "overtime", "short")) == len(COMPANIES) * DEALS
    cases = (
        "fits|fits tight|overtime|short|past|discount|lead_time|not_standard|lot|margin|no revenue|short with overtime"
    )
    rare = [case for case in cases.split("|") + [f"short in {name}" for name in TIMES + STOCKS] if seen[case] < 5]
    assert not rare, seen
