"""What a deal leaves after its cost to serve, and where it leaves the standard terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from models.base.arithmetic import WEEK, half_up, round_up
from models.base.language import N_
from models.promise.facts import Company, Deal, Line, Offer


class Band(StrEnum):
    """What everybody may know of a margin: one edge. With a second one, cost and floor could be worked out."""

    FINE = N_("margin fine")
    NEEDS_FINANCE = N_("needs finance")


@dataclass(frozen=True)
class Margin:
    """Revenue, cost and floor of a deal in minor units; `rate` in ten-thousandths, None without revenue."""

    revenue: int
    cost: int
    floor: int
    list: int

    @property
    def margin(self) -> int:
        """What is left."""
        return self.revenue - self.cost

    @property
    def rate(self) -> int | None:
        """The share that is left, in ten-thousandths, rounded half up."""
        return half_up(Fraction(self.margin * 10_000, self.revenue)) if self.revenue else None

    @property
    def below_floor(self) -> int:
        """What is missing to the floor."""
        return max(0, self.floor - self.margin)

    @property
    def leakage(self) -> int:
        """What the list price would have brought more."""
        return self.list - self.revenue

    @property
    def band(self) -> Band:
        """Below the floor finance must agree; else nobody else need."""
        return Band.NEEDS_FINANCE if self.below_floor else Band.FINE


@dataclass(frozen=True)
class Deviation:
    """A departure from standard terms; `asked` and `standard` are money, weeks or quantities by kind."""

    kind: str
    offer: str | None
    week: date | None
    asked: int | date | None
    standard: int | date | None


def margin(company: Company, deal: Deal, overtime_cost: int) -> Margin:
    """Work out what a deal leaves; the floor is rounded half up once."""
    offers = company.offers
    return Margin(
        revenue=sum(line.revenue for line in deal.lines),
        cost=sum(line.quantity * offers[line.offer].unit_cost for line in deal.lines) + overtime_cost,
        floor=half_up(sum((Fraction(offers[x.offer].margin_floor) * x.revenue for x in deal.lines), Fraction(0))),
        list=sum(line.quantity * offers[line.offer].list_price for line in deal.lines),
    )


def deviations(company: Company, deal: Deal, leaves: Margin) -> Iterator[Deviation]:
    """Where a deal departs from standard terms: line by line, the margin last."""
    for line in deal.lines:
        yield from _of_line(company.offers[line.offer], line, deal)
    if leaves.below_floor:
        yield Deviation("margin", None, None, leaves.margin, leaves.floor)


def _of_line(offer: Offer, line: Line, deal: Deal) -> Iterator[Deviation]:
    lowest = lowest_standard_price(offer)
    earliest = deal.first_week + offer.lead_weeks * WEEK
    if line.unit_price < lowest:
        yield Deviation("discount", line.offer, line.week, line.unit_price, lowest)
    if line.week < earliest:
        yield Deviation("lead_time", line.offer, line.week, line.week, earliest)
    if not offer.standard:
        yield Deviation("not_standard", line.offer, line.week, None, None)
    if line.quantity < offer.min_lot:
        yield Deviation("lot", line.offer, line.week, line.quantity, offer.min_lot)


def lowest_standard_price(offer: Offer) -> int:
    """The price at the largest standard discount, rounded up."""
    return round_up(offer.list_price * (1 - Fraction(offer.max_discount)))
