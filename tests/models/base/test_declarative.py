"""A row is locked as it is now, whatever it was first read with."""

from sqlalchemy import update

from models.base.declarative import Base
from models.deals.lists import live_deals
from models.deals.rows import Deal
from models.sop.rows import Forecast
from tests.models.sop.december import at, planned, the_cycle, turn
from tests.world import World


def read_afresh(world: World) -> None:
    world.session.flush()
    world.session.expunge_all()


def test_row_that_was_read_with_others_is_locked_alone(world: World) -> None:
    world.propose()
    turn(planned(world), at("12-03"))
    read_afresh(world)
    rows: list[Base] = [*live_deals(world.person("Olga")), *the_cycle(world).forecasts]
    assert {type(row) for row in rows} == {Deal, Forecast}
    for row in rows:
        row.lock()


def test_row_that_is_locked_is_as_it_is_now(world: World) -> None:
    deal = world.propose(customer="Acme")
    behind = update(Deal).where(Deal.id == deal.id).values(customer="Borealis")
    world.session.execute(behind, execution_options={"synchronize_session": False})
    assert deal.customer == "Acme"
    deal.lock()
    assert deal.customer == "Borealis"
