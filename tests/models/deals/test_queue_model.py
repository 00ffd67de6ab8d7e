"""Anything that people do, in any order, against a small model of the queue that imports nothing of it.

What is held is acceptable at its agreed cost until it expires, unless capacity was lowered; nothing is oversold; each
deal has one effective decision; the order of the queue is by instant.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from bot.database import Database
from models.base.errors import Refused
from models.capacity.adjusting import adjust
from models.company.resources import Commitment, Hold, ResourceRow
from models.deals.deciding import accept, approve, cancel, win, withdraw
from models.deals.deliveries import open_deliveries
from models.deals.delivering import Report, deliver
from models.deals.handing_over import hand_over
from models.deals.proposing import change, counter, extend_hold
from models.deals.rows import Deal
from models.deals.states import State
from models.deals.terms import check_deal
from models.promise import Adjustment
from tests.world import NOW, World

# A tent takes half an hour of assembly two weeks before its delivery, and a delivery 4 hours.
WEEK, DELIVERY = date(2027, 1, 11), date(2027, 1, 25)
USUAL, OVERTIME = 400_000, 80_000
QUANTITIES = st.sampled_from([100, 200, 400, 592, 700, 792])
HOURS, INSTANT = timedelta(hours=1), timedelta(microseconds=1)
EXAMPLES, STEPS, DEALS = 25, 8, 4


def need(quantity: int) -> int:
    return quantity * 500 + 4_000


@dataclass
class Part:
    """A part of a load in the queue of the model: since when, by whom, how much; held until an instant, or promised."""

    since: datetime
    deal: int
    amount: int


@dataclass
class Model:
    """The queue as the specification tells it."""

    available: int = USUAL
    promised: dict[int, list[Part]] = field(default_factory=dict)
    held: dict[int, tuple[datetime, list[Part]]] = field(default_factory=dict)
    was_lowered: bool = False

    def parts(self, now: datetime, without: int | None = None) -> list[Part]:
        """All that counts at an instant, in the order of the queue."""
        held = [part for until, parts in self.held.values() if until > now for part in parts]
        known = [*held, *(part for parts in self.promised.values() for part in parts)]
        return sorted((p for p in known if p.deal != without), key=lambda part: (part.since, part.deal))

    def own(self, deal: int, now: datetime) -> list[Part]:
        """The places of a deal."""
        return [part for part in self.parts(now) if part.deal == deal]

    def overtime(self, deal: int, wanted: int, now: datetime) -> int | None:
        """The overtime that a need takes at its places and behind all; None where there is no room."""
        left, taken = wanted, 0
        others, mine = self.parts(now, without=deal), self.own(deal, now)
        used: list[Part] = []
        for part in mine:
            amount = min(left, part.amount)
            ahead = sum(p.amount for p in others if (p.since, p.deal) < (part.since, part.deal))
            ahead += sum(p.amount for p in used)
            taken += amount - min(amount, max(0, self.available - ahead))
            if amount > max(0, self.available + OVERTIME - ahead):
                return None
            used.append(Part(part.since, deal, amount))
            left -= amount
        ahead = sum(p.amount for p in (*others, *used))
        if left > max(0, self.available + OVERTIME - ahead):
            return None
        return taken + left - min(left, max(0, self.available - ahead))

    def placed(self, deal: int, wanted: int, now: datetime) -> list[Part]:
        """A need in the places that a deal has, the first ones first, and the rest as of now."""
        parts, left = [], wanted
        for part in self.own(deal, now):
            amount = min(left, part.amount)
            parts += [Part(part.since, deal, amount)] if amount else []
            left -= amount
        last = max((part.since for part in self.parts(now)), default=now - HOURS)
        return parts + ([Part(max(now, last + INSTANT), deal, left)] if left else [])


class Play(RuleBasedStateMachine):
    """People propose, counter, accept, approve, change, deliver and hand over, while capacity goes up and down."""

    database: Database

    @initialize(quantities=st.tuples(*[QUANTITIES] * DEALS))
    def begin(self, quantities: tuple[int, ...]) -> None:
        self.entered = World.enter(self.database)
        self.world = self.entered.__enter__()
        self.outer = self.world.session.begin_nested()
        self.now, self.model = NOW, Model()
        self.wanted: dict[int, int] = {}
        for quantity in quantities:
            deal = self.world.propose(("Summit tent", quantity, 48000, DELIVERY))
            self.wanted[deal.id] = quantity

    @rule(hours=st.sampled_from([1, 30, 200]))
    def wait(self, hours: int) -> None:
        # Before the week in which the work is to be done.
        self.now = min(self.now + hours * HOURS, NOW + timedelta(days=40))

    @rule(acts=st.lists(st.tuples(st.integers(0, DEALS - 1), QUANTITIES, st.integers(0, 19)), min_size=5, max_size=9))
    def do(self, acts: list[tuple[int, int, int]]) -> None:
        """Some acts at one go, so that most of what is tried is an act and not the clock."""
        for number, quantity, choice in acts:
            self.act(sorted(self.wanted)[number], quantity, choice)
            self.every_deal_is_met_as_the_model_says()

    def act(self, key: int, quantity: int, choice: int) -> None:
        """Something that the state of a deal allows, so that not most of it is refused."""
        acts = {
            State.PROPOSED: [self.counter, self.counter, self.approve, self.hand_over, self.withdraw],
            State.COUNTERED: [self.accept, self.accept, self.counter, self.extend, self.withdraw],
            State.APPROVED: [self.win, self.change, self.cancel, self.hand_over],
            State.WON: [self.change, self.deliver_short, self.cancel],
        }.get(self.deal(key).state)
        if acts:
            acts[choice % len(acts)](key, quantity)

    def counter(self, key: int, quantity: int) -> None:
        terms = self.world.terms(("Summit tent", quantity, 47000 + self.tick(), DELIVERY))
        cost = self.model.overtime(key, need(quantity), self.now)
        if self.tries(lambda deal: counter(deal, terms, by=self.person("Olga"), now=self.now), key, cost is not None):
            promised = self.model.promised.get(key, [])
            own = self.model.placed(key, need(quantity), self.now)
            kept = sum(part.amount for part in promised)
            self.model.held.pop(key, None)
            if need(quantity) > kept:
                self.model.held[key] = (self.held_until(key), self.beyond(own, promised, need(quantity) - kept))
            self.wanted[key] = quantity

    def extend(self, key: int, _quantity: int) -> None:
        if self.tries(lambda deal: extend_hold(deal, by=self.person("Olga"), now=self.now), key):
            self.model.held[key] = (self.held_until(key), self.model.held[key][1])

    def accept(self, key: int, _quantity: int) -> None:
        until = self.model.held.get(key, (NOW, []))[0]
        deal = self.deal(key)
        is_held = deal.state is State.COUNTERED and until > self.now
        agreed = self.tries(lambda deal: accept(deal, by=deal.seller, now=self.now), key)
        # What is held is acceptable, unless capacity was lowered.
        assert agreed or not is_held or self.model.was_lowered, self.refusal
        if agreed:
            self.commits(key)

    def approve(self, key: int, _quantity: int) -> None:
        cost = check_deal(self.deal(key), now=self.now).check.overtime_cost or None
        if self.tries(lambda deal: approve(deal, by=self.person("Otto"), now=self.now, overtime=cost), key):
            self.commits(key)

    def change(self, key: int, quantity: int) -> None:
        terms = self.world.terms(("Summit tent", quantity, 46000 + self.tick(), DELIVERY))
        if self.tries(lambda deal: change(deal, terms, by=deal.seller, now=self.now), key):
            self.wanted[key] = quantity

    def withdraw(self, key: int, _quantity: int) -> None:
        deal = self.deal(key)
        if self.tries(lambda deal: withdraw(deal, by=deal.seller, now=self.now), key):
            self.model.held.pop(key, None)
            self.wanted[key] = deal.proposal.lines[0].quantity

    def win(self, key: int, _quantity: int) -> None:
        self.tries(lambda deal: win(deal, by=deal.seller, now=self.now), key)

    def cancel(self, key: int, _quantity: int) -> None:
        if self.tries(lambda deal: cancel(deal, by=deal.seller, now=self.now, why="Closed."), key):
            self.model.promised.pop(key, None)
            self.model.held.pop(key, None)

    def deliver_short(self, key: int, _quantity: int) -> None:
        def report(deal: Deal) -> None:
            reports = [Report(one.id, one.quantity - 1, date(2026, 11, 23)) for one in open_deliveries(deal)]
            deliver(deal, by=self.person("Olga"), now=self.now, reports=reports, rest=DELIVERY, why="One is missing.")

        self.tries(report, key)

    def hand_over(self, key: int, quantity: int) -> None:
        to = self.person("Pete" if quantity % 200 else "Sara")
        self.tries(lambda deal: hand_over(deal, to, by=deal.seller, now=self.now), key)

    @rule(available=st.sampled_from([200_000, 300_000, USUAL, 500_000]))
    def steer(self, available: int) -> None:
        row = self.world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
        change = Adjustment("Assembly", WEEK, available=available, overtime=OVERTIME, reason="So be it.")
        adjust(row, change, by=self.person("Olga"), now=self.now)
        self.model.was_lowered |= available < self.model.available and bool(self.model.parts(self.now))
        self.model.available = available

    @invariant()
    def every_deal_is_met_as_the_model_says(self) -> None:
        if not hasattr(self, "world"):
            return
        for key in self.wanted:
            deal = self.deal(key)
            if deal.state in {State.CANCELLED, State.WITHDRAWN, State.DELIVERED, State.EXPIRED}:
                continue
            check = check_deal(deal, now=self.now).check
            cost = self.model.overtime(key, need(deal.proposal.lines[0].quantity), self.now)
            assert bool(check.shortages) == (cost is None)
            assert check.shortages or sum(use.quantity for use in check.overtime) == cost

    @invariant()
    def nothing_is_oversold(self) -> None:
        if not hasattr(self, "world"):
            return
        session = self.world.session
        promised = session.scalar(
            select(func.sum(Commitment.quantity)).where(Commitment.week == WEEK, Commitment.released_at.is_(None))
        )
        held = session.scalar(
            select(func.sum(Hold.quantity)).where(
                Hold.week == WEEK, Hold.released_at.is_(None), Hold.expires_at > self.now
            )
        )
        taken = int(promised or 0) + int(held or 0)
        assert taken == sum(part.amount for part in self.model.parts(self.now))
        assert self.model.was_lowered or taken <= self.model.available + OVERTIME

    @invariant()
    def each_deal_has_one_effective_decision(self) -> None:
        for key in getattr(self, "wanted", {}):
            deal = self.deal(key)
            assert (deal.promised_id is not None) == bool(self.model.promised.get(key)) or deal.state is State.CANCELLED

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            self.outer.rollback()
            self.entered.__exit__(None, None, None)

    def tries(self, act: Any, key: int, expected: bool | None = None) -> bool:
        """Do it; whether it was done. What is refused changes nothing."""
        deal = self.deal(key)
        nested = self.world.session.begin_nested()
        try:
            act(deal)
        except Refused as refused:
            nested.rollback()
            self.refusal = refused.sentence
            return False
        nested.commit()
        assert expected is not False
        return self.deal(key) is not None

    def commits(self, key: int) -> None:
        """What was agreed is promised in the places that were held; the hold ends."""
        deal = self.deal(key)
        if deal.is_open:
            return
        self.model.promised[key] = self.model.placed(key, need(self.wanted[key]), self.now)
        self.model.held.pop(key, None)

    def held_until(self, key: int) -> datetime:
        until = self.world.session.scalar(
            select(func.max(Hold.expires_at)).where(Hold.deal_id == key, Hold.released_at.is_(None))
        )
        assert until
        return until

    def beyond(self, own: list[Part], promised: list[Part], amount: int) -> list[Part]:
        """The parts of a hold: those that are not promised already."""
        left, parts = max(0, amount), []
        known = [(p.since, p.amount) for p in promised]
        for part in own:
            if (part.since, part.amount) in known or not left:
                continue
            taken = min(left, part.amount)
            parts.append(Part(part.since, part.deal, taken))
            left -= taken
        return parts

    def tick(self) -> int:
        """Another price each time: the same terms are not put forward twice."""
        self.ticks = getattr(self, "ticks", 0) + 1
        return self.ticks

    def deal(self, key: int) -> Deal:
        return self.world.session.get_one(Deal, key, populate_existing=True)

    def person(self, name: str) -> Any:
        return self.world.person(name)


@pytest.fixture
def furnished(database: Database) -> Iterator[Database]:
    World.furnish(database)
    yield database


def test_anything_in_any_order_is_as_the_model_says(furnished: Database) -> None:
    class OnThis(Play):
        database = furnished

    run_state_machine_as_test(
        OnThis,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
