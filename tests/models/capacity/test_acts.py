"""Who changed what of a resource: adjustments and imports, the newest first."""

from datetime import date, timedelta

from sqlalchemy import select

from models.capacity.acts import IMPORT, acts_on, changes_in, parts_of
from models.capacity.adjusting import adjust
from models.company.resources import ResourceRow
from models.files import CapacityFile
from models.promise import Adjustment
from models.setup.importing import import_capacity
from models.workspace.history import History, record
from tests.handlers.test_queries import counted
from tests.world import NOW, World

JAN_4, JAN_11 = date(2027, 1, 4), date(2027, 1, 11)


def resource(world: World, name: str = "Assembly") -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def lower(world: World, available: int, by: str = "Olga", minutes: int = 0) -> None:
    given = Adjustment("Assembly", JAN_4, available=available, overtime=0, reason=f"{available} are left.")
    adjust(resource(world), given, by=world.person(by), now=NOW + timedelta(minutes=minutes))


def test_last_ten_acts_are_the_newest_first(world: World) -> None:
    for number in range(12):
        lower(world, 300_000 + number, by="Olga" if number % 2 else "Otto", minutes=number)
    acts = acts_on(resource(world))
    assert [act.why for act in acts] == [f"{300_000 + number} are left." for number in range(11, 1, -1)]
    assert (acts[0].by, acts[1].by, acts[0].at) == ("Olga", "Otto", NOW + timedelta(minutes=11))
    (change,) = acts[0].changes
    assert change.before == {"available": 300_010, "overtime": 0, "reason": "300010 are left."}
    assert change.after == {"available": 300_011, "overtime": 0, "reason": "300011 are left."}
    assert acts_on(resource(world, "Last ten")) == []


def test_import_is_an_act_on_each_resource_that_it_changed(world: World) -> None:
    given = (
        Adjustment("Assembly", JAN_4, available=1),
        Adjustment("Assembly", JAN_11, available=2),
        Adjustment("Last ten", JAN_11, available=3),
        Adjustment("Poles in stock", JAN_11, receipt=2_000_000),
    )
    import_capacity(world.workspace, CapacityFile(given), by=world.person("Olga"), now=NOW)
    (assembly,), (last_ten,) = acts_on(resource(world)), acts_on(resource(world, "Last ten"))
    assert (assembly.id, assembly.is_import, len(assembly.changes)) == (last_ten.id, True, 2)
    assert acts_on(resource(world, "Poles in stock")) == []
    head = world.session.get_one(History, assembly.id)
    assert (head.subject, head.move, head.details) == ("workspace", IMPORT, {"weeks": 4, "commitments": 0})
    assert [len(changes_in(part)) for part in parts_of(world.workspace, head)] == [2, 1]


def test_parts_of_an_import_are_not_those_of_another_at_the_same_instant(world: World) -> None:
    for available in (1, 2):
        given = CapacityFile((Adjustment("Assembly", JAN_4, available=available),))
        import_capacity(world.workspace, given, by=world.person("Olga"), now=NOW)
    for act in acts_on(resource(world)):
        assert len(parts_of(world.workspace, world.session.get_one(History, act.id))) == 1


def test_adjustment_from_before_says_only_what_it_was_changed_to(world: World) -> None:
    for name, details in (
        ("Assembly", {"week": "2027-01-04", "available": 5, "overtime": None, "receipt": None}),
        ("Poles in stock", {"week": "2027-01-04", "available": None, "overtime": None, "receipt": 7}),
    ):
        record(resource(world, name), "adjust", by=None, now=NOW, why="Old.", details=details)
    (time,), (stock,) = acts_on(resource(world)), acts_on(resource(world, "Poles in stock"))
    assert (time.by, time.is_complete, time.changes[0].before) == ("Belay", False, None)
    assert time.changes[0].after == {"available": 5, "overtime": None, "reason": "Old."}
    assert stock.changes[0].after == {"quantity": 7}


def test_ten_acts_take_as_many_queries_as_one(world: World) -> None:
    counts = []
    for count in (1, 9):
        for number in range(count):
            lower(world, number + count)
        with counted(world) as statements:
            acts_on(resource(world))
        counts.append(len(statements))
    assert counts[0] == counts[1]
