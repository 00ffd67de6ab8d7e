"""The queue: who came first owns the ordinary hours, who came later owns the overtime that was agreed to for him."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from models.capacity.adjusting import adjust
from models.capacity.loads import loads_of
from models.capacity.overview import coming_weeks
from models.company.resources import ResourceRow
from models.deals.committing import DoesNotFit, NeedsOvertime
from models.deals.deciding import accept, approve, withdraw
from models.deals.proposing import change, counter, extend_hold
from models.deals.reservations import promised_cells
from models.deals.rows import Deal
from models.deals.states import State
from models.deals.terms import Terms, check_deal, check_promise
from models.promise import Adjustment
from models.promise.check import Verdict
from tests.world import NOW, World

# Assembly in the week of 11 January: 400 hours and 80 of overtime at $55; a tent takes half an hour, a delivery 4.
JAN_11, JAN_25 = date(2027, 1, 11), date(2027, 1, 25)
DAY = timedelta(days=1)
FIRST, SECOND = 600, 200  # 304 and 104 hours: 8 more than there are.
DEC_1 = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)


def proposed(world: World, quantity: int, *, price: int = 48000, customer: str = "Acme") -> Deal:
    return world.propose(("Summit tent", quantity, price, JAN_25), customer=customer)


def held(world: World, quantity: int, *, now: datetime = NOW) -> Deal:
    deal = proposed(world, quantity, price=47000)
    again(world, deal, quantity, now=now)
    return deal


def again(world: World, deal: Deal, quantity: int, *, price: int = 48000, now: datetime = NOW) -> None:
    terms = world.terms(("Summit tent", quantity, price, JAN_25))
    counter(deal, terms, by=world.person("Olga"), now=now)


def promised(world: World, quantity: int, *, now: datetime = NOW, customer: str = "Borealis") -> Deal:
    """Approved by operations, with whatever overtime it needs."""
    deal = proposed(world, quantity, customer=customer)
    approve(deal, by=world.person("Otto"), now=now, overtime=check_deal(deal, now=now).check.overtime_cost or None)
    assert deal.state is State.APPROVED
    return deal


def accepted(world: World, deal: Deal, *, now: datetime = NOW) -> Deal:
    accept(deal, by=world.person("Sara"), now=now)
    assert deal.state is State.APPROVED
    return deal


def overtime(deal: Deal, now: datetime = NOW) -> list[tuple[int, int]]:
    """Hours and cost."""
    return [(use.quantity // 1000, use.cost // 100) for use in check_deal(deal, now=now).check.overtime]


def offer_less(world: World, hours: int, *, now: datetime = NOW) -> Sequence[int]:
    """Change what the week offers; the numbers of the deals that break."""
    less = Adjustment("Assembly", JAN_11, available=hours * 1000, overtime=80_000, reason="Inventory")
    return [deal.number for deal in adjust(assembly(world), less, by=world.person("Olga"), now=now).promises]


def assembly(world: World) -> ResourceRow:
    return world.session.query(ResourceRow).filter_by(name="Assembly").one()


def test_hold_is_accepted_although_another_was_promised_with_overtime_since(world: World) -> None:
    first = held(world, FIRST)
    second = promised(world, SECOND, now=NOW + DAY)
    accepted(world, first, now=NOW + 2 * DAY)
    # Who came later owns the overtime, once.
    assert (overtime(first), overtime(second)) == ([], [(8, 440)])


def test_order_of_the_promises_does_not_matter_but_that_of_the_places(world: World) -> None:
    second_first = held(world, SECOND)
    first_last = promised(world, FIRST, now=NOW + DAY)
    assert (overtime(second_first), overtime(first_last)) == ([], [(8, 440)])
    accepted(world, second_first, now=NOW + 2 * DAY)
    assert (overtime(second_first), overtime(first_last)) == ([], [(8, 440)])


def test_two_holds_stand_in_the_order_in_which_they_were_held(world: World) -> None:
    first, second = held(world, FIRST), held(world, SECOND, now=NOW + DAY)
    assert (second.proposal.overtime_agreed, overtime(second)) == (44_000, [(8, 440)])
    accepted(world, second, now=NOW + 2 * DAY)
    accepted(world, first, now=NOW + 2 * DAY)
    assert (overtime(first), overtime(second)) == ([], [(8, 440)])


def test_instant_is_shared_by_the_lower_number(world: World) -> None:
    first, second = held(world, FIRST), promised(world, SECOND)
    assert first.number < second.number
    assert (overtime(first), overtime(second)) == ([], [(8, 440)])


def test_another_price_needs_no_overtime(world: World) -> None:
    first = held(world, FIRST)
    promised(world, SECOND, now=NOW + DAY)
    again(world, first, FIRST, price=46000, now=NOW + 2 * DAY)
    assert (check_deal(first, now=NOW).check.verdict, first.proposal.overtime_agreed) == (Verdict.FITS, None)
    change(accepted(world, first, now=NOW + 2 * DAY), _priced(world, 45000), by=world.person("Sara"), now=NOW)
    assert check_deal(first, now=NOW).check.verdict is Verdict.FITS


def _priced(world: World, price: int) -> Terms:
    return world.terms(("Summit tent", FIRST, price, JAN_25))


def test_extension_keeps_the_place(world: World) -> None:
    first = held(world, FIRST)
    promised(world, SECOND, now=NOW + DAY)
    extend_hold(first, by=world.person("Olga"), now=NOW + 2 * DAY)
    accepted(world, first, now=DEC_1)
    assert overtime(first) == []


def test_place_is_lost_when_the_hold_expires(world: World) -> None:
    first = held(world, FIRST)
    second = promised(world, SECOND, now=NOW + DAY)
    assert overtime(second, DEC_1) == []
    with pytest.raises(NeedsOvertime):
        accept(first, by=world.person("Sara"), now=DEC_1)
    assert overtime(first, DEC_1) == [(8, 440)]


def test_growth_stands_last_and_is_counted_once(world: World) -> None:
    first = held(world, FIRST)
    second = promised(world, SECOND, now=NOW + DAY)
    again(world, first, FIRST + 40, now=NOW + 2 * DAY)
    assert (overtime(first), overtime(second)) == ([(20, 1100)], [(8, 440)])
    accepted(world, first, now=NOW + 3 * DAY)
    assert (overtime(first), overtime(second)) == ([(20, 1100)], [(8, 440)])
    assert promised_cells(first) == {("Assembly", JAN_11): 324_000}


def test_smaller_counter_keeps_its_place_for_what_is_left(world: World) -> None:
    first = held(world, FIRST)
    second = promised(world, SECOND, now=NOW + DAY)
    again(world, first, FIRST - 100, now=NOW + 2 * DAY)
    assert (overtime(first), overtime(second)) == ([], [])


def test_overtime_behind_a_load_that_goes_away_shrinks_by_itself(world: World) -> None:
    first = held(world, FIRST)
    second = promised(world, SECOND, now=NOW + DAY)
    withdraw(first, by=world.person("Sara"), now=NOW + 2 * DAY)
    assert overtime(second) == []


def test_drop_of_capacity_hits_the_last_first(world: World) -> None:
    first = held(world, FIRST)
    second = promised(world, SECOND, now=NOW + DAY)
    accepted(world, first, now=NOW + 2 * DAY)
    assert offer_less(world, 340) == []
    assert (overtime(first), overtime(second)) == ([], [(68, 3740)])
    assert offer_less(world, 320) == [second.number]
    shortages = [check_promise(deal, now=NOW).check.shortages for deal in (first, second)]
    assert [[(s.needed, s.free, s.short) for s in each] for each in shortages] == [[], [(104_000, 96_000, 8_000)]]
    assert offer_less(world, 200) == [first.number]


def test_nothing_is_promised_into_what_a_hold_holds(world: World) -> None:
    held(world, FIRST)
    with pytest.raises(DoesNotFit, match="needs 184 hours, 176 free, 8 short"):
        promised(world, 360, now=NOW + DAY)


def test_capacity_shows_nothing_less_than_nothing_free(world: World) -> None:
    held(world, FIRST)
    promised(world, SECOND, now=NOW + DAY)
    (shown,) = coming_weeks(world.workspace, now=NOW, only=assembly(world).id, since=JAN_11, weeks=1)
    week = shown.weeks[0]
    assert (week.committed, week.held, week.free, week.bought, week.over) == (104_000, 304_000, 0, 8_000, 0)
    loads = loads_of(world.workspace, assembly(world), JAN_11, now=NOW)
    assert [(load.title, load.quantity, load.bought) for load in loads] == [
        ("#1 Acme", 304_000, 0),
        ("#2 Borealis", 104_000, 8_000),
    ]


def test_what_was_imported_stands_first(world: World) -> None:
    """258 hours of the spring order in the week of 4 January, and 62 are left."""
    deal = world.propose(("Summit tent", 116, 48000, date(2027, 1, 18)))
    approve(deal, by=world.person("Olga"), now=NOW)
    less = Adjustment("Assembly", date(2027, 1, 4), available=300_000, overtime=0, reason="Inventory")
    assert adjust(assembly(world), less, by=world.person("Olga"), now=NOW).promises == [deal]
    (shortage,) = check_promise(deal, now=NOW).check.shortages
    assert (shortage.free, shortage.short) == (42_000, 20_000)
