"""Steering capacity: a week that differs, and the promises that this would break."""

from datetime import date

import pytest
from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused
from models.capacity.adjusting import adjust, breaking, check_may_adjust, find_resource, has_broken, write_adjustments
from models.company.resources import ResourceRow
from models.deals.deciding import approve
from models.deals.rows import Deal
from models.promise import Adjustment
from models.workspace.history import History
from models.workspace.workspaces import Workspace
from tests.world import NOW, World

NOV_16, NOV_23, JAN_4, JAN_11 = date(2026, 11, 16), date(2026, 11, 23), date(2027, 1, 4), date(2027, 1, 11)


def resource(world: World, name: str = "Assembly") -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def promised(world: World, customer: str = "Acme", tents: int = 40) -> Deal:
    """Forty tents take 24 h in the week of 4 January, beside 258 h of the spring order."""
    deal = world.propose(("Summit tent", tents, 48000, date(2027, 1, 18)), customer=customer)
    approve(deal, by=world.person("Olga"), now=NOW)
    return deal


def week_of(available: int, week: date = JAN_4, reason: str = "Repair.") -> Adjustment:
    return Adjustment("Assembly", week, available=available, overtime=0, reason=reason)


@pytest.mark.parametrize(
    ("adjustment", "sentence", "field"),
    [
        (week_of(1, reason="  "), "Why? The owners of the deals will read it.", "reason"),
        (week_of(1, week=NOV_16), "That week is over.", "date"),
    ],
)
def test_adjustment_takes_a_reason_and_a_week_that_is_to_come(
    world: World, adjustment: Adjustment, sentence: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        adjust(resource(world), adjustment, by=world.person("Olga"), now=NOW)
    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert adjust(resource(world), week_of(1, week=NOV_23), by=world.person("Olga"), now=NOW).promises == []


def test_only_operations_adjust(world: World) -> None:
    check_may_adjust(world.person("Otto"))
    for name in ("Sara", "Lea", "Gus"):
        with pytest.raises(NotYours) as refused:
            adjust(resource(world), week_of(1), by=world.person(name), now=NOW)
        assert refused.value.sentence == "Capacity is adjusted by operations."


def test_resource_is_found_in_its_own_workspace_only(world: World) -> None:
    other = Workspace(name="Other", team_id="T2")
    world.session.add(other)
    world.session.flush()
    row = resource(world)
    assert find_resource(world.workspace, row.id) is row
    with pytest.raises(NotFound) as refused:
        find_resource(other, row.id)
    assert (refused.value.sentence, refused.value.field) == (
        "That resource is not there any more. Choose another one.",
        "resource",
    )


def test_promises_that_would_break_are_those_that_just_do_not_fit_any_more(world: World) -> None:
    deal = promised(world)
    # 258 h and 24 h are 282 h.
    assert breaking(world.workspace, week_of(282_000), now=NOW).promises == []
    assert breaking(world.workspace, week_of(281_999), now=NOW).promises == [deal]
    assert breaking(world.workspace, week_of(0, week=JAN_11), now=NOW).promises == []
    assert deal.broken_at is None


def test_broken_promise_stays_as_it_is_and_is_told_once(world: World) -> None:
    first, second, olga = promised(world), promised(world, "Borealis", tents=20), world.person("Olga")
    # 258 h, 24 h and 14 h are 296 h.
    assert adjust(resource(world), week_of(281_000, reason=" Repair. "), by=olga, now=NOW).promises == [first, second]
    assert [(deal.state, deal.broken_at) for deal in (first, second)] == [("approved", NOW)] * 2
    assert has_broken(world.workspace, now=NOW)
    acts = world.session.scalars(select(History).where(History.move == "break"))
    assert [(act.subject_id, act.by, act.why) for act in acts] == [
        (deal.id, olga, "Repair.") for deal in (first, second)
    ]
    assert adjust(resource(world), week_of(280_000), by=olga, now=NOW).promises == []
    assert adjust(resource(world), week_of(296_000), by=olga, now=NOW).promises == []
    assert not has_broken(world.workspace, now=NOW)


def test_stock_that_does_not_arrive_breaks_what_was_promised_of_it(world: World) -> None:
    deal = world.propose(("Pole set", 500, 4000, JAN_11))
    approve(deal, by=world.person("Olga"), now=NOW)
    poles = resource(world, "Poles in stock")
    # 120 are there: 380 more have to arrive.
    for receipt, broken in ((380_000, []), (379_999, [deal])):
        adjustment = Adjustment("Poles in stock", JAN_11, receipt=receipt, reason="Ship is late.")
        assert adjust(poles, adjustment, by=world.person("Olga"), now=NOW).promises == broken
    assert [(row.week, row.quantity) for row in poles.receipts] == [(JAN_11, 379_999)]


def test_what_equals_the_usual_stays_usual_when_that_changes(world: World) -> None:
    row = resource(world)
    write_adjustments(row, [Adjustment("Assembly", JAN_11, available=400_000, overtime=0, reason=" x" * 200)])
    write_adjustments(row, [Adjustment("Assembly", JAN_4, available=0, overtime=80_000)])
    weeks = {week.week: (week.available, week.overtime, week.reason) for week in row.weeks}
    assert weeks == {JAN_11: (None, 0, ("x " * 100)), JAN_4: (0, None, None)}


def test_history_keeps_what_was_adjusted_and_why(world: World) -> None:
    adjust(resource(world), week_of(300_000), by=world.person("Olga"), now=NOW)
    act = world.session.scalars(select(History).where(History.move == "adjust")).one()
    after = {"available": 300_000, "overtime": 0, "reason": "Repair."}
    before = {"available": 320_000, "overtime": 0, "reason": "Public holiday"}
    changes = [{"what": "week", "week": "2027-01-04", "ref": "", "before": before, "after": after}]
    details = {"week": "2027-01-04", "available": 300_000, "overtime": 0, "receipt": None, "changes": changes}
    assert (act.subject, act.why, act.details) == ("resource", "Repair.", details)


def test_history_says_which_deals_a_change_broke(world: World) -> None:
    deal = promised(world)
    adjust(resource(world), week_of(1), by=world.person("Olga"), now=NOW)
    act = world.session.scalars(select(History).where(History.move == "adjust")).one()
    assert act.details["broke"] == [deal.id]
