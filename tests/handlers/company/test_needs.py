"""What a delivery takes: added, changed, removed."""

from typing import Any

import pytest

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
