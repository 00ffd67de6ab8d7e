"""The budget by file, and the plan with its money for those who may see it."""

import io

from openpyxl import load_workbook
from sqlalchemy import select

from handlers.sop.budget import PlanFile, plan_file, render_plan
from models.sop.budgets import Budget
from models.workspace.outbox import News, Outbox
from tests.handlers.sop.cycle_desk import DECEMBER, FAMILY, CycleDesk
from tests.models.sop.december import at, planned, the_cycle, turn
from tests.world import NOW, World


def test_budget_is_taken_over_once_it_was_seen(desk: CycleDesk) -> None:
    desk.go_to("supply")
    assert "Imported one row." in desk.submit("finance", "hand in the budget").text
    rows = desk.look(lambda session: [(row.family, row.month, row.revenue) for row in session.scalars(select(Budget))])
    assert rows == [(FAMILY, DECEMBER, 5_000_000)]


def test_workbook_with_money_has_each_family_in_money(world: World) -> None:
    turn(planned(world), at("12-09"))
    lea = world.person("Lea")
    row = Outbox(workspace=world.workspace, kind=News.PLAN, stream="U1", queued_at=NOW, not_before=NOW, key="k")
    row.member_id, row.details = lea.id, PlanFile(cycle=the_cycle(world).id).written()
    assert "for operations, finance and leadership" in render_plan(world.session, row, NOW).arguments["text"]
    name, content = plan_file(world.session, row)
    book = load_workbook(io.BytesIO(content))
    money = {tuple(cell.value for cell in line[:3]) for line in book["Money"].iter_rows(min_row=2)}
    # 100 tents of December at $390, of which $155 are left.
    assert name == "sop-2026-12-money.xlsx"
    assert {("Tents", "revenue", 39_000), ("Tents", "margin", 15_500), ("Tents", "inventory", 0)} <= money
