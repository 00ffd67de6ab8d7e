"""Two who are asked press at the same instant: one decision counts, and the other person reads by whom."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from models.deals.decisions import Decision
from models.deals.states import Move
from tests.stage import DOORS, OPS, Stage, staged

pytestmark = pytest.mark.both_ways


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        yield stage


def pressed_at_once(stage: Stage, number: int, *names: str) -> None:
    gate = Barrier(len(names))

    def press(name: str) -> None:
        card = stage.card(number)
        gate.wait()
        stage.person(name).press("Approve", in_=card)

    with ThreadPoolExecutor(len(names)) as crowd:
        list(crowd.map(press, names))
    stage.sb.settle()


def agreed(stage: Stage, number: int) -> list[str]:
    def read(session: object) -> list[str]:
        rows = select(Decision).where(Decision.move == Move.APPROVE).order_by(Decision.id)
        return [row.by.name for row in session.scalars(rows) if row.deal.number == number]  # type: ignore[attr-defined]

    return list(stage.look(read))


@pytest.mark.parametrize("price", ["432", "200"])
def test_one_yes_counts_and_the_other_reads_by_whom(stage: Stage, price: str) -> None:
    # At $200 finance are asked beside operations, so that the first yes is not the end of it.
    stage.propose(f"Acme 20 Summit tent @ {price} on 2027-01-25")
    pressed_at_once(stage, 1, "Olga", "Otto")
    (first,) = agreed(stage, 1)
    (other,) = {"Olga", "Otto"} - {first}
    told = [m.as_text() for m in stage.person(other).channel(OPS) if m.ephemeral]
    assert len(told) == 1
    assert first in told[0]
    assert stage.state() == ("approved" if price == "432" else "proposed")
    assert [m for m in stage.person(first).channel(OPS) if m.ephemeral] == []
