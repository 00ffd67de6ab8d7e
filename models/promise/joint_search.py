"""The search for joint answers: integers only, one worker, a fixed seed, deterministic limits."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ortools.sat.python import cp_model

from models.base.arithmetic import monday
from models.promise.facts import Kind, Resource
from models.promise.joint import Choice, Contender, Contest, Joint
from models.promise.joint_cells import THOUSAND, TimeCells
from models.promise.joint_model import JointModel, Term, value_of
from models.promise.search import Goal, fresh_solver, together, weighted
from models.promise.windows import Cell, Window, demands_of

Weight = Callable[[Contender], int]


@dataclass(frozen=True)
class _Asked:
    """An answer by its numbers, and what it needs: of time by window, of stock by resource and week."""

    contender: int
    answer: int
    is_new: bool
    time: Mapping[Window, int]
    stock: Mapping[str, Mapping[date, int]]


class JointSearch:
    """The model: an answer for each contender, what it takes of each cell, and who pays for overtime.

    `uses` is what the new (or the kept) answers of a contender take of a cell.
    """

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.first_week = monday(contest.today)
        self.joint = JointModel()
        self.model = self.joint.model
        self.chosen = [[self.joint.new(1) for _ in one.answers] for one in contest.contenders]
        self.uses: defaultdict[tuple[Cell, int, bool], list[Term]] = defaultdict(list)
        self.early: list[Term] = []
        self.ranks: list[Term] = []
        for number, one in enumerate(contest.contenders):
            self.model.add_exactly_one(self.chosen[number])
            if one.fixed is not None:
                self.model.add(self.chosen[number][one.fixed] == 1)
        self.asked = [asked for number, one in enumerate(contest.contenders) for asked in _asked(number, one)]
        self._place()
        self.cells = TimeCells(contest, self.joint, self.uses)
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
            self.joint.hint(solver)
        return joint

    def _goals(self) -> Iterator[Goal]:
        contenders = self.contest.contenders
        if any(one.goes_first for one in contenders):
            yield self._worth(lambda one: one.weight if one.goes_first else 0)
        yield self._worth(lambda one: one.weight)
        ranks = (((len(contenders) - i) * n, var) for i, row in enumerate(self.chosen) for n, var in enumerate(row))
        yield self.joint.goal(ranks)
        for terms in (self.early, self.ranks) if self.early else ():
            yield self.joint.goal(terms)

    def _worth(self, weight: Weight) -> Goal:
        """What is lost, in thousandths of a minor unit and percent."""
        contenders = self.contest.contenders
        terms: list[Term] = []
        for one, row in zip(contenders, self.chosen, strict=True):
            terms += [
                (-weight(one) * THOUSAND * answer.worth, var) for answer, var in zip(one.answers, row, strict=True)
            ]
        for number, cost, amounts in self.cells.paid:
            terms += [(weight(contenders[number]) * cost * times, var) for times, var in amounts]
        return self.joint.goal(terms)

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
                part = self.joint.new(max(amount for amount, _ in terms))
                self.uses[cell, number, is_new].append((1, part))
                self.early.append((early, part))
                self.ranks.append((rank, part))
                parts.append((-1, part))
            self.model.add(weighted([*terms, *parts]) == 0)

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
                self.joint.keep(kept, every, position + sum(has[week] for has in own))

    def _choices(self, solver: cp_model.CpSolver) -> list[Choice]:
        overtime = self.cells.overtime(solver)
        choices = []
        for number, row in enumerate(self.chosen):
            cells: Counter[Cell] = Counter()
            for (cell, contender, _), terms in self.uses.items():
                if contender == number:
                    cells[cell] += value_of(solver, terms)
            answer = next(n for n, var in enumerate(row) if solver.value(var))
            choices.append(Choice(answer, {cell: n for cell, n in cells.items() if n}, overtime[number]))
        return choices


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
