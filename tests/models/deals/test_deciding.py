"""Decisions, on the rows: who agrees, what is committed, what is released."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.base.errors import Refused, TooLate
from models.deals.deciding import (
    DeclineReason,
    LossReason,
    accept,
    approve,
    cancel,
    decline,
    lose,
    win,
    withdraw,
)
from models.deals.delivering import deliver
from models.deals.proposing import change, counter
from models.deals.reservations import promised_cells
from models.deals.rows import Deal
from models.workspace.history import History
from models.workspace.members import set_roles
from models.workspace.roles import Role
from tests.world import NOW, World, company_for

JAN_4 = date(2027, 1, 4)
JAN_18 = date(2027, 1, 18)


def committed(world: World, deal: Deal) -> list[tuple[str, date, int]]:
    """What a deal is promised, whatever its places in the queue."""
    return [(name, week, amount) for (name, week), amount in promised_cells(deal).items()]


def free(world: World, week: date) -> int:
    company = company_for(world.workspace, [world.offer("Summit tent")], now=NOW)
    return company.resources["Assembly"].ordinary(week)


def test_agree_on_older_terms_is_refused(world: World) -> None:
    deal = world.propose()
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    with pytest.raises(TooLate, match="The terms have changed: Olga proposed version 2"):
        accept(deal, by=world.person("Sara"), now=NOW, version=1)


def test_agree_twice_by_one_person_for_two_sides_is_refused(world: World) -> None:
    # $300 leaves $10 of $300: far below the floor of 25 %.
    deal = world.propose(("Summit tent", 10, 30000, JAN_18))
    olga = world.person("Olga")
    set_roles(olga, [Role.OPERATIONS, Role.FINANCE], by=None, now=NOW)
    approve(deal, by=olga, now=NOW)
    assert deal.state == "proposed"
    with pytest.raises(TooLate, match="one person speaks for one side only"):
        approve(deal, by=olga, now=NOW)
    approve(deal, by=world.person("Fin"), now=NOW, why="A new customer.")
    assert deal.state == "approved"


def test_decline_before_a_counter_is_for_leadership(world: World) -> None:
    deal = world.propose()
    with pytest.raises(TooLate, match="Counter first"):
        decline(deal, by=world.person("Olga"), now=NOW, reason=DeclineReason.RISK, why="No.")
    decline(deal, by=world.person("Lea"), now=NOW, reason=DeclineReason.RISK, why="The customer does not pay.")
    assert (deal.state, deal.decisions[-1].why) == ("declined", "The customer does not pay.")


def test_decline_without_a_sentence_is_refused(world: World) -> None:
    deal = world.propose()
    with pytest.raises(Refused, match="Say in a sentence why") as refused:
        decline(deal, by=world.person("Lea"), now=NOW, reason=DeclineReason.OTHER, why="  ")
    assert refused.value.field == "why"


@pytest.mark.parametrize("ending", ["lose", "cancel"])
def test_ending_a_promise_releases_its_capacity(world: World, ending: str) -> None:
    deal, sara = world.propose(), world.person("Sara")
    approve(deal, by=world.person("Olga"), now=NOW)
    if ending == "lose":
        lose(deal, by=sara, now=NOW, reason=LossReason.PRICE)
    else:
        cancel(deal, by=sara, now=NOW, why="The store closes.")
    assert committed(world, deal) == []
    assert free(world, JAN_4) == 62_000


@pytest.mark.parametrize(("weeks", "kept"), [(0, []), (9, [("Assembly", JAN_4, 54_000)])], ids=["early", "due"])
def test_winning_and_delivering_keep_what_was_worked(world: World, weeks: int, kept: list[object]) -> None:
    deal, later = world.propose(), NOW + timedelta(weeks=weeks)
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    assert committed(world, deal) == [("Assembly", JAN_4, 54_000)]
    deliver(deal, by=world.person("Otto"), now=later)
    assert deal.state == "delivered"
    # What came before its weeks needs them no more.
    assert committed(world, deal) == kept


def test_withdrawn_change_leaves_the_old_promise(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    approve(deal, by=world.person("Olga"), now=NOW)
    change(deal, world.terms(("Summit tent", 116, 43200, JAN_18)), by=sara, now=NOW)
    assert deal.state == "proposed"
    withdraw(deal, by=sara, now=NOW)
    assert (deal.state, deal.proposal.version) == ("approved", 1)
    assert committed(world, deal) == [("Assembly", JAN_4, 54_000)]


def test_history_tells_every_act(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW + timedelta(hours=1))
    win(deal, by=world.person("Sara"), now=NOW + timedelta(hours=2))
    acts = world.session.scalars(select(History).where(History.subject == "deal").order_by(History.id)).all()
    assert [(a.move, a.by.name if a.by else None, a.from_state, a.to_state, a.at) for a in acts] == [
        ("propose", "Sara", None, "proposed", NOW),
        ("commit", "Olga", "proposed", "approved", NOW + timedelta(hours=1)),
        ("win", "Sara", "approved", "won", NOW + timedelta(hours=2)),
    ]
