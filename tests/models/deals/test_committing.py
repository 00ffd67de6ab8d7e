"""What is agreed becomes a promise, or is refused with what is short."""

from datetime import date

import pytest

from models.deals.committing import DoesNotFit, NeedsOvertime
from models.deals.deciding import (
    accept,
    approve,
)
from models.deals.proposing import change, counter
from models.deals.reservations import promised_cells
from models.deals.rows import Deal
from tests.world import NOW, World, company_for

JAN_4 = date(2027, 1, 4)
JAN_18 = date(2027, 1, 18)


def committed(world: World, deal: Deal) -> list[tuple[str, date, int]]:
    """What a deal is promised, whatever its places in the queue."""
    return [(name, week, amount) for (name, week), amount in promised_cells(deal).items()]


def free(world: World, week: date) -> int:
    company = company_for(world.workspace, [world.offer("Summit tent")], now=NOW)
    return company.resources["Assembly"].ordinary(week)


def test_agree_commits_what_the_terms_need(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW, version=1)
    assert deal.state == "approved"
    # 100 tents × 0.5 h + 4 h, two weeks before 18 January.
    assert committed(world, deal) == [("Assembly", JAN_4, 54_000)]
    # 320 h, less 258 h of the spring order, less 54 h.
    assert free(world, JAN_4) == 8_000


def test_agree_with_what_does_not_fit_is_refused_with_numbers(world: World) -> None:
    deal = world.propose(("Summit tent", 200, 43200, JAN_18))
    with pytest.raises(DoesNotFit, match=r"Assembly, week of Jan 4: needs 104 hours, 62 free, 42 short\."):
        approve(deal, by=world.person("Olga"), now=NOW)


def test_agree_to_overtime_takes_its_cost(world: World) -> None:
    # 900 tents need 454 h in the week of 11 January: 400 h and 54 h of overtime at $55.
    deal = world.propose(("Summit tent", 900, 43200, date(2027, 1, 25)))
    olga = world.person("Olga")
    for seen in (None, 296_999):
        with pytest.raises(NeedsOvertime, match=r"overtime for \$2,970, which operations have not agreed to"):
            approve(deal, by=olga, now=NOW, overtime=seen)
        world.session.rollback()
        deal = world.propose(("Summit tent", 900, 43200, date(2027, 1, 25)))
    approve(deal, by=olga, now=NOW, overtime=297_000)
    assert deal.state == "approved"


def test_accepted_counter_to_a_change_replaces_the_promise(world: World) -> None:
    deal, sara, olga = world.propose(), world.person("Sara"), world.person("Olga")
    approve(deal, by=olga, now=NOW)
    change(deal, world.terms(("Summit tent", 150, 43200, JAN_18)), by=sara, now=NOW)
    counter(deal, world.terms(("Summit tent", 110, 43200, JAN_18)), by=olga, now=NOW)
    # 110 need 59 h; 54 h are promised already, so 5 h are held beyond them.
    assert free(world, JAN_4) == 3_000
    accept(deal, by=sara, now=NOW)
    assert committed(world, deal) == [("Assembly", JAN_4, 59_000)]
    assert deal.first_promised_id != deal.promised_id
