"""Undo in the window of a resource: who sees it, what it says before it is done, and who is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from handlers.capacity import capacity, undoing
from handlers.capacity.targets import UndoTarget, WeekTarget
from handlers.slack.replies import Show
from models.base.errors import NotYours, TooLate
from models.capacity.acts import acts_on
from models.capacity.adjusting import adjust
from models.capacity.changes import rows_of
from models.company.resources import ResourceRow
from models.deals.deciding import approve, win
from models.deals.rows import Deal
from models.files import CapacityFile
from models.promise import Adjustment
from models.setup.importing import import_capacity
from models.workspace.history import History
from sandbox.client import Person
from sandbox.render import render_blocks
from tests.handlers.capacity.test_capacity import import_csv, save
from tests.handlers.large import Large, long, resource_name
from tests.handlers.shown import Slack
from tests.stage import OPS, Stage, shown
from tests.world import NOW, World

JAN_4, JAN_11, JAN_18 = date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)
LATER = NOW + timedelta(hours=1)
UNDO = "Undo the last one…"


def resource(world: World, name: str = "Assembly") -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def lower(world: World, available: int = 0) -> int:
    given = Adjustment("Assembly", JAN_4, available=available, overtime=0, reason="The press is down.")
    adjust(resource(world), given, by=world.person("Olga"), now=NOW)
    return acts_on(resource(world))[0].id


def promised(world: World) -> Deal:
    deal = world.propose(("Summit tent", 100, 48000, JAN_18))
    approve(deal, by=world.person("Olga"), now=NOW)
    return deal


def look(world: World, act: int, by: str = "Otto") -> Show:
    reply = undoing.look_at_undo(world.workspace, world.person(by), LATER, UndoTarget(act=act))
    assert isinstance(reply, Show)
    return reply


def text_of(reply: Any) -> str:
    return render_blocks([block.to_dict() for block in getattr(reply, "view", reply).blocks])


def window(world: World, name: str, by: str) -> str:
    view = capacity.open_capacity(world.workspace, world.person(by), LATER, name)
    return text_of(view)


def test_looking_says_what_would_be_as_before_and_changes_nothing(world: World) -> None:
    deal, act = promised(world), lower(world)
    before, told = rows_of(world.workspace, [resource(world).id]), world.session.scalars(select(History.id)).all()
    assert text_of(look(world, act)).splitlines() == [
        "Assembly, week of Jan 4: 0 hours → 320 hours.",
        "No deal’s promise or hold would break.",
        "Can be kept again: #1 Acme.",
        "Nothing has been changed yet.",
    ]
    assert rows_of(world.workspace, [resource(world).id]) == before
    assert (world.session.scalars(select(History.id)).all(), deal.broken_at) == (told, NOW)


def test_undo_is_done_as_it_was_seen(world: World) -> None:
    deal, act = promised(world), lower(world)
    seen = UndoTarget.decode(look(world, act).view.private_metadata)
    done = undoing.undo_change(world.workspace, world.person("Otto"), LATER, seen)
    assert text_of(done) == ("Undone. Can be kept again: #1 Acme. Their owners know. Every deal’s promise can be kept.")
    assert deal.broken_at is None


def test_undo_that_would_do_something_else_is_shown_first(world: World) -> None:
    raised = Adjustment("Assembly", JAN_4, available=600_000, overtime=0, reason="A second shift.")
    adjust(resource(world), raised, by=world.person("Olga"), now=NOW)
    act = acts_on(resource(world))[0].id
    seen = UndoTarget.decode(look(world, act).view.private_metadata)
    deal = world.propose(("Summit tent", 300, 48000, JAN_18))
    approve(deal, by=world.person("Olga"), now=NOW)
    otto = world.person("Otto")
    again = undoing.undo_change(world.workspace, otto, LATER, seen)
    assert isinstance(again, Show)
    assert undoing.AGAIN in text_of(again)
    assert "This would break 1 promise: #1 Acme" in text_of(again)
    assert (again.view.callback_id, deal.broken_at) == ("undo", None)
    done = undoing.undo_change(world.workspace, otto, LATER, UndoTarget.decode(again.view.private_metadata))
    assert "One promise can no longer be kept." in text_of(done)
    assert deal.broken_at == LATER


def test_button_is_there_for_operations_while_nobody_has_acted(world: World) -> None:
    assert UNDO not in window(world, "Assembly", "Olga")
    deal, _ = promised(world), lower(world)
    assert {name: UNDO in window(world, "Assembly", name) for name in ("Olga", "Otto", "Sara", "Lea")} == {
        "Olga": True,
        "Otto": True,
        "Sara": False,
        "Lea": False,
    }
    assert UNDO not in window(world, "Last ten", "Olga")
    assert UNDO not in window(world, "", "Olga")
    win(deal, by=world.person("Sara"), now=NOW)
    assert UNDO not in window(world, "Assembly", "Olga")


def test_last_changes_are_for_everybody_with_a_role(world: World) -> None:
    lower(world)
    said = window(world, "Assembly", "Sara").splitlines()
    at = said.index("Last changes")
    assert said[at + 1].endswith(": week of Jan 4: 320 hours → 0 hours “The press is down.”")
    assert said[at + 1].startswith("Olga ")


def test_only_operations_undo_and_only_what_is_possible(world: World) -> None:
    act = lower(world)
    for name in ("Sara", "Lea", "Gus"):
        with pytest.raises(NotYours):
            look(world, act, by=name)
        with pytest.raises(NotYours):
            undoing.undo_change(world.workspace, world.person(name), LATER, UndoTarget(act=act))
    lower(world, 5)
    with pytest.raises(TooLate):
        look(world, act)


def test_large_import_is_shown_and_undone(large: Large, slack: Slack) -> None:
    world, olga = large.world, large.person("Olga")
    with world.session.begin_nested() as attempt:
        rows = [
            Adjustment(resource_name("fits", number), JAN_18 + timedelta(weeks=week), available=5, reason=long(200))
            for number in range(7)
            for week in range(40)
        ]
        import_capacity(world.workspace, CapacityFile(tuple(rows)), by=olga, now=NOW)
        row = large.resource(resource_name("fits", 0))
        for number in range(9):
            given = Adjustment(row.name, JAN_4, available=number, reason=long(200, f"{number}"))
            adjust(row, given, by=olga, now=NOW)
        slack.show(capacity.choose_resource(world.workspace, olga, NOW, str(row.id), WeekTarget()))
        act = acts_on(row)[-1]
        assert (act.is_import, len(act.changes)) == (True, 40)
        looked = undoing.look_at_undo(world.workspace, olga, NOW, UndoTarget(act=act.id))
        assert isinstance(looked, Show)
        slack.show(looked)
        assert "And 2 more resources." in text_of(looked)
        seen = UndoTarget.decode(looked.view.private_metadata)
        slack.show(undoing.undo_change(world.workspace, olga, NOW, seen))
        attempt.rollback()


def test_undo_restores_and_both_owners_hear_of_it(stage: Stage) -> None:
    olga, otto, settle = stage.person("Olga"), stage.person("Otto"), stage.sb.settle
    stage.propose("Acme 100 Summit tent by 18 Jan at 10% off")
    olga.press("Approve", in_=stage.card())
    settle()
    save(stage, otto, "300")
    own = stage.own_card("Sara").ts
    assert "can no longer be kept" in stage.card().as_text()
    open_assembly(stage, olga)
    otto_line = next(line for line in shown(olga).as_text().splitlines() if line.startswith("Otto "))
    assert otto_line.endswith(": week of Jan 4: 320 hours → 300 hours “So be it.”")
    olga.press(UNDO, in_=shown(olga))
    settle()
    assert "Can be kept again: #1 Acme." in shown(olga).as_text()
    assert olga.submit().ok
    settle()
    assert shown(olga).as_text() == (
        "Undone. Can be kept again: #1 Acme. Their owners know. Every deal’s promise can be kept."
    )
    told = f"Olga changed capacity, and this promise can be kept again. “Undone: So be it.” <@{olga.id}>"
    assert stage.thread()[-1] == told
    assert stage.own_card("Sara").ts != own
    for card in (stage.card(), stage.own_card("Sara")):
        assert "can no longer be kept" not in card.as_text()
    open_assembly(stage, olga)
    assert " Jan 4        320        312     0     8" in shown(olga).as_text()
    assert stage.sb.violations() == []


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_import_is_undone_in_its_window(stage: Stage) -> None:
    olga, settle = stage.person("Olga"), stage.sb.settle
    import_csv(stage, b"ref,resource,week,quantity\nSO-7,Assembly,2027-01-04,19.5\nSO-1881,Assembly,2027-01-04,1\n")
    open_assembly(stage, olga)
    said = "SO-1881 in the week of Jan 4: 258 hours → 1 hour; SO-7 in the week of Jan 4: nothing → 19.5 hours"
    assert said in shown(olga).as_text()
    olga.press(UNDO, in_=shown(olga))
    settle()
    assert olga.submit().ok
    settle()
    assert shown(olga).as_text() == "Undone. Every deal’s promise can be kept."
    open_assembly(stage, olga)
    assert " Jan 4        320        258     0    62" in shown(olga).as_text()
    assert stage.sb.violations() == []


def open_assembly(stage: Stage, person: Person) -> None:
    while person.modals():
        person.close()
    person.command(OPS, "/capacity Assembly")
    stage.sb.settle()
