"""Launches and ends, through the door."""

from datetime import date
from decimal import Decimal

import pytest

from handlers.sop.family_view import family_key
from models.base.words import company_locale
from models.sop.launches import FamilyLife, lives_of
from models.workspace.workspaces import the_workspace
from tests.handlers.desk import Json, Window, chosen, fields_of, typed
from tests.handlers.sop.cycle_desk import FAMILY, CycleDesk

US = company_locale("US")


def saved(desk: CycleDesk, role: str, *, like: str = "", **given: str) -> str:
    months: dict[str, Json] = {
        name: chosen("static_select", given[name]) for name in ("since", "ends") if name in given
    }
    fields = fields_of(level=typed(given.get("level", "100")), ramp=typed(given.get("ramp", "0")), **months)
    names: dict[tuple[str, str], Json] = {("family", "beginning"): chosen("external_select", family_key("Lamps"))}
    if like:
        names["like", "like"] = chosen("external_select", family_key(like))
    return desk.submit_form(role, Window("launches", "{}", {**fields, **names})).text


def test_launch_and_end_are_kept_and_listed(desk: CycleDesk) -> None:
    desk.go_to("data")
    text = saved(desk, "coordinator", like=FAMILY, since="2027-01-01", level="80 %", ramp="3", ends="2027-12-01")
    assert "Lamps: like Tents at 80 % from Jan 2027, ends in Dec 2027" in text

    def known(row: FamilyLife) -> tuple[object, ...]:
        return row.like, row.level, row.since, row.ramp, row.ends

    rows = desk.look(lambda session: known(lives_of(the_workspace(session))["Lamps"]))
    assert rows == ("Tents", Decimal(80), date(2027, 1, 1), 3, date(2027, 12, 1))
    # In the data step it counts at once.
    lamps = desk.look(lambda session: desk._december(session).baselines["Lamps"][:3])
    assert lamps == [0, 27, 53]


@pytest.mark.parametrize(
    ("role", "given", "sentence"),
    [
        ("coordinator", {"level": "much"}, "A percentage such as 80."),
        ("coordinator", {"since": "2027-01-01"}, "A launch takes both"),
        ("coordinator", {"ends": "soon"}, "Choose a month."),
        ("seller", {}, "admin"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    desk: CycleDesk, role: str, given: dict[str, str], sentence: str
) -> None:
    desk.go_to("data")
    before = desk.rows()
    assert sentence in saved(desk, role, **given)
    assert desk.rows() == before
