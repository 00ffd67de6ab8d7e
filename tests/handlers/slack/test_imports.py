"""Seen before done, for files: what each import does with what its person has not seen, through the door."""

from dataclasses import dataclass

import pytest

from sandbox.client import Person
from tests.models.sheets.books import Rows, book
from tests.stage import OPS, Stage, shown

NOTHING_YET, OTHERWISE = "Nothing has been changed yet.", "It would now do something else than what you saw:"


@dataclass(frozen=True)
class Kind:
    """A file of a kind, another one that changes the world for it, and what is said of it."""

    name: str
    colleague: str
    command: str
    text: str
    other: str
    first: str
    then: str
    done: str


KINDS = (
    Kind(
        "Olga",
        "Otto",
        "/capacity import",
        "resource,week,available,overtime\nAssembly,2027-01-11,300,0\n",
        "resource,week,available,overtime\nAssembly,2027-01-11,200,0\n",
        "1 week read: 1 new.",
        "1 week read: 1 changed.",
        "Imported 1 week.",
    ),
    Kind(
        "Fin",
        "Lea",
        "/sop import",
        "family,month,bookings\nTents,2026-10,300\n",
        "family,month,bookings\nTents,2026-10,200\n",
        "One row read: 1 new.",
        "One row read: 1 changed.",
        "Imported one row.",
    ),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.command)
@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_import_does_what_was_seen_and_nothing_else(stage: Stage, kind: Kind) -> None:
    person = stage.person(kind.name)
    # Unchecked: it is shown and nothing is done, however often the window is left.
    for _ in range(2):
        handed_in(stage, person, kind.command, kind.text)
        assert kind.first in shown(person).as_text()
        assert NOTHING_YET in shown(person).as_text()
        person.close()
    # Somebody else brings another file meanwhile: what was seen is not true any more.
    handed_in(stage, person, kind.command, kind.text)
    other = stage.person(kind.colleague)
    handed_in(stage, other, kind.command, kind.other)
    assert kind.done in submitted(stage, other)
    stays = submitted(stage, person)
    assert OTHERWISE in stays
    assert kind.then in stays
    assert NOTHING_YET in stays
    # The same button once more does it; the file again changes nothing, and says so.
    assert kind.done in submitted(stage, person)
    person.close()
    handed_in(stage, person, kind.command, kind.text)
    assert "nothing would change" in shown(person).as_text()
    assert stage.sb.violations() == []


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_workbook_is_read_asked_about_and_taken_over(stage: Stage) -> None:
    fin = stage.person("Fin")
    fin.command(OPS, "/sop import")
    stage.sb.settle()
    rows: Rows = [
        ["Bookings"],
        ["Family", "Aug 26", "Sep 26", "Total"],
        ["Tents", 300, 310, 610],
        ["Lmaps", 20, 30, 50],
    ]
    assert fin.attach("The file", ("report.xlsx", book({"2026": rows}))).ok
    read = submitted(stage, fin).splitlines()
    assert read[:3] == [
        "Columns: Family → family; Aug 26 → 2026-08 bookings; Sep 26 → 2026-09 bookings",
        "Not read: Total",
        "Left out: row 1 (above the table)",
    ]
    assert "4 rows read: 4 new." in read
    assert any(line.startswith("Row 4: there is no family “Lmaps”: is it Lamps?") for line in read)
    assert "Imported 4 rows." in submitted(stage, fin)
    assert stage.sb.violations() == []


def handed_in(stage: Stage, person: Person, command: str, text: str) -> None:
    """A file in a form, submitted once."""
    person.command(OPS, command)
    stage.sb.settle()
    assert person.attach("The file", ("a.csv", text.encode())).ok
    submitted(stage, person)


def submitted(stage: Stage, person: Person) -> str:
    assert person.submit().ok
    stage.sb.settle()
    return shown(person).as_text()
