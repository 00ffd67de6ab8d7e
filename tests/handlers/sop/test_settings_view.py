"""The S&OP settings as forms."""

from handlers.sop.settings_view import PlanningMoney, owners_view, planning_view
from models.sop.rows import DAYS
from sandbox.render import render_blocks


def test_schedule_says_what_stock_costs_and_who_sees_money() -> None:
    labels = {name: name for name in DAYS}
    view = planning_view("C1", "U1", dict(DAYS), labels, PlanningMoney("12.5", is_shown=True)).to_dict()
    elements = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert elements["carrying"]["initial_value"] == "12.5"
    assert elements["money"]["initial_option"]["text"]["text"] == "In all, not by family"
    hidden = planning_view("C1", "U1", dict(DAYS), labels, PlanningMoney()).to_dict()["blocks"][-1]["element"]
    assert hidden["initial_option"]["text"]["text"] == "Not in the S&OP channel"


def test_families_without_an_owner_are_anybodys() -> None:
    text = render_blocks(owners_view({}).to_dict()["blocks"])
    assert "No family has an owner: whoever in operations answers first, answers." in text
