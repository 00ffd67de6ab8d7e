"""What a delivery takes: added, changed, removed."""

from typing import Any

import pytest

from models.company.resources import ResourceRow
from models.promise import Kind
from models.setup.exporting import company_document
from models.workspace.workspaces import the_workspace
from tests.stage import OPS, Stage, shown


@pytest.fixture
def lea(stage: Stage) -> Any:
    """An admin, before what the Ridge tent needs."""
    person = stage.person("Lea")
    person.command(OPS, "/belay company")
    for label in ("list.offer-0-0-0", "change_entry.offer-0-2-0", "What it needs…"):
        stage.sb.settle()
        person.press(label)
    stage.sb.settle()
    return person


def needs(stage: Stage) -> Any:
    document = stage.look(lambda session: company_document(the_workspace(session)))
    return next(each["needs"] for each in document["offers"] if each["name"] == "Ridge tent")


def test_needs_are_added_changed_and_removed(stage: Stage, lea: Any) -> None:
    assert "Assembly: 0.25 hours for each tent" in shown(lea).as_text()
    lea.press("Add a need…")
    stage.sb.settle()
    lea.fill_by_label("Resource", "Poles in stock")
    assert lea.submit().errors == {"per_unit": "How much does it take: for each unit, or for each delivery?"}
    lea.fill_by_label("For each unit", "4")
    lea.fill_by_label("Weeks before delivery", "1")
    assert lea.submit().ok
    stage.sb.settle()
    assert "Poles in stock: 4 sets for each tent, 1 week before" in shown(lea).as_text()
    assert (needs(stage)[1]["per_unit"], needs(stage)[1]["offset"]) == (4, -1)
    lea.press("change_need.offer-0-2-2")
    stage.sb.settle()
    lea.fill_by_label("For each unit", "3")
    lea.submit()
    stage.sb.settle()
    assert "→ Assembly (0.25 each), Poles in stock (3 each, 1 week before)" in shown(lea).as_text()
    assert needs(stage)[1]["per_unit"] == 4
    lea.submit()
    stage.sb.settle()
    assert needs(stage)[1]["per_unit"] == 3
    lea.press("change_need.offer-0-2-2")
    stage.sb.settle()
    lea.press("Remove it")
    stage.sb.settle()
    assert [need["resource"] for need in needs(stage)] == ["Assembly"]


def test_need_may_be_done_earlier_and_on_another_resource_that_is_there(stage: Stage, lea: Any) -> None:
    with stage.bot.database.writing() as session:
        line = ResourceRow(workspace=the_workspace(session), name="Line 2", kind=Kind.TIME, unit="hour", weekly=40_000)
        session.add(line)
    lea.press("change_need.offer-0-2-1")
    stage.sb.settle()
    refused = [("27", "Line 2", "ahead", "0 to 26"), ("3", "Nobody", "any_of", "the name of a resource")]
    refused += [("3", name, "any_of", "different resources of one unit") for name in ("Last ten", "Assembly")]
    for ahead, other, field, sentence in refused:
        lea.fill_by_label("May be done so many weeks earlier", ahead)
        lea.fill_by_label("Or on", other)
        assert sentence in (lea.submit().errors or {})[field]
    lea.fill_by_label("Or on", "Line 2")
    assert lea.submit().ok
    stage.sb.settle()
    assert "→ Assembly or Line 2 (0.25 each, or up to 3 weeks earlier)" in shown(lea).as_text()
    lea.submit()
    stage.sb.settle()
    (need,) = needs(stage)
    assert (need["any_of"], need["ahead"]) == (["Assembly", "Line 2"], 3)
    assert "Assembly or Line 2: 0.25 hours for each tent, or up to 3 weeks earlier" in shown(lea).as_text()
    lea.press("change_need.offer-0-2-1")
    stage.sb.settle()
    lea.fill_by_label("Or on", "")
    lea.fill_by_label("May be done so many weeks earlier", "")
    for _ in range(2):
        lea.submit()
        stage.sb.settle()
    (need,) = needs(stage)
    assert (need["resource"], "ahead" in need, "any_of" in need) == ("Assembly", False, False)
