"""Capacity as people see it: coming weeks, the fullest resource first, and what loads a week."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.capacity.loads import Loading, loads_of
from models.capacity.overview import (
    ResourceWeeks,
    WeekLoad,
    cell_that_matters,
    coming_weeks,
    id_of,
    last_known_week,
    search_resources,
)
from models.company.resources import ResourceRow
from models.deals.deciding import approve, withdraw
from models.deals.proposing import counter
from models.deals.reservations import held_until
from models.deals.terms import check_deal
from models.promise import Kind
from tests.world import NOW, World

NOV_23, NOV_30, JAN_4, JAN_11, JAN_18 = (
    date(2026, 11, 23),
    date(2026, 11, 30),
    date(2027, 1, 4),
    date(2027, 1, 11),
    date(2027, 1, 18),
)

DEC_7, MAR_1, MAR_15 = date(2026, 12, 7), date(2027, 3, 1), date(2027, 3, 15)


def resource(world: World, name: str) -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def weeks_of(world: World, name: str, since: date, weeks: int) -> tuple[WeekLoad, ...]:
    row = resource(world, name)
    (shown,) = coming_weeks(world.workspace, now=NOW, only=row.id, since=since, weeks=weeks)
    assert (shown.id, shown.name, shown.kind, shown.unit) == (row.id, row.name, row.kind, row.unit)
    return shown.weeks


def test_week_of_time_is_what_it_offers_less_what_is_committed_and_held(world: World) -> None:
    promised, held = world.propose(), world.propose(("Summit tent", 4, 48000, JAN_18))
    approve(promised, by=world.person("Olga"), now=NOW)
    counter(held, world.terms(("Summit tent", 6, 48000, JAN_18)), by=world.person("Olga"), now=NOW)
    # The spring order and 54 h of the promise; 7 h are held; one hour is left of the holiday week.
    assert weeks_of(world, "Assembly", JAN_4, 2) == (
        WeekLoad(JAN_4, 320_000, 0, committed=312_000, held=7_000, free=1_000, reason="Public holiday"),
        WeekLoad(JAN_11, 400_000, 80_000, committed=0, held=0, free=400_000),
    )


def test_stock_is_what_is_left_at_the_end_of_each_week(world: World) -> None:
    deal = world.propose(("Pole set", 100, 4000, NOV_30))
    approve(deal, by=world.person("Olga"), now=NOW)
    assert weeks_of(world, "Poles in stock", NOV_23, 2) == (
        WeekLoad(NOV_23, 0, 0, committed=0, held=0, free=120_000),
        WeekLoad(NOV_30, 0, 0, committed=100_000, held=0, free=20_000),
    )
    assert weeks_of(world, "Poles in stock", JAN_11, 1) == (
        WeekLoad(JAN_11, 2_000_000, 0, committed=0, held=0, free=2_020_000),
    )


def test_eight_weeks_come_from_this_one_on_and_the_fullest_resource_first(world: World) -> None:
    shown = coming_weeks(world.workspace, now=NOW)
    assert [one.name for one in shown] == ["Assembly", "Last ten", "Poles in stock"]
    assert [week.week for week in shown[0].weeks] == [NOV_23 + n * timedelta(weeks=1) for n in range(8)]
    deal = world.propose(("Scarce lamp", 9, 10000, NOV_30))
    approve(deal, by=world.person("Olga"), now=NOW)
    # Nine of ten are more than 258 of 320 hours.
    assert [one.name for one in coming_weeks(world.workspace, now=NOW)] == ["Last ten", "Assembly", "Poles in stock"]


def test_fullest_is_the_share_of_a_week_or_of_what_stock_there_is() -> None:
    def shown(kind: Kind, *weeks: tuple[int, int, int]) -> float:
        loads = tuple(WeekLoad(NOV_23, offered, 0, taken, 0, free) for offered, taken, free in weeks)
        return ResourceWeeks(1, "", kind, "", loads).fullest

    assert shown(Kind.TIME, (10, 5, 5), (10, 12, -2)) == 1.2
    assert shown(Kind.TIME, (0, 0, 0)) == float("inf")
    assert shown(Kind.STOCK, (0, 20, 80), (0, 10, 70)) == 0.3
    assert (shown(Kind.STOCK, (0, 0, 0)), shown(Kind.STOCK, (0, 20, -5))) == (0, 1)


def test_week_is_loaded_by_deals_and_what_was_imported_the_largest_first(world: World) -> None:
    promised, held = world.propose(), world.propose(("Summit tent", 4, 48000, JAN_18), customer="Borealis")
    approve(promised, by=world.person("Olga"), now=NOW)
    counter(held, world.terms(("Summit tent", 6, 48000, JAN_18)), by=world.person("Olga"), now=NOW)
    world.session.flush()
    until = held_until(held, now=NOW)
    assert until
    assembly = resource(world, "Assembly")
    spring, acme = Loading(258_000, "SO-1881: Spring order", None, None), Loading(54_000, "#1 Acme", None, None)
    assert loads_of(world.workspace, assembly, JAN_4, now=NOW) == [
        spring,
        acme,
        Loading(7_000, "#2 Borealis", until, None),
    ]
    assert loads_of(world.workspace, assembly, JAN_4, now=until) == [spring, acme]
    assert loads_of(world.workspace, assembly, JAN_11, now=NOW) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Assembly", "Last ten", "Pole press", "Poles in stock"]),
        (" POLE", ["Pole press", "Poles in stock"]),
        ("poles in stock", ["Poles in stock"]),
        ("_", []),
    ],
)
def test_resources_are_found_by_what_their_name_holds(world: World, text: str, names: list[str]) -> None:
    row = ResourceRow(workspace=world.workspace, name="Pole press", kind=Kind.TIME, unit="hour")
    world.session.add(row)
    world.session.flush()
    assert [row.name for row in search_resources(world.workspace, text)] == names


def test_last_known_week_is_that_of_whatever_is_known_last(world: World) -> None:
    workspace = world.workspace
    assembly, poles = (id_of(workspace, name) for name in ("Assembly", "Poles in stock"))
    # The spring order and the public holiday, and what arrives on 11 January.
    assert [last_known_week(workspace, now=NOW, only=key) for key in (assembly, poles)] == [JAN_4, JAN_11]
    assert last_known_week(workspace, now=NOW) == JAN_11
    deal = world.propose(("Summit tent", 10, 48000, MAR_15))
    assert last_known_week(workspace, now=NOW) == JAN_11
    counter(deal, world.terms(("Summit tent", 5, 48000, MAR_15)), by=world.person("Olga"), now=NOW)
    assert last_known_week(workspace, now=NOW, only=assembly) == MAR_1
    withdraw(deal, by=world.person("Sara"), now=NOW)
    assert last_known_week(workspace, now=NOW, only=assembly) == JAN_4
    much_later = NOW + timedelta(weeks=100)
    assert last_known_week(workspace, now=much_later) == workspace.this_week(much_later)


def test_cell_that_matters_is_the_bottleneck_else_the_fullest(world: World) -> None:
    short, roomy = world.propose(("Summit tent", 400, 48000, JAN_18)), world.propose(("Summit tent", 1, 48000, MAR_15))
    stock = world.propose(("Pole set", 200, 4000, DEC_7))
    cells = [cell_that_matters(check_deal(deal, now=NOW)) for deal in (short, roomy, stock)]
    assert cells == [("Assembly", JAN_4), ("Assembly", MAR_1), ("Poles in stock", DEC_7)]
    assert cell_that_matters(check_deal(short, now=NOW + timedelta(weeks=20))) is None
