"""Recording a decision: the way out that is chosen fills in the text, and what is missing is said under its field."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from handlers.sop.family_view import family_key
from models.sop.rows import Resolution
from tests.handlers.desk import Json, chosen, typed
from tests.handlers.sop.cycle_desk import DECEMBER, FAMILY, PRESSED, SUBMITTED, WHY, CycleDesk


def month() -> Json:
    return chosen("static_select", DECEMBER.isoformat())


def test_gap_brings_its_ways_out_and_one_that_is_chosen_fills_in_the_text(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    assert desk.submit("operations", "submit supply").text.startswith("Tents is in.")
    _, window = PRESSED["choose what to decide on"](desk.about("leadership"))
    window = replace(window, fields={**window.fields, ("month", "deciding"): month()})
    family = chosen("external_select", family_key(FAMILY)) | {"action_id": "deciding"}
    form = desk.press_in_window("leadership", family, window).form
    (way,) = [block for block in form["blocks"] if block.get("block_id", "").startswith("way")]
    first = way["element"]["options"][0]
    taken = {"type": "radio_buttons", "selected_option": first}
    fields = {**window.fields, (way["block_id"], "way_out"): taken}
    filled = desk.press_in_window("leadership", taken | {"action_id": "way_out"}, replace(window, fields=fields)).form
    (text,) = [block for block in filled["blocks"] if block.get("block_id", "").startswith("text")]
    assert "to make" in first["description"]["text"]
    name = first["text"]["text"]
    # A decision is published: what it costs is not in it.
    assert text["element"]["initial_value"] == f"{name[:1].upper()}{name[1:]}"


def test_coordinator_who_sells_sees_what_a_way_does_and_not_what_it_costs(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    assert desk.submit("operations", "submit supply").text.startswith("Tents is in.")
    _, window = PRESSED["choose what to decide on"](desk.about("coordinator"))
    window = replace(window, fields={**window.fields, ("month", "deciding"): month()})
    family = chosen("external_select", family_key(FAMILY)) | {"action_id": "deciding"}
    told = str(desk.press_in_window("coordinator", family, window).form)
    assert "net stock" in told
    assert "to make" not in told


@pytest.mark.parametrize(
    ("field", "element", "sentence"),
    [
        (("text", "edit"), typed(" "), "What was decided?"),
        (("due", "edit"), {"type": "datepicker", "selected_date": "2026-12-01"}, "The date should be in the future."),
        (("family", "deciding"), {"type": "external_select", "selected_option": None}, "Choose a family."),
    ],
)
def test_what_is_missing_is_said_under_its_field(
    desk: CycleDesk, field: tuple[str, str], element: Json, sentence: str
) -> None:
    desk.go_to("reconciliation")
    before = desk.rows()
    window = SUBMITTED["decide"](desk.about("leadership"))
    answer = desk.submit_form("leadership", replace(window, fields={**window.fields, field: element}))
    assert answer.text == f"(under a field) {{'{field[0]}': '{sentence}'}}"
    assert desk.rows() == before


def test_decision_from_the_page_is_of_the_month_of_its_gap_and_is_recorded_once(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    window = SUBMITTED["decide"](desk.about("leadership"))
    window = replace(window, fields={**window.fields, ("month", "deciding"): month()})
    assert desk.submit_form("leadership", window).text.startswith("Recorded: Olga sees to it.")
    again = desk.submit_form("leadership", window)
    assert again.text == "(under a field) {'text': 'That is recorded already.'}"
    decided = select(Resolution).where(Resolution.text == WHY)
    made = desk.look(lambda session: [(row.family, row.month) for row in session.scalars(decided)])
    assert made == [(FAMILY, DECEMBER)]
