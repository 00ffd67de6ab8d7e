"""What shows n deals takes as many queries as what shows two."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

from handlers.agendas.conversation import show_waiting
from handlers.agendas.home import home_of
from handlers.agendas.reminders import render_agenda
from handlers.capacity.capacity import open_capacity
from handlers.deals.answers import named, numbered
from handlers.deals.lists import find, list_deals
from handlers.sop.page import show_page
from handlers.sop.standing import open_standing
from models.capacity.adjusting import breaking, has_broken
from models.deals.card import cards_of
from models.deals.lists import live_deals
from models.deals.proposing import counter
from models.deals.waiting import waiting_for
from models.digests.contents import pipeline_of, queue_of
from models.promise import Adjustment
from models.workspace.outbox import News, Outbox
from tests.models.sop.december import at, planned, turn
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
