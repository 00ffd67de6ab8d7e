"""Ways to yes: complete revised deals, each the best of its kind.

Source: section 7 of the promise's specification.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from models.base.arithmetic import WEEK, half_up, round_up
from models.promise.check import Check, Verdict, check
from models.promise.facts import Company, Deal, Line
from models.promise.margin import margin
from models.promise.room import Slot, rooms_and_slots

if TYPE_CHECKING:
    from models.promise.search import Amounts, Goal, Search, Solution

THOROUGH = 10.0
QUICK = 2.0
DEAREST = 10_000
LARGEST_PRICE = 10**12


class WayKind(StrEnum):
    """What a way to yes changes, in the order in which ties are listed."""

    OVERTIME = "overtime"
    LATER = "later"
    SPLIT = "split"
    COMBINED = "combined"
    SOME = "some"
    PARTIAL = "partial"
    WITHOUT = "without"
    SUBSTITUTE = "substitute"
    REPRICE = "reprice"


@dataclass(frozen=True)
class Concession:
    """What a way gives up, in minor units: value not delivered, lateness, price, and the cost of overtime."""

    dropped: int
    lateness: int
    price: int
    overtime: int

    @property
    def total(self) -> int:
        """What makes ways comparable."""
        return self.dropped + self.lateness + self.price + self.overtime


@dataclass(frozen=True)
class Way:
    """A revised deal with the check of it; `concession` is None where the customer pays more instead."""

    kind: WayKind
    is_proven: bool
    check: Check
    concession: Concession | None
    customer_pays_more: int | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The terms that it proposes, in the order of the deal, then by week."""
        return self.check.deal.lines


@dataclass(frozen=True)
class Ways:
    """The ways to yes, the smallest concession first; `is_complete`: no kind was given up by its limit."""

    options: tuple[Way, ...]
    is_complete: bool


@dataclass(frozen=True)
class Part:
    """A delivery of a revised deal, and the line that it comes from."""

    origin: int
    line: Line


@dataclass(frozen=True)
class Finding:
    """What the search of one kind found: parts, or None; and whether nothing better exists."""

    parts: Sequence[Part] | None
    is_proven: bool = True


def load_solver() -> None:
    """Import what a search needs, before somebody waits for one."""
    from models.promise import joint_search as _search  # noqa: F401 - imported for those who search, it holds both


def ways_to_yes(company: Company, checked: Check, *, limit: float = THOROUGH) -> Ways:
    """Search all nine kinds; each is checked by the check itself before it is shown.

    `limit` is for one kind, in the solver's deterministic time (about seconds).
    """
    desk = _Desk(company, checked, limit)
    findings = list(desk.findings())
    ways: dict[tuple[Line, ...], Way] = {}
    for kind, finding in findings:
        way = desk.way(kind, finding)
        if way is not None:
            ways.setdefault(tuple(sorted(way.lines, key=_place)), way)
    options = sorted(ways.values(), key=_rank)
    return Ways(tuple(options), all(finding.is_proven for _, finding in findings))


def later_by(company: Company, asked: Check, weeks: int) -> Way | None:
    """All lines so many weeks later, whether that is as few as possible or not; None where it does not fit."""
    moved = [replace(line, week=line.week + weeks * WEEK) for line in asked.deal.lines]
    return _Desk(company, asked, 0.0).way(WayKind.LATER, Finding(_parts(moved)))


@dataclass(frozen=True)
class _Desk:
    """The deal that is asked, and the searches of each kind."""

    company: Company
    asked: Check
    limit: float

    @property
    def deal(self) -> Deal:
        return self.asked.deal

    def findings(self) -> Iterator[tuple[WayKind, Finding]]:
        verdict = self.asked.verdict
        if verdict is Verdict.OVERTIME:
            yield WayKind.OVERTIME, Finding(_parts(self.deal.lines))
        if verdict is not Verdict.FITS:
            yield WayKind.LATER, self.later()
            split = self.split()
            yield WayKind.SPLIT, Finding(None) if split is None else self._finding(split)
            yield WayKind.COMBINED, self.combined(split)
            if split is None or split.amounts is None:
                yield WayKind.SOME, self.some()
            yield WayKind.PARTIAL, self.partial()
            yield WayKind.WITHOUT, self.without()
            yield WayKind.SUBSTITUTE, self.substitute()
        if verdict is not Verdict.SHORT and self.asked.margin.below_floor:
            yield WayKind.REPRICE, self.reprice()

    def way(self, kind: WayKind, finding: Finding) -> Way | None:
        """Check a finding as the deal that it is; what does not hold is not shown."""
        if finding.parts is None:
            return None
        revised = replace(self.deal, lines=tuple(part.line for part in finding.parts))
        checked = check(self.company, revised)
        if checked.verdict is Verdict.SHORT or _stands_twice(revised):
            return None
        if kind is WayKind.REPRICE:
            more = checked.margin.revenue - self.asked.margin.revenue
            return Way(kind, finding.is_proven, checked, None, more)
        return Way(kind, finding.is_proven, checked, self.concession(finding.parts, checked), None)

    def concession(self, parts: Sequence[Part], checked: Check) -> Concession:
        """What is given up, each in the list's or the asked money; lateness is rounded once."""
        asked = self.deal.lines
        missing = [line.quantity for line in asked]
        late, price = Fraction(0), 0
        for part in parts:
            origin = asked[part.origin]
            line = part.line
            missing[part.origin] -= line.quantity
            late += self._late_value(part)
            price += line.quantity * (origin.unit_price - line.unit_price)
        dropped = sum(self._list_price(n) * quantity for n, quantity in enumerate(missing))
        return Concession(dropped, half_up(Fraction(self.company.late_cost) * late), price, checked.overtime_cost)

    def _late_value(self, part: Part) -> int:
        """List value × weeks late."""
        late = (part.line.week - self.deal.lines[part.origin].week) // WEEK
        return self._list_price(part.origin) * part.line.quantity * late

    def later(self) -> Finding:
        """All lines move by the same number of weeks, as few as possible."""
        for weeks in range(1, self.company.horizon_weeks + 1):
            moved = [replace(line, week=line.week + weeks * WEEK) for line in self.deal.lines]
            if self._fits(moved):
                return Finding(_parts(moved))
        return Finding(None)

    def split(self) -> "Solution | None":
        """In parts, in time or later, with as little lateness as possible; None where some line has no week."""
        search = self._in_parts(has_overtime=False)
        if search is None:
            return None
        first = search.goal(amount=lambda slot: self._list_price(slot.line) * slot.late)
        return search.best(first, _lateness(search), limit=self.limit)

    def combined(self, split: "Solution | None") -> Finding:
        """As split, with overtime where that is cheaper than lateness; only what costs less than the split."""
        search = self._in_parts(has_overtime=True)
        if search is None:
            return Finding(None)
        share = Fraction(self.company.late_cost)

        def late(slot: Slot) -> int:
            return 1000 * share.numerator * self._list_price(slot.line) * slot.late

        goal = search.goal(amount=late, overtime=lambda room: share.denominator * room.cost)
        if split is not None and split.amounts is not None:
            search.hint(split.amounts)
            search.stay_below(goal, sum(late(slot) * amount for slot, amount in split.amounts.items()))
        return self._finding(search.best(goal, _lateness(search), limit=self.limit))

    def some(self) -> Finding:
        """Where not all of it can come: parts now and later, worth as much as possible, and the rest never."""
        search = self._search(self._weeks())
        if not search.slots:
            return Finding(None)
        search.keep(())
        search.deliver_at_most()
        self._limit(search)
        first = search.goal(amount=lambda slot: -self._list_price(slot.line))
        late = search.goal(amount=lambda slot: self._list_price(slot.line) * slot.late)
        finding = self._finding(search.best(first, late, limit=self.limit))
        # Where nothing that is worth something comes later, it is `partial`.
        return finding if any(map(self._late_value, finding.parts or ())) else Finding(None, finding.is_proven)

    def partial(self) -> Finding:
        """Less of it in the weeks that were asked for, worth as much as possible."""
        search = self._search([[line.week] for line in self.deal.lines])
        if not search.slots:
            return Finding(None)
        search.keep(())
        first = search.goal(amount=lambda slot: -self._list_price(slot.line))
        return self._finding(search.best(first, search.goal(amount=lambda _: -1), limit=self.limit))

    def without(self) -> Finding:
        """Some lines that are not standard are dropped, worth as little as possible."""
        offers = [self.company.offers[line.offer] for line in self.deal.lines]
        search = self._search([[line.week] for line in self.deal.lines], is_whole=True)
        kept = {n for n, offer in enumerate(offers) if offer.standard}
        if not search.slots or len(kept) == len(offers) or not kept <= {slot.line for slot in search.slots}:
            return Finding(None)
        search.keep(kept)
        first = search.goal(use=lambda slot: -self._list_price(slot.line) * self.deal.lines[slot.line].quantity)
        return self._finding(search.best(first, search.goal(use=lambda _: -1), limit=self.limit))

    def substitute(self) -> Finding:
        """One line's offer gives way to one that may stand in for it, at the same discount or the asked price."""
        choices = sorted(self._stand_ins(), key=lambda choice: choice[0])
        for _, number, line in choices:
            lines = [*self.deal.lines[:number], line, *self.deal.lines[number + 1 :]]
            if self._fits(lines):
                return Finding(_parts(lines))
        return Finding(None)

    def reprice(self) -> Finding:
        """Every price rises by the same share, in ten-thousandths, until the floor is reached."""
        low, high = 1, DEAREST
        if not self._reaches_floor(high):
            return Finding(None)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self._reaches_floor(middle) else (middle + 1, high)
        dearer = self._dearer(low)
        return Finding(None if max(line.unit_price for line in dearer) > LARGEST_PRICE else _parts(dearer))

    def _in_parts(self, *, has_overtime: bool) -> "Search | None":
        """The search in parts; None where some line has no week."""
        search = self._search(self._weeks(), has_overtime=has_overtime)
        if {slot.line for slot in search.slots} != set(range(len(self.deal.lines))):
            return None
        search.deliver_all()
        self._limit(search)
        return search

    def _weeks(self) -> list[list[date]]:
        """For each line the weeks in which it may come."""
        return [[line.week + n * WEEK for n in range(self.company.horizon_weeks + 1)] for line in self.deal.lines]

    def _limit(self, search: "Search") -> None:
        """No more deliveries than a deal may have, and one line for an offer in a week."""
        lines = self.deal.lines
        search.limit_weeks(max(self.company.max_deliveries, len({line.week for line in lines})))
        search.keep_apart([line.offer for line in lines])

    def _search(
        self, weeks: Sequence[Sequence[date]], *, has_overtime: bool = False, is_whole: bool = False
    ) -> "Search":
        # With the first search, not with this module: importing the solver takes a second.
        from models.promise.search import Search

        found = rooms_and_slots(self.company, self.deal, weeks, has_overtime=has_overtime, is_whole=is_whole)
        rooms, slots, pools = found
        return Search(rooms, slots, [line.quantity for line in self.deal.lines], pools)

    def _finding(self, solution: "Solution") -> Finding:
        return Finding(self._delivered(solution.amounts), solution.is_proven)

    def _delivered(self, amounts: "Amounts | None") -> Sequence[Part] | None:
        if not amounts:
            return None
        lines = self.deal.lines
        slots = sorted(amounts, key=lambda slot: (slot.line, slot.week))
        return [Part(s.line, replace(lines[s.line], quantity=amounts[s], week=s.week)) for s in slots]

    def _stand_ins(self) -> Iterator[tuple[int, int, Line]]:
        """Revenue given up, the line's number, and the line with another offer; the best of ties first."""
        for number, line in enumerate(self.deal.lines):
            offer = self.company.offers[line.offer]
            for name in offer.substitutes if offer.list_price else ():
                same_discount = Fraction(self.company.offers[name].list_price * line.unit_price, offer.list_price)
                price = min(line.unit_price, half_up(same_discount))
                yield line.quantity * (line.unit_price - price), number, replace(line, offer=name, unit_price=price)

    def _fits(self, lines: Sequence[Line]) -> bool:
        revised = replace(self.deal, lines=tuple(lines))
        return not _stands_twice(revised) and check(self.company, revised).verdict is Verdict.FITS

    def _dearer(self, b: int) -> list[Line]:
        return [
            replace(line, unit_price=round_up(Fraction(line.unit_price * (10_000 + b), 10_000)))
            for line in self.deal.lines
        ]

    def _reaches_floor(self, b: int) -> bool:
        dearer = replace(self.deal, lines=tuple(self._dearer(b)))
        return not margin(self.company, dearer, self.asked.overtime_cost).below_floor

    def _list_price(self, number: int) -> int:
        return self.company.offers[self.deal.lines[number].offer].list_price


def _lateness(search: "Search") -> "Goal":
    return search.goal(amount=lambda slot: slot.late)


def _parts(lines: Sequence[Line]) -> list[Part]:
    return [Part(number, line) for number, line in enumerate(lines)]


def _stands_twice(deal: Deal) -> bool:
    return len({(line.offer, line.week) for line in deal.lines}) < len(deal.lines)


def _place(line: Line) -> tuple[str, date]:
    return line.offer, line.week


def _rank(way: Way) -> tuple[bool, int]:
    return way.concession is None, way.concession.total if way.concession else 0
