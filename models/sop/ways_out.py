"""Ways out of a gap, each with its cost: what operations or sales would have to do, and what that is in money.

Rough-cut, as the plan is: units of a family in months, capacity by time resource. What is promised is checked when a
deal is; a way out is a proposal for the meeting.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from sqlalchemy import select

from models.base.arithmetic import half_up
from models.base.months import month_of_week, weeks_of
from models.company.offers import OfferRow
from models.deals.rows import Deal, ProposalLine
from models.deals.states import OPEN
from models.sop.identities import FamilyPlan, Gap
from models.sop.past_sales import Economics
from models.sop.rough_cut import ResourceMonths
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_DEALS = 2
HARDLY = 20


class WayOutKind(StrEnum):
    """What is done about a gap, in the order in which ties are listed."""

    STOCK = "stock"
    MORE = "more"
    EARLIER = "earlier"
    OVERTIME = "overtime"
    LATER = "later"
    RETIME = "retime"
    SHRINK = "shrink"
    CATCH_UP = "catch_up"
    LESS = "less"
    KEEP = "keep"


@dataclass(frozen=True)
class OpenUnits:
    """What a deal that is still being negotiated asks of a family in a month; the price is that of a unit."""

    deal: int
    customer: str
    units: int
    price: Fraction


@dataclass(frozen=True)
class WayOut:
    """So many units of a gap, and what that costs in minor units.

    `spend` is what the units cost to make (below nothing: not spent), `extra` what comes on top: overtime, lateness,
    or value that is not sold. `month` is the other month of a shift, `apart` how many months lie between.
    """

    kind: WayOutKind
    units: int
    spend: int = 0
    extra: int = 0
    month: date | None = None
    apart: int = 0
    deal: OpenUnits | None = None


@dataclass(frozen=True)
class Remedies:
    """What ways out are looked for in: the plans, resources that carry the planned supply, and deals that are open."""

    months: Sequence[date]
    plans: Mapping[str, FamilyPlan]
    economics: Mapping[str, Economics]
    resources: Sequence[ResourceMonths]
    late_cost: Decimal
    open_deals: Mapping[tuple[str, date], Sequence[OpenUnits]]

    def ways_out(self, gap: Gap) -> tuple[WayOut, ...]:
        """The ways out of a gap, the least extra cost first; what closes hardly any of it is none."""
        every = self._of_shortage(gap) if gap.units > 0 else self._of_surplus(gap)
        worth = [way for way in every if way.units * HARDLY >= abs(gap.units) or way.kind is WayOutKind.STOCK]
        order = list(WayOutKind)
        return tuple(sorted(worth, key=lambda way: (way.extra, order.index(way.kind), -way.units)))

    def _of_shortage(self, gap: Gap) -> Iterator[WayOut]:
        cost = self.plans[gap.family].unit_cost
        stock = min(gap.units, max(0, self._position(gap)))
        if stock:
            yield WayOut(WayOutKind.STOCK, stock)
        missing = gap.units - stock
        if not missing:
            return
        room = min(missing, self._room(gap.family, gap.month, missing))
        if room:
            yield WayOut(WayOutKind.MORE, room, spend=half_up(room * cost))
        if room == missing:
            return
        yield from self._with_overtime(gap, room, missing)
        yield from self._shifted(gap, missing - room)
        yield from self._asked_of_deals(gap, missing - room)

    def _of_surplus(self, gap: Gap) -> Iterator[WayOut]:
        """What works off the backlog is wanted; make less of the rest, or keep it for the next month that is short."""
        plan = self.plans[gap.family]
        surplus = -gap.units
        owed = min(surplus, -self._position(gap))
        if owed > 0:
            yield WayOut(WayOutKind.CATCH_UP, owed)
            surplus -= owed
        if not surplus:
            return
        yield WayOut(WayOutKind.LESS, surplus, spend=-half_up(surplus * plan.unit_cost))
        for later in range(gap.month + 1, len(self.months)):
            short = plan.demand[later] - plan.supply[later]
            if short > 0:
                units = min(surplus, short)
                spend, apart = half_up(units * plan.unit_cost), later - gap.month
                yield WayOut(WayOutKind.KEEP, units, spend=spend, month=self.months[later], apart=apart)
                return

    def _position(self, gap: Gap) -> int:
        """Inventory less backlog when the month begins."""
        plan = self.plans[gap.family]
        before = plan.months[gap.month - 1] if gap.month else plan
        return before.inventory - before.backlog

    def _with_overtime(self, gap: Gap, room: int, missing: int) -> Iterator[WayOut]:
        units = min(missing, self._room(gap.family, gap.month, missing, has_overtime=True))
        if units <= room:
            return
        needs = self.economics[gap.family].needs
        bought = Fraction(0)
        for resource in self.resources:
            beyond = max(Fraction(0), needs.get(resource.name, Fraction(0)) * units - resource.free(gap.month))
            bought += beyond / 1000 * resource.overtime_cost
        spend = half_up(units * self.plans[gap.family].unit_cost)
        yield WayOut(WayOutKind.OVERTIME, units, spend=spend, extra=half_up(bought))

    def _shifted(self, gap: Gap, missing: int) -> Iterator[WayOut]:
        """Made in another month: earlier and kept, or later, and customers wait."""
        plan = self.plans[gap.family]
        earlier = self._roomiest(gap.family, range(gap.month - 1, -1, -1), missing)
        if earlier:
            month, room = earlier
            spend, apart = half_up(room * plan.unit_cost), gap.month - month
            yield WayOut(WayOutKind.EARLIER, room, spend=spend, month=self.months[month], apart=apart)
        later = self._later(gap, missing)
        if later:
            month, room = later
            spend, apart = half_up(room * plan.unit_cost), month - gap.month
            late = self._lateness(gap, month, plan.unit_price * room)
            yield WayOut(WayOutKind.LATER, room, spend=spend, extra=late, month=self.months[month], apart=apart)

    def _asked_of_deals(self, gap: Gap, missing: int) -> Iterator[WayOut]:
        """Deals that are not agreed yet may come later, or take less; the largest are named."""
        deals = sorted(self.open_deals.get((gap.family, self.months[gap.month]), ()), key=lambda d: (-d.units, d.deal))
        for deal in deals[:MOST_DEALS]:
            units = min(missing, deal.units)
            later = self._later(gap, units)
            if later:
                month, room = later
                late, apart = self._lateness(gap, month, deal.price * room), month - gap.month
                yield WayOut(WayOutKind.RETIME, room, extra=late, month=self.months[month], apart=apart, deal=deal)
            yield WayOut(WayOutKind.SHRINK, units, extra=half_up(units * deal.price), deal=deal)

    def _later(self, gap: Gap, wanted: int) -> tuple[int, int] | None:
        return self._roomiest(gap.family, range(gap.month + 1, len(self.months)), wanted)

    def _roomiest(self, family: str, months: Iterable[int], wanted: int) -> tuple[int, int] | None:
        """The first month with room for all that is wanted, else the one with most; and for how many units."""
        best: tuple[int, int] | None = None
        for month in months:
            room = self._room(family, month, wanted)
            if room > (best[1] if best else 0):
                best = month, room
            if room == wanted:
                break
        return best

    def _lateness(self, gap: Gap, month: int, value: Fraction) -> int:
        """The company's cost of lateness: a share of the value for each week."""
        weeks = sum(len(weeks_of(one)) for one in self.months[gap.month : month])
        return half_up(Fraction(self.late_cost) * weeks * value)

    def _room(self, family: str, month: int, wanted: int, *, has_overtime: bool = False) -> int:
        """Units that the tightest of the resources still carries; all that is wanted where none is needed."""
        needs = self.economics[family].needs
        rooms = [wanted]
        for resource in self.resources:
            need = needs.get(resource.name)
            if need:
                more = resource.overtime_left(month) if has_overtime else Fraction(0)
                rooms.append(floor((resource.free(month) + more) / need))
        return min(rooms)


def open_units(workspace: Workspace, *, seller: Member | None = None) -> dict[tuple[str, date], list[OpenUnits]]:
    """What deals ask that are still being negotiated, by family and month; of all sellers, or of one."""
    rows = (
        select(Deal.number, Deal.customer, OfferRow.family, ProposalLine.week, ProposalLine.quantity)
        .add_columns(ProposalLine.unit_price)
        .join(ProposalLine, ProposalLine.proposal_id == Deal.proposal_id)
        .join(OfferRow, OfferRow.id == ProposalLine.offer_id)
        .where(Deal.workspace_id == workspace.id, Deal.state.in_(OPEN), OfferRow.standard)
    )
    rows = rows.where(Deal.seller_id == seller.id) if seller else rows
    sums: dict[tuple[str, date, int], tuple[str, int, int]] = {}
    for deal, customer, family, week, units, price in workspace.session.execute(rows):
        key = family, month_of_week(week), deal
        _, known, value = sums.get(key, ("", 0, 0))
        sums[key] = customer, known + units, value + units * price
    by_month: dict[tuple[str, date], list[OpenUnits]] = {}
    for (family, month, deal), (customer, units, value) in sorted(sums.items()):
        by_month.setdefault((family, month), []).append(OpenUnits(deal, customer, units, Fraction(value, units)))
    return by_month
