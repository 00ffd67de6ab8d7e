"""A workspace written out, erased and put back: the same rows, and another's untouched."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base.errors import Refused
from models.deals.deciding import approve, win, withdraw
from models.deals.rows import Deal
from models.files import read_company
from models.setup.archive import Archived, erase, read_archive, write_archive
from models.setup.importing import import_company
from models.tables import METADATA
from models.workspace.history import History
from models.workspace.members import Member
from models.workspace.workspaces import Workspace, meet_workspace
from tests.world import COMPANY, NOW, World

PASSING = {"seen_request"}


def rows(session: Session, workspace: int) -> dict[str, list[Any]]:
    session.flush()
    session.expire_all()
    tables = [table for table in METADATA.sorted_tables if "workspace_id" in table.c and table.name not in PASSING]
    return {
        table.name: [
            tuple(row) for row in session.execute(select(table).where(table.c.workspace_id == workspace).order_by("id"))
        ]
        for table in tables
    }


def lived(world: World) -> Deal:
    """A deal that went all its way, and one that waits."""
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    world.propose(customer="Børg & Søn 🏔️")
    return deal


def settings(workspace: Workspace) -> list[Any]:
    return [getattr(workspace, column.name) for column in Workspace.__table__.c]


def test_what_was_erased_comes_back_as_it_was(world: World) -> None:
    lived(world)
    other = meet_workspace(world.session, team_id="T2", name="Other", bot_id="B2", bot_user_id="U2", is_the_only=False)
    import_company(other, read_company(COMPANY), by=None, now=NOW)
    world.workspace.answer_hours = 6
    before, about, others = (
        rows(world.session, world.workspace.id),
        settings(world.workspace),
        rows(world.session, other.id),
    )
    archive = list(write_archive(world.workspace, METADATA, now=NOW))

    erase(world.workspace, METADATA, by=world.person("Lea"), now=NOW)
    left = rows(world.session, world.workspace.id)
    assert {name: len(found) for name, found in left.items() if found} == {"member": 1, "history": 1}
    assert (world.workspace.answer_hours, world.workspace.team_id, world.workspace.name) == (8, "T1", "Ridgeline")

    read = read_archive(world.workspace, METADATA, archive)
    assert rows(world.session, world.workspace.id) == before
    assert settings(world.workspace) == about
    assert rows(world.session, other.id) == others
    assert read == Archived(sum(map(len, before.values())), len(before["deal"]), len(before["member"]))


def test_deals_go_on_after_they_were_put_back(world: World) -> None:
    lived(world)
    archive = list(write_archive(world.workspace, METADATA, now=NOW))
    read_archive(world.workspace, METADATA, archive)
    waiting = world.session.scalars(select(Deal).where(Deal.customer.startswith("Børg"))).one()
    withdraw(waiting, by=waiting.seller, now=NOW)
    assert waiting.state == "withdrawn"


def test_whoever_erased_it_is_known_and_nobody_else(world: World) -> None:
    world.person("Lea").is_slack_admin = True
    erase(world.workspace, METADATA, by=world.person("Lea"), now=NOW)
    (member,) = world.session.scalars(select(Member))
    (act,) = world.session.scalars(select(History))
    assert (member.name, member.is_slack_admin, member.roles) == ("Lea", True, frozenset())
    assert (act.move, act.by_id) == ("erase", member.id)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: [], "no archive"),
        (lambda lines: ["[]", *lines[1:]], "no archive"),
        (lambda lines: ["{}", *lines[1:]], "no archive"),
        (lambda lines: [*lines[:-1], lines[-1][:-9]], "no archive"),
        (lambda lines: [lines[0], *lines[2:]], "no archive"),
        (lambda lines: [*lines, '["sqlite_master", {}]'], "no archive"),
        (lambda lines: [json.dumps(json.loads(lines[0]) | {"team": "T2"}), *lines[1:]], "is of T2, and this is T1"),
        (lambda lines: [json.dumps(json.loads(lines[0]) | {"format": "belay 9"}), *lines[1:]], "another Belay"),
    ],
)
def test_what_is_no_whole_archive_changes_nothing(world: World, change: Any, sentence: str) -> None:
    lived(world)
    world.session.commit()
    before = rows(world.session, world.workspace.id)
    archive = change(list(write_archive(world.workspace, METADATA, now=NOW)))
    with pytest.raises(Refused, match=sentence):
        read_archive(world.workspace, METADATA, archive)
    world.session.rollback()
    assert rows(world.session, world.workspace.id) == before


def test_numbers_that_others_have_are_not_taken(world: World) -> None:
    lived(world)
    archive = list(write_archive(world.workspace, METADATA, now=NOW))
    other = meet_workspace(world.session, team_id="T2", name="Other", bot_id="B2", bot_user_id="U2", is_the_only=False)
    world.session.flush()
    moved = [json.dumps(json.loads(archive[0]) | {"team": "T2"}), *archive[1:]]
    with pytest.raises(Refused, match="Rows of other workspaces have these numbers"):
        read_archive(other, METADATA, moved)
