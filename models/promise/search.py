"""The search for the best plan of deliveries: integers only, one worker, a fixed seed, deterministic limits."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import gcd

from ortools.sat.python import cp_model

from models.promise.room import Pool, Room, Slot

LARGEST = 2**52
SEED = 1
LEAST = 0.01
Amounts = Mapping[Slot, int]


@dataclass(frozen=True)
class Solution:
    """How much of each slot is delivered, None when nothing was found.

    `is_proven`: nothing better exists, or nothing at all.
    """

    amounts: Amounts | None
    is_proven: bool


@dataclass(frozen=True)
class Goal:
    """A sum that is to be small, in steps of `unit`; `low` and `high` bound it."""

    terms: tuple[tuple[int, cp_model.IntVar], ...]
    low: int
    high: int
    unit: int = 1
    is_exact: bool = True

    @property
    def sum(self) -> cp_model.LinearExprT:
        """As the solver wants it."""
        return weighted(self.terms)

    @property
    def span(self) -> int:
        """How far apart two plans can be."""
        return self.high - self.low

    def scaled(self) -> "Goal":
        """The same order of plans in smaller numbers; coarser where even those are too large for the solver."""
        step = gcd(*(times for times, _ in self.terms)) or 1
        unit = max(step, -(-self.span // LARGEST))
        terms = tuple((times // unit, var) for times, var in self.terms)
        return Goal(terms, self.low // unit, -(-self.high // unit), unit, is_exact=unit == step)

    def before(self, then: "Goal") -> "Goal":
        """One goal that orders plans by this one and then by the other."""
        weight = then.span + 1
        return Goal(
            (*((times * weight, var) for times, var in self.terms), *then.terms),
            self.low * weight + then.low,
            self.high * weight + then.high,
            is_exact=self.is_exact and then.is_exact,
        )

    def is_same_order(self, other: "Goal") -> bool:
        """Whether both order plans alike."""
        return [(times, var.index) for times, var in self.terms] == [(times, var.index) for times, var in other.terms]


@dataclass
class Search:
    """A plan to be found: which slots are used, and how much of each, within the rooms.

    Source: section 7 of the promise's specification.
    """

    rooms: Sequence[Room]
    slots: Sequence[Slot]
    quantities: Sequence[int]
    pools: Sequence[Pool] = ()
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)

    def __post_init__(self) -> None:
        self.used = [self.model.new_bool_var("") for _ in self.slots]
        self.amounts = [self.model.new_int_var(0, slot.most, "") for slot in self.slots]
        for slot, used, amount in zip(self.slots, self.used, self.amounts, strict=True):
            self.model.add(amount >= slot.least * used)
            self.model.add(amount <= slot.most * used)
        self.bought = {n: self.model.new_int_var(0, r.overtime, "") for n, r in enumerate(self.rooms) if r.overtime}
        takers: defaultdict[int, list[int]] = defaultdict(list)
        drawers: defaultdict[int, list[int]] = defaultdict(list)
        for position, slot in enumerate(self.slots):
            for number in slot.takes:
                takers[number].append(position)
            for pool in slot.draws:
                drawers[pool].append(position)
        drawn: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
        for pool, positions in drawers.items():
            self._draw(pool, positions, drawn)
        for number in {**takers, **drawn}:
            self._share(number, takers[number], drawn[number])

    def deliver_all(self) -> None:
        """All of each line arrives; and the slots that are used could hold it, which prunes early."""
        for line, quantity in enumerate(self.quantities):
            slots = self._slots_of(line)
            self.model.add(weighted((1, self.amounts[n]) for n in slots) == quantity)
            self.model.add(weighted((self.slots[n].most, self.used[n]) for n in slots) >= quantity)

    def deliver_at_most(self) -> None:
        """No more of each line arrives than was asked."""
        for line, quantity in enumerate(self.quantities):
            self.model.add(weighted((1, self.amounts[n]) for n in self._slots_of(line)) <= quantity)

    def limit_weeks(self, most: int) -> None:
        """At most so many different weeks have a delivery."""
        weeks: dict[date, cp_model.IntVar] = {}
        for slot, used in zip(self.slots, self.used, strict=True):
            if slot.week not in weeks:
                weeks[slot.week] = self.model.new_bool_var("")
            self.model.add_implication(used, weeks[slot.week])
        self.model.add(weighted((1, var) for var in weeks.values()) <= most)

    def keep_apart(self, offers: Sequence[str]) -> None:
        """One line for an offer in a week: a plan is a valid deal."""
        rivals: defaultdict[tuple[str, date], list[cp_model.IntVar]] = defaultdict(list)
        for slot, used in zip(self.slots, self.used, strict=True):
            rivals[offers[slot.line], slot.week].append(used)
        for together in rivals.values():
            if len(together) > 1:
                self.model.add_at_most_one(together)

    def keep(self, lines: Iterable[int]) -> None:
        """These lines are delivered, and at least one line is."""
        for line in lines:
            self.model.add_bool_or([self.used[n] for n in self._slots_of(line)])
        self.model.add_bool_or(self.used)

    def goal(
        self,
        *,
        amount: Callable[[Slot], int] = lambda _: 0,
        use: Callable[[Slot], int] = lambda _: 0,
        overtime: Callable[[Room], int] = lambda _: 0,
    ) -> Goal:
        """A goal from what a piece in a slot, the use of a slot, and a thousandth of overtime count."""
        amounts = [(amount(slot), var) for slot, var in zip(self.slots, self.amounts, strict=True)]
        uses = [(use(slot), var) for slot, var in zip(self.slots, self.used, strict=True)]
        bought = [(overtime(self.rooms[n]), var) for n, var in self.bought.items()]
        ranges = [self.rooms[n].overtime * overtime(self.rooms[n]) for n in self.bought] + [times for times, _ in uses]
        for line, quantity in enumerate(self.quantities):
            each = [amounts[n][0] for n in self._slots_of(line)]
            ranges += [quantity * min([0, *each]), quantity * max([0, *each])]
        terms = tuple((times, var) for times, var in (*amounts, *uses, *bought) if times)
        return Goal(terms, sum(min(0, r) for r in ranges), sum(max(0, r) for r in ranges)).scaled()

    def hint(self, amounts: Amounts) -> None:
        """Begin near a plan that is known."""
        self.model.clear_hints()
        known = {(slot.line, slot.week): amount for slot, amount in amounts.items()}
        for slot, used, var in zip(self.slots, self.used, self.amounts, strict=True):
            self.model.add_hint(var, known.get((slot.line, slot.week), 0))
            self.model.add_hint(used, (slot.line, slot.week) in known)

    def stay_below(self, goal: Goal, bound: int) -> None:
        """Only plans that are better than one that is known."""
        self.model.add(goal.sum <= (bound - 1) // goal.unit)

    def best(self, first: Goal, then: Goal, *, limit: float) -> Solution:
        """The plan with the smallest first goal, and among those the smallest second one.

        `limit` is in the solver's deterministic time, so that the same deal always gets the same solution.
        """
        solution = Solution(None, is_proven=False)
        for goal in together(_different(first, then)):
            status, amounts, spent = self._solve(goal, limit)
            if amounts is None:
                return Solution(solution.amounts, is_proven=status == cp_model.INFEASIBLE)
            solution, limit = Solution(amounts, is_proven=status == cp_model.OPTIMAL and goal.is_exact), limit - spent
            self.model.add(goal.sum <= sum(times * self.solver.value(var) for times, var in goal.terms))
            self.hint(amounts)
            if not solution.is_proven:
                break
        return solution

    def _draw(self, pool: int, positions: Sequence[int], drawn: Mapping[int, list[cp_model.IntVar]]) -> None:
        """What slots draw from a pool is shared out among its rooms."""
        terms = []
        for n in positions:
            each, once = self.slots[n].draws[pool]
            terms += [(each, self.amounts[n]), (once, self.used[n])]
        for number in self.pools[pool].rooms:
            most = self.rooms[number].free + self.rooms[number].overtime
            if most:
                part = self.model.new_int_var(0, most, "")
                drawn[number].append(part)
                terms.append((-1, part))
        self.model.add(weighted(terms) == 0)

    def _share(self, number: int, positions: Sequence[int], drawn: Sequence[cp_model.IntVar]) -> None:
        room = self.rooms[number]
        terms = [(1, part) for part in drawn]
        for n in positions:
            each, once = self.slots[n].takes[number]
            terms += [(each, self.amounts[n]), (once, self.used[n])]
        extra = [(-1, self.bought[number])] if number in self.bought else []
        self.model.add(weighted((*terms, *extra)) <= room.free)

    def _solve(self, goal: Goal, limit: float) -> tuple[object, Amounts | None, float]:
        self.solver = fresh_solver(limit)
        self.model.minimize(goal.sum)
        status = self.solver.solve(self.model)
        spent = self.solver.response_proto.deterministic_time
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return status, None, spent
        values = {slot: self.solver.value(var) for slot, var in zip(self.slots, self.amounts, strict=True)}
        return status, {slot: amount for slot, amount in values.items() if amount}, spent

    def _slots_of(self, line: int) -> list[int]:
        return [n for n, slot in enumerate(self.slots) if slot.line == line]


def fresh_solver(limit: float) -> cp_model.CpSolver:
    """A solver that always finds the same; `limit` is in its deterministic time."""
    solver = cp_model.CpSolver()
    options = solver.parameters
    options.num_workers, options.random_seed = 1, SEED
    options.max_deterministic_time = max(limit, LEAST)
    options.linearization_level, options.cp_model_probing_level = 2, 0
    return solver


def together(goals: Iterable[Goal]) -> Iterator[Goal]:
    """Goals that come one after the other, as one wherever the numbers allow it."""
    last: Goal | None = None
    for goal in goals:
        both = last.before(goal) if last else goal
        if both.span > LARGEST and last:
            yield last
            both = goal
        last = both
    if last:
        yield last


def _different(first: Goal, then: Goal) -> list[Goal]:
    return [first, then] if first.terms and not first.is_same_order(then) else [then]


def weighted(terms: Iterable[tuple[int, cp_model.IntVar]]) -> cp_model.LinearExprT:
    """A sum as the solver wants it."""
    present = [(times, var) for times, var in terms if times]
    return cp_model.LinearExpr.weighted_sum([var for _, var in present], [times for times, _ in present])
