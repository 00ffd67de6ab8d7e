"""Cells of time that joint answers share: whoever is served later stands behind, and owns the overtime."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import zip_longest

from ortools.sat.python import cp_model

from models.base.arithmetic import half_up, monday
from models.promise.joint import Contest, in_turn
from models.promise.joint_model import JointModel, Term, value_of
from models.promise.search import weighted
from models.promise.windows import Cell

THOUSAND = 1000
# What the new (or the kept) answers of a contender take of a cell.
Uses = Mapping[tuple[Cell, int, bool], Sequence[Term]]


@dataclass(frozen=True)
class _Taken:
    """What a new answer takes of a cell: at the deal's own places as overtime, and behind all others."""

    contender: int
    own_overtime: Sequence[Term]
    behind: Sequence[Term]


@dataclass
class _Cell:
    """A cell of time: what stands in it already, what it offers, what can be bought at which cost, and who comes."""

    before: int
    offered: int
    buyable: int
    cost: int
    taken: list[_Taken] = field(default_factory=list)

    @property
    def room(self) -> int:
        """How much may come in all."""
        return max(0, self.offered + self.buyable - self.before)


class TimeCells:
    """What is taken of each cell, and by whom its overtime is paid: the number of the contender, a cost, amounts."""

    def __init__(self, contest: Contest, joint: JointModel, uses: Uses) -> None:
        self.contest, self.joint, self.uses = contest, joint, uses
        self.model = joint.model
        self.first_week = monday(contest.today)
        self.order = in_turn(contest.contenders)
        self.paid: list[tuple[int, int, Sequence[Term]]] = []
        # What is taken of each reserve, by its number.
        self.drawn: defaultdict[int, list[Term]] = defaultdict(list)
        self.cells: dict[Cell, _Cell] = {}
        for cell in sorted({cell for cell, _, _ in uses}):
            self._share(cell)

    def overtime(self, solver: cp_model.CpSolver) -> Counter[int]:
        """What each pays, in minor units; rounded once for a cell."""
        paid: Counter[int] = Counter()
        for cell in self.cells.values():
            behind = cell.before
            for taken in cell.taken:
                amount, own = (value_of(solver, terms) for terms in (taken.behind, taken.own_overtime))
                bought = own + max(0, behind + amount - cell.offered) - max(0, behind - cell.offered)
                paid[taken.contender] += half_up(Fraction(bought * cell.cost, THOUSAND))
                behind += amount
        return paid

    def _share(self, cell: Cell) -> None:
        """What new answers take of a cell, in the order in which deals came; and what is left when all have agreed."""
        name, week = cell
        resource = self.contest.company.resources[name]
        if week < self.first_week:
            self._stay(cell)
            return
        before = resource.load.get(week, 0)
        shared = _Cell(before, resource.available(week), resource.buyable(week), resource.overtime_cost)
        for number in self.order:
            if (cell, number, True) in self.uses:
                shared.taken.append(self._split(cell, number))
                self._use_up(cell, shared.taken[-1])
        self.cells[cell] = shared
        self._queue(shared)
        for number, drawn in self.drawn.items():
            if self.contest.reserves[number].cell == cell:
                self.model.add(weighted(drawn) <= self.contest.reserves[number].amount)
        for number in range(len(self.contest.contenders)):
            if (cell, number, False) in self.uses:
                self._keep(cell, number, shared)

    def _keep(self, cell: Cell, number: int, shared: _Cell) -> None:
        """What is kept has room when all have agreed: at its place beside those before it, else behind all."""
        name, week = cell
        every = range(len(self.contest.contenders))
        places = [one.company.resources[name].places.get(week, ()) for one in self.contest.contenders]
        own = [sum(place.quantity for place in of_one) for of_one in places]
        offered, kept = shared.offered + shared.buyable, self.uses[cell, number, False]
        if own[number]:
            ahead = max(place.ahead for place in places[number])
            before = [sum(place.quantity for place in of_one if place.ahead < ahead) for of_one in places]
            together = self._used(cell, [n for n in every if before[n] or n == number])
            self.joint.keep(kept, together, offered - ahead + sum(before))
        reserved = sum(reserve.amount for reserve in self.contest.reserves if reserve.cell == cell)
        moved = self.joint.beyond(kept, -own[number])
        self.joint.keep(moved, self._used(cell, every), offered - shared.before + reserved + sum(own))

    def _used(self, cell: Cell, contenders: Iterable[int]) -> list[Term]:
        return [term for n in contenders for is_new in (True, False) for term in self.uses.get((cell, n, is_new), ())]

    def _stay(self, cell: Cell) -> None:
        """Of a week that is over a deal has only what it had."""
        name, week = cell
        for number, one in enumerate(self.contest.contenders):
            self.model.add(weighted(self._used(cell, [number])) <= one.company.resources[name].promised(week)[0])

    def _split(self, cell: Cell, number: int) -> _Taken:
        """What is taken at the deal's own places, and what behind all."""
        name, week = cell
        resource = self.contest.contenders[number].company.resources[name]
        amount, ordinary, kept = resource.promised(week)
        uses = [*self.uses[cell, number, True], *self._draw(cell, number)]
        self.model.add(weighted(uses) >= 0)
        if not amount:
            return _Taken(number, (), uses)
        first, bought = self.joint.new(ordinary), self.joint.new(kept - ordinary)
        behind = self.joint.new(self.joint.most(uses))
        self.model.add(weighted([*uses, (-1, first), (-1, bought), (-1, behind)]) == 0)
        self.paid.append((number, resource.overtime_cost, [(1, bought)]))
        return _Taken(number, [(1, bought)], [(1, behind)])

    def _draw(self, cell: Cell, number: int) -> Iterator[Term]:
        """What a deal takes of what is kept for it stands behind nobody."""
        for n, reserve in enumerate(self.contest.reserves):
            if reserve.cell == cell and number in reserve.contenders:
                part = self.joint.new(reserve.amount)
                self.drawn[n].append((1, part))
                yield (-1, part)

    def _use_up(self, cell: Cell, taken: _Taken) -> None:
        """Whoever stands behind others has used up what is kept for them before, as far as others have left it."""
        kept = [
            n for n, one in enumerate(self.contest.reserves) if one.cell == cell and taken.contender in one.contenders
        ]
        if kept:
            comes = self.joint.new(1)
            self.model.add(weighted(taken.behind) <= 0).only_enforce_if(comes.negated())
            for n in kept:
                used_up = weighted(self.drawn[n]) >= self.contest.reserves[n].amount
                self.model.add(used_up).only_enforce_if(comes)

    def _queue(self, cell: _Cell) -> None:
        """Whoever comes later owns the overtime; one sum does for neighbours who weigh the same."""
        behind: list[Term] = []
        beyond: list[Term] = []
        for taken, following in zip_longest(cell.taken, cell.taken[1:]):
            behind += taken.behind
            if not cell.buyable or not cell.cost:
                continue
            if cell.before >= cell.offered:
                self.paid.append((taken.contender, cell.cost, taken.behind))
            elif following is None or self._rank(following) != self._rank(taken):
                # What weighs less comes later: then no goal gains from a sum that is too large.
                is_exact = following is not None and self._rank(following)[0] != self._rank(taken)[0]
                over = self.joint.beyond(behind, cell.before - cell.offered, is_exact=is_exact)
                self.paid.append((taken.contender, cell.cost, [*over, *beyond]))
                beyond = [(-times, var) for times, var in over]
        self.model.add(weighted(behind) <= cell.room)

    def _rank(self, taken: _Taken) -> tuple[bool, int]:
        one = self.contest.contenders[taken.contender]
        return one.goes_first, one.weight
