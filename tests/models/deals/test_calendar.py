"""What stands in a person's calendar, and what does not any more."""

from datetime import timedelta

from models.deals import deciding, delivering, talking
from models.deals.calendar import Appointment, appointments_of
from models.workspace.members import Member
from tests.world import NOW, World


def keys(member: Member, later: timedelta = timedelta()) -> list[str]:
    found: list[Appointment] = appointments_of(member, now=NOW + later)
    return [one.key.split("-")[0] + f" #{one.deal.number}" for one in found]


def test_calls_are_for_the_seller_and_who_joins_until_a_day_after(world: World) -> None:
    sara, olga, otto = (world.person(name) for name in ("Sara", "Olga", "Otto"))
    deal, other = world.propose(), world.propose(customer="Beta")
    for one in (deal, other):
        talking.join_call(one, by=olga, now=NOW)
        talking.set_call(one, NOW + timedelta(days=2), by=sara, now=NOW)
    deciding.withdraw(other, by=sara, now=NOW)
    assert keys(sara) == keys(olga) == ["deal #1"]
    assert keys(otto) == []
    assert keys(sara, timedelta(days=2, hours=12)) == ["deal #1"]
    assert keys(sara, timedelta(days=4)) == []


def test_deliveries_are_for_their_seller_and_for_operations_until_they_are_reported(world: World) -> None:
    sara, pete, olga = (world.person(name) for name in ("Sara", "Pete", "Olga"))
    deal = world.propose()
    deciding.approve(deal, by=olga, now=NOW)
    assert keys(sara) == []
    deciding.win(deal, by=sara, now=NOW)
    assert keys(sara) == keys(olga) == ["delivery #1"]
    assert keys(pete) == []
    delivering.deliver(deal, by=olga, now=NOW)
    assert keys(sara) == keys(olga) == []
