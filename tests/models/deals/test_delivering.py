"""Delivering: what operations may report, what is short, and what the seller may say against it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.base.errors import NotYours, Refused, TooLate
from models.deals.card import card_of
from models.deals.deciding import approve, win
from models.deals.deliveries import Outcome, open_deliveries
from models.deals.delivering import Report, deliver, object_to_delivery
from models.deals.proposing import change
from models.deals.reservations import promised_cells
from models.deals.states import State
from models.workspace.leads import set_leads
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Side
from tests.models.deals.test_deliveries import AFTER, FEB_1, FEB_8, JAN_18, JAN_25, outcomes, owed, report, won
from tests.world import NOW, World


def test_short_delivery_opens_another_one_or_ends(world: World) -> None:
    deal = won(world)
    report(deal, world, (50, JAN_18), now=AFTER[JAN_18], rest=FEB_1, why="A roll of cloth was bad.")
    assert owed(deal) == [(40, JAN_25), (10, FEB_1)]
    report(deal, world, (40, JAN_25), now=AFTER[JAN_25])
    report(deal, world, (7, FEB_1), now=AFTER[FEB_1], why="That is all there is.")
    assert (deal.state, outcomes(deal)) == (
        State.DELIVERED,
        [(60, 50, Outcome.SHORT), (40, 40, Outcome.ON_TIME), (10, 7, Outcome.SHORT)],
    )


def test_what_is_not_as_promised_takes_a_sentence_and_nothing_is_reported_ahead(world: World) -> None:
    deal = won(world)
    for reports, how, refusal, field in (
        ([(60, JAN_25)], {}, "Say in a sentence what happened.", "why"),
        ([(59, JAN_18)], {}, "Say in a sentence what happened.", "why"),
        ([], {}, "Fill in what was delivered.", None),
        ([(60, FEB_8)], {}, "What is still to come is reported when it has arrived.", None),
        ([(-1, JAN_18)], {}, "From 0 to 60: more was not promised in that delivery.", None),
        ([(61, JAN_18)], {}, "From 0 to 60: more was not promised in that delivery.", None),
        ([(1, JAN_18)], {"rest": JAN_18, "why": "x"}, "The rest comes in this week or later.", "rest"),
    ):
        with pytest.raises(Refused) as refused, world.session.begin_nested():
            report(deal, world, *reports, now=AFTER[JAN_25], **how)
        assert (refused.value.sentence, refused.value.field) == (refusal, field)
    report(deal, world, (60, JAN_18), now=AFTER[JAN_25])
    with pytest.raises(TooLate, match="reported already"):
        deliver(deal, by=world.person("Olga"), now=AFTER[JAN_25], reports=[Report(1, 60, JAN_18)])
    with pytest.raises(NotYours):
        deliver(deal, by=world.person("Sara"), now=AFTER[JAN_25])


def test_seller_objects_within_three_working_days_and_both_leads_hear(world: World) -> None:
    deal, sara = won(world), world.person("Sara")
    leads = {Side.SALES: world.person("Pete"), Side.OPERATIONS: world.person("Otto")}
    set_leads(world.workspace, leads, by=sara, now=NOW)
    with pytest.raises(TooLate, match="within 3 working days"):
        object_to_delivery(deal, by=sara, now=NOW, why="They miss two.")
    report(deal, world, (60, JAN_18), now=AFTER[JAN_18])
    assert card_of(deal, now=AFTER[JAN_18]).may_object
    object_to_delivery(deal, by=sara, now=AFTER[JAN_18] + timedelta(days=3), why="They miss two.")
    told = select(Outbox.stream).where(Outbox.kind == News.OBJECTION).order_by(Outbox.id)
    assert list(world.session.scalars(told)) == ["UPETE", "UOTTO"]
    late = AFTER[JAN_18] + timedelta(days=3, seconds=1)
    assert not card_of(deal, now=late).may_object
    with pytest.raises(TooLate):
        object_to_delivery(deal, by=sara, now=late, why="They miss three.")


def test_leadership_hears_an_objection_where_a_side_has_no_lead(world: World) -> None:
    deal, sara = won(world), world.person("Sara")
    set_leads(world.workspace, {Side.OPERATIONS: world.person("Otto")}, by=sara, now=NOW)
    report(deal, world, (60, JAN_18), now=AFTER[JAN_18])
    object_to_delivery(deal, by=sara, now=AFTER[JAN_18], why="They miss two.")
    told = select(Outbox.stream).where(Outbox.kind == News.OBJECTION).order_by(Outbox.id)
    assert list(world.session.scalars(told)) == ["UOTTO", "ULEA"]


def test_what_came_early_takes_up_no_week_that_is_still_to_come(world: World) -> None:
    deal = won(world)
    before = promised_cells(deal)
    this_week = world.workspace.this_week(NOW)
    assert max(week for _, week in before) > this_week
    report(deal, world, (60, this_week), (40, this_week), now=NOW)
    assert deal.state is State.DELIVERED
    assert [week for _, week in promised_cells(deal) if week > this_week] == []


def test_other_terms_take_back_nothing_that_has_arrived(world: World) -> None:
    deal = won(world)
    report(deal, world, (60, JAN_18), now=AFTER[JAN_18])
    sara = world.person("Sara")
    with pytest.raises(Refused, match=r"^More than that has arrived already\.$"):
        change(deal, world.terms(("Summit tent", 50, 48000, FEB_8)), by=sara, now=AFTER[JAN_18])
    change(deal, world.terms(("Summit tent", 70, 48000, FEB_8)), by=sara, now=AFTER[JAN_18])
    assert deal.state is State.PROPOSED


def test_delivery_is_reported_once_and_not_before_it_was_proposed(world: World) -> None:
    olga = world.person("Olga")
    deal = world.propose()
    approve(deal, by=olga, now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    (one,) = open_deliveries(deal)
    early = Report(one.id, 100, date(2026, 11, 16))
    with pytest.raises(Refused, match="before it was proposed"):
        deliver(deal, by=olga, now=NOW, reports=[early])
    twice = [Report(one.id, 60, date(2026, 11, 23))] * 2
    with pytest.raises(TooLate, match="reported already"):
        deliver(deal, by=olga, now=NOW, reports=twice, rest=date(2027, 2, 1), why="Half of it.")
