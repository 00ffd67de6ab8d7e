"""What a unit of a family costs, sells for and takes of resources: as its offers are sold."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from models.base.months import month_after
from models.company.offers import NeedRow, OfferRow
from models.promise import Kind
from models.sop.closed_months import Sale

WEIGHING, SIZING = 6, 12


@dataclass(frozen=True)
class Economics:
    """A family's cost and price in minor units, and what a unit takes of each time resource, in thousandths.

    `needs` are by resource and by the weeks from the delivery to the work (below nothing: before it).
    """

    unit_cost: Fraction
    unit_price: Fraction
    needs: Mapping[str, Mapping[int, Fraction]]

    def to_document(self) -> dict[str, Any]:
        """The same to be kept in a row."""
        needs = {name: {str(week): str(need) for week, need in of.items()} for name, of in self.needs.items()}
        return {"cost": str(self.unit_cost), "price": str(self.unit_price), "needs": needs}

    @classmethod
    def from_document(cls, kept: Mapping[str, Any]) -> "Economics":
        """What was kept."""
        needs = {name: {int(week): Fraction(need) for week, need in of.items()} for name, of in kept["needs"].items()}
        return cls(Fraction(kept["cost"]), Fraction(kept["price"]), needs)


def economics_of(offers: Sequence[OfferRow], sales: Collection[Sale], first: date) -> Economics:
    """The average of a family's offers, weighted by the units of the trailing half year; equal without history.

    What is not sold any more counts only where nothing else is.
    """
    offers = [offer for offer in offers if offer.retired_at is None] or offers
    since = month_after(first, -WEIGHING)
    sold: Counter[int] = Counter()
    for sale in sales:
        if since <= sale.month < first:
            sold[sale.offer] += sale.units
    total = sum(sold[offer.id] for offer in offers)
    weights = {o.id: Fraction(sold[o.id], total) if total else Fraction(1, len(offers)) for o in offers}
    needs: defaultdict[str, defaultdict[int, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for offer in offers:
        size = _usual_size(offer, sales, first)
        for need in offer.needs:
            a_week = need.per_unit + Fraction(need.fixed) / size
            if need.resource.kind == Kind.TIME and a_week and weights[offer.id]:
                for name, week, share in _spread(need):
                    needs[name][week] += weights[offer.id] * a_week * share
    return Economics(
        unit_cost=sum((weights[o.id] * o.unit_cost for o in offers), Fraction(0)),
        unit_price=sum((weights[o.id] * o.list_price for o in offers), Fraction(0)),
        needs={name: dict(of) for name, of in needs.items()},
    )


def _spread(need: NeedRow) -> Iterator[tuple[str, int, Fraction]]:
    """Where the work of a need falls, as far as rough-cut can say: evenly over its window and its resources."""
    resources = need.resources
    share = Fraction(1, len(resources) * (need.ahead + 1))
    for week in range(need.offset, need.offset + need.weeks):
        for early in range(need.ahead + 1):
            yield from ((resource.name, week - early, share) for resource in resources)


def _usual_size(offer: OfferRow, sales: Collection[Sale], first: date) -> Fraction:
    """The units of a delivery: the median of the trailing year's, else the smallest lot."""
    since = month_after(first, -SIZING)
    sizes = [sale.units for sale in sales if sale.offer == offer.id and since <= sale.month < first]
    return Fraction(median(sizes)) if sizes else Fraction(max(1, offer.min_lot))
