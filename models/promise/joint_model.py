"""The solver's model of joint answers: its variables with how large they may be, and what is said of sums of them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from models.promise.search import Goal, weighted

Term = tuple[int, cp_model.IntVar]


class JointModel:
    """A model that knows how large each of its variables may be."""

    def __init__(self) -> None:
        self.model = cp_model.CpModel()
        self.variables: list[tuple[cp_model.IntVar, int]] = []

    def new(self, most: int) -> cp_model.IntVar:
        """A variable from nothing to the most."""
        var = self.model.new_bool_var("") if most == 1 else self.model.new_int_var(0, max(0, most), "")
        self.variables.append((var, max(0, most)))
        return var

    def most(self, terms: Iterable[Term]) -> int:
        """How large a sum may be."""
        return sum(max(0, times * self.variables[var.index][1]) for times, var in terms)

    def beyond(self, terms: Sequence[Term], more: int, *, is_exact: bool = True) -> list[Term]:
        """How much a sum and so much more is above nothing; or, unless it is exact, at least that."""
        most = more + self.most(terms)
        if most <= 0:
            return []
        over = self.new(most)
        if is_exact:
            self.model.add_max_equality(over, [weighted(terms) + more, 0])
        else:
            self.model.add(weighted([*terms, (-1, over)]) <= -more)
        return [(1, over)]

    def keep(self, kept: Sequence[Term], every: Sequence[Term], room: int) -> None:
        """Where something is kept there is room for all when all have agreed."""
        is_kept = self.new(1)
        self.model.add(weighted(kept) == 0).only_enforce_if(is_kept.negated())
        self.model.add(weighted(every) <= max(0, room)).only_enforce_if(is_kept)

    def goal(self, terms: Iterable[Term]) -> Goal:
        """A sum that is to be small."""
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

    def hint(self, solver: cp_model.CpSolver) -> None:
        """Begin near what was found."""
        self.model.clear_hints()
        for var, _ in self.variables:
            self.model.add_hint(var, solver.value(var))


def value_of(solver: cp_model.CpSolver, terms: Iterable[Term]) -> int:
    """What a sum came to."""
    return sum(times * solver.value(var) for times, var in terms)
