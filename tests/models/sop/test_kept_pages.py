"""A signed page as a document: it comes back as it was."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

from models.sop.agreeing import agree_on
from models.sop.kept_pages import keep_page, kept_page
from models.sop.page_making import page_of
from models.sop.rows import Signed
from models.sop.signing import record_decision
from models.sop.supplying import answer_supply, find_supply
from tests.models.sop.december import JAN, at, planned, the_cycle, turn
from tests.world import World


def test_page_comes_back_from_its_document_as_it_was(world: World) -> None:
    planned(world, bookings=(100,) * 14)
    turn(world, at("12-16"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-16", "10:00")
    answer_supply(find_supply(cycle, "Tents"), (10, 0, 0), rest_percent=Fraction(0), limit="Cloth", by=olga, now=now)
    agree_on(cycle, "Tents", {1: 130}, "A fair.", by=olga, now=now)
    record_decision(cycle, "Hire.", family="Tents", month=JAN, owner=olga, due=date(2027, 1, 8), by=olga, now=now)
    page = page_of(cycle)
    assert page.gaps
    document = json.loads(json.dumps(keep_page(page, world.workspace, signed_by="Lea", version=3)))
    kept = kept_page(Signed(page=document))
    ways = tuple(page.ways_out(number) for number in range(len(page.gaps)))
    assert kept.page == replace(page, version=3, remedies=None, ways=ways)
    assert (kept.currency, kept.places, kept.country, kept.signed_by) == ("USD", 2, "US", "Lea")
    assert kept.page.ways_out(0) == ways[0] != ()
    assert kept.page.ways_out(99) == ()


def test_version_from_before_pages_were_kept_shows_the_plan(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle = the_cycle(world)
    old = Signed(workspace=world.workspace, cycle=cycle, version=2, by=world.person("Lea"), at=at("12-16"), numbers={})
    kept = kept_page(old)
    assert (kept.page.version, kept.page.plans, kept.signed_by) == (2, page_of(cycle).plans, "Lea")
