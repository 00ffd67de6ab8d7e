"""One scoreboard for both teams. Each speed stands beside its guard; nobody is ranked.

A figure belongs to the period in which its last event falls; times are working hours of the company.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil
from statistics import median
from zoneinfo import ZoneInfo

from models.base.arithmetic import WEEK
from models.base.language import N_
from models.base.working_time import WorkingHours
from models.deals.states import Move
from models.deals.stories import Act, HeldFor, Story, Version, stories_of
from models.workspace.members import Member
from models.workspace.roles import Side

WEEKS = 12
ENDING = frozenset(
    {Move.COMMIT, Move.DECLINE, Move.DECLINE_CHANGE, Move.WITHDRAW, Move.KEEP, Move.LOSE, Move.CANCEL, Move.EXPIRE}
)


@dataclass(frozen=True)
class Speed:
    """Working time from one event to another, over `count` deals: the middle one, and the one that 9 of 10 beat."""

    times: tuple[timedelta, ...] = ()

    @property
    def count(self) -> int:
        """How many deals."""
        return len(self.times)

    @property
    def median(self) -> timedelta | None:
        """The middle time; None without any."""
        return timedelta(seconds=median(time.total_seconds() for time in self.times)) if self.times else None

    @property
    def p90(self) -> timedelta | None:
        """The time that nine of ten did not exceed (nearest rank); None without any."""
        return sorted(self.times)[ceil(0.9 * len(self.times)) - 1] if self.times else None


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int = 0
    of: int = 0


@dataclass(frozen=True)
class Waste:
    """What was held of a resource and not used, in thousandths, and how long, weighted by how much it was."""

    amount: int
    time: timedelta


@dataclass(frozen=True)
class Figures:
    """The scoreboard of a period; money in minor units, `wasted` by resource.

    `waiting` are deals that have neither a yes nor an end, so that a speed is not that of the quick ones alone.
    """

    first_answer: Speed
    to_yes: Speed
    plain_no: Share
    as_asked: Share
    counters: Share
    counters_by_kind: dict[str, Share]
    won_after_counter: Share
    waiting: int
    kept: Share
    repromised: int
    notice_days: float | None
    converted: Share
    wasted: dict[str, Waste]
    discount: int
    discount_beyond: int
    services: int
    below_floor: int
    deals_below_floor: Share

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened that it could speak of."""
        counts = (self.first_answer.count, self.to_yes.count, self.counters.of, self.kept.of, self.converted.of)
        return not any((*counts, self.won_after_counter.of, self.repromised))


@dataclass(frozen=True)
class _Period:
    """From an instant on, before another one."""

    since: datetime
    until: datetime

    def has(self, act: Act | None) -> bool:
        """Whether an act falls into it."""
        return act is not None and self.since <= act.at < self.until


def figures(stories: Sequence[Story], *, since: datetime, until: datetime, hours: WorkingHours) -> Figures:
    """Work the scoreboard of a period out."""
    period = _Period(since, until)
    answered = [(story, story.first_answer) for story in stories if period.has(story.first_answer)]
    agreed = [(story, story.commits[0]) for story in stories if story.commits and period.has(story.commits[0])]
    promised = [(s, c) for s in stories for c in [_last(s.commits, period)] if c is not None]
    counters = _counters(stories, period)
    holds = _holds(stories, period)
    again = [(s, earlier, act) for s in stories for earlier, act in _promised_again(s) if period.has(act)]
    notice = [_notice(story, earlier, act, hours) for story, earlier, act in again]
    return Figures(
        first_answer=Speed(tuple(hours.between(s.proposed_at, act.at) for s, act in answered if act)),
        to_yes=Speed(tuple(hours.between(s.proposed_at, act.at) for s, act in agreed)),
        plain_no=Share(sum(act.move == Move.DECLINE for _, act in answered if act), len(answered)),
        as_asked=Share(sum(not _was_countered(s, act) for s, act in agreed), len(agreed)),
        counters=_sum(counters.values()),
        counters_by_kind=counters,
        won_after_counter=_share(stories, period, Move.WIN, _was_countered),
        waiting=sum(_is_waiting(story, until) for story in stories),
        kept=_kept(stories, period, ZoneInfo(hours.timezone)),
        repromised=len(again),
        notice_days=float(median(notice)) if notice else None,
        converted=Share(sum(is_converted for is_converted, _ in holds), len(holds)),
        wasted=_wasted([hold for is_converted, held in holds if not is_converted for hold in held]),
        discount=sum(int(act.details.get("discount", 0)) for _, act in promised),
        discount_beyond=sum(int(act.details.get("discount_beyond", 0)) for _, act in promised),
        services=sum(int(act.details.get("services", 0)) for _, act in promised),
        below_floor=sum(int(act.details.get("below_floor", 0)) for _, act in promised),
        deals_below_floor=Share(sum(act.details.get("below_floor", 0) > 0 for _, act in promised), len(promised)),
    )


def weekly(stories: Sequence[Story], *, until: date, hours: WorkingHours, weeks: int = WEEKS) -> list[Figures]:
    """The figures of each of the weeks before a Monday, the earliest first."""
    zone = ZoneInfo(hours.timezone)
    mondays = [until - timedelta(weeks=n) for n in range(weeks, -1, -1)]
    edges = [datetime.combine(day, datetime.min.time(), zone) for day in mondays]
    pairs = pairwise(edges)
    return [figures(stories, since=since, until=after, hours=hours) for since, after in pairs]


def figures_of(member: Member, *, now: datetime) -> Figures:
    """A person's own last twelve weeks: the deals that they sold, or were the first to answer."""
    workspace = member.workspace
    since = workspace.midnight(workspace.this_week(now) - timedelta(weeks=WEEKS))
    stories = stories_of(workspace, since=since, until=now, only=member)
    own = [s for s in stories if member.id in {s.seller, s.first_answer.by if s.first_answer else None}]
    return figures(own, since=since, until=now, hours=member.hours)


def kind_of(before: Version, after: Version) -> str:
    """What a counter changes, in the words of the ways to yes; `mixed` for what is several things at once."""
    if before.lines == after.lines:
        return N_("overtime")
    prices = {offer: {price for o, _, price, _ in before.lines if o == offer} for offer, *_ in before.lines}
    if {o for o, *_ in after.lines} - prices.keys():
        return N_("substitute")
    old, new = _totals(before), _totals(after)
    is_price_kept = all(price in prices[offer] for offer, _, price, _ in after.lines)
    if not is_price_kept:
        return N_("reprice") if _deliveries(before) == _deliveries(after) else N_("mixed")
    if old == new:
        return N_("later") if _is_moved(before, after) else N_("split")
    dropped = {offer for offer in old if not new[offer]}
    if dropped and all(new[o] == old[o] for o in old.keys() - dropped) and not dropped & _standards(before):
        return N_("without")
    is_less = all(new[offer] <= old[offer] for offer in old)
    weeks = {(offer, week) for offer, _, _, week in before.lines}
    is_in_place = all((offer, week) in weeks for offer, _, _, week in after.lines)
    return N_("partial") if is_less and is_in_place else N_("mixed")


def _was_countered(story: Story, act: Act) -> bool:
    return any(version.side is not Side.SALES and version.at <= act.at for version in story.versions)


def _kept(stories: Iterable[Story], period: _Period, zone: ZoneInfo) -> Share:
    """Deliveries that were kept, of those that were reported or overdue: judged by the week in which they came.

    What nobody has reported is asked for when its week is over, and is broken at the end of the period after that.
    """
    kept: list[bool] = []
    for story, owed in ((one, owed) for one in stories for owed in one.owed):
        asked_at = _midnight(owed.week + WEEK, zone)
        if owed.reported_at is not None and owed.reported_at < period.until:
            is_kept = bool(owed.is_kept) and _is_as_first_promised(story, period.until)
            kept += [is_kept] if owed.reported_at >= period.since else []
        elif period.since <= asked_at < period.until:
            kept.append(False)
    return Share(sum(kept), len(kept))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone)


def _is_as_first_promised(story: Story, until: datetime) -> bool:
    """Whether the last promise is the first one; what the customer wished for since counts as the first."""
    commits = [commit for commit in story.commits if commit.at < until]
    if not commits:
        return False
    first = commits[0]
    for commit in commits[1:]:
        wishes = [v for v in story.versions if first.version < v.version <= commit.version and v.is_customers_wish]
        first = commit if wishes else first
    return _deliveries(story.terms(first.version)) == _deliveries(story.terms(commits[-1].version))


def _is_waiting(story: Story, until: datetime) -> bool:
    """Whether a deal has neither a yes nor an end."""
    return story.proposed_at < until and not any(act.move in ENDING and act.at < until for act in story.acts)


def _wasted(holds: Iterable[HeldFor]) -> dict[str, Waste]:
    """What was held in vain, by resource."""
    by_resource: defaultdict[str, list[HeldFor]] = defaultdict(list)
    for hold in holds:
        by_resource[hold.resource].append(hold)
    return {name: _waste(held) for name, held in sorted(by_resource.items())}


def _waste(held: Sequence[HeldFor]) -> Waste:
    amount = sum(hold.amount for hold in held)
    weighted = sum(((hold.ended_at - hold.held_at) * hold.amount for hold in held), timedelta())
    return Waste(amount, weighted / amount if amount else timedelta())


def _share(stories: Iterable[Story], period: _Period, move: Move, is_one: Callable[[Story, Act], bool]) -> Share:
    pairs = [(story, act) for story in stories for act in story.acts if act.move == move and period.has(act)]
    return Share(sum(is_one(story, act) for story, act in pairs), len(pairs))


def _counters(stories: Iterable[Story], period: _Period) -> dict[str, Share]:
    """Counters that were decided upon in the period, by what they changed, and how many of them were agreed to."""
    counters: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for story in stories:
        for version in story.versions:
            before = story.before(version.version)
            ended = _decided(story, version)
            if version.side is not Side.SALES and before and period.has(ended) and ended:
                counters[kind_of(before, version)][ended.move == Move.COMMIT] += 1
    return {kind: Share(counts[True], counts.total()) for kind, counts in sorted(counters.items())}


def _decided(story: Story, version: Version) -> Act | None:
    """The act that ended terms: an agreement, other terms, or the end of the deal."""
    first = next((n for n, act in enumerate(story.acts) if act.version == version.version), len(story.acts))
    later = story.acts[first + 1 :]
    return next((act for act in later if act.version > version.version or act.move in ENDING), None)


def _holds(stories: Iterable[Story], period: _Period) -> list[tuple[bool, list[HeldFor]]]:
    """Counters whose hold ended in the period: whether they became promises, and what they held."""
    ended = []
    for story in stories:
        agreed = {commit.version for commit in story.commits}
        for version in {hold.version for hold in story.holds}:
            holds = [hold for hold in story.holds if hold.version == version]
            if period.since <= max(hold.ended_at for hold in holds) < period.until:
                ended.append((version in agreed, holds))
    return ended


def _promised_again(story: Story) -> list[tuple[Act, Act]]:
    """Promises that replaced another one with other deliveries."""
    pairs = pairwise(story.commits)
    return [(a, b) for a, b in pairs if _deliveries(story.terms(a.version)) != _deliveries(story.terms(b.version))]


def _notice(story: Story, earlier: Act, act: Act, hours: WorkingHours) -> int:
    """Days from the new promise to the first delivery of the old one."""
    first = min(week for _, _, _, week in story.terms(earlier.version).lines)
    return (first - act.at.astimezone(ZoneInfo(hours.timezone)).date()).days


def _last(commits: Sequence[Act], period: _Period) -> Act | None:
    """What a deal was promised last by the end of the period, if in it: money is not added up twice."""
    before = [commit for commit in commits if commit.at < period.until]
    return before[-1] if before and period.has(before[-1]) else None


def _sum(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(sum(share.count for share in listed), sum(share.of for share in listed))


def _totals(version: Version) -> Counter[str]:
    totals: Counter[str] = Counter()
    for offer, quantity, _, _ in version.lines:
        totals[offer] += quantity
    return totals


def _deliveries(version: Version) -> Counter[tuple[str, date]]:
    totals: Counter[tuple[str, date]] = Counter()
    for offer, quantity, _, week in version.lines:
        totals[offer, week] += quantity
    return totals


def _is_moved(before: Version, after: Version) -> bool:
    """Whether every line arrives the same number of weeks later."""
    if len(before.lines) != len(after.lines):
        return False
    pairs = zip(sorted(before.lines), sorted(after.lines), strict=True)
    moves = {(b[3] - a[3], a[:3] == b[:3]) for a, b in pairs}
    return len(moves) == 1 and all(is_same for _, is_same in moves)


def _standards(version: Version) -> set[str]:
    return {line[0] for line, is_standard in zip(version.lines, version.is_all_standard, strict=False) if is_standard}
