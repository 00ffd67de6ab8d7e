"""The chain of history: whole after ordinary work, and every later change of it is found."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from bot.database import Database
from models.files import CapacityFile
from models.promise import Adjustment
from models.setup.importing import import_capacity
from models.workspace.history import History, record
from models.workspace.history_chain import Head, HistoryHead, _digest, _told, head_of, verify
from models.workspace.workspaces import Workspace, find_workspace
from tests.world import NOW, World

JAN_4, JAN_11 = date(2027, 1, 4), date(2027, 1, 11)
KEY = b"a key that nobody can guess"


def the(session: Session) -> Workspace:
    workspace = find_workspace(session, "T1")
    assert workspace
    return workspace


@pytest.fixture
def kept(database: Database) -> Database:
    """A company with its people, a deal, and three acts more, all committed."""
    database.history_key = KEY
    World.furnish(database)
    with World.enter(database) as world:
        world.propose()
    for number in range(3):
        with database.writing() as session:
            details = {"n": number, "2": [1, {"b": None}], "share": 0.1, "text": "Grüße 🏔️"}
            record(the(session), "import", by=None, now=NOW, why=f"Act {number}.", details=details)
    return database


def checked(database: Database, *published: Head, key: bytes = KEY) -> list[str]:
    with database.reading() as session:
        return verify(the(session), key, published)


def head(database: Database) -> Head:
    with database.reading() as session:
        found = head_of(the(session))
        assert found
        return found


def tampered(database: Database, act: Callable[[Connection], object]) -> None:
    """As somebody who writes into the database: nothing of Belay's sees it."""
    with database.engine.begin() as connection:
        act(connection)


def test_chain_of_ordinary_work_is_whole_and_numbers_have_no_gap(kept: Database) -> None:
    end = head(kept)
    assert checked(kept) == checked(kept, end) == []
    assert checked(kept, Head(end.number, end.chain[:16])) == []
    with kept.reading() as session:
        rows = session.execute(select(History.number, History.chain).order_by(History.id)).all()
    assert [number for number, _ in rows] == list(range(1, end.number + 1))
    assert (rows[-1].chain, len({chain for _, chain in rows})) == (end.chain, len(rows))
    assert str(end) == f"{end.number}:{end.chain[:16]}"


def test_parts_of_an_import_are_chained_as_well(kept: Database) -> None:
    given = tuple(Adjustment(name, week, available=1) for name in ("Assembly", "Last ten") for week in (JAN_4, JAN_11))
    with World.enter(kept) as world:
        import_capacity(world.workspace, CapacityFile(given), by=world.person("Olga"), now=NOW)
    assert checked(kept) == []


@pytest.mark.parametrize(
    "values",
    [
        {"why": "Act two."},
        {"move": "export"},
        {"by_id": 1},
        {"at": datetime(2026, 11, 22, tzinfo=UTC)},
        {"from_state": "won"},
        {"to_state": "won"},
        {"details": {"n": 7}},
        {"subject_id": 99},
    ],
)
def test_changed_entry_is_found(kept: Database, values: dict[str, object]) -> None:
    number = head(kept).number - 1
    change = update(History).where(History.number == number).values(**values)
    tampered(kept, lambda connection: connection.execute(change))
    assert [one.partition(" (")[0] for one in checked(kept)] == [f"Entry {number} is not as it was written"]


def test_removed_entry_is_found_in_the_middle_and_at_the_end(kept: Database) -> None:
    end = head(kept)
    tampered(kept, lambda connection: connection.execute(delete(History).where(History.number == end.number - 2)))
    assert checked(kept)[0] == f"Entry {end.number - 2} is missing: after {end.number - 3} comes {end.number - 1}."
    tampered(kept, lambda connection: connection.execute(delete(History).where(History.number == end.number)))
    assert checked(kept)[-1] == f"The chain ends with {end.number - 1}, and its head says {end.number}."


def test_reordered_entries_are_found(kept: Database) -> None:
    end = head(kept)

    def swap(connection: Connection) -> None:
        for old, new in ((end.number, 0), (end.number - 1, end.number), (0, end.number - 1)):
            connection.execute(update(History).where(History.number == old).values(number=new))

    tampered(kept, swap)
    wrong = [one.partition(" (")[0] for one in checked(kept)]
    assert wrong[:2] == [
        f"Entry {end.number - 1} is not as it was written",
        f"Entry {end.number} is not as it was written",
    ]


def test_tail_that_was_cut_with_its_head_is_found_by_what_was_published(kept: Database) -> None:
    end = head(kept)

    def cut(connection: Connection) -> None:
        chain = connection.scalar(select(History.chain).where(History.number == end.number - 2))
        connection.execute(delete(History).where(History.number > end.number - 2))
        connection.execute(update(HistoryHead).values(number=end.number - 2, chain=chain))

    tampered(kept, cut)
    assert checked(kept) == []
    assert checked(kept, end) == [f"Entry {end.number} was published and is not there any more."]
    # Whatever grows on the stump is another chain.
    for _ in range(2):
        with kept.writing() as session:
            record(the(session), "import", by=None, now=NOW)
    assert checked(kept, end) == [f"Entry {end.number} is another one than the published head says."]


def test_added_entry_is_found(kept: Database) -> None:
    with kept.engine.begin() as connection:
        row = connection.execute(select(History.__table__).order_by(History.id.desc()).limit(1)).one()._asdict()
        added = row | {"id": row["id"] + 1, "number": None, "chain": None}
        connection.execute(insert(History).values(**added))
    assert [one.partition(" (")[0] for one in checked(kept)] == ["An entry stands outside the chain"]


def test_chain_is_not_forged_without_its_key(kept: Database) -> None:
    assert checked(kept, key=b"") == ["BELAY_HISTORY_KEY is missing: entries from 1 on were chained with it."]
    assert checked(kept, key=b"another one that is long")[0].startswith("Entry 1 is not as it was written")


def test_key_that_comes_later_binds_what_comes_after_it(database: Database) -> None:
    World.furnish(database)
    end = head(database)
    database.history_key = KEY
    with database.writing() as session:
        record(the(session), "import", by=None, now=NOW)
    assert checked(database) == []
    assert checked(database, key=b"") == [
        f"BELAY_HISTORY_KEY is missing: entries from {end.number + 1} on were chained with it."
    ]


def test_what_is_taken_back_leaves_no_gap(kept: Database) -> None:
    end = head(kept)
    with pytest.raises(RuntimeError), kept.writing() as session:
        record(the(session), "import", by=None, now=NOW)
        raise RuntimeError
    with kept.writing() as session:
        with pytest.raises(RuntimeError), session.begin_nested():
            record(the(session), "import", by=None, now=NOW)
            raise RuntimeError
        record(the(session), "export", by=None, now=NOW)
    assert (head(kept).number, checked(kept)) == (end.number + 1, [])


def test_many_at_once_make_one_chain(kept: Database) -> None:
    end, ready = head(kept), Barrier(4)

    def act(number: int) -> None:
        ready.wait()
        for turn in range(3):
            with kept.writing() as session:
                record(the(session), "import", by=None, now=NOW, why=f"{number}.{turn}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(4)))
    assert (head(kept).number, checked(kept, end)) == (end.number + 12, [])


def test_two_that_begin_a_chain_at_once_make_one(database: Database) -> None:
    with database.writing() as session:
        session.add(Workspace(team_id="T1", name="New"))
    ready = Barrier(2)

    def act(_: int) -> None:
        ready.wait()
        with database.writing() as session:
            record(the(session), "import", by=None, now=NOW)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(act, range(2)))
    assert (head(database).number, checked(database, key=b"")) == (2, [])


def test_entry_that_is_written_anew_with_its_own_binding_is_found_by_the_next(kept: Database) -> None:
    end = head(kept)
    with kept.writing() as session:
        row = session.scalars(select(History).where(History.number == end.number - 1)).one()
        before = session.scalars(select(History.chain).where(History.number == end.number - 2)).one()
        salt = session.scalars(select(HistoryHead.salt)).one()
        row.why = "Never."
        row.chain = _digest(_told(row), before or "", salt.encode() + KEY)
    assert [one.partition(" (")[0] for one in checked(kept)] == [f"Entry {end.number} is not as it was written"]
