"""A scenario as a picture."""

from handlers.sop.scenario_picture import DrawnScenario, render_scenario
from models.workspace.outbox import News, Outbox
from tests.handlers.sop.cycle_desk import CycleDesk


def test_scenario_is_drawn_beside_the_plan_unless_it_is_gone(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    with desk.bot.database.writing() as session:
        member = desk.member(session, "finance")
        scenario = desk.about("finance").scenario
        row = Outbox(workspace=member.workspace, kind=News.SCENARIO, stream="U1", queued_at=desk.now, key="k")
        row.not_before, row.details = desk.now, DrawnScenario(scenario).written()
        call = render_scenario(session, row, desk.now)
        assert call is not None
        assert call.arguments["text"] == "Seven more beside the plan"
        assert call.picture is not None
        assert call.picture().png.startswith(b"\x89PNG")
        row.details = DrawnScenario(scenario + 1).written()
        assert render_scenario(session, row, desk.now) is None
        session.rollback()
