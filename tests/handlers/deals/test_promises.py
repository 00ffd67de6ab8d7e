"""A promise holds: what was held in time is accepted at its agreed cost, whoever came in between; through the door."""

from datetime import date

from models.capacity.adjusting import adjust
from models.company.resources import ResourceRow
from models.promise import Adjustment
from models.workspace.members import find_member
from models.workspace.workspaces import the_workspace
from tests.stage import Stage
from tests.world import NOW

# 598 tents are 303 hours of the week of 11 January, 200 are 104: 7 hours more than its 400, at $55.
HELD, SECOND = 598, "Borealis 200 Summit tent by 25 Jan"
JAN_11 = date(2027, 1, 11)


def held_first(stage: Stage) -> None:
    """Operations counter the first deal and hold its hours; the second is promised with overtime meanwhile."""
    stage.propose("Acme 600 Summit tent by 25 Jan")
    olga = stage.person("Olga")
    olga.press("Counter…", in_=stage.card(1))
    stage.sb.settle()
    olga.enter("Quantity", HELD)
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    stage.propose(SECOND, by="Pete")
    assert "Fits with overtime, $385." in stage.card(2).as_text()
    olga.press("Approve with overtime", in_=stage.card(2))
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
    sara.press("Accept", in_=stage.own_card("Sara", 1))
    stage.sb.settle()
    assert stage.state(1) == "approved"
    assert "overtime" not in stage.card(1).as_text()
    assert "With overtime, $385\n" in stage.card(2).as_text() + "\n"
    sara.press("Lost…", in_=stage.own_card("Sara", 1))
    stage.sb.settle()
    sara.fill_by_label("What decided it?", "Price")
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert "With overtime, $385; none of it is needed now" in stage.card(2).as_text()
    assert stage.sb.violations() == []


def test_drop_of_capacity_hits_who_came_last_and_says_so_on_their_card(stage: Stage) -> None:
    held_first(stage)
    stage.person("Sara").press("Accept", in_=stage.own_card("Sara", 1))
    stage.sb.settle()
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
