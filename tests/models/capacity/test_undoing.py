"""Undo: exactly what was before, while nobody has acted on it, told to the owners of what can be kept again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from bot.database import Database
from models.base.errors import Busy, NotFound, NotYours, Refused, TooLate
from models.capacity.acts import acts_on
from models.capacity.adjusting import adjust
from models.capacity.changes import rows_of
from models.capacity.undoing import Undone, objection_to_undo, undo
from models.company.resources import Commitment, ResourceRow, WeekExceptionRow
from models.deals.card_messages import CardMessage
from models.deals.deciding import approve, cancel, win
from models.deals.proposing import change, counter
from models.deals.rows import Deal
from models.deals.talking import ask
from models.files import CapacityFile, GivenCommitment, read_company
from models.promise import Adjustment
from models.setup.importing import import_capacity, import_company
from models.workspace.history import History, record
from models.workspace.outbox import News, Outbox
from tests.world import COMPANY, NOW, World

JAN_4, JAN_11, JAN_18, JAN_25 = (date(2027, 1, day) for day in (4, 11, 18, 25))
LATER = NOW + timedelta(hours=1)


def resource(world: World, name: str = "Assembly") -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def promised(world: World, tents: int = 100, customer: str = "Acme") -> Deal:
    deal = world.propose(("Summit tent", tents, 48000, JAN_18), customer=customer)
    approve(deal, by=world.person("Olga"), now=NOW)
    return deal


def lower(world: World, available: int = 0, week: date = JAN_4) -> list[Deal]:
    given = Adjustment("Assembly", week, available=available, overtime=0, reason="The press is down.")
    return list(adjust(resource(world), given, by=world.person("Olga"), now=NOW).promises)


def last(world: World, name: str = "Assembly") -> int:
    return acts_on(resource(world, name))[0].id


def undo_last(world: World, by: str = "Otto", name: str = "Assembly") -> Undone:
    return undo(world.workspace, last(world, name), by=world.person(by), now=LATER)


def everything(world: World) -> Any:
    ids = list(world.session.scalars(select(ResourceRow.id)))
    return rows_of(world.workspace, ids)


def objection(world: World, by: str = "Otto", now: Any = LATER) -> Refused | None:
    return objection_to_undo(world.workspace, last(world), by=world.person(by), now=now)


@pytest.mark.parametrize("week", [JAN_4, JAN_11], ids=["differed before", "was usual"])
def test_adjusted_week_is_as_it_was(world: World, week: date) -> None:
    before = everything(world)
    lower(world, week=week)
    assert everything(world) != before
    undo_last(world)
    assert everything(world) == before
    (newest, _) = acts_on(resource(world))
    assert (newest.by, newest.why, newest.is_import) == ("Otto", "Undone: The press is down.", False)


def test_receipt_is_as_it_was(world: World) -> None:
    before, poles = everything(world), resource(world, "Poles in stock")
    for week in (JAN_11, JAN_18):
        given = Adjustment("Poles in stock", week, receipt=5, reason="Late.")
        adjust(poles, given, by=world.person("Olga"), now=NOW)
        undo_last(world, name="Poles in stock")
        assert everything(world) == before


def test_import_is_undone_as_a_whole_with_its_commitments(world: World) -> None:
    before, olga = everything(world), world.person("Olga")
    weeks = CapacityFile((Adjustment("Assembly", JAN_4, available=1), Adjustment("Last ten", JAN_11, available=2)))
    loads = CapacityFile(
        commitments=(
            GivenCommitment("SO-1881", "Assembly", JAN_4, 5_000, "Less"),
            GivenCommitment("SO-7", "Last ten", JAN_4, 7_000, ""),
        )
    )
    import_capacity(world.workspace, weeks, by=olga, now=NOW)
    between = everything(world)
    import_capacity(world.workspace, loads, by=olga, now=LATER)
    undo_last(world, name="Last ten")
    assert everything(world) == between
    assert world.session.scalars(select(Commitment.ref).where(Commitment.ref.is_not(None))).all() == ["SO-1881"]
    assert [act.why for act in acts_on(resource(world), limit=1)] == ["An import was undone."]
    assert before != between


def test_undoing_can_be_undone(world: World) -> None:
    deal = promised(world)
    lower(world)
    lowered = everything(world)
    undo_last(world)
    assert undo_last(world, by="Olga").breaks.promises == [deal]
    assert everything(world) == lowered
    assert deal.broken_at == LATER


def test_promise_that_can_be_kept_again_is_told_to_both_owners(world: World) -> None:
    deal, other = promised(world, 60), promised(world, 20, "Borealis")
    assert lower(world) == [deal, other]
    for row in world.session.scalars(select(Outbox)):
        row.settled_at = NOW
    for card in world.session.scalars(select(CardMessage)):
        card.ts = "1795440000.000100"
    undone = undo_last(world)
    assert (undone.mended, undone.breaks.deals) == ([deal, other], [])
    assert (deal.broken_at, other.broken_at, deal.state) == (None, None, "approved")
    act = world.session.scalars(select(History).where(History.move == "mend", History.subject_id == deal.id)).one()
    assert (act.by_id, act.why) == (world.person("Otto").id, "Undone: The press is down.")
    told = world.session.scalars(select(Outbox).where(Outbox.history_id == act.id)).all()
    assert [row.kind for row in told] == [News.THREAD]
    raised = world.session.scalars(select(Outbox.kind).where(Outbox.settled_at.is_(None))).all()
    assert raised.count(News.CARD_ANEW) == 2


def test_promise_that_still_lacks_something_stays_broken(world: World) -> None:
    deal = promised(world)
    lower(world, 100_000)
    lower(world, 0)
    undone = undo_last(world)
    assert (undone.mended, deal.broken_at) == ([], NOW)


def test_undoing_of_more_capacity_breaks_what_relies_on_it(world: World) -> None:
    given = Adjustment("Assembly", JAN_4, available=600_000, overtime=0, reason="A second shift.")
    adjust(resource(world), given, by=world.person("Olga"), now=NOW)
    deal = promised(world, 300)
    undone = undo_last(world)
    assert (undone.breaks.promises, deal.broken_at) == ([deal], LATER)


def _counter(world: World, deal: Deal) -> None:
    counter(deal, world.terms(("Summit tent", 50, 48000, JAN_25)), by=world.person("Otto"), now=NOW)


def _change(world: World, deal: Deal) -> None:
    change(deal, world.terms(("Summit tent", 50, 48000, JAN_18)), by=world.person("Sara"), now=NOW)


def _win(world: World, deal: Deal) -> None:
    win(deal, by=world.person("Sara"), now=NOW)


def _cancel(world: World, deal: Deal) -> None:
    cancel(deal, by=world.person("Sara"), now=NOW, why="Gone.")


@pytest.mark.parametrize(("act", "who"), [(_counter, "Otto"), (_change, "Sara"), (_win, "Sara"), (_cancel, "Sara")])
def test_act_of_a_person_on_a_deal_that_it_broke_ends_the_undo(
    world: World, act: Callable[[World, Deal], None], who: str
) -> None:
    deal = promised(world)
    lower(world)
    act(world, deal)
    before = everything(world)
    with pytest.raises(TooLate) as refused:
        undo_last(world)
    assert refused.value.sentence == (f"{who} has acted on deal #1 since, which this broke. Adjust the week instead.")
    assert everything(world) == before


def test_act_on_a_deal_that_it_did_not_break_is_none(world: World) -> None:
    promised(world)
    lower(world, 319_000)
    ask(world.propose(customer="Borealis"), "Which colour?", by=world.person("Olga"), now=NOW)
    assert objection(world) is None


def test_hold_that_broke_counts_as_a_deal_that_it_broke(world: World) -> None:
    deal = world.propose(("Summit tent", 100, 48000, JAN_18))
    counter(deal, world.terms(("Summit tent", 90, 48000, JAN_18)), by=world.person("Olga"), now=NOW)
    lower(world)
    assert objection(world) is None
    ask(deal, "Still?", by=world.person("Sara"), now=NOW)
    refused = objection(world)
    assert refused
    assert refused.sentence.startswith("Sara has acted on deal #1 since")


def test_later_change_of_the_same_week_ends_the_undo_and_another_week_does_not(world: World) -> None:
    lower(world, 300_000)
    first = last(world)
    lower(world, 200_000, week=JAN_11)
    assert objection_to_undo(world.workspace, first, by=world.person("Otto"), now=LATER) is None
    given = CapacityFile((Adjustment("Assembly", JAN_4, available=1),))
    import_capacity(world.workspace, given, by=world.person("Otto"), now=NOW)
    with pytest.raises(TooLate, match=r"^Otto has changed the same weeks since\.$"):
        undo(world.workspace, first, by=world.person("Olga"), now=LATER)


def test_undone_change_is_not_undone_twice(world: World) -> None:
    lower(world)
    first = last(world)
    undo_last(world)
    with pytest.raises(TooLate, match="Otto has changed the same weeks since"):
        undo(world.workspace, first, by=world.person("Olga"), now=LATER)


def test_company_that_is_imported_anew_ends_the_undo_where_it_changes_the_week(world: World) -> None:
    lower(world)
    import_company(world.workspace, read_company(COMPANY), by=None, now=NOW)
    with pytest.raises(TooLate, match=r"^The same weeks have changed since\.$"):
        undo_last(world)


def test_only_operations_undo_what_is_there_and_not_over(world: World) -> None:
    lower(world)
    for name in ("Sara", "Fin", "Lea", "Gus"):
        assert isinstance(objection(world, by=name), NotYours)
    assert str(objection(world, now=NOW + timedelta(weeks=7))) == "What it changed is over."
    deal_act = record(world.propose(), "propose", by=None, now=NOW)
    for act_id in (0, 10**9, deal_act.id):
        with pytest.raises(NotFound):
            undo(world.workspace, act_id, by=world.person("Olga"), now=LATER)


def test_change_whose_before_is_not_known_is_not_undone(world: World) -> None:
    details = {"week": "2027-01-04", "available": 5, "overtime": None, "receipt": None}
    record(resource(world), "adjust", by=None, now=NOW, why="Old.", details=details)
    with pytest.raises(Refused, match="What was there before is not known"):
        undo_last(world)
    given = Adjustment("Assembly", JAN_4, available=320_000, overtime=0, reason="Public holiday")
    adjust(resource(world), given, by=world.person("Olga"), now=NOW)
    with pytest.raises(Refused, match="or it was the same"):
        undo_last(world)


def test_week_that_was_made_by_the_change_is_gone(world: World) -> None:
    lower(world, week=JAN_11)
    undo_last(world)
    weeks = world.session.scalars(select(WeekExceptionRow.week)).all()
    assert weeks == [JAN_4]
    assert [row.week for row in resource(world).weeks] == [JAN_4]


def test_two_planners_at_once_undo_a_change_once(database: Database) -> None:
    with World.build(database) as world:
        lower(world)
        act = last(world)
    both = Barrier(2)

    def press(name: str) -> str:
        both.wait()
        try:
            with World.enter(database) as world:
                undo(world.workspace, act, by=world.person(name), now=LATER)
        except (TooLate, Busy) as refused:
            return refused.sentence
        return "Undone."

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(press, ("Olga", "Otto")))
    assert said[1] == "Undone."
    assert said[0].endswith("has changed the same weeks since.")
    with World.enter(database) as world:
        assert len(acts_on(resource(world))) == 2
