"""What counts for the whole company, seen before it changes."""

from models.workspace.workspaces import the_workspace
from sandbox.client import Person
from tests.stage import OPS, Stage, shown


def at_settings(stage: Stage) -> Person:
    """The admin, with the form open."""
    lea = stage.person("Lea")
    lea.command(OPS, "/belay company")
    stage.sb.settle()
    lea.press("Settings…")
    stage.sb.settle()
    return lea


def test_settings_are_changed_after_they_were_seen(stage: Stage) -> None:
    lea = at_settings(stage)
    lea.fill_by_label("Lowest margin", "120%")
    lea.fill_by_label("Weeks ahead that are checked", "soon")
    assert lea.submit().errors == {
        "margin_floor": "A share from 0% to 100%, such as 30%.",
        "horizon_weeks": "A whole number of 0 or more, such as 4.",
    }
    lea.fill_by_label("Lowest margin", "35%")
    lea.fill_by_label("Weeks ahead that are checked", "30")
    assert lea.submit().ok
    stage.sb.settle()
    assert "• weeks ahead that are checked 26 → 30\n• lowest margin 30% → 35%" in shown(lea).as_text()
    lea.submit()
    stage.sb.settle()
    assert "Saved." in shown(lea).as_text()
    assert stage.look(lambda s: (str(the_workspace(s).margin_floor), the_workspace(s).horizon_weeks)) == ("0.35", 30)


def test_wrong_time_zone_and_currency_are_said(stage: Stage) -> None:
    lea = at_settings(stage)
    lea.fill_by_label("Time zone", "Denver")
    assert lea.submit().errors == {"timezone": 'It should be a time zone such as "America/Denver", not "Denver".'}
    assert stage.look(lambda s: the_workspace(s).timezone) == "America/Denver"


def test_company_that_sells_hours_keeps_no_stock(stage: Stage) -> None:
    lea = at_settings(stage)
    lea.fill_by_label("Keeps stock", "No: hours of people are sold, and plans speak of load")
    assert lea.submit().ok
    stage.sb.settle()
    assert "• keeps stock yes → no" in shown(lea).as_text()
    lea.submit()
    stage.sb.settle()
    assert stage.look(lambda s: the_workspace(s).keeps_stock) is False
    lea.close()
    lea.command(OPS, "/sop targets")
    stage.sb.settle()
    assert "Your company keeps no stock, so there is nothing to target." in shown(lea).as_text()
