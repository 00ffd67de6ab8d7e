"""All deals as files: who gets which columns, what stands in them, and that nothing in them is a formula."""

import csv
import io

import pytest
from openpyxl import load_workbook

from handlers.deals.export import DEALS, DELIVERIES, NUMBERS, deals_file, export, render_export
from models.base.errors import NotYours
from models.deals.deciding import DeclineReason, decline
from models.deals.exporting import DealsFile
from models.workspace.members import set_roles
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role
from tests.handlers.large import Large
from tests.stage import OPS, Stage
from tests.world import NOW, World


def asked(world: World, name: str, kind: str = "csv") -> Outbox:
    """What asks for a person's file."""
    member = world.person(name)
    row = Outbox(workspace=world.workspace, kind=News.DEALS_FILE, stream=member.user_id, queued_at=NOW, not_before=NOW)
    row.details, row.key = DealsFile(member=member.id, name=kind).written(), "k"
    return row


def rows_for(world: World, name: str) -> list[list[str]]:
    _, content = deals_file(world.session, asked(world, name))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_row_says_what_everybody_may_know_of_a_deal(world: World) -> None:
    deal = world.propose(customer="Acme")
    decline(deal, by=world.person("Lea"), now=NOW, reason=DeclineReason.MATERIAL, why="No fabric.")
    heads, row = rows_for(world, "Sara")
    assert heads == list(DEALS)
    assert dict(zip(heads, row, strict=True)) == {
        "number": "1",
        "customer": "Acme",
        "state": "declined",
        "turn": "",
        "seller": "Sara",
        "offers": "Summit tent",
        "families": "Tents",
        "units": "100",
        "first week": "2027-01-18",
        "last week": "2027-01-18",
        "sum": "43200.00",
        "list": "48000.00",
        "likelihood": "",
        "proposed": "2026-11-23",
        "promised": "",
        "decided by": "",
        "version": "1",
        "decision": "decline",
        "by": "Lea",
        "why": "No fabric.",
        "other terms": "",
    }


@pytest.mark.parametrize(("name", "has_numbers"), [("Sara", False), ("Olga", True), ("Fin", True), ("Lea", True)])
def test_cost_and_margin_are_for_those_who_may_see_them(world: World, name: str, has_numbers: bool) -> None:
    world.propose()
    heads, row = rows_for(world, name)
    assert heads == [*DEALS, *(NUMBERS if has_numbers else ())]
    assert len(row) == len(heads)
    _, content = deals_file(world.session, asked(world, name, "xlsx"))
    book = load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book["Deals"][1]] == heads
    assert [cell.value for cell in book["Deliveries"][1]] == list(DELIVERIES)


def test_what_people_typed_is_no_formula(world: World) -> None:
    for customer in ("=HYPERLINK(1)", "@SUM(A1)", "+1+1", "-cmd"):
        world.propose(customer=customer)
    assert [row[1] for row in rows_for(world, "Sara")[1:]] == ["'=HYPERLINK(1)", "'@SUM(A1)", "'+1+1", "'-cmd"]
    name, content = deals_file(world.session, asked(world, "Sara", "xlsx"))
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert (name, book["Deals"]["K2"].value, book["Deals"]["A2"].data_type) == ("deals-2026-11-23.xlsx", 43200, "n")


def test_files_are_for_people_with_a_role_also_when_they_are_made(world: World) -> None:
    with pytest.raises(NotYours):
        export(world.workspace, world.person("Gus"), NOW)
    row = asked(world, "Olga")
    set_roles(world.person("Olga"), [Role.SALES], by=None, now=NOW)
    assert rows_for(world, "Olga")[0] == list(DEALS)
    set_roles(world.person("Olga"), [], by=None, now=NOW)
    assert render_export(world.session, row, NOW) is None
    with pytest.raises(NotYours):
        deals_file(world.session, row)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_long_history_with_the_longest_words_is_written(large: Large, kind: str) -> None:
    _, content = deals_file(large.world.session, asked(large.world, "Lea", kind))
    assert len(content) > 10_000


def test_where_there_is_no_deal_nothing_is_sent_and_that_is_said(stage: Stage) -> None:
    fin = stage.person("Fin")
    fin.command(OPS, "/deal export")
    stage.sb.settle()
    assert fin.channel(OPS)[-1].as_text() == "There is no deal yet, so there is nothing to send."
    assert fin.dm() == []


def test_files_arrive_in_the_messages_of_whoever_asked(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    fin = stage.person("Fin")
    fin.command(OPS, "/deal export")
    assert "on their way to your messages" in fin.channel(OPS)[-1].as_text()
    stage.sb.settle()
    said = fin.dm()[-1]
    assert said.as_text() == "All deals as of Nov 23, 2026, as a CSV and a workbook in this thread; their history, too."
    sent = [file for message in fin.thread(said.channel, said.ts) for file in message.raw.get("files", [])]
    assert sorted(file["name"] for file in sent) == [
        f"deals-2026-11-23.{name}" for name in ("csv", "history.csv", "history.ndjson", "xlsx")
    ]
    assert stage.sb.violations() == []
