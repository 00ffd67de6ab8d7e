"""Whom a turn waits for, and hearing of it later."""

from datetime import timedelta

import pytest

from models.base.errors import NotYours, Refused
from models.deals.deciding import approve, withdraw
from models.deals.rows import Deal
from models.deals.talking import answer, ask
from models.deals.turns import turns_of
from models.deals.waiting import LONGEST_SNOOZE, is_over, owes, snooze, waiting_for
from models.workspace.agendas import Snooze, snoozed
from models.workspace.leads import set_leads
from models.workspace.members import set_roles
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role, Side
from tests.world import NOW, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE = NOW + 8 * HOUR


def owing(world: World, deal: Deal) -> dict[str, list[str]]:
    """Who owes the turns of a deal, by side."""
    names = ("Sara", "Pete", "Olga", "Otto", "Fin", "Lea", "Gus")
    return {turn.side: [name for name in names if owes(world.person(name), turn)] for turn in turns_of(deal)}


def numbers(world: World, name: str, *, now: timedelta) -> list[int]:
    """The numbers of the deals that wait for a person."""
    return [waiting.deal.number for waiting in waiting_for(world.person(name), now=NOW + now)]


def test_turn_is_of_a_whole_side_until_one_planner_deals_with_it(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    assert owing(world, deal) == {"operations": ["Olga", "Otto"]}
    question = ask(deal, "Which colour?", by=olga, now=NOW)
    assert owing(world, deal) == {"sales": ["Sara"]}
    answer(deal, question.id, "Red.", by=world.person("Sara"), now=NOW)
    assert owing(world, deal) == {"operations": ["Olga"]}
    set_roles(olga, [], by=None, now=NOW)
    assert owing(world, deal) == {"operations": ["Otto"]}


def test_leadership_answers_for_finance_only_where_nobody_is_in_finance(world: World) -> None:
    deal = world.propose(("Summit tent", 10, 30000, world.workspace.this_week(NOW + 56 * DAY)))
    assert owing(world, deal) == {"operations": ["Olga", "Otto"], "finance": ["Fin"]}
    set_roles(world.person("Fin"), [], by=None, now=NOW)
    assert owing(world, deal) == {"operations": ["Olga", "Otto"], "finance": ["Lea"]}


def test_seller_who_lost_the_role_owes_nothing_and_leadership_is_asked(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    approve(deal, by=world.person("Olga"), now=NOW)
    assert owing(world, deal) == {"sales": ["Sara"]}
    set_roles(sara, [Role.OPERATIONS], by=None, now=NOW)
    assert owing(world, deal) == {"sales": ["Lea"]}
    set_leads(world.workspace, {Side.SALES: world.person("Pete")}, by=world.person("Lea"), now=NOW)
    world.session.expire_all()
    assert owing(world, deal) == {"sales": ["Pete"]}


def test_deal_waits_for_a_person_from_its_first_reminder_on(world: World) -> None:
    world.propose()
    # 8 working hours to answer, and half of them until it is said.
    half = 4 * HOUR
    assert numbers(world, "Olga", now=half - timedelta(seconds=1)) == []
    assert numbers(world, "Olga", now=half) == [1]
    assert numbers(world, "Sara", now=half) == []


def test_what_is_due_first_comes_first_and_each_deal_once(world: World) -> None:
    late, early = world.propose(), world.propose()
    turns_of(early)[0].due_at -= HOUR
    assert numbers(world, "Olga", now=DAY) == [early.number, late.number]
    # Two sides of one deal that one person may answer for are one entry.
    week = late.proposal.lines[0].week
    set_roles(world.person("Olga"), [Role.OPERATIONS, Role.FINANCE], by=None, now=NOW)
    world.propose(("Summit tent", 10, 30000, week))
    assert numbers(world, "Olga", now=DAY) == [2, 1, 3]


def test_snoozed_deal_is_not_shown_until_then_and_to_nobody_else_later(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    snooze(deal, NOW + 2 * DAY, by=olga, now=DUE)
    assert numbers(world, "Olga", now=DAY) == []
    assert numbers(world, "Otto", now=DAY) == [1]
    assert numbers(world, "Olga", now=2 * DAY) == [1]
    snooze(deal, NOW + 3 * DAY, by=olga, now=NOW + 2 * DAY)
    assert snoozed(world.workspace, now=NOW + 2 * DAY) == {(olga.id, deal.id): NOW + 2 * DAY}
    agendas = world.session.query(Outbox).filter(Outbox.kind == News.AGENDA).all()
    assert {row.member_id for row in agendas} == {olga.id}


def test_new_turn_is_a_new_matter_whatever_was_snoozed(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    snooze(deal, NOW + 20 * DAY, by=olga, now=NOW)
    assert numbers(world, "Olga", now=DAY) == []
    turns_of(deal)[0].began_at = NOW + HOUR
    assert numbers(world, "Olga", now=DAY) == [1]


@pytest.mark.parametrize("away", [timedelta(0), -HOUR, LONGEST_SNOOZE + timedelta(seconds=1)])
def test_snooze_ends_later_than_now_and_within_a_month(world: World, away: timedelta) -> None:
    deal, olga = world.propose(), world.person("Olga")
    with pytest.raises(Refused) as refused:
        snooze(deal, NOW + away, by=olga, now=NOW)
    assert (refused.value.sentence, refused.value.field) == ("Choose a time within the next 30 days.", "until")
    snooze(deal, NOW + LONGEST_SNOOZE, by=olga, now=NOW)


def test_nobody_snoozes_what_does_not_wait_for_them_and_it_is_over_with_the_turn(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    with pytest.raises(NotYours) as refused:
        snooze(deal, NOW + DAY, by=world.person("Sara"), now=NOW)
    assert refused.value.sentence == "Deal #1 does not wait for you."
    snooze(deal, NOW + DAY, by=olga, now=NOW)
    made = world.session.query(Snooze).one()
    assert not is_over(world.session, made)
    withdraw(deal, by=world.person("Sara"), now=NOW)
    assert is_over(world.session, made)
