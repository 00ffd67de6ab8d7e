"""What is asked for beyond standard terms: counted once a deal, a candidate when it is asked often."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused
from models.company.offers import OfferRow
from models.deals.deciding import DeclineReason, approve, decline, set_win_by, win
from models.deals.proposing import counter, counter_back, revise
from models.deals.standards import (
    QUARTER,
    Beyond,
    DeviationRow,
    candidates,
    check_may_make_standard,
    count_deviations,
    find_candidate,
    is_standard,
    make_standard,
)
from models.deals.terms import Terms
from models.workspace.history import History
from tests.world import NOW, World

MAR_1 = date(2027, 3, 1)
HOUR = timedelta(hours=1)
# Of a tent for $480: at most 15 % off, two weeks ahead, ten at once.
TENT = {"max_discount": Decimal("0.15"), "lead_weeks": 2, "min_lot": 10, "standard": True}


def tents(world: World, quantity: int, price: int, week: date) -> Terms:
    return world.terms(("Summit tent", quantity, price, week))


@pytest.mark.parametrize(
    ("kind", "asked", "standard"),
    [
        (Beyond.DISCOUNT, 1500, True),
        (Beyond.DISCOUNT, 1501, False),
        (Beyond.LEAD_TIME, 2, True),
        (Beyond.LEAD_TIME, 1, False),
        (Beyond.LOT, 10, True),
        (Beyond.LOT, 9, False),
        (Beyond.NOT_STANDARD, 0, True),
    ],
)
def test_standard_is_up_to_the_offers_own_limit(kind: Beyond, asked: int, standard: bool) -> None:
    assert is_standard(OfferRow(**TENT), kind, asked) is standard


def test_each_kind_is_counted_as_what_was_asked(world: World) -> None:
    # $350 is 27.08333 % off, rounded up; the week is one after this one; of services there is no standard.
    world.propose(("Summit tent", 5, 35000, date(2026, 11, 30)), ("Free installation", 1, 0, MAR_1))
    rows = world.session.scalars(select(DeviationRow)).all()
    assert {(row.offer.name, row.kind): row.asked for row in rows} == {
        ("Summit tent", Beyond.DISCOUNT): 2709,
        ("Summit tent", Beyond.LEAD_TIME): 1,
        ("Summit tent", Beyond.LOT): 5,
        ("Free installation", Beyond.NOT_STANDARD): 0,
    }


def test_revised_terms_add_what_is_new_and_keep_what_was_asked_first(world: World) -> None:
    deal = world.propose(("Summit tent", 5, 48000, MAR_1))
    revise(deal, world.terms(("Summit tent", 4, 40000, MAR_1)), by=world.person("Sara"), now=NOW + HOUR)
    rows = world.session.scalars(select(DeviationRow).order_by(DeviationRow.id))
    assert [(row.kind, row.asked, row.at) for row in rows] == [
        (Beyond.LOT, 5, NOW),
        (Beyond.DISCOUNT, 1667, NOW + HOUR),
    ]


def test_candidate_proposes_what_half_of_them_asked_for(world: World) -> None:
    for quantity in (9, 3, 6, 2):
        world.propose(("Summit tent", quantity, 48000, MAR_1))
    (candidate,) = candidates(world.workspace, now=NOW)
    # Lots of 9, 6 and 3 would be standard from 3 on, which are more than half of the four.
    assert (candidate.kind, candidate.deals, candidate.proposed) == (Beyond.LOT, 4, 3)
    offer = world.offer("Summit tent")
    assert find_candidate(world.workspace, offer.id, "lot", now=NOW) == candidate
    with pytest.raises(NotFound) as refused:
        find_candidate(world.workspace, offer.id, "discount", now=NOW)
    assert refused.value.sentence == "That is standard already, or is asked for less often now."


def test_two_requests_or_an_old_quarter_are_not_often(world: World) -> None:
    for _ in range(2):
        world.propose(("Summit tent", 9, 48000, MAR_1))
    assert candidates(world.workspace, now=NOW) == []
    world.propose(("Summit tent", 9, 48000, MAR_1))
    assert len(candidates(world.workspace, now=NOW + QUARTER - HOUR)) == 1
    assert candidates(world.workspace, now=NOW + QUARTER) == []


@pytest.mark.parametrize(
    ("kind", "asked", "changed"),
    [
        (Beyond.DISCOUNT, 2084, {"max_discount": Decimal("0.2084")}),
        (Beyond.LEAD_TIME, 0, {"lead_weeks": 0}),
        (Beyond.LOT, 0, {"min_lot": 1}),
    ],
)
def test_leadership_makes_standard_what_was_asked_for(
    world: World, kind: Beyond, asked: int, changed: dict[str, object]
) -> None:
    offer, lea = world.offer("Summit tent"), world.person("Lea")
    make_standard(offer, kind, asked, by=lea, now=NOW)
    assert {name: getattr(offer, name) for name in TENT} == {**TENT, **changed}
    with pytest.raises(Refused) as again:
        make_standard(offer, kind, asked or 1, by=lea, now=NOW)
    assert (again.value.sentence, again.value.field) == ("That is standard already.", "value")
    act = world.session.scalars(select(History).where(History.move == "make_standard")).one()
    assert (act.subject_id, act.by, act.details) == (offer.id, lea, {"kind": kind, "asked": asked})


def test_offer_outside_the_catalogue_becomes_part_of_it(world: World) -> None:
    offer = world.offer("Free installation")
    make_standard(offer, Beyond.NOT_STANDARD, 0, by=world.person("Lea"), now=NOW)
    assert offer.standard


def test_whole_price_is_no_discount(world: World) -> None:
    with pytest.raises(Refused) as refused:
        make_standard(world.offer("Summit tent"), Beyond.DISCOUNT, 10_000, by=world.person("Lea"), now=NOW)
    assert refused.value.sentence == "A discount between 0 % and 100 %."
    assert world.offer("Summit tent").max_discount == Decimal("0.15")


def test_what_is_asked_for_three_times_becomes_a_candidate(world: World) -> None:
    lea, lead = world.person("Lea"), date(2026, 11, 30)
    for price, week in ((38000, MAR_1), (36000, MAR_1), (40000, lead)):
        world.propose(("Summit tent", 10, price, week))
    (found,) = candidates(world.workspace, now=NOW)
    # 480 less 15 % is 408: all three are deeper, 20.83…, 25 and 16.66… % off; half of them within 20.84.
    assert (found.offer.name, found.kind, found.deals, found.proposed) == ("Summit tent", Beyond.DISCOUNT, 3, 2084)
    assert (found.won, found.lost) == (0, 0)
    assert candidates(world.workspace, now=NOW + timedelta(days=92)) == []
    with pytest.raises(NotYours, match="Leadership decides"):
        check_may_make_standard(world.person("Sara"))
    with pytest.raises(NotYours):
        make_standard(found.offer, found.kind, 2084, by=world.person("Fin"), now=NOW)
    make_standard(found.offer, found.kind, 2084, by=lea, now=NOW)
    assert str(world.offer("Summit tent").max_discount) == "0.2084"
    assert candidates(world.workspace, now=NOW) == []
    with pytest.raises(Refused, match="standard already"):
        make_standard(found.offer, found.kind, 2000, by=lea, now=NOW)
    deal = world.propose(("Summit tent", 10, 38000, MAR_1))
    assert count_deviations(world.workspace, since=NOW, until=NOW + HOUR) == {
        Beyond.DISCOUNT: 3,
        Beyond.LEAD_TIME: 1,
    }
    assert deal.number == 4


def test_request_is_counted_once_for_a_deal_and_with_what_became_of_it(world: World) -> None:
    olga, sara = world.person("Olga"), world.person("Sara")
    deals = [world.propose(("Summit tent", 10, 40000, MAR_1)) for _ in range(3)]
    counter(deals[0], tents(world, 10, 40500, MAR_1), by=olga, now=NOW)
    change_back = tents(world, 10, 40000, MAR_1)
    counter_back(deals[0], change_back, by=sara, now=NOW)
    approve(deals[0], by=olga, now=NOW)
    win(deals[0], by=sara, now=NOW)
    decline(deals[1], by=world.person("Lea"), now=NOW, reason=DeclineReason.OTHER, why="No.")
    (found,) = candidates(world.workspace, now=NOW)
    assert (found.deals, found.won, found.lost) == (3, 400_000, 400_000)
    with pytest.raises(Refused):
        set_win_by(deals[0], MAR_1, by=sara, now=NOW)
