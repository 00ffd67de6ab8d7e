"""Conditions of a yes: what they hold up, who settles them, and when they are reminded of."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.base.errors import NotYours, Refused, TooLate
from models.company.policies import set_policy
from models.deals.conditions import MOST_CONDITIONS, Before, Condition, GivenCondition
from models.deals.deciding import approve, send_back, win, withdraw
from models.deals.delivering import deliver
from models.deals.fulfilling import meet, waive
from models.deals.handing_over import hand_over
from models.deals.proposing import change, revise
from models.deals.reminding import keep_turns
from models.deals.rows import Deal
from models.deals.stepping import take_back
from models.deals.turns import Awaited, Turn, turns_of
from models.deals.waiting import waiting_for
from models.policy.rules import Kind, Rule, Who
from models.policy.standard import LEADERSHIP, OPERATIONS
from models.workspace.members import set_roles
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role
from tests.world import NOW, World, user_id

JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)
# A Friday, and the mornings around it where these people work.
DEC_4 = date(2026, 12, 4)
DENVER = ZoneInfo("America/Denver")


def given(
    world: World, *, owner: str = "Sara", text: str = "Deposit paid", before: Before = Before.WINNING
) -> GivenCondition:
    return GivenCondition(text, world.person(owner), DEC_4, before)


def bound(world: World, *conditions: GivenCondition) -> Deal:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW, conditions=conditions or [given(world)])
    assert deal.state == "approved"
    return deal


def only(deal: Deal) -> Condition:
    (condition,) = deal.conditions
    return condition


def morning(day: int) -> datetime:
    return datetime(2026, 12, day, 9, tzinfo=DENVER)


def test_deal_is_not_won_before_its_condition_is_met(world: World) -> None:
    deal, sara = bound(world), world.person("Sara")
    with pytest.raises(TooLate) as refused:
        win(deal, by=sara, now=NOW)
    assert refused.value.sentence == "First “Deposit paid”: Sara says when it is met, or Olga waives it."
    meet(deal, only(deal).id, by=sara, now=NOW, note="The bank has it.")
    assert (only(deal).is_open, only(deal).met_by, only(deal).note) == (False, sara, "The bank has it.")
    win(deal, by=sara, now=NOW)
    assert deal.state == "won"


def test_deal_is_not_delivered_before_what_delivery_needs(world: World) -> None:
    deal = bound(world, given(world, owner="Otto", text="Drawing signed off", before=Before.DELIVERY))
    win(deal, by=world.person("Sara"), now=NOW)
    olga = world.person("Olga")
    with pytest.raises(TooLate, match="First “Drawing signed off”: Otto says when it is met"):
        deliver(deal, by=olga, now=NOW, why="")
    waive(deal, only(deal).id, by=olga, now=NOW, why="The old drawing does.")
    deliver(deal, by=olga, now=NOW, why="")
    assert (deal.state, only(deal).waived_by) == ("delivered", olga)


def test_only_who_sees_to_it_or_set_it_settles_it_and_once(world: World) -> None:
    deal, lea, fin = bound(world), world.person("Lea"), world.person("Fin")
    for by in (fin, lea):
        with pytest.raises(NotYours):
            meet(deal, only(deal).id, by=by, now=NOW)
    with pytest.raises(NotYours):
        waive(deal, only(deal).id, by=fin, now=NOW, why="No.")
    with pytest.raises(NotYours):
        waive(deal, only(deal).id, by=world.person("Sara"), now=NOW, why="Oh well.")
    with pytest.raises(Refused, match="Say in a sentence why"):
        waive(deal, only(deal).id, by=lea, now=NOW, why=" ")
    waive(deal, only(deal).id, by=lea, now=NOW, why="They always pay.")
    with pytest.raises(TooLate, match="No condition of this deal is open"):
        meet(deal, only(deal).id, by=world.person("Sara"), now=NOW)


def test_nobody_waives_a_condition_of_a_deal_that_they_sell(world: World) -> None:
    deal, olga = bound(world), world.person("Olga")
    set_roles(olga, [Role.OPERATIONS, Role.SALES], by=None, now=NOW)
    hand_over(deal, olga, by=world.person("Sara"), now=NOW)
    with pytest.raises(NotYours, match="Nobody decides on their own deal"):
        waive(deal, only(deal).id, by=olga, now=NOW, why="I need none.")
    assert only(deal).is_open


def test_condition_goes_with_the_yes_that_it_belongs_to(world: World) -> None:
    lea = Who(Kind.PEOPLE, (user_id("Lea"),))
    set_policy(world.workspace, [Rule(OPERATIONS), Rule(lea, (("size", 0),))], by=None, now=NOW)
    deal, olga, sara = world.propose(), world.person("Olga"), world.person("Sara")
    approve(deal, by=olga, now=NOW, conditions=[given(world)])
    assert only(deal).is_open
    take_back(deal, by=olga, now=NOW)
    assert (only(deal).is_open, deal.open_conditions) == (False, [])
    approve(deal, by=olga, now=NOW, conditions=[given(world, text="Drawing")])
    send_back(deal, by=world.person("Lea"), now=NOW, why="Too cheap.")
    # The work is as it was: operations' yes is kept, and so is what it is bound to.
    revise(deal, world.terms(("Summit tent", 100, 43300, JAN_18)), by=sara, now=NOW)
    assert [one.text for one in deal.open_conditions] == ["Drawing"]
    send_back(deal, by=world.person("Lea"), now=NOW, why="Too cheap.")
    revise(deal, world.terms(("Summit tent", 90, 43300, JAN_18)), by=sara, now=NOW)
    assert deal.open_conditions == []


def test_condition_of_a_promise_stands_while_another_one_is_negotiated_and_after_it_is_dropped(world: World) -> None:
    deal, sara = bound(world), world.person("Sara")
    change(deal, world.terms(("Summit tent", 90, 43200, JAN_25)), by=sara, now=NOW)
    assert deal.open_conditions == []
    withdraw(deal, by=sara, now=NOW)
    assert [one.text for one in deal.open_conditions] == ["Deposit paid"]


def test_what_nobody_could_fulfil_is_refused_and_changes_nothing(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    bad = [
        ([given(world)] * (MOST_CONDITIONS + 1), "At most 3 conditions with one yes."),
        ([given(world, text=" ")], "What has to be fulfilled?"),
        ([GivenCondition("x", olga, date(2026, 11, 22), Before.WINNING)], "Choose today or a later day."),
    ]
    for conditions, sentence in bad:
        with pytest.raises(Refused) as refused:
            approve(deal, by=olga, now=NOW, conditions=conditions)
        assert refused.value.sentence == sentence
    assert (deal.state, deal.conditions, deal.decisions) == ("proposed", [], [])


def condition_turn(deal: Deal) -> Turn:
    return next(turn for turn in turns_of(deal) if turn.awaited is Awaited.CONDITION)


def test_who_sees_to_it_is_reminded_on_its_morning_and_after_it_and_who_set_it_is_told(world: World) -> None:
    deal, otto = bound(world, given(world, owner="Otto")), world.person("Otto")
    turn = condition_turn(deal)
    assert (turn.member, turn.half_at, turn.due_at, turn.escalate_at) == (
        otto,
        morning(4),
        morning(7),
        morning(8),
    )
    for at, waits in ((morning(4) - timedelta(seconds=1), False), (morning(4), True), (morning(7), True)):
        keep_turns(world.session, now=at)
        assert bool([one for one in waiting_for(otto, now=at) if one.turn is turn]) is waits
    keep_turns(world.session, now=morning(8))
    told = select(Outbox.stream).where(Outbox.kind == News.ESCALATION)
    assert world.session.scalars(told).all() == [user_id("Olga")]
    keep_turns(world.session, now=morning(9))
    assert world.session.scalars(told.order_by(Outbox.id)).all() == [user_id("Olga"), user_id("Lea")]
    meet(deal, only(deal).id, by=otto, now=morning(9))
    assert [one for one in turns_of(deal) if one.awaited is Awaited.CONDITION] == []
    assert LEADERSHIP.names == ("leadership",)
