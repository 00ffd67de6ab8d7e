"""Hours of a person, settings of the company, through the door."""

from datetime import time

import pytest

from models.base.working_time import WorkingHours
from models.workspace.leads import lead_of
from models.workspace.members import find_member
from models.workspace.roles import Side
from models.workspace.workspaces import the_workspace
from tests.stage import OPS, Stage, shown


@pytest.mark.parametrize("stage", ["socket"], indirect=True)
def test_hours_are_a_person_s_own_and_settings_the_company_s(stage: Stage) -> None:
    sara, lea = stage.person("Sara"), stage.person("Lea")
    sara.command(OPS, "/belay hours")
    stage.sb.settle()
    sara.fill("opens", "10:00")
    sara.fill("closes", "09:00")
    assert sara.submit().errors == {"closes": "The day should end after it has begun."}
    sara.fill("closes", "16:00")
    sara.choose("Public holidays of", "Germany")
    assert sara.submit().ok
    lea.command(OPS, "/belay settings")
    stage.sb.settle()
    lea.fill("answer_hours", "4")
    lea.fill("sales", stage.people["Pete"])
    lea.fill("threads", [])
    assert lea.submit().ok
    stage.sb.settle()
    with stage.bot.database.reading() as session:
        workspace = the_workspace(session)
        member = find_member(workspace, stage.people["Sara"])
        assert member.hours == WorkingHours("America/Denver", "DE", time(10), time(16))
        assert (workspace.answer_hours, workspace.is_reading_threads) == (4, False)
        lead = lead_of(workspace, Side.SALES)
        assert lead is not None
        assert lead.name == "Pete"
    sara.command(OPS, "/belay settings")
    stage.sb.settle()
    assert "Only workspace admins" in shown(sara).as_text()
    stage.propose("Acme 30 Summit tent by 7 Jun")
    assert "Operations’ answer is due 2026-11-23 20:00 UTC." in stage.card().as_text()
