"""The search for joint answers: integers only, one worker, a fixed seed, deterministic limits."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import zip_longest

from ortools.sat.python import cp_model

from models.base.arithmetic import half_up, monday
from models.promise.facts import Kind, Resource
from models.promise.joint import Choice, Contender, Contest, Joint, in_turn
from models.promise.search import Goal, fresh_solver, together, weighted
from models.promise.windows import Cell, Window, demands_of

Term = tuple[int, cp_model.IntVar]
Weight = Callable[[Contender], int]
THOUSAND = 1000


@dataclass(frozen=True)
class _Asked:
    """An answer by its numbers, and what it needs: of time by window, of stock by resource and week."""

    contender: int
    answer: int
    is_new: bool
    time: Mapping[Window, int]
    stock: Mapping[str, Mapping[date, int]]


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


class JointSearch:
    """The model: an answer for each contender, what it takes of each cell, and who pays for overtime.

    `uses` is what the new (or the kept) answers of a contender take of a cell; `paid` amounts of overtime with their
    cost and whoever pays for them.
    """

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.first_week = monday(contest.today)
        self.model = cp_model.CpModel()
        self.variables: list[tuple[cp_model.IntVar, int]] = []
        self.chosen = [[self._new(1) for _ in one.answers] for one in contest.contenders]
        self.uses: defaultdict[tuple[Cell, int, bool], list[Term]] = defaultdict(list)
        self.early: list[Term] = []
        self.ranks: list[Term] = []
        self.order = in_turn(contest.contenders)
        self.paid: list[tuple[int, int, Sequence[Term]]] = []
        self.cells: dict[Cell, _Cell] = {}
        for number, one in enumerate(contest.contenders):
            self.model.add_exactly_one(self.chosen[number])
            if one.fixed is not None:
                self.model.add(self.chosen[number][one.fixed] == 1)
        self.asked = [asked for number, one in enumerate(contest.contenders) for asked in _asked(number, one)]
        self._place()
        for cell in sorted({cell for cell, _, _ in self.uses}):
            self._share(cell)
        for name in sorted({name for asked in self.asked for name in asked.stock}):
            self._share_stock(name)

    def best(self, *, limit: float) -> Joint:
        """The choices that are best by each goal in turn."""
        joint = Joint(None, is_proven=False)
        for goal in together(self._goals()):
            solver = fresh_solver(limit)
            self.model.minimize(goal.sum)
            status = solver.solve(self.model)
            if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
                return Joint(joint.choices, is_proven=status == cp_model.INFEASIBLE)
            joint = Joint(self._choices(solver), is_proven=status == cp_model.OPTIMAL and goal.is_exact)
            if not joint.is_proven:
                break
            limit -= solver.response_proto.deterministic_time
            self.model.add(goal.sum <= sum(times * solver.value(var) for times, var in goal.terms))
            self._hint(solver)
        return joint

    def _goals(self) -> Iterator[Goal]:
        contenders = self.contest.contenders
        if any(one.goes_first for one in contenders):
            yield self._worth(lambda one: one.weight if one.goes_first else 0)
        yield self._worth(lambda one: one.weight)
        ranks = (((len(contenders) - i) * n, var) for i, row in enumerate(self.chosen) for n, var in enumerate(row))
        yield self._goal(ranks)
        for terms in (self.early, self.ranks) if self.early else ():
            yield self._goal(terms)

    def _worth(self, weight: Weight) -> Goal:
        """What is lost, in thousandths of a minor unit and percent."""
        contenders = self.contest.contenders
        terms: list[Term] = []
        for one, row in zip(contenders, self.chosen, strict=True):
            terms += [
                (-weight(one) * THOUSAND * answer.worth, var) for answer, var in zip(one.answers, row, strict=True)
            ]
        for number, cost, amounts in self.paid:
            terms += [(weight(contenders[number]) * cost * times, var) for times, var in amounts]
        return self._goal(terms)

    def _goal(self, terms: Iterable[Term]) -> Goal:
        total: Counter[int] = Counter()
        for times, var in terms:
            total[var.index] += times
        known = tuple((times, self.variables[index]) for index, times in total.items() if times)
        ranges = [times * most for times, (_, most) in known]
        return Goal(
            tuple((times, var) for times, (var, _) in known),
            sum(min(0, reach) for reach in ranges),
            sum(max(0, reach) for reach in ranges),
        ).scaled()

    def _place(self) -> None:
        """A need of one cell is met there; another is shared out among the cells of its window."""
        wide: defaultdict[tuple[int, Window, bool], list[Term]] = defaultdict(list)
        for asked in self.asked:
            chosen = self.chosen[asked.contender][asked.answer]
            for window, amount in asked.time.items():
                if window.is_one_cell:
                    self.uses[window.home, asked.contender, asked.is_new].append((amount, chosen))
                else:
                    wide[asked.contender, window, asked.is_new].append((amount, chosen))
        for (number, window, is_new), terms in wide.items():
            parts: list[Term] = []
            for cell, early, rank in window.cells():
                part = self._new(max(amount for amount, _ in terms))
                self.uses[cell, number, is_new].append((1, part))
                self.early.append((early, part))
                self.ranks.append((rank, part))
                parts.append((-1, part))
            self.model.add(weighted([*terms, *parts]) == 0)

    def _share(self, cell: Cell) -> None:
        """What new answers take of a cell, in the order in which deals came; and what is left when all have agreed."""
        name, week = cell
        resource = self.contest.company.resources[name]
        if week < self.first_week:
            self._stay(cell)
            return
        reserved = sum(reserve.amount for reserve in self.contest.reserves if reserve.cell == cell)
        before = resource.load.get(week, 0) - reserved
        shared = _Cell(before, resource.available(week), resource.buyable(week), resource.overtime_cost)
        for number in self.order:
            if (cell, number, True) in self.uses:
                shared.taken.append(self._split(cell, number))
        self.cells[cell] = shared
        if reserved:
            self._queue_behind_reserves(cell, shared)
        else:
            self._queue(shared)
        kept = [term for (at, _, is_new), terms in self.uses.items() if at == cell and not is_new for term in terms]
        if kept:
            own = sum(one.company.resources[name].promised(week)[0] for one in self.contest.contenders)
            every = [term for (at, _, _), terms in self.uses.items() if at == cell for term in terms]
            self._keep(kept, every, shared.offered + shared.buyable - before + own)

    def _stay(self, cell: Cell) -> None:
        """Of a week that is over a deal has only what it had."""
        name, week = cell
        for number, one in enumerate(self.contest.contenders):
            uses = [term for is_new in (True, False) for term in self.uses.get((cell, number, is_new), ())]
            self.model.add(weighted(uses) <= one.company.resources[name].promised(week)[0])

    def _keep(self, kept: Sequence[Term], every: Sequence[Term], room: int) -> None:
        """Where something is kept there is room for all when all have agreed."""
        is_kept = self._new(1)
        self.model.add(weighted(kept) == 0).only_enforce_if(is_kept.negated())
        self.model.add(weighted(every) <= max(0, room)).only_enforce_if(is_kept)

    def _split(self, cell: Cell, number: int) -> _Taken:
        """What is taken at the deal's own places, and what behind all."""
        name, week = cell
        resource = self.contest.contenders[number].company.resources[name]
        amount, ordinary, kept = resource.promised(week)
        uses = self.uses[cell, number, True]
        if not amount:
            return _Taken(number, (), uses)
        first, bought = self._new(ordinary), self._new(kept - ordinary)
        behind = self._new(sum(times * self.variables[var.index][1] for times, var in uses))
        self.model.add(weighted([*uses, (-1, first), (-1, bought), (-1, behind)]) == 0)
        self.paid.append((number, resource.overtime_cost, [(1, bought)]))
        return _Taken(number, [(1, bought)], [(1, behind)])

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
                over = self._beyond(behind, cell.before - cell.offered, is_exact=is_exact)
                self.paid.append((taken.contender, cell.cost, [*over, *beyond]))
                beyond = [(-times, var) for times, var in over]
        self.model.add(weighted(behind) <= cell.room)

    def _queue_behind_reserves(self, at: Cell, cell: _Cell) -> None:
        """For each what stands before it holds what is reserved for others, less what those have taken of it."""
        reserves = [reserve for reserve in self.contest.reserves if reserve.cell == at]
        taken_before: list[_Taken] = []
        for taken in cell.taken:
            ahead = [term for other in taken_before for term in other.behind]
            for reserve in reserves:
                if taken.contender not in reserve.contenders:
                    used = [t for other in taken_before if other.contender in reserve.contenders for t in other.behind]
                    ahead += self._beyond([(-times, var) for times, var in used], reserve.amount)
            comes = self._new(1)
            limit = cell.offered + cell.buyable - cell.before
            self.model.add(weighted(taken.behind) == 0).only_enforce_if(comes.negated())
            self.model.add(weighted([*ahead, *taken.behind]) <= limit).only_enforce_if(comes)
            if cell.buyable and cell.cost:
                bought = self._beyond([*ahead, *taken.behind], cell.before - cell.offered)
                earlier = self._beyond(ahead, cell.before - cell.offered)
                self.paid.append((taken.contender, cell.cost, [*bought, *((-n, var) for n, var in earlier)]))
            taken_before.append(taken)

    def _beyond(self, terms: Sequence[Term], more: int, *, is_exact: bool = True) -> list[Term]:
        """How much a sum and so much more is above nothing; or, unless it is exact, at least that."""
        most = more + sum(max(0, times * self.variables[var.index][1]) for times, var in terms)
        if most <= 0:
            return []
        over = self._new(most)
        if is_exact:
            self.model.add_max_equality(over, [weighted(terms) + more, 0])
        else:
            self.model.add(weighted([*terms, (-1, over)]) <= -more)
        return [(1, over)]

    def _share_stock(self, name: str) -> None:
        """What is taken of a stock up to each week; beyond what a deal has of it already."""
        resource, today = self.contest.company.resources[name], self.contest.today
        weeks = {week for asked in self.asked for week in asked.stock.get(name, ())}
        coming = [week for week in weeks if week >= self.first_week]
        left = resource.positions(coming, today=today)
        own = [_without(one.company.resources[name], left, today) for one in self.contest.contenders]
        for asked in self.asked:
            if asked.is_new and any(week < self.first_week for week in asked.stock.get(name, ())):
                self.model.add(self.chosen[asked.contender][asked.answer] == 0)
        for week, position in left.items():
            new, every, kept = [], [], []
            for asked in self.asked:
                needed = sum(n for at, n in asked.stock.get(name, {}).items() if self.first_week <= at <= week)
                chosen = self.chosen[asked.contender][asked.answer]
                every.append((needed, chosen))
                if asked.is_new:
                    new.append((max(0, needed - own[asked.contender][week]), chosen))
                elif needed:
                    kept.append((needed, chosen))
            self.model.add(weighted(new) <= max(0, position))
            if kept:
                self._keep(kept, every, position + sum(has[week] for has in own))

    def _choices(self, solver: cp_model.CpSolver) -> list[Choice]:
        overtime = self._overtime(solver)
        choices = []
        for number, row in enumerate(self.chosen):
            cells: Counter[Cell] = Counter()
            for (cell, contender, _), terms in self.uses.items():
                if contender == number:
                    cells[cell] += _value(solver, terms)
            answer = next(n for n, var in enumerate(row) if solver.value(var))
            choices.append(Choice(answer, {cell: n for cell, n in cells.items() if n}, overtime[number]))
        return choices

    def _overtime(self, solver: cp_model.CpSolver) -> Counter[int]:
        """What each pays, in minor units; rounded once for a cell."""
        paid: Counter[int] = Counter()
        for at, cell in self.cells.items():
            reserves = [reserve for reserve in self.contest.reserves if reserve.cell == at]
            behind: Counter[int] = Counter()
            for taken in cell.taken:
                amount, own = (_value(solver, terms) for terms in (taken.behind, taken.own_overtime))
                ahead = cell.before + behind.total()
                for reserve in reserves:
                    if taken.contender not in reserve.contenders:
                        ahead += max(0, reserve.amount - sum(behind[n] for n in reserve.contenders))
                bought = own + max(0, ahead + amount - cell.offered) - max(0, ahead - cell.offered)
                paid[taken.contender] += half_up(Fraction(bought * cell.cost, THOUSAND))
                behind[taken.contender] += amount
        return paid

    def _rank(self, taken: _Taken) -> tuple[bool, int]:
        one = self.contest.contenders[taken.contender]
        return one.goes_first, one.weight

    def _new(self, most: int) -> cp_model.IntVar:
        var = self.model.new_bool_var("") if most == 1 else self.model.new_int_var(0, max(0, most), "")
        self.variables.append((var, max(0, most)))
        return var

    def _hint(self, solver: cp_model.CpSolver) -> None:
        self.model.clear_hints()
        for var, _ in self.variables:
            self.model.add_hint(var, solver.value(var))


def _asked(number: int, one: Contender) -> Iterator[_Asked]:
    for n, answer in enumerate(one.answers):
        time: dict[Window, int] = {}
        stock: defaultdict[str, Counter[date]] = defaultdict(Counter)
        for window, amount in demands_of(one.company.offers, answer.lines).items():
            name, week = window.home
            if one.company.resources[name].kind is Kind.STOCK:
                stock[name][week] += amount
            else:
                time[window] = amount
        yield _Asked(number, n, answer.is_new, time, stock)


def _without(resource: Resource, left: Mapping[date, int], today: date) -> dict[date, int]:
    """What a deal has taken of a stock up to each week; the resource is the stock as the deal meets it."""
    positions = resource.positions(left, today=today)
    return {week: positions[week] - position for week, position in left.items()}


def _value(solver: cp_model.CpSolver, terms: Iterable[Term]) -> int:
    return sum(times * solver.value(var) for times, var in terms)
