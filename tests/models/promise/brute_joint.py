"""Joint answers by trying all of them: an own reading of what several deals may be answered together.

Imports nothing of the promise. Amounts are whole units, weeks count from the week of today, money is minor units.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import comb, floor, prod

Amount = int | Fraction
# A resource in a week; of stock all that is needed up to the week.
Cell = tuple[str, int]
# What has been taken so far: what for, where, and for which reserves it counts.
State = frozenset[tuple[tuple[str, Cell, tuple[int, ...]], Amount]]
# What those that go first are worth, what all are; how far from what they like best, and units × weeks early, negative.
Rank = tuple[Amount, Amount, int, Amount]


@dataclass(frozen=True)
class Time:
    """Hours, with all that is held and promised by week; exceptions are what a week offers and what can be bought."""

    weekly: int
    overtime: int = 0
    cost: int = 0
    exceptions: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    load: Mapping[int, int] = field(default_factory=dict)

    def offers(self, week: int) -> tuple[int, int]:
        """Before overtime, and what can be bought."""
        return self.exceptions.get(week, (self.weekly, self.overtime))


@dataclass(frozen=True)
class Stock:
    """Stock as it was counted this week, with all that is held and promised of it by week."""

    on_hand: int
    receipts: Mapping[int, int] = field(default_factory=dict)
    load: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Need:
    """What a delivery takes of the first of some resources, or of any of them; stock has one and no window."""

    resources: tuple[str, ...]
    offset: int = 0
    weeks: int = 1
    ahead: int = 0
    per_unit: int = 0
    fixed: int = 0


@dataclass(frozen=True)
class Line:
    """One delivery."""

    offer: str
    quantity: int
    week: int


@dataclass(frozen=True)
class Answer:
    """One answer to a deal."""

    worth: int
    lines: tuple[Line, ...] = ()
    is_new: bool = True


@dataclass(frozen=True)
class Held:
    """Units that a deal holds or was promised, and all that stands before them in the queue of the cell."""

    cell: Cell
    units: int
    ahead: int = 0


@dataclass(frozen=True)
class Contender:
    """A deal with its answers, in the order in which it likes them."""

    answers: tuple[Answer, ...]
    weight: int = 100
    goes_first: bool = False
    fixed: int | None = None
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Reserve:
    """Units of a cell that are kept for some contenders; no load holds them."""

    cell: Cell
    units: int
    contenders: frozenset[int]


@dataclass(frozen=True)
class Want:
    """Units of one home week that are wanted of any of several resources, up to `ahead` weeks earlier."""

    week: int
    ahead: int
    resources: tuple[str, ...]
    units: int

    @property
    def cells(self) -> list[Cell]:
        """Wherever it may be met."""
        return [(name, self.week - early) for early in range(self.ahead + 1) for name in self.resources]


@dataclass(frozen=True)
class Contest:
    """Deals in the order in which they came."""

    times: Mapping[str, Time]
    offers: Mapping[str, tuple[Need, ...]]
    contenders: tuple[Contender, ...]
    stocks: Mapping[str, Stock] = field(default_factory=dict)
    reserves: tuple[Reserve, ...] = ()

    @cached_property
    def turns(self) -> list[int]:
        """Who goes first, then who is likelier, then who came first."""
        every = enumerate(self.contenders)
        return [number for *_, number in sorted((not one.goes_first, -one.weight, n) for n, one in every)]

    @cached_property
    def last_week(self) -> int:
        """After it nothing is needed and no stock changes."""
        drawn = [self.drawn(answer) for one in self.contenders for answer in one.answers]
        weeks = [week for stocks in drawn for by_week in stocks.values() for week in by_week]
        weeks += [week for one in self.stocks.values() for week in (*one.receipts, *one.load)]
        return max(weeks, default=0)

    @cached_property
    def has_kept(self) -> bool:
        """Whether any answer keeps what was promised."""
        return any(answer.lines and not answer.is_new for one in self.contenders for answer in one.answers)

    def wants(self, answer: Answer) -> list[Want]:
        """What an answer wants of time; what has one home and one window adds up."""
        total: Counter[tuple[int, int, tuple[str, ...]]] = Counter()
        for need, week, units in self._needs(answer):
            if need.resources[0] in self.times:
                total[week, need.ahead, need.resources] += units
        return [Want(*key, units) for key, units in total.items() if units]

    def drawn(self, answer: Answer) -> dict[str, Counter[int]]:
        """What an answer draws from each stock by week."""
        total: dict[str, Counter[int]] = {}
        for need, week, units in self._needs(answer):
            if need.resources[0] in self.stocks and units:
                total.setdefault(need.resources[0], Counter())[week] += units
        return total

    def _needs(self, answer: Answer) -> Iterator[tuple[Need, int, int]]:
        for line in answer.lines:
            for need in self.offers[line.offer]:
                for k in range(need.weeks):
                    yield need, line.week + need.offset + k, need.per_unit * line.quantity + need.fixed

    def room(self, cell: Cell) -> int:
        """What is left behind all that is held and promised, with overtime; negative where that is too much already."""
        name, week = cell
        if name in self.times:
            return self.ordinary(cell) + self.times[name].offers(week)[1]
        one = self.stocks[name]
        return one.on_hand + up_to(week, one.receipts) - up_to(week, one.load)

    def ordinary(self, cell: Cell) -> int:
        """The same of time before overtime."""
        name, week = cell
        return self.times[name].offers(week)[0] - self.times[name].load.get(week, 0)

    def own(self, number: int, cell: Cell) -> int:
        """All that a deal has of a cell."""
        name, week = cell
        held = [one for one in self.contenders[number].held if one.cell[0] == name]
        if name in self.stocks:
            return sum(one.units for one in held if 0 <= one.cell[1] <= week)
        return sum(one.units for one in held if one.cell[1] == week)

    def own_places(self, number: int, cell: Cell) -> tuple[int, int]:
        """What a deal has of a week at its own places: before overtime, and as overtime."""
        name, week = cell
        held = [one for one in self.contenders[number].held if one.cell == cell]
        offered, bought = self.times[name].offers(week)
        first = sum(min(one.units, max(0, offered - one.ahead)) for one in held)
        return first, sum(min(one.units, max(0, offered + bought - one.ahead)) for one in held) - first

    def reserves_of(self, number: int, cell: Cell) -> tuple[int, ...]:
        """The numbers of the reserves of a cell that are for a contender."""
        return tuple(n for n, one in enumerate(self.reserves) if one.cell == cell and number in one.contenders)


def up_to(week: int, amounts: Mapping[int, int]) -> int:
    """What has come from the week of today to another."""
    return sum(amount for at, amount in amounts.items() if 0 <= at <= week)


@dataclass(frozen=True)
class Way:
    """An answer and where its work is done: what it takes of each cell, what of that stands behind all, and how early.

    `bought` is overtime at the deal's own places.
    """

    answer: int
    taken: Mapping[Cell, Amount]
    behind: Mapping[Cell, Amount]
    bought: Mapping[Cell, Amount]
    early: Amount


@dataclass(frozen=True)
class Told:
    """What answers are worth together, and what each deal's overtime costs, rounded for each cell."""

    rank: Rank
    overtime: tuple[int, ...]


def best(contest: Contest) -> Rank | None:
    """The rank of the best of all answers in all placings; None where there is none.

    Two beginnings that leave the same to those who come later go on alike: the better one is enough.
    """
    known: dict[State, Rank] = {frozenset(): (0, 0, 0, 0)}
    for number in contest.turns:
        after: dict[State, Rank] = {}
        ways = list(ways_of(contest, number))
        for state, rank in known.items():
            for way in ways:
                served = serve(contest, state, number, way)
                if served is not None:
                    reached = added(rank, worth(contest, number, way, served[1]))
                    after[served[0]] = max(reached, after.get(served[0], reached))
        known = after
    return max((rank for state, rank in known.items() if is_kept(contest, state)), default=None)


def told(contest: Contest, answers: Sequence[int], cells: Sequence[Mapping[Cell, Amount]]) -> Told | None:
    """What these answers in these cells are; None where they are not possible together."""
    state: State = frozenset()
    rank: Rank = (0, 0, 0, 0)
    overtime = [0] * len(answers)
    for number in contest.turns:
        answer = contest.contenders[number].answers[answers[number]]
        way = way_of(contest, number, answers[number], cells[number])
        served = way and is_placing(contest.wants(answer), cells[number]) and serve(contest, state, number, way)
        if not way or not served or contest.contenders[number].fixed not in {None, answers[number]}:
            return None
        state, bought = served
        rank = added(rank, worth(contest, number, way, bought))
        costs = (contest.times[name].cost * units for (name, _), units in bought.items())
        overtime[number] = sum(floor(cost + Fraction(1, 2)) for cost in costs)
    return Told(rank, tuple(overtime)) if is_kept(contest, state) else None


def ways_of(contest: Contest, number: int) -> Iterator[Way]:
    """Each answer that may be given to a contender, in each placing of whole units."""
    one = contest.contenders[number]
    for n, answer in enumerate(one.answers):
        if one.fixed in {None, n}:
            for cells in placings(contest.wants(answer)):
                way = way_of(contest, number, n, cells)
                if way:
                    yield way


def placings(wants: Sequence[Want]) -> Iterator[Counter[Cell]]:
    """Each way to do all that is wanted, by what is done in each cell."""
    seen = set()
    for parts in product(*(list(shares(want.units, want.cells)) for want in wants)):
        cells: Counter[Cell] = Counter()
        for part in parts:
            cells.update(part)
        key = frozenset(cells.items())
        if key not in seen:
            seen.add(key)
            yield cells


def shares(units: int, cells: Sequence[Cell]) -> Iterator[dict[Cell, int]]:
    """Each way to share units out among cells."""
    if len(cells) == 1:
        yield {cells[0]: units} if units else {}
        return
    for n in range(units + 1):
        for rest in shares(units - n, cells[1:]):
            yield ({cells[0]: n} if n else {}) | rest


def is_placing(wants: Sequence[Want], cells: Mapping[Cell, Amount]) -> bool:
    """Whether all that is wanted, and nothing else, can be done in these cells: by Hall's theorem."""
    if sum(want.units for want in wants) != sum(cells.values()):
        return False
    groups = [group for size in range(len(wants)) for group in combinations(wants, size + 1)]
    return all(
        sum(want.units for want in group)
        <= sum(cells.get(cell, 0) for cell in {cell for want in group for cell in want.cells})
        for group in groups
    )


def way_of(contest: Contest, number: int, n: int, cells: Mapping[Cell, Amount]) -> Way | None:
    """An answer in these cells, as far as it depends on its own deal alone; None where that makes it impossible."""
    answer = contest.contenders[number].answers[n]
    drawn = contest.drawn(answer)
    if any(amount > contest.own(number, cell) for cell, amount in cells.items() if cell[1] < 0):
        return None
    if answer.is_new and any(week < 0 for weeks in drawn.values() for week in weeks):
        return None
    taken: dict[Cell, Amount] = {cell: amount for cell, amount in cells.items() if cell[1] >= 0 and amount}
    behind: dict[Cell, Amount] = {}
    bought: dict[Cell, Amount] = {}
    for cell, amount in taken.items() if answer.is_new else ():
        first, then = contest.own_places(number, cell)
        bought[cell] = min(then, max(0, amount - first))
        behind[cell] = max(0, amount - first - then)
    for name, weeks in drawn.items():
        for cell in ((name, week) for week in range(contest.last_week + 1)):
            taken[cell] = up_to(cell[1], weeks)
            behind[cell] = max(0, taken[cell] - contest.own(number, cell)) if answer.is_new else 0
    at_home = sum(want.week * want.units for want in contest.wants(answer))
    early = at_home - sum(week * amount for (_, week), amount in cells.items())
    return Way(n, taken, behind, bought, early)


def serve(contest: Contest, state: State, number: int, way: Way) -> tuple[State, dict[Cell, Amount]] | None:
    """What has been taken then, and what is bought in each cell; None where it is too much."""
    counts: dict[tuple[str, Cell, tuple[int, ...]], Amount] = dict(state)
    bought = dict(way.bought)
    for cell, asked in way.behind.items():
        amount = asked
        for n in contest.reserves_of(number, cell):
            # What is kept for it stands behind nobody, and is had before its own overtime.
            beyond = amount + bought[cell]
            drawn = min(beyond, contest.reserves[n].units - counts.get(("drawn", cell, (n,)), 0))
            counts["drawn", cell, (n,)] = counts.get(("drawn", cell, (n,)), 0) + drawn
            bought[cell] = min(contest.own_places(number, cell)[1], beyond - drawn)
            amount = beyond - drawn - bought[cell]
        if not amount:
            continue
        before = stands_before(contest, counts, cell)
        if before + amount > contest.room(cell):
            return None
        if cell[0] in contest.times:
            ordinary = contest.ordinary(cell)
            bought[cell] += max(0, before + amount - ordinary) - max(0, before - ordinary)
        counts["behind", cell, ()] = counts.get(("behind", cell, ()), 0) + amount
    is_new = contest.contenders[number].answers[way.answer].is_new
    for cell, amount in way.taken.items() if contest.has_kept else ():
        counts["taken", cell, (number,)] = amount
        if amount and not is_new:
            counts["kept", cell, (number,)] = 1
    return frozenset(counts.items()), bought


def stands_before(contest: Contest, counts: Mapping[tuple[str, Cell, tuple[int, ...]], Amount], cell: Cell) -> Amount:
    """What stands before whoever comes beyond all loads: who was served before, and all that is kept for somebody."""
    kept = sum(reserve.units for reserve in contest.reserves if reserve.cell == cell)
    return counts.get(("behind", cell, ()), 0) + kept


def is_kept(contest: Contest, state: State) -> bool:
    """Whether there is room for what is kept when all have agreed: at its place beside those before it, else behind."""
    counts = dict(state)
    every = range(len(contest.contenders))
    for cell, number in [(cell, who[0]) for what, cell, who in counts if what == "kept"]:
        taken = {n: counts.get(("taken", cell, (n,)), 0) for n in every}
        held = {n: [one for one in contest.contenders[n].held if one.cell == cell] for n in every}
        if cell[0] in contest.times and held[number]:
            last = max(one.ahead for one in held[number])
            first = {n: sum(one.units for one in held[n] if one.ahead < last) for n in every}
            room = sum(contest.times[cell[0]].offers(cell[1])) - last + sum(first.values())
            if sum(taken[n] for n in every if first[n] or n == number) > max(0, room):
                return False
        is_behind = cell[0] in contest.stocks or taken[number] > contest.own(number, cell)
        room = contest.room(cell) + sum(contest.own(n, cell) for n in every)
        if is_behind and sum(taken.values()) > max(0, room):
            return False
    return True


def worth(contest: Contest, number: int, way: Way, bought: Mapping[Cell, Amount]) -> Rank:
    """What one answer adds to the rank."""
    one = contest.contenders[number]
    costs = sum(contest.times[name].cost * units for (name, _), units in bought.items())
    value = one.weight * (one.answers[way.answer].worth - costs)
    likes = (len(contest.contenders) - number) * way.answer
    return value if one.goes_first else 0, value, -likes, -way.early


def added(one: Rank, other: Rank) -> Rank:
    """Both together."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def size_of(contest: Contest) -> int:
    """At most how many ways there are to answer all of them."""
    return prod(
        sum(
            prod(comb(want.units + len(want.cells) - 1, want.units) for want in contest.wants(answer))
            for answer in one.answers
        )
        for one in contest.contenders
    )
