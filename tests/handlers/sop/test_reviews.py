"""Answering a review through the form: nothing that was typed is lost, and nobody's later answer is written over."""

from dataclasses import replace

import pytest

from handlers.sop.family_view import family_key
from models.sop.owners import name_owner
from tests.handlers.desk import chosen, typed
from tests.handlers.sop.cycle_desk import FAMILY, PRESSED, SUBMITTED, CycleDesk


def field(name: str) -> tuple[str, str]:
    return name, "edit"


def test_agreeing_to_all_is_refused_while_something_else_is_typed(desk: CycleDesk) -> None:
    desk.go_to("demand")
    before = desk.rows()
    action, window = PRESSED["agree to all"](desk.about("seller"))
    for name, value in (("certain.0", "9999"), ("reason", "A fair."), ("rest", "5")):
        changed = replace(window, fields={**window.fields, field(name): typed(value)})
        answer = desk.press_in_window("seller", action, changed)
        assert answer.text == "You changed something for Tents: submit that first, then agree to the rest."
    assert desk.rows() == before


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("certain.1", "many", "A whole number of 0 or more."),
        ("rest", "a lot", "A percentage"),
        ("reason", "", "Why is it other than the baseline? A sentence is enough."),
    ],
)
def test_forecast_that_is_wrong_is_said_under_its_field(desk: CycleDesk, name: str, value: str, sentence: str) -> None:
    desk.go_to("demand")
    before = desk.rows()
    window = SUBMITTED["submit a forecast"](desk.about("seller"))
    answer = desk.submit_form("seller", replace(window, fields={**window.fields, field(name): typed(value)}))
    assert answer.text.startswith("(under a field)")
    assert f"'{name}':" in answer.text
    assert sentence in answer.text
    assert desk.rows() == before


def test_next_family_follows_until_all_are_in(desk: CycleDesk) -> None:
    desk.go_to("demand")
    answer = desk.submit("seller", "submit a forecast")
    assert answer.text.splitlines()[0] == "Tents is in. 2 left."
    for family in ("Lamps", "Parts"):
        window = SUBMITTED["submit a forecast"](desk.about("seller"))
        chosen_family = {("family", "family"): chosen("external_select", family_key(family))}
        answer = desk.submit_form("seller", replace(window, fields={**window.fields, **chosen_family}))
    assert answer.text == "Your forecast is in. /sop shows where the cycle stands."


def test_answer_that_another_planner_gave_meanwhile_is_not_written_over(desk: CycleDesk) -> None:
    desk.go_to("supply")
    with desk.bot.database.writing() as session:
        olga = desk.member(session, "operations")
        name_owner(olga.workspace, FAMILY, None, by=olga, now=desk.now)
    assert desk.submit("other planner", "submit supply").text.startswith("Your supply plan is in.")
    answer = desk.submit("operations", "submit supply")
    assert (
        answer.text
        == "(under a field) {'family': 'Otto has answered this family meanwhile. Choose it again to see how.'}"
    )
