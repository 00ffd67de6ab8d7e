"""Joint answers, held against all answers in all placings of 200 contests by chance."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from models.base.arithmetic import WEEK
from models.promise.facts import Company, Kind, Line, Need, Offer, Place, Resource, WeekException
from models.promise.joint import Answer, Contender, Contest, Reserve, choose
from models.promise.windows import Cell
from tests.models.promise import brute_joint as brute

TODAY, W0 = date(2026, 11, 25), date(2026, 11, 23)
DEALS, WEEKS = 5, range(-1, 4)
GROUPS, IN_GROUP, LARGEST = 5, 40, 4_000_000
LIMIT = 10.0
FEATURES = ("windows", "held", "kept", "stock", "reserves", "goes first", "fixed")

# Whoever stands in a cell, in the order of the queue: a contender by its number or somebody else, and the units.
Queues = Mapping[brute.Cell, list[tuple[int | None, int]]]


# Contests by chance.


def small_enough(chance: random.Random) -> tuple[brute.Contest, set[str]]:
    """One that can be tried out, and what is special about it."""
    has = {feature for feature in FEATURES if chance.random() < 0.4}
    while True:
        contest = contest_by_chance(chance, has)
        if brute.size_of(contest) <= LARGEST:
            return contest, has


def contest_by_chance(chance: random.Random, has: set[str]) -> brute.Contest:
    """Five deals that want two or three resources in a few weeks."""
    names = ["Anvil", "Bench", "Crane"][: chance.randint(2, 3)]
    offers = {name: needs_by_chance(chance, names, has) for name in ("Chair", "Desk")}
    answers = [answers_by_chance(chance, has) for _ in range(DEALS)]
    times = {name: time_by_chance(chance) for name in names}
    stocks = {"Glue": brute.Stock(chance.randint(0, 8), {1: chance.randint(0, 3)})} if "stock" in has else {}
    asked = brute.Contest(times, offers, tuple(brute.Contender(every) for every in answers), stocks)
    queues = queues_by_chance(chance, asked, has)
    loads = {
        name: {week: sum(units for _, units in queues[name, week]) for week in WEEKS} for name in [*times, *stocks]
    }
    return replace(
        asked,
        times={name: replace(one, load=loads[name]) for name, one in times.items()},
        stocks={name: replace(one, load=loads[name]) for name, one in stocks.items()},
        contenders=tuple(contender_by_chance(chance, n, one, queues, has) for n, one in enumerate(asked.contenders)),
        reserves=tuple(reserve_by_chance(chance, names) for _ in range(2 if "reserves" in has else 0)),
    )


def needs_by_chance(chance: random.Random, names: list[str], has: set[str]) -> tuple[brute.Need, ...]:
    needs = [need_by_chance(chance, names, is_wide="windows" in has and chance.random() < 0.8)]
    if chance.random() < 0.5:
        needs.append(need_by_chance(chance, names))
    if "stock" in has and chance.random() < 0.7:
        needs.append(brute.Need(("Glue",), offset=chance.choice((-1, 0, 0)), per_unit=1))
    return tuple(needs)


def need_by_chance(chance: random.Random, names: list[str], *, is_wide: bool = False) -> brute.Need:
    return brute.Need(
        tuple(chance.sample(names, 2 if is_wide and chance.random() < 0.4 else 1)),
        offset=chance.choice((-1, 0, 0)),
        weeks=chance.choice((1, 1, 1, 2)),
        ahead=chance.choice((0, 1, 1, 2)) if is_wide else 0,
        per_unit=chance.choice((1, 1, 2)),
        fixed=chance.choice((0, 0, 1)),
    )


def answers_by_chance(chance: random.Random, has: set[str]) -> tuple[brute.Answer, ...]:
    """What was promised, as asked, later, less of it, in two parts, or nothing."""
    asked = brute.Line(chance.choice(("Chair", "Desk")), chance.randint(1, 3), chance.randint(0, 2))
    each = chance.randint(2, 12)
    worth = each * asked.quantity
    other = brute.Line(chance.choice(("Chair", "Desk")), 1, chance.randint(0, 2))
    ways = [
        brute.Answer(worth - chance.randint(0, 4), (replace(asked, week=asked.week + 1),)),
        brute.Answer(worth // 2, (replace(asked, quantity=1),)),
        brute.Answer(worth + 4, (asked, other)),
        brute.Answer(worth - chance.randint(0, 2), (replace(asked, quantity=1), replace(asked, week=asked.week + 1))),
    ]
    promised = [brute.Answer(worth + chance.randint(-2, 2), (chance.choice((asked, other)),), is_new=False)]
    return (
        *(promised if "kept" in has and chance.random() < 0.4 else ()),
        brute.Answer(worth, (asked,)),
        *chance.sample(ways, chance.randint(1, 3)),
        brute.Answer(0),
    )


def time_by_chance(chance: random.Random) -> brute.Time:
    exceptions = {
        chance.choice(WEEKS): (chance.randint(0, 3), chance.randint(0, 2)) for _ in range(chance.randint(0, 2))
    }
    return brute.Time(chance.randint(2, 8), chance.randint(0, 4), chance.choice((0, 1, 3, 3, 5)), exceptions)


def queues_by_chance(chance: random.Random, contest: brute.Contest, has: set[str]) -> Queues:
    """Loads of others, what was promised to those who may keep it, and what contenders hold elsewhere."""
    queues: dict[brute.Cell, list[tuple[int | None, int]]] = {}
    for cell in ((name, week) for name in (*contest.times, *contest.stocks) for week in WEEKS):
        queue = queues.setdefault(cell, [])
        queue += [(None, chance.randint(0, 3)) for _ in range(chance.choice((0, 0, 1)))]
        if "held" in has:
            queue += [(chance.randrange(DEALS), chance.randint(1, 3)) for _ in range(chance.choice((0, 0, 1, 2)))]
    for number, one in enumerate(contest.contenders):
        if not one.answers[0].is_new and chance.random() < 0.8:
            for cell, units in at_home(contest, one.answers[0]):
                queues[cell].append((number, units))
    for queue in queues.values():
        chance.shuffle(queue)
    return queues


def at_home(contest: brute.Contest, answer: brute.Answer) -> Iterator[tuple[brute.Cell, int]]:
    for want in contest.wants(answer):
        yield want.cells[0], want.units
    for name, weeks in contest.drawn(answer).items():
        yield from (((name, week), units) for week, units in weeks.items())


def contender_by_chance(
    chance: random.Random, number: int, one: brute.Contender, queues: Queues, has: set[str]
) -> brute.Contender:
    return brute.Contender(
        one.answers,
        weight=chance.choice((10, 25, 50, 50, 90, 100)),
        goes_first="goes first" in has and chance.random() < 0.3,
        fixed=chance.randrange(len(one.answers)) if "fixed" in has and chance.random() < 0.2 else None,
        held=tuple(
            brute.Held(cell, units, sum(ahead for _, ahead in queue[:place]))
            for cell, queue in queues.items()
            for place, (who, units) in enumerate(queue)
            if who == number
        ),
    )


def reserve_by_chance(chance: random.Random, names: list[str]) -> brute.Reserve:
    those = frozenset(chance.sample(range(DEALS), chance.randint(1, 2)))
    return brute.Reserve((chance.choice(names), chance.randint(0, 2)), chance.randint(1, 4), those)


# The same in the words of the promise.


def contest_of(case: brute.Contest) -> Contest:
    company = company_of(case)
    contenders = tuple(
        Contender(
            company_of(case, number),
            tuple(Answer(a.worth, tuple(map(line_of, a.lines)), a.is_new) for a in one.answers),
            one.weight,
            one.goes_first,
            one.fixed,
        )
        for number, one in enumerate(case.contenders)
    )
    reserves = tuple(Reserve(cell_of(one.cell), 1000 * one.units, one.contenders) for one in case.reserves)
    return Contest(company, TODAY, contenders, reserves)


def company_of(case: brute.Contest, number: int | None = None) -> Company:
    """As all that is held and promised leaves it, or as one deal meets it."""
    times = {
        name: Resource(
            name,
            Kind.TIME,
            "hour",
            weekly=1000 * one.weekly,
            overtime=1000 * one.overtime,
            overtime_cost=one.cost,
            exceptions={
                day(w): WeekException(1000 * offered, 1000 * more) for w, (offered, more) in one.exceptions.items()
            },
            load=load_of(case, name, number),
            places=places_of(case, name, number),
        )
        for name, one in case.times.items()
    }
    stocks = {
        name: Resource(
            name,
            Kind.STOCK,
            "pot",
            on_hand=1000 * one.on_hand,
            receipts={day(week): 1000 * units for week, units in one.receipts.items()},
            load=load_of(case, name, number),
        )
        for name, one in case.stocks.items()
    }
    return Company(
        "Small", "JPY", 0, times | stocks, {name: offer_of(name, needs) for name, needs in case.offers.items()}
    )


def load_of(case: brute.Contest, name: str, number: int | None) -> dict[date, int]:
    """Of a deal what others have, and what is reserved for others."""
    loads = (case.times.get(name) or case.stocks[name]).load
    load = Counter({week: loads.get(week, 0) for week in WEEKS})
    for reserve in case.reserves:
        if reserve.cell[0] == name and number not in reserve.contenders:
            load[reserve.cell[1]] += reserve.units
    for held in case.contenders[number].held if number is not None else ():
        if held.cell[0] == name:
            load[held.cell[1]] -= held.units
    return {day(week): 1000 * units for week, units in load.items()}


def places_of(case: brute.Contest, name: str, number: int | None) -> dict[date, tuple[Place, ...]]:
    held = case.contenders[number].held if number is not None else ()
    return {
        day(week): tuple(Place(1000 * one.units, 1000 * one.ahead) for one in held if one.cell == (name, week))
        for week in WEEKS
    }


def offer_of(name: str, needs: tuple[brute.Need, ...]) -> Offer:
    every = tuple(
        Need(
            need.resources[0],
            need.offset,
            need.weeks,
            1000 * need.per_unit,
            1000 * need.fixed,
            need.ahead,
            need.resources if len(need.resources) > 1 else (),
        )
        for need in needs
    )
    return Offer(name, "F", "u", 10, 4, Decimal(0), needs=every)


def line_of(line: brute.Line) -> Line:
    return Line(line.offer, line.quantity, 10, day(line.week))


def cell_of(cell: brute.Cell) -> Cell:
    return cell[0], day(cell[1])


def day(week: int) -> date:
    return W0 + week * WEEK


def units_of(cells: Mapping[Cell, int]) -> dict[brute.Cell, brute.Amount]:
    return {(name, (week - W0).days // 7): Fraction(amount, 1000) for (name, week), amount in cells.items()}


# The comparison.


SPECIALS = ("overtime", "not what it likes best", "nothing", "is kept", "early")


@pytest.mark.parametrize("group", range(GROUPS))
def test_choices_agree_with_all_answers_in_all_placings(group: int) -> None:
    seen: Counter[str] = Counter()
    for number in range(IN_GROUP):
        case, has = small_enough(random.Random(1000 * group + number))
        joint, best = choose(contest_of(case), limit=LIMIT), brute.best(case)
        assert joint.is_proven, number
        if joint.choices is None or best is None:
            assert (joint.choices, best) == (None, None), number
            continue
        answers, cells = [one.answer for one in joint.choices], [units_of(one.cells) for one in joint.choices]
        overtime = tuple(one.overtime for one in joint.choices)
        assert brute.told(case, answers, cells) == brute.Told(best, overtime), number
        seen.update({*has, *specials(case, best, answers, overtime)})
    # A group is no test of nothing.
    assert not {*FEATURES, *SPECIALS} - seen.keys(), seen


def specials(case: brute.Contest, best: brute.Rank, answers: Sequence[int], overtime: Sequence[int]) -> set[str]:
    """What came of a contest."""
    given = [one.answers[n] for one, n in zip(case.contenders, answers, strict=True)]
    is_met = {
        "overtime": any(overtime),
        "not what it likes best": any(answers),
        "nothing": not all(answer.lines for answer in given),
        "is kept": not all(answer.is_new for answer in given),
        "early": best[3] < 0,
    }
    return {name for name in SPECIALS if is_met[name]}
