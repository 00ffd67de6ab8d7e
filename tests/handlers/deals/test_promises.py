"""A promise holds: what was held in time is accepted at its agreed cost, whoever came in between; through the door."""

from datetime import date

from models.capacity.adjusting import adjust
from models.company.resources import ResourceRow
from models.promise import Adjustment
from models.workspace.members import find_member
from models.workspace.workspaces import the_workspace
from tests.handlers.looking import submit_seen
from tests.stage import Stage
from tests.world import NOW

# 598 tents are 303 hours of the week of 11 January, 200 are 104: 7 hours more than its 400, at $55.
HELD, FIRST, SECOND = 598, "Acme 600 Summit tent by 25 Jan", "Borealis 200 Summit tent by 25 Jan"
JAN_11 = date(2027, 1, 11)


def counters(stage: Stage, number: int, quantity: int) -> None:
    """Operations counter a deal with another quantity, and hold its hours."""
    olga = stage.person("Olga")
    olga.press("Counter…", in_=stage.card(number))
    stage.sb.settle()
    olga.enter("Quantity", quantity)
    stage.sb.settle()
    submit_seen(olga, stage.sb.settle)
    assert stage.state(number) == "countered"


def accepts(stage: Stage, name: str, number: int) -> None:
    """A seller accepts in time; that is all it takes."""
    stage.person(name).press("Accept", in_=stage.own_card(name, number))
    stage.sb.settle()
    assert stage.state(number) == "approved"


def needs(stage: Stage, number: int) -> str:
    """What the card of a promise says of overtime."""
    said = [line for line in stage.card(number).as_text().splitlines() if "overtime" in line.lower()]
    return said[0] if said else ""


def held_first(stage: Stage) -> None:
    """Operations counter the first deal and hold its hours; the second is promised with overtime meanwhile."""
    stage.propose(FIRST)
    counters(stage, 1, HELD)
    stage.propose(SECOND, by="Pete")
    assert "Fits with overtime, $385." in stage.card(2).as_text()
    stage.person("Olga").press("Approve with overtime", in_=stage.card(2))
    stage.sb.settle()
    assert (stage.state(1), stage.state(2)) == ("countered", "approved")


def offer(stage: Stage, hours: int) -> list[int]:
    """What the week offers from now on; the numbers of the deals that break by it."""
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        olga = find_member(workspace, stage.people["Olga"])
        row = session.query(ResourceRow).filter_by(name="Assembly").one()
        week = Adjustment("Assembly", JAN_11, available=hours * 1000, overtime=80_000, reason="A flood.")
        return [deal.number for deal in adjust(row, week, by=olga, now=NOW).promises]


def test_hold_is_accepted_in_time_and_the_overtime_behind_it_shrinks_when_it_goes(stage: Stage) -> None:
    held_first(stage)
    sara = stage.person("Sara")
    assert "Fits" in stage.own_card("Sara", 1).as_text()
    accepts(stage, "Sara", 1)
    assert (needs(stage, 1), needs(stage, 2)) == ("", "With overtime, $385")
    sara.press("Lost…", in_=stage.own_card("Sara", 1))
    stage.sb.settle()
    sara.fill_by_label("What decided it?", "Price")
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert needs(stage, 2) == "With overtime, $385; none of it is needed now"
    assert stage.sb.violations() == []


def test_drop_of_capacity_hits_who_came_last_and_says_so_on_their_card(stage: Stage) -> None:
    held_first(stage)
    accepts(stage, "Sara", 1)
    # 300 and 80 of overtime: the first one still has its 303, the second one 77 of 104.
    assert offer(stage, 300) == [2]
    stage.bot.heartbeat.wake()
    stage.sb.settle()
    card = stage.own_card("Pete", 2)
    assert "This promise can no longer be kept. Assembly, week of Jan 11: needs 104 hours" in card.as_text()
    assert "Why: A flood." in card.as_text()
    assert card.buttons[0] == "Change…"
    assert "can no longer be kept" not in stage.card(1).as_text()
    assert stage.sb.violations() == []


def test_who_is_promised_first_owes_no_overtime_to_a_hold_that_comes_later(stage: Stage) -> None:
    stage.propose(SECOND, by="Pete")
    stage.person("Olga").press("Approve", in_=stage.card(1))
    stage.sb.settle()
    stage.propose(FIRST)
    counters(stage, 2, HELD)
    accepts(stage, "Sara", 2)
    assert (needs(stage, 1), needs(stage, 2)) == ("", "With overtime, $385")


def test_two_holds_are_accepted_in_the_other_order_and_keep_their_places(stage: Stage) -> None:
    stage.propose(FIRST)
    counters(stage, 1, HELD)
    stage.propose(SECOND, by="Pete")
    counters(stage, 2, 199)
    accepts(stage, "Pete", 2)
    accepts(stage, "Sara", 1)
    # 199 tents are 103.5 hours: half an hour less.
    assert (needs(stage, 1), needs(stage, 2)) == ("", "With overtime, $357.50")


def test_overtime_behind_a_hold_shrinks_when_its_deal_is_withdrawn(stage: Stage) -> None:
    held_first(stage)
    assert needs(stage, 2) == "With overtime, $385"
    stage.person("Sara").press("Withdraw", in_=stage.own_card("Sara", 1))
    stage.sb.settle()
    assert stage.state(1) == "withdrawn"
    assert needs(stage, 2) == "With overtime, $385; none of it is needed now"


def test_hold_that_is_extended_keeps_its_place(stage: Stage) -> None:
    held_first(stage)
    stage.person("Olga").press("Extend the hold", in_=stage.card(1))
    stage.sb.settle()
    accepts(stage, "Sara", 1)
    assert (needs(stage, 1), needs(stage, 2)) == ("", "With overtime, $385")


def test_larger_counter_keeps_the_place_of_what_it_held_and_grows_behind_all(stage: Stage) -> None:
    held_first(stage)
    counters(stage, 1, 620)
    accepts(stage, "Sara", 1)
    # 11 hours more than it held, at $55.
    assert (needs(stage, 1), needs(stage, 2)) == ("With overtime, $605", "With overtime, $385")
