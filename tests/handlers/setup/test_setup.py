"""Hours of a person, settings of the company, through the door."""

from datetime import time, timedelta

import pytest

from handlers.setup.setup import is_of_the_bot
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


@pytest.mark.parametrize("stage", ["http", "socket"], indirect=True)
def test_workspace_that_uninstalls_keeps_its_rows_and_hears_nothing(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.sb.fault("ratelimited", method="chat.update", retry_after=60, times=9)
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    stage.sb.uninstall(stage.sb.requests(last=1)[-1]["app_id"])
    assert stage.sb.until(lambda: stage.look(lambda session: the_workspace(session).uninstalled_at) is not None)
    calls = len(stage.sb.calls())
    stage.sb.turn(by=timedelta(days=1))
    assert len(stage.sb.calls()) == calls
    assert stage.state() == "approved"


@pytest.mark.parametrize(
    ("tokens", "is_over"), [({"bot": ["U0"]}, True), ({"oauth": ["U1"]}, False), ({}, False), (None, False)]
)
def test_revoked_token_of_the_bot_is_an_uninstallation(tokens: object, is_over: bool) -> None:
    assert is_of_the_bot({"tokens": tokens}) is is_over
