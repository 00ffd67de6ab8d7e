"""What has changed since a version was signed, family by family."""

from models.setup.catalogue import rename_family
from models.sop.page_making import page_of
from models.sop.rows import Actual
from models.sop.signing import sign
from models.sop.versions import MOST_TOLD, changes_since, numbers_of
from tests.models.sop.december import HOUR, at, planned, the_cycle, turn
from tests.world import World


def test_what_is_as_it_was_signed_has_not_changed(world: World) -> None:
    turn(planned(world), at("12-16"))
    cycle, lea, now = the_cycle(world), world.person("Lea"), at("12-16", "10:00")
    signed = sign(cycle, by=lea, now=now)
    assert changes_since(signed, page_of(cycle)) == ""
    assert set(numbers_of(page_of(cycle))["Tents"]) == {"demand", "supply", "inventory", "backlog"}
    for row in world.session.query(Actual).filter(Actual.family == "Tents", Actual.inventory == 40):
        row.inventory = 35
    assert changes_since(signed, page_of(cycle)) == "Tents: opening stock 35 instead of 40"
    for was, name in (("Tents", "Shelters"), ("Shelters", "Domes")):
        rename_family(world.workspace, was, name, by=lea, now=now + HOUR)
    # Renamed twice, it is told once, by what it is called now.
    assert changes_since(signed, page_of(cycle)) == ("Tents is called Domes now; Domes: opening stock 35 instead of 40")


def test_long_lists_of_changes_are_counted(world: World) -> None:
    turn(planned(world), at("12-16"))
    cycle = the_cycle(world)
    signed = sign(cycle, by=world.person("Lea"), now=at("12-16", "10:00"))
    signed.numbers = {**signed.numbers, **{f"F{n:02}": {"demand": [1] * 18, "supply": [1] * 18} for n in range(14)}}
    told = changes_since(signed, page_of(cycle))
    assert told.startswith("F00 is planned no more; F01 is planned no more")
    assert told.count(";") == MOST_TOLD
    assert told.endswith("and 2 more")
    signed.numbers = {}
    assert changes_since(signed, page_of(cycle)) == "; ".join(
        f"{family} is new in the plan" for family in ("Lamps", "Parts", "Tents")
    )
