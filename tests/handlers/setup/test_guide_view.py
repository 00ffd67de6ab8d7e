"""The guide in words."""

from dataclasses import replace
from decimal import Decimal

from handlers.setup.guide_view import guide_blocks, guide_text, steps_in
from models.setup.progress import SetupState
from models.workspace.roles import SPEAKING, Role
from sandbox.render import render_blocks

NOTHING = SetupState("", 0, {}, (), dict.fromkeys(SPEAKING, 0), ())
PEOPLE = {Role.SALES: 2, Role.OPERATIONS: 1, Role.FINANCE: 0, Role.LEADERSHIP: 0}
ALL = SetupState("Ridgeline", 1, {"*": "C1"}, (), PEOPLE, (), resources=2, deals=1, schedules=2)


def test_what_is_done_has_a_tick_and_what_is_not_a_way() -> None:
    assert [step.is_done for step in steps_in(NOTHING)] == [False] * 5
    assert [step.is_done for step in steps_in(ALL)] == [True] * 5
    assert all(step.buttons for state in (NOTHING, ALL) for step in steps_in(state))
    text = render_blocks([block.to_dict() for block in guide_blocks(ALL)])
    assert "✓ 1. Company · 1 offer and 2 resources, in USD." in text
    assert "✓ 5. Schedules · 2 summaries a channel hears by itself." in text
    assert guide_text(NOTHING) == "Set Belay up: 0 of 5 done."
    assert guide_text(ALL) == "Belay is set up."


def test_families_without_a_channel_keep_that_step_open() -> None:
    state = SetupState("x", 1, {"Tents": "C1"}, ("Parts",), PEOPLE, (), resources=1)
    assert [step.is_done for step in steps_in(state)] == [True, True, False, False, False]


def test_company_is_there_once_it_has_what_is_sold_and_what_that_takes() -> None:
    state = SetupState("Joinery", 8, {}, (), PEOPLE, (), needless=8, timezone="Europe/London")
    step, *_ = steps_in(state)
    assert not step.is_done
    assert "8 offers need nothing yet, so every amount fits." in step.told
    assert step.told.endswith(
        "Assumed so far: the name Joinery, the time zone Europe/London, no public holidays, no lowest margin."
    )
    there = replace(state, resources=3, needless=0, country="GB", margin_floor=Decimal("0.35"))
    assert steps_in(there)[0].told == "8 offers and 3 resources, in USD."


def test_buttons_are_each_their_own() -> None:
    elements = [e for b in guide_blocks(NOTHING) for e in b.to_dict().get("elements", ()) if "action_id" in e]
    ids = [element["action_id"] for element in elements]
    assert len(set(ids)) == len(ids) == 14
