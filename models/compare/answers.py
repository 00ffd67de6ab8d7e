"""What each of several deals may be answered, and the choices that are best together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from babel import Locale

from models.base.arithmetic import WEEK
from models.base.language import _
from models.base.words import company_locale
from models.compare.comparison import ComparedDeal, Comparison
from models.deals.terms import Checked, TermLine
from models.deals.ways import needs_ways, ways_of
from models.promise import Check, Line, Way, WayKind, check
from models.promise.check import Verdict
from models.promise.joint import CERTAIN, Answer, Contender, Contest, choose
from models.promise.ways import later_by
from models.promise.words import concession_text, way_text

MOST_WAYS = 6
# Where few compete, the ways beside each of the largest others are looked for as well.
MOST_ALONE, MOST_PAIRED = 3, 6
# A search for all deals together takes about as long as one for a card.
ALTOGETHER = 2.0
LONGEST = 0.5
LIMIT = 2.0


class Usual(StrEnum):
    """Answers that are no way to yes."""

    ASKED = "asked"
    KEEP = "keep"
    WAIT = "wait"


class Freedom(StrEnum):
    """What may become of a promise that cannot be kept."""

    MAY_MOVE = "may_move"
    MAY_SHRINK = "may_shrink"


@dataclass(frozen=True)
class PossibleAnswer:
    """An answer by its key, in words, with the terms that it proposes.

    `gain` is what it leaves more than the terms that were asked, before overtime, in minor units: less than nothing
    where something is given up. `is_late`, `is_less`: part of it comes later than asked, or never.
    """

    key: str
    said: str
    cost: str
    gain: int
    lines: tuple[Line, ...]
    is_late: bool = False
    is_less: bool = False

    def terms(self, ids: Mapping[str, int]) -> tuple[TermLine, ...]:
        """Its lines by the ids of their offers."""
        return tuple(TermLine(ids[x.offer], x.quantity, x.unit_price, x.week) for x in self.lines)


@dataclass(frozen=True)
class Wishes:
    """What a person wants of the choices: whether likelihood counts, whose customers go first, that nobody comes late.

    `fixed` are answers by the ids of their deals, or what may become of a promise.
    """

    by_likelihood: bool = True
    tier: str = ""
    nobody_later: bool = False
    fixed: Mapping[int, str] = field(default_factory=dict)

    def weight_of(self, deal: ComparedDeal) -> int:
        """How much a deal counts, in percent; a promise is a promise."""
        return deal.chance if self.by_likelihood and not deal.is_promise else CERTAIN

    def puts_first(self, deal: ComparedDeal) -> bool:
        """Whether a deal is served before others."""
        return bool(self.tier) and deal.tier == self.tier


@dataclass(frozen=True)
class Chosen:
    """The answer to a deal, with the cost of the overtime that it takes beside the others."""

    deal: ComparedDeal
    answer: PossibleAnswer
    overtime: int


@dataclass(frozen=True)
class Choices:
    """A choice for each deal; none where what is fixed excludes each other. `is_proven`: nothing is better."""

    chosen: tuple[Chosen, ...]
    is_proven: bool


Possible = Sequence[Sequence[PossibleAnswer]]


def possible_answers(comparison: Comparison) -> Possible:
    """What each deal may be answered, the best first; takes up to some seconds, so never in a write transaction."""
    limit = min(LONGEST, ALTOGETHER / len(comparison.deals))
    return [tuple(_answers(comparison, deal, limit)) for deal in comparison.deals]


def choices_of(comparison: Comparison, possible: Possible, wishes: Wishes, *, limit: float = LIMIT) -> Choices:
    """The answers that are best together as a person wishes; of promises, as many as can be are kept."""
    allowed = [_allowed(answers, deal, wishes) for deal, answers in zip(comparison.deals, possible, strict=True)]
    most = _most(allowed)
    contenders = [
        _contender(deal, answers, most, wishes) for deal, answers in zip(comparison.deals, allowed, strict=True)
    ]
    contest = Contest(comparison.company, comparison.today, tuple(contenders), comparison.reserves)
    joint = choose(contest, limit=limit)
    if joint.choices is None:
        return Choices((), joint.is_proven)
    chosen = [
        Chosen(deal, answers[choice.answer], choice.overtime)
        for deal, answers, choice in zip(comparison.deals, allowed, joint.choices, strict=True)
    ]
    return Choices(tuple(chosen), joint.is_proven)


def worth_of(deal: ComparedDeal) -> int:
    """What a deal leaves as it is asked, before overtime."""
    return _margin(deal.checked.check)


def _margin(checked: Check) -> int:
    """What is left before overtime."""
    return checked.margin.margin + (checked.overtime_cost if checked.verdict is Verdict.OVERTIME else 0)


def _answers(comparison: Comparison, deal: ComparedDeal, limit: float) -> Iterator[PossibleAnswer]:
    lines = deal.checked.check.deal.lines
    if deal.is_promise:
        yield PossibleAnswer(Usual.KEEP, _("as promised"), "", 0, lines)
    else:
        yield PossibleAnswer(Usual.ASKED, _("as asked"), "", 0, lines)
    locale = company_locale(comparison.company.country)
    known = {_sorted(lines)}
    ways: list[PossibleAnswer] = []
    for way in _ways(comparison, deal, limit):
        if _sorted(way.lines) not in known:
            known.add(_sorted(way.lines))
            ways.append(_as_answer(deal, way, {one.key for one in ways}, locale))
    yield from sorted(ways, key=lambda answer: -answer.gain)[:MOST_WAYS]
    lost = deal.checked.check.margin.list if deal.is_promise else worth_of(deal)
    yield PossibleAnswer(Usual.WAIT, _("not now"), "", -lost, ())


def _ways(comparison: Comparison, deal: ComparedDeal, limit: float) -> Iterator[Way]:
    """The ways as things stand; and those that are left when others get what they ask for, all of them or one."""
    if needs_ways(deal.checked):
        yield from ways_of(deal.checked, limit=limit).options
    others = [] if deal.is_promise else [other for other in comparison.deals if other is not deal]
    largest = sorted(others, key=comparison.takes, reverse=True)[:MOST_ALONE] if len(others) < MOST_PAIRED else []
    for beside in (others, *([other] for other in largest if len(others) > 1)):
        checked = _beside(deal, beside)
        for way in ways_of(checked, limit=limit).options if checked.check.verdict is not Verdict.FITS else ():
            if way.kind is WayKind.LATER:
                yield from _sooner(deal, way)
            if way.kind is not WayKind.REPRICE:
                yield way


def _beside(deal: ComparedDeal, others: Iterable[ComparedDeal]) -> Checked:
    """A deal as if others had got what they ask for."""
    load = {name: dict(resource.load) for name, resource in deal.checked.company.resources.items()}
    for other in others:
        for name, by_week in other.checked.check.needs.items():
            for week, need in by_week.items():
                load[name][week] = load[name].get(week, 0) + need
    known = deal.checked.company
    company = replace(known, resources={name: replace(r, load=load[name]) for name, r in known.resources.items()})
    return replace(deal.checked, company=company, check=check(company, deal.checked.check.deal))


def _sooner(deal: ComparedDeal, way: Way) -> Iterator[Way]:
    """All of it a week later, two, … until the way's own week; where that fits while the others have nothing."""
    asked = deal.checked.check
    weeks = (way.lines[0].week - asked.deal.lines[0].week) // WEEK
    for fewer in range(1, min(weeks, MOST_WAYS)):
        moved = later_by(deal.checked.company, asked, fewer)
        if moved is not None:
            yield moved


def _as_answer(deal: ComparedDeal, way: Way, keys: set[str], locale: Locale) -> PossibleAnswer:
    company, asked = deal.checked.company, deal.checked.check
    key = str(way.kind)
    while key in keys:
        key += "+"
    given_up = way.concession
    # That a customer pays more is nothing to count on. What is not delivered leaves no margin, and costs none.
    gain = 0 if given_up is None else _margin(way.check) - given_up.lateness - worth_of(deal)
    return PossibleAnswer(
        key=key,
        said=way_text(company, asked, way, locale),
        cost=concession_text(company, way, locale),
        gain=gain,
        lines=way.lines,
        is_late=given_up is not None and given_up.lateness > 0,
        is_less=given_up is not None and given_up.dropped > 0,
    )


def _allowed(answers: Sequence[PossibleAnswer], deal: ComparedDeal, wishes: Wishes) -> list[PossibleAnswer]:
    fixed = wishes.fixed.get(deal.id)
    return [
        answer
        for answer in answers
        if answer.key == fixed
        or not ((wishes.nobody_later and answer.is_late) or (fixed == Freedom.MAY_MOVE and answer.is_less))
    ]


def _contender(deal: ComparedDeal, answers: Sequence[PossibleAnswer], most: int, wishes: Wishes) -> Contender:
    keys = [answer.key for answer in answers]
    fixed = wishes.fixed.get(deal.id, "")
    return Contender(
        company=deal.checked.company,
        answers=tuple(_weighed(deal, answer, most) for answer in answers),
        weight=wishes.weight_of(deal),
        goes_first=wishes.puts_first(deal),
        fixed=keys.index(fixed) if fixed in keys else None,
    )


def _weighed(deal: ComparedDeal, answer: PossibleAnswer, most: int) -> Answer:
    """Of promises one that is kept outweighs all that the others may give up."""
    if answer.key == Usual.KEEP:
        return Answer(most, answer.lines, is_new=False)
    return Answer(answer.gain + (0 if deal.is_promise else worth_of(deal)), answer.lines)


def _most(allowed: Possible) -> int:
    return 1 + sum(max(abs(answer.gain) for answer in answers) for answers in allowed)


def _sorted(lines: Sequence[Line]) -> tuple[tuple[str, date, int, int], ...]:
    return tuple(sorted((line.offer, line.week, line.quantity, line.unit_price) for line in lines))
