"""Decisions with an owner and a day, reconciliation, and the versions that leadership signs."""

from datetime import date, datetime
from functools import partial

import pytest
from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.base.language import reading
from models.sop.forecasting import Believed, answer_forecast, find_forecast
from models.sop.kept_pages import kept_page
from models.sop.resolutions import decided_in
from models.sop.signing import close, reconcile, record_decision, sign
from models.sop.steps import Step
from models.sop.tasks import tasks_of
from models.workspace.outbox import News, Outbox
from tests.models.sop.december import DAY, DENVER, HOUR, JAN, at, planned, the_cycle, turn
from tests.world import World

FEBRUARY = date(2027, 2, 1)


@pytest.mark.parametrize(
    ("text", "owner", "due", "sentence", "field"),
    [
        (" ", "Olga", date(2026, 12, 14), "What was decided?", "text"),
        ("Hire.", "Gus", date(2026, 12, 14), "The owner needs a role in Belay: `/belay roles` gives one.", "owner"),
        ("Hire.", "Olga", date(2026, 12, 13), "The date should be in the future.", "due"),
    ],
)
def test_decision_takes_a_text_an_owner_with_a_role_and_a_day(
    world: World, text: str, owner: str, due: date, sentence: str, field: str
) -> None:
    planned(world)
    turn(world, at("12-14"))
    decided = partial(
        record_decision, the_cycle(world), family="Tents", month=None, by=world.person("Lea"), now=at("12-14")
    )
    with pytest.raises(Refused) as refused:
        decided(text, owner=world.person(owner), due=due)
    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    row = decided(" Hire. ", owner=world.person("Olga"), due=date(2026, 12, 14))
    # Its owner is reminded on the first working morning of the day, or after it.
    assert (row.text, row.next_at) == ("Hire.", at("12-14"))


def test_decision_that_is_not_there_cannot_be_closed(world: World) -> None:
    with pytest.raises(NotFound) as refused:
        close(world.workspace, 99, by=world.person("Lea"), now=at("12-14"))
    assert refused.value.sentence == "That decision is not here."


def test_signature_ends_all_that_was_asked_and_stops_the_clock(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle, now = the_cycle(world), at("12-16", "10:00")
    assert [member.name for member in cycle.unanswered(Step.EXECUTIVE)] == ["Lea"]
    sign(cycle, by=world.person("Lea"), now=now)
    assert [cycle.unanswered(step) for step in Step] == [[]] * len(Step)
    assert (cycle.step, cycle.step_at, cycle.version, cycle.signed_at) == (Step.SIGNED, None, 1, now)


def test_plan_is_signed_once_changed_with_a_version_and_decisions_are_carried_over(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle, lea, olga, sara = the_cycle(world), world.person("Lea"), world.person("Olga"), world.person("Sara")
    now = at("12-16", "10:00")
    kept = record_decision(
        cycle, "Hire two for January.", family="Tents", month=JAN, owner=olga, due=date(2027, 1, 8), by=lea, now=now
    )
    with pytest.raises(NotYours):
        record_decision(cycle, "No.", family="Tents", month=None, owner=olga, due=date(2027, 1, 8), by=sara, now=now)
    with pytest.raises(NotYours, match="Leadership signs"):
        sign(cycle, by=olga, now=now)
    first = sign(cycle, by=lea, now=now)
    assert (first.version, first.changes, cycle.step) == (1, "", "signed")
    assert [row.details for row in world.session.scalars(select(Outbox).where(Outbox.kind == News.SOP_PAGE))] == [
        {"signed": first.id}
    ]
    assert tasks_of(lea, now=now) == tasks_of(sara, now=now) == []
    with pytest.raises(TooLate, match="nothing has changed since"):
        sign(cycle, by=lea, now=now)
    row = find_forecast(cycle, sara, "Tents")
    answer_forecast(row, Believed((0, 0, 0), (80, 50, 50), reason="An order."), by=sara, now=now + HOUR)
    # Whatever the signer reads in, the channel reads its own language.
    with reading("de"):
        second = sign(cycle, by=lea, now=now + 2 * HOUR)
    assert (second.version, second.changes) == (2, "Tents: demand +30 units in 1 month")
    assert cycle.latest_signed is second
    # Whatever came later, a version is published with its own numbers.
    published = next(plan for plan in kept_page(first).page.plans if plan.family == "Tents")
    assert (list(published.demand), kept_page(first).page.version) == (first.numbers["Tents"]["demand"], 1)
    assert first.numbers["Tents"]["demand"] != second.numbers["Tents"]["demand"]
    turn(world, datetime(2027, 1, 5, 16, tzinfo=DENVER))
    following = the_cycle(world)
    assert (following.month, [one.id for one in decided_in(following)]) == (JAN, [kept.id])
    with pytest.raises(NotYours):
        close(world.workspace, kept.id, by=sara, now=now)
    close(world.workspace, kept.id, by=olga, now=now + 20 * DAY)
    assert decided_in(following) == ()
    with pytest.raises(TooLate):
        close(world.workspace, kept.id, by=olga, now=now + 20 * DAY)


def test_reconciliation_is_done_by_saying_so_and_a_decision_stands_once(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle, lea, olga = the_cycle(world), world.person("Lea"), world.person("Olga")
    assert cycle.unanswered(Step.RECONCILIATION) == [olga]
    with pytest.raises(NotYours):
        reconcile(cycle, by=world.person("Sara"), now=at("12-16"))
    reconcile(cycle, by=olga, now=at("12-16"))
    assert cycle.unanswered(Step.RECONCILIATION) == []
    with pytest.raises(TooLate, match="reconciled already"):
        reconcile(cycle, by=olga, now=at("12-16"))
    turn(world, at("12-17").replace(year=2027, month=1))
    following = the_cycle(world)
    now = at("12-18").replace(year=2027, month=1)
    hire = partial(
        record_decision, following, "Hire.", family="Tents", month=None, owner=olga, due=FEBRUARY, by=lea, now=now
    )
    hire()
    assert following.unanswered(Step.RECONCILIATION) == [olga]
    with pytest.raises(TooLate, match="recorded already"):
        hire()
