"""The check as data: section 8 of the specification. Amounts and money travel as strings."""

from datetime import date
from typing import Any

from models.base.arithmetic import amount_text, scaled_text
from models.promise.check import Check
from models.promise.facts import Company, Line
from models.promise.margin import Deviation, Margin
from models.promise.ways import Concession, Way, Ways

Json = dict[str, Any]


def report(company: Company, checked: Check, ways: Ways) -> Json:
    """Write a check and the ways to yes as `belay check --json` prints them."""
    worst = checked.bottleneck
    return {
        "verdict": str(checked.verdict),
        "tight": checked.tight,
        "shortages": [
            {"resource": s.resource, "week": s.week.isoformat(), "needed": amount_text(s.needed)}
            | {"free": amount_text(s.free), "short": amount_text(s.short)}
            | ({"reason": "past"} if s.past else {})
            for s in checked.shortages
        ],
        "bottleneck": {"resource": worst.resource, "week": worst.week.isoformat()} if worst else None,
        "overtime": _overtime(checked, company.places),
        **_placed(checked),
        "margin": _margin(checked.margin, company.places),
        "deviations": [_deviation(d, company.places) for d in checked.deviations],
        "options": [_way(way, company.places) for way in ways.options],
    }


def _placed(checked: Check) -> Json:
    """Where the work lies, where there was anything to choose."""
    if not checked.placed:
        return {}
    cells = sorted((week, name, amount) for (name, week), amount in checked.placed.items())
    placed = [{"resource": n, "week": w.isoformat(), "quantity": amount_text(a)} for w, n, a in cells]
    return {"placed": placed}


def _way(way: Way, places: int) -> Json:
    given = way.concession
    more = way.customer_pays_more
    return {
        "kind": str(way.kind),
        "proven": way.is_proven,
        "verdict": str(way.check.verdict),
        "tight": way.check.tight,
        "lines": [_line(line, places) for line in way.lines],
        "overtime": _overtime(way.check, places),
        **_placed(way.check),
        "margin": _margin(way.check.margin, places),
        "deviations": [_deviation(d, places) for d in way.check.deviations],
        "concession": _concession(given, places) if given else None,
        "customer_pays_more": None if more is None else scaled_text(more, places),
    }


def _line(line: Line, places: int) -> Json:
    price = scaled_text(line.unit_price, places)
    return {"offer": line.offer, "quantity": line.quantity, "unit_price": price, "week": line.week.isoformat()}


def _concession(given: Concession, places: int) -> Json:
    parts = {"dropped": given.dropped, "lateness": given.lateness, "price": given.price, "overtime": given.overtime}
    return {name: scaled_text(value, places) for name, value in (parts | {"total": given.total}).items()}


def _overtime(checked: Check, places: int) -> list[Json]:
    return [
        {"resource": use.resource, "week": use.week.isoformat()}
        | {"quantity": amount_text(use.quantity), "cost": scaled_text(use.cost, places)}
        for use in checked.overtime
    ]


def _margin(margin: Margin, places: int) -> Json:
    return {
        "revenue": scaled_text(margin.revenue, places),
        "cost": scaled_text(margin.cost, places),
        "margin": scaled_text(margin.margin, places),
        "rate": None if margin.rate is None else scaled_text(margin.rate, 4),
        "floor": scaled_text(margin.floor, places),
        "below_floor": scaled_text(margin.below_floor, places),
        "list": scaled_text(margin.list, places),
        "leakage": scaled_text(margin.leakage, places),
    }


def _deviation(deviation: Deviation, places: int) -> Json:
    def written(value: int | date | None) -> str | int | None:
        if isinstance(value, date):
            return value.isoformat()
        if value is None or deviation.kind == "lot":
            return value
        return scaled_text(value, places)

    return {
        "kind": deviation.kind,
        "offer": deviation.offer,
        "week": deviation.week.isoformat() if deviation.week else None,
        "asked": written(deviation.asked),
        "standard": written(deviation.standard),
    }
