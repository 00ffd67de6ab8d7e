"""What shows n deals takes as many queries as what shows two."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import event

from handlers.agendas.conversation import show_waiting
from handlers.agendas.home import home_of
from handlers.agendas.reminders import render_agenda
from handlers.capacity.capacity import open_capacity
from handlers.deals.answers import named, numbered
from handlers.deals.lists import find, list_deals
from handlers.sop.consensus import open_consensus
from handlers.sop.page import show_page
from handlers.sop.scenarios import open_scenarios
from handlers.sop.standing import open_standing
from models.capacity.adjusting import breaking, has_broken
from models.company.offers import NeedRow, OfferRow, families
from models.deals.card import cards_of
from models.deals.lists import live_deals
from models.deals.proposing import counter
from models.deals.waiting import waiting_for
from models.digests.contents import pipeline_of, queue_of
from models.promise import Adjustment
from models.sop.agreeing import agree_on
from models.sop.cycle import fill_supply
from models.sop.scenarios import imagine
from models.sop.what_if import ChangeKind, ScenarioChange
from models.workspace.outbox import News, Outbox
from tests.models.sop.december import at, planned, the_cycle, turn
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)
LATER = at("12-22", "10:00")
Show = Callable[[World], object]


def agenda(world: World) -> object:
    """What waits for Olga, as its message."""
    row = Outbox(workspace=world.workspace, kind=News.AGENDA_ANEW, stream="D1", queued_at=NOW, not_before=NOW)
    row.member_id, row.key = world.person("Olga").id, "k"
    return render_agenda(world.session, row, LATER)


SHOWN: dict[str, Show] = {
    "home of a seller": lambda world: home_of(world.person("Sara"), now=NOW),
    "home of a planner": lambda world: home_of(world.person("Olga"), now=NOW),
    "list": lambda world: list_deals(world.workspace, world.person("Olga"), NOW, "list"),
    "filtered list": lambda world: find(world.workspace, world.person("Olga"), NOW, "find summit customer"),
    "a week of capacity": lambda world: open_capacity(world.workspace, world.person("Olga"), NOW, "Assembly 4 Jan"),
    "deals of a customer": lambda world: named(world.workspace, world.person("Olga"), NOW, "customer"),
    "deals by number": lambda world: numbered(world.workspace, world.person("Olga"), NOW, range(1, 13)),
    "my turn": lambda world: show_waiting(world.person("Olga"), NOW),
    "cards": lambda world: cards_of(live_deals(world.person("Olga")), now=NOW),
    "queue": lambda world: queue_of(world.workspace, "C0ELSE", now=LATER),
    "pipeline": lambda world: pipeline_of(world.workspace, now=NOW),
    "agenda": agenda,
    "what waits": lambda world: waiting_for(world.person("Olga"), now=LATER),
    "promises that would break": lambda world: breaking(
        world.workspace, Adjustment("Assembly", date(2027, 1, 4), available=0, overtime=0), now=NOW
    ),
    "broken promises": lambda world: has_broken(world.workspace, now=NOW),
}


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    """The statements that are executed, with nothing remembered from before."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    world.session.flush()
    world.session.expunge_all()
    event.listen(world.database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(world.database.engine, "before_cursor_execute", note)


def propose(world: World, count: int, *, first: int = 0) -> None:
    """Deals of both sellers, half of them countered."""
    for number in range(first, first + count):
        by = "Sara" if number % 2 else "Pete"
        deal = world.propose(("Summit tent", 10 + number, 43200, JAN_18), by=by, customer=f"Customer {number}")
        if number % 2:
            counter(deal, world.terms(("Summit tent", 5, 43200, JAN_18)), by=world.person("Olga"), now=NOW)


@pytest.mark.parametrize("name", SHOWN)
def test_view_takes_as_many_queries_for_twelve_deals_as_for_two(world: World, name: str) -> None:
    propose(world, 2)
    # The first time a person's message is made a row.
    SHOWN[name](world)
    with counted(world) as of_two:
        SHOWN[name](world)
    propose(world, 10, first=2)
    with counted(world) as of_twelve:
        SHOWN[name](world)
    assert (len(of_two), of_two != []) == (len(of_twelve), True)


def test_sop_takes_as_many_queries_for_twelve_deals_as_for_two(world: World) -> None:
    planned(world)
    turn(world, at("12-10"))
    counts = []
    for first, count in ((0, 2), (2, 10)):
        propose(world, count, first=first)
        for show in (
            lambda: show_page(world.workspace, world.person("Lea")),
            lambda: open_standing(world.workspace, world.person("Lea")),
        ):
            with counted(world) as statements:
                show()
            counts.append(len(statements))
    assert counts[:2] == counts[2:]


def add_families(world: World, count: int) -> None:
    """Families of one offer each, sewn as the tents are."""
    needs = world.offer("Summit tent").needs
    known = len(families(world.workspace))
    for number in range(known, known + count):
        row = OfferRow(workspace=world.workspace, name=f"Tarp {number}", family=f"Tarps {number}", unit="tarp")
        row.list_price, row.unit_cost = 20_000, 9_000
        row.needs = [
            NeedRow(workspace=world.workspace, resource=need.resource, per_unit=need.per_unit) for need in needs[:1]
        ]
        world.session.add(row)
    world.session.flush()


def reconcile(world: World) -> object:
    """The consensus of a family."""
    cycle, olga = the_cycle(world), world.person("Olga")
    return agree_on(cycle, "Tents", {0: 130}, "A fair.", by=olga, now=at("12-14", "10:00"))


FAIR = ScenarioChange(ChangeKind.DEMAND, "Tents", 1, 1, percent=Fraction(30))
PLANNED: dict[str, Show] = {
    "page": lambda world: show_page(world.workspace, world.person("Lea")),
    "standing": lambda world: open_standing(world.workspace, world.person("Lea")),
    "scenarios": lambda world: open_scenarios(world.workspace, world.person("Lea")),
    "consensus": lambda world: open_consensus(world.workspace, world.person("Lea")),
    "reconciliation": reconcile,
}


@pytest.mark.parametrize("name", PLANNED)
def test_sop_takes_as_many_queries_for_thirty_families_as_for_three(world: World, name: str) -> None:
    counts = []
    planned(world)
    add_families(world, 1)
    turn(world, at("12-14"))
    imagine(the_cycle(world), "A fair", "", [FAIR], by=world.person("Olga"), now=at("12-14", "10:00"))
    for more in (0, 27):
        add_families(world, more)
        fill_supply(the_cycle(world))
        PLANNED[name](world)
        with counted(world) as statements:
            PLANNED[name](world)
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0
