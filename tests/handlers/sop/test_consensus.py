"""Agreeing on a demand: units or a percentage, for a month or several."""

from dataclasses import replace

import pytest

from tests.handlers.desk import Json, chosen, typed
from tests.handlers.sop.cycle_desk import FAMILY, PRESSED, SUBMITTED, CycleDesk


def month(first: str) -> Json:
    return chosen("static_select", first)


def agreed(desk: CycleDesk) -> list[int | None]:
    units: list[int | None] = desk.look(lambda session: desk._december(session).consensus[0].units[:4])
    return units


def submitted(desk: CycleDesk, **fields: Json) -> str:
    window = SUBMITTED["agree on demand"](desk.about("coordinator"))
    edited = {(name, "edit"): element for name, element in fields.items()}
    return desk.submit_form("coordinator", replace(window, fields={**window.fields, **edited})).text


def test_family_that_is_chosen_shows_what_sales_believe(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    action, window = PRESSED["choose a family to agree on"](desk.about("coordinator"))
    form = desk.press_in_window("coordinator", action, window).form
    (table,) = [block for block in form["blocks"] if block["type"] == "rich_text"]
    assert [line.split() for line in str(table["elements"][0]["elements"][0]["text"]).splitlines()[:2]] == [
        ["baseline", "sales", "agreed"],
        ["Dec", "2026", "100", "100", "–"],
    ]


def test_percentage_moves_what_sales_believe_and_nothing_typed_gives_it_back(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    months = {"last": month("2027-01-01")}
    assert submitted(desk, units=typed("+10%"), **months).startswith(f"Agreed. {FAMILY} counts with it now.")
    assert agreed(desk) == [110, 110, None, None]
    assert submitted(desk, units=typed("1,200")).startswith("Agreed.")
    assert agreed(desk) == [1200, 110, None, None]
    assert submitted(desk, units=typed("")).startswith("Agreed.")
    assert agreed(desk) == [None, 110, None, None]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"units": typed("many")}, "{'units': 'Units such as 120, or a change such as +10% or -5%.'}"),
        ({"units": typed("12.5")}, "{'units': 'Units such as 120, or a change such as +10% or -5%.'}"),
        ({"first": month("2027-02-01"), "last": month("2027-01-01")}, "That is before the first month."),
        ({"first": month("2020-01-01")}, "Choose a month."),
        ({"reason": typed(" ")}, "Why? A sentence is enough"),
    ],
)
def test_what_is_wrong_is_said_under_its_field(desk: CycleDesk, fields: dict[str, Json], sentence: str) -> None:
    desk.go_to("reconciliation")
    before = desk.rows()
    assert sentence in submitted(desk, **fields)
    assert desk.rows() == before
