"""Resources as rows: what the database itself refuses, and what goes with them."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from models.base.declarative import Base
from models.company.resources import Commitment, ReceiptRow, ResourceRow, WeekExceptionRow
from models.promise import Kind
from tests.world import NOW, World

JAN_4, JAN_11, FEB_1 = date(2027, 1, 4), date(2027, 1, 11), date(2027, 2, 1)


def resource(world: World, name: str) -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def count(world: World, rows: type[Base]) -> int:
    return world.session.scalar(select(func.count()).select_from(rows)) or 0


def twice(world: World, kind: str) -> Base:
    """A row that is there already."""
    workspace, assembly, poles = world.workspace, resource(world, "Assembly"), resource(world, "Poles in stock")
    rows: dict[str, Base] = {
        "name": ResourceRow(workspace=workspace, name="Assembly", kind=Kind.TIME, unit="hour"),
        "week": WeekExceptionRow(workspace=workspace, resource_id=assembly.id, week=JAN_4),
        "receipt": ReceiptRow(workspace=workspace, resource_id=poles.id, week=JAN_11, quantity=1),
        "commitment": Commitment(
            workspace=workspace, resource_id=assembly.id, week=JAN_4, quantity=1, ref="SO-1881", committed_at=NOW
        ),
    }
    return rows[kind]


@pytest.mark.parametrize("kind", ["name", "week", "receipt", "commitment"])
def test_what_has_one_name_or_week_stands_once(world: World, kind: str) -> None:
    world.session.add(twice(world, kind))
    with pytest.raises(IntegrityError):
        world.session.flush()
    world.session.rollback()


def test_load_without_a_reference_may_stand_often(world: World) -> None:
    before = count(world, Commitment)
    for _ in range(2):
        row = Commitment(workspace=world.workspace, week=FEB_1, quantity=1_000, committed_at=NOW)
        row.resource = resource(world, "Assembly")
        world.session.add(row)
    world.session.flush()
    assert count(world, Commitment) == before + 2


def test_weeks_and_receipts_go_with_their_resource(world: World) -> None:
    assembly, poles = resource(world, "Assembly"), resource(world, "Poles in stock")
    assembly.weeks.clear()
    poles.receipts.clear()
    world.session.flush()
    assert (count(world, WeekExceptionRow), count(world, ReceiptRow)) == (0, 0)


def test_resource_offers_nothing_until_it_is_said(world: World) -> None:
    row = ResourceRow(workspace=world.workspace, name="Oven", kind=Kind.TIME, unit="hour")
    world.session.add(row)
    world.session.flush()
    assert (row.weekly, row.overtime, row.overtime_cost, row.on_hand, row.as_of) == (0, 0, 0, 0, None)
