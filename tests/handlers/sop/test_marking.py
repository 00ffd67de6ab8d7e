"""Months left out, through the door."""

from datetime import date

import pytest

from handlers.sop.family_view import family_key
from handlers.sop.marking import marks_view
from models.base.months import months_from
from models.base.words import company_locale
from models.sop.marking import marked_months
from models.sop.rows import Actual
from models.workspace.workspaces import the_workspace
from tests.handlers.desk import Json, Window, chosen, fields_of, typed
from tests.handlers.large import long
from tests.handlers.shown import Slack
from tests.handlers.sop.cycle_desk import FAMILY, CycleDesk

US = company_locale("US")


def saved(desk: CycleDesk, role: str, month: str, why: str) -> str:
    fields = fields_of(month=chosen("static_select", month), why=typed(why))
    family: dict[tuple[str, str], Json] = {("family", "marked"): chosen("external_select", family_key(FAMILY))}
    return desk.submit_form(role, Window("marks", "{}", {**fields, **family})).text


def test_month_is_marked_and_counts_again_without_a_reason(desk: CycleDesk) -> None:
    desk.go_to("demand")
    assert "Tents, Nov 2026: A strike." in saved(desk, "finance", "2026-11-01", "A strike.")
    assert "No month is left out." in saved(desk, "finance", "2026-11-01", " ")
    assert desk.look(lambda session: marked_months(the_workspace(session))) == []


@pytest.mark.parametrize(
    ("role", "month", "sentence"),
    [("finance", "2026-12-01", "Choose a month that is over."), ("seller", "2026-11-01", "operations, finance")],
)
def test_what_is_wrong_is_said_and_changes_nothing(desk: CycleDesk, role: str, month: str, sentence: str) -> None:
    desk.go_to("demand")
    before = desk.rows()
    assert sentence in saved(desk, role, month, "x")
    assert desk.rows() == before


def test_a_hundred_marks_are_accepted(slack: Slack) -> None:
    rows = [Actual(family=long(200, f"{n}"), month=date(2026, 1, 1), left_out=long(200)) for n in range(100)]
    slack.show(marks_view(rows, months_from(date(2022, 1, 1), 60), US))
    slack.show(marks_view([], months_from(date(2022, 1, 1), 60), US))
