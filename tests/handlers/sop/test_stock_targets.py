"""Targets for stock, through the door: units or months, and what is wrong under its field."""

from decimal import Decimal

import pytest

from handlers.sop.family_view import family_key
from handlers.sop.stock_targets_view import level_text, targets_view
from models.base.words import company_locale
from models.sop.rows import StockTarget
from models.sop.stock_targets import stock_targets
from models.workspace.workspaces import the_workspace
from tests.handlers.desk import Json, Window, chosen, fields_of, typed
from tests.handlers.large import long
from tests.handlers.shown import Slack
from tests.handlers.sop.cycle_desk import FAMILY, CycleDesk

US = company_locale("US")


def saved(desk: CycleDesk, role: str, **texts: str) -> str:
    fields = fields_of(**{name: typed(text) for name, text in texts.items()})
    family: dict[tuple[str, str], Json] = {("family", "targeted"): chosen("external_select", family_key(FAMILY))}
    return desk.submit_form(role, Window("targets", "{}", {**fields, **family})).text


def known(desk: CycleDesk) -> dict[str, str]:
    def read(row: StockTarget) -> str:
        return f"{level_text(row, 'target', US)} | {level_text(row, 'ceiling', US)} | {row.tolerance}"

    rows: dict[str, str] = desk.look(
        lambda session: {name: read(row) for name, row in stock_targets(the_workspace(session)).items()}
    )
    return rows


def test_target_is_typed_in_units_or_in_months(desk: CycleDesk) -> None:
    desk.go_to("supply")
    assert "at least 1.5 months, at most 200" in saved(
        desk, "coordinator", target="1.5 Months", ceiling="200", tolerance="10 %"
    )
    assert known(desk) == {FAMILY: "1.5 months | 200 | 10"}
    saved(desk, "coordinator", target="", ceiling="", tolerance="5")
    assert known(desk) == {FAMILY: "0 |  | 5"}


@pytest.mark.parametrize(
    ("role", "texts", "sentence"),
    [
        ("coordinator", {"target": "some", "ceiling": "", "tolerance": "5"}, "{'target': 'Units such as 200"),
        ("coordinator", {"target": "1.5", "ceiling": "", "tolerance": "5"}, "{'target': 'Units such as 200"),
        ("coordinator", {"target": "5", "ceiling": "4", "tolerance": "5"}, "The ceiling is below the target."),
        ("coordinator", {"target": "5", "ceiling": "", "tolerance": "x"}, "A percentage such as 5."),
        ("seller", {"target": "5", "ceiling": "", "tolerance": "5"}, "admin"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    desk: CycleDesk, role: str, texts: dict[str, str], sentence: str
) -> None:
    desk.go_to("supply")
    before = desk.rows()
    assert sentence in saved(desk, role, **texts)
    assert desk.rows() == before


def test_a_hundred_targets_are_accepted(slack: Slack) -> None:
    row = StockTarget(family="", target=Decimal("99.99"), is_target_cover=True, ceiling=Decimal(10**9))
    row.is_ceiling_cover, row.tolerance = False, Decimal("12.5")
    slack.show(targets_view({long(200, f"{n}"): row for n in range(100)}, US, long(200, "3")))
    slack.show(targets_view({}, US))
