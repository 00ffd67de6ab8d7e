"""Turns in several processes: a promise that is won while it is released, and what breaks keeps nothing else back."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from models.company.resources import Commitment
from models.deals.deciding import approve, win
from models.deals.reminding import keep_turns
from models.deals.rows import Deal
from models.deals.transitions import find_number
from models.workspace.members import meet_member
from models.workspace.workspaces import the_workspace
from tests.stage import PATIENCE
from tests.world import NOW, World, user_id

LATER = NOW + timedelta(days=60)


@pytest.fixture
def approved(database: Database) -> Iterator[Database]:
    with World.build(database) as world:
        deal = world.propose()
        approve(deal, by=world.person("Olga"), now=NOW)
    yield database


def test_promise_that_is_won_while_it_is_released_stays_won(approved: Database, database_url: str) -> None:
    other = Database(database_url)
    began = threading.Event()

    def release() -> None:
        began.set()
        with other.writing() as session:
            keep_turns(session, now=LATER)

    with ThreadPoolExecutor(1) as pool:
        with approved.writing() as session:
            sara = meet_member(the_workspace(session), user_id("Sara"))
            win(find_number(the_workspace(session), 1), by=sara, now=LATER)
            session.flush()
            releasing = pool.submit(release)
            began.wait()
            if not approved.is_sqlite:
                # The beat does not wait for a deal that somebody acts on: it is looked at with the next one.
                releasing.result(timeout=PATIENCE)
        releasing.result()
        release()
    with approved.reading() as session:
        assert session.scalars(select(Deal.state)).one() == "won"
        assert session.scalars(select(Commitment.released_at).where(Commitment.deal_id.is_not(None))).one() is None
    other.close()
