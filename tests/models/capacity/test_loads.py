"""What loads a week, and where else the work could be done; groups of resources as if they were one."""

from datetime import date

from sqlalchemy import select

from models.capacity.groups import groups_with
from models.capacity.loads import Movable, loads_of
from models.company.offers import Alternative, NeedRow, OfferRow
from models.company.resources import ResourceRow
from models.deals.deciding import approve
from models.promise import Kind
from tests.world import NOW, World

JAN_4, JAN_11, JAN_25 = date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 25)


def resource(world: World, name: str = "Assembly") -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def windows(world: World, ahead: int = 3, other: str = "Hall 2") -> None:
    """Summit tents may be assembled some weeks earlier, or in another hall."""
    need = world.session.scalars(
        select(NeedRow).join(OfferRow, OfferRow.id == NeedRow.offer_id).where(OfferRow.name == "Summit tent")
    ).first()
    assert need
    need.ahead = ahead
    if other:
        hall = ResourceRow(workspace=world.workspace, name=other, kind=Kind.TIME, unit="hour", weekly=100_000)
        need.alternatives = [Alternative(workspace=world.workspace, resource=hall, rank=1)]
    world.session.flush()


def test_load_that_had_a_choice_says_from_when_on_and_where_else_it_could_be_done(world: World) -> None:
    windows(world)
    deal = world.propose(("Summit tent", 100, 43200, JAN_25))
    approve(deal, by=world.person("Olga"), now=NOW)
    (load,) = loads_of(world.workspace, resource(world), JAN_11, now=NOW)
    assert (load.title, load.quantity) == ("#1 Acme", 54_000)
    assert load.movable == Movable(date(2026, 12, 21), ("Hall 2",))


def test_load_without_a_choice_says_nothing_of_one(world: World) -> None:
    approve(world.propose(("Summit tent", 100, 43200, JAN_25)), by=world.person("Olga"), now=NOW)
    assert [load.movable for load in loads_of(world.workspace, resource(world), JAN_11, now=NOW)] == [None]


def test_work_is_never_done_before_this_week(world: World) -> None:
    windows(world, ahead=20, other="")
    approve(world.propose(("Summit tent", 100, 43200, JAN_25)), by=world.person("Olga"), now=NOW)
    (load,) = loads_of(world.workspace, resource(world), JAN_11, now=NOW)
    assert load.movable == Movable(date(2026, 11, 23), ())


def test_group_is_what_its_members_offer_and_carry_together(world: World) -> None:
    windows(world)
    approve(world.propose(("Summit tent", 100, 43200, JAN_25)), by=world.person("Olga"), now=NOW)
    (group,) = groups_with(resource(world), now=NOW, since=JAN_4)
    assert (group.name, group.unit) == ("Assembly or Hall 2", "hour")
    assert [(week.offered, week.committed, week.free) for week in group.weeks[:2]] == [
        (420_000, 258_000, 162_000),
        (500_000, 54_000, 446_000),
    ]
    assert groups_with(resource(world, "Last ten"), now=NOW) == []
