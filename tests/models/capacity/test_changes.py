"""What an act changes in the rows of capacity, as it is kept and read again."""

from datetime import date

import pytest
from sqlalchemy import select

from models.capacity.adjusting import write_adjustments
from models.capacity.changes import Change, Key, What, noting, rows_of
from models.company.resources import ResourceRow
from models.promise import Adjustment, Kind
from models.setup.importing import import_capacity
from tests.models.files.tables import capacity_of
from tests.world import NOW, World

JAN_4, JAN_11, JAN_18 = date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)


def resource(world: World, name: str = "Assembly") -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def test_rows_are_those_of_the_resources(world: World) -> None:
    world.propose()
    key = resource(world).id
    assert rows_of(world.workspace, [key]) == {
        Key(What.WEEK, key, JAN_4): {"available": 320_000, "overtime": 0, "reason": "Public holiday"},
        Key(What.LOAD, key, JAN_4, "SO-1881"): {"quantity": 258_000, "note": "Spring order"},
    }
    assert rows_of(world.workspace, []) == {}


def test_only_what_differs_is_noted(world: World) -> None:
    row = resource(world)

    def work() -> None:
        write_adjustments(row, [Adjustment("Assembly", JAN_4, available=320_000, overtime=0, reason="Public holiday")])
        write_adjustments(row, [Adjustment("Assembly", JAN_18, available=1, reason="Repair")])

    after = {"available": 1, "overtime": None, "reason": "Repair"}
    assert noting(world.workspace, [row.id], work) == [Change(Key(What.WEEK, row.id, JAN_18), None, after)]


@pytest.mark.parametrize("what", What)
def test_change_is_read_as_it_was_written(what: What) -> None:
    change = Change(Key(what, 7, JAN_4, "SO-1"), None, {"quantity": 3, "note": None})
    assert Change.read(7, change.written()) == change
    assert change.backwards == Change(change.key, change.after, None)
    assert change.cell == (7, JAN_4)


def test_column_that_a_file_does_not_have_leaves_the_week_as_it_is(world: World) -> None:
    kinds, olga = {"Assembly": Kind.TIME}, world.person("Olga")
    for text in (
        "resource,week,available,overtime,reason\nAssembly,2027-01-04,320,0,Public holiday\n",
        "resource,week,overtime\nAssembly,2027-01-04,20\n",
        "resource,week,available\nAssembly,2027-01-04,300\n",
    ):
        import_capacity(world.workspace, capacity_of(text, kinds), by=olga, now=NOW)
    (week,) = [week for week in resource(world).weeks if week.week == date(2027, 1, 4)]
    assert (week.available, week.overtime, week.reason) == (300_000, 20_000, "Public holiday")


def test_import_notes_every_kind_of_row(world: World) -> None:
    kinds = {"Assembly": Kind.TIME, "Poles in stock": Kind.STOCK}
    assembly, poles = resource(world), resource(world, "Poles in stock")
    weeks = capacity_of(
        "resource,week,available,receipt\nPoles in stock,2027-01-11,,5\nAssembly,2027-01-11,3,\n", kinds
    )
    loads = capacity_of("ref,resource,week,quantity\nSO-1881,Assembly,2027-01-04,1\n", kinds)

    def both() -> None:
        for given in (weeks, loads):
            import_capacity(world.workspace, given, by=world.person("Olga"), now=NOW)

    changes = noting(world.workspace, [assembly.id, poles.id], both)
    assert sorted((change.key.what, change.before and change.before.get("quantity")) for change in changes) == [
        ("load", 258_000),
        ("receipt", 2_000_000),
        ("week", None),
    ]
