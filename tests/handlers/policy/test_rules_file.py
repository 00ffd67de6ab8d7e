"""The rules as a table through the door: sent, changed in a spreadsheet, brought back, tried, saved."""

import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from handlers.slack.sheets import workbook_of
from models.company.policies import policy_of
from models.policy.standard import FINANCE, OPERATIONS
from models.workspace.workspaces import the_workspace
from tests.stage import DOORS, OPS, Stage, shown, staged


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        yield stage


def pressed(stage: Stage, *labels: str) -> str:
    lea = stage.person("Lea")
    for label in labels:
        lea.press(label)
        stage.sb.settle()
    return shown(lea).as_text()


def version(stage: Stage) -> int:
    return int(stage.look(lambda session: policy_of(the_workspace(session)).version))


def brought(stage: Stage, name: str, data: bytes) -> str:
    lea = stage.person("Lea")
    lea.command(OPS, "/belay policy")
    stage.sb.settle()
    pressed(stage, "As a table…")
    lea.attach("file", (name, data))
    return submitted(stage)


def submitted(stage: Stage) -> str:
    lea = stage.person("Lea")
    assert lea.submit().ok
    stage.sb.settle()
    return shown(lea).as_text()


def test_table_is_sent_changed_and_brought_back(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by Jan 18 2027 at 432")
    lea = stage.person("Lea")
    lea.command(OPS, "/belay policy")
    stage.sb.settle()
    assert "on its way" in pressed(stage, "As a table…", "Send me the rules as a table")
    sent = [file for file in stage.sb.files() if file["name"].startswith("rules-")]
    assert len(sent) == 1
    table = workbook_of({"Rules": [["Role", "Size", "Order"], ["operations", "", ""], ["leadership", 40_000, 2]]})
    before = version(stage)
    text = brought(stage, "mine.xlsx", table)
    assert "Removed: Deals below the floor: finance" in text
    assert "New: Deals of $40,000 or more: leadership" in text
    assert "leadership would have been asked once, instead of never" in text
    assert version(stage) == before
    assert "2. Deals of $40,000 or more: leadership, after operations" in submitted(stage)
    assert version(stage) == before + 1
    # The same once more changes nothing.
    assert "Nothing changes." in brought(stage, "mine.xlsx", table)
    assert version(stage) == before + 1
    assert stage.sb.violations() == []


def test_what_is_sent_comes_back_the_same(stage: Stage) -> None:
    lea = stage.person("Lea")
    lea.command(OPS, "/belay policy")
    stage.sb.settle()
    pressed(stage, "As a table…", "Send me the rules as a table")
    (file,) = [file for file in stage.sb.files() if file["name"].startswith("rules-")]
    data = stage.sb.http.get(f"/files/{file['id']}").content
    rows = list(load_workbook(io.BytesIO(data))["Rules"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Role", "operations", "finance"]
    assert "Nothing changes." in brought(stage, "rules.xlsx", data)
    rules = stage.look(lambda session: policy_of(the_workspace(session)).rules)
    assert [rule.who for rule in rules] == [OPERATIONS, FINANCE]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Role\nboss\n", "mine.csv: row 2: role should be"),
        ("Role;Size\nfinance;5\n", "Nobody would be asked about"),
        ("People\nNobody Here\n", "nobody here is called “Nobody Here”"),
        ("Chef\nOlga\n", "the column “Chef” is not known"),
        (
            "Role;Term\noperations;\nfinance;Paymnt\n",
            "A rule is about the term “Paymnt”, and there is none of that name.",
        ),
        ("Role;Family\noperations;\nfinance;Tentz\n", "A rule is about the family “Tentz”"),
        ("Role;Discount\noperations;\nfinance;15\n", "A discount is 100 % at most; in a file 0.15 is 15 %."),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(stage: Stage, text: str, said: str) -> None:
    before = version(stage)
    assert said in brought(stage, "mine.csv", text.encode())
    assert version(stage) == before


def test_table_is_an_admins(stage: Stage) -> None:
    olga = stage.person("Olga")
    olga.command(OPS, "/belay policy")
    stage.sb.settle()
    assert "As a table…" not in str(shown(olga).buttons)
