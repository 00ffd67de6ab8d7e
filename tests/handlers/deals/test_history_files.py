"""History as files: the same rows as a CSV and as NDJSON; no formula, and no cost for who may not see it."""

import csv
import io
import json

from babel import Locale

from handlers.deals.history_files import COLUMNS, history_csv, history_ndjson, history_rows
from models.deals.deciding import approve, cancel
from tests.world import NOW, World

US = Locale("en", "US")


def test_both_files_hold_the_same_rows(world: World) -> None:
    deal = world.propose(customer="=HYPERLINK(1)")
    approve(deal, by=world.person("Olga"), now=NOW)
    cancel(deal, by=world.person("Sara"), now=NOW, why="=1+1")
    rows = list(history_rows(world.workspace, has_numbers=True, only_deals=True))
    lines = [json.loads(line) for line in history_ndjson(rows).decode().splitlines()]
    cells = list(csv.reader(io.StringIO(history_csv(rows, US).decode("utf-8-sig"))))
    assert (tuple(cells[0]), [line["move"] for line in lines]) == (COLUMNS, ["propose", "commit", "cancel"])
    assert [(row[2], row[5], row[6]) for row in cells[1:]] == [
        ("1", "propose", "Sara"),
        ("1", "commit", "Olga"),
        ("1", "cancel", "Sara"),
    ]
    # What people typed is no formula, and in JSON stays what it was.
    assert not any(cell.startswith("=") for row in cells for cell in row)
    assert (lines[2]["why"], lines[2]["customer"]) == ("=1+1", "=HYPERLINK(1)")


def test_what_tells_the_cost_is_for_who_may_see_it(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    for has_numbers in (True, False):
        rows = list(history_rows(world.workspace, deal=deal, has_numbers=has_numbers))
        assert ("below_floor" in rows[-1]["details"]) is has_numbers


def test_without_a_deal_everything_is_told(world: World) -> None:
    world.propose()
    subjects = {row["subject"].split()[0] for row in history_rows(world.workspace, has_numbers=True)}
    assert subjects == {"workspace", "member", "deal"}
