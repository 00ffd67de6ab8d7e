"""What was agreed stays as agreed: revenue, margin, band and overtime of a promise, whatever happens afterwards."""

from datetime import UTC, date, datetime, timedelta

from handlers.deals.card_view import card_blocks, numbers_view
from handlers.deals.words import agreed_overtime_sentence
from models.deals.card import card_of
from models.deals.card_messages import Audience
from models.deals.deciding import LossReason, accept, approve, lose, win
from models.deals.delivering import deliver
from models.deals.proposing import change, counter
from models.deals.rows import Deal
from models.deals.states import State
from models.deals.terms import check_deal
from models.promise.margin import Band
from tests.world import NOW, World

JAN_25 = date(2027, 1, 25)
DAY = timedelta(days=1)
DEC_1 = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)


def approved(world: World, quantity: int = 100, *, now: datetime = NOW) -> Deal:
    deal = world.propose(("Summit tent", quantity, 48000, JAN_25))
    approve(deal, by=world.person("Olga"), now=now, overtime=check_deal(deal, now=now).check.overtime_cost or None)
    return deal


def held(world: World) -> Deal:
    deal = world.propose(("Summit tent", 100, 47000, JAN_25))
    counter(deal, world.terms(("Summit tent", 100, 48000, JAN_25)), by=world.person("Olga"), now=NOW)
    return deal


def numbers(deal: Deal) -> str:
    return str(numbers_view(card_of(deal, now=NOW)).to_dict())


def test_promise_keeps_its_band_when_costs_rise(world: World) -> None:
    deal = approved(world)
    kept = card_of(deal, now=NOW).margin
    # 48,000 of revenue, 29,000 of cost; then 45,000.
    world.offer("Summit tent").unit_cost = 45_000
    card = card_of(deal, now=NOW)
    assert (card.margin, card.band, card.check.margin.band) == (kept, Band.FINE, Band.NEEDS_FINANCE)
    for word in ("agreed", "now", "$29,000", "$45,000"):
        assert word in numbers(deal)
    win(deal, by=world.person("Sara"), now=NOW)
    deliver(deal, by=world.person("Olga"), now=NOW)
    assert card_of(deal, now=NOW).margin == kept


def test_numbers_are_one_column_while_nothing_differs(world: World) -> None:
    assert "agreed" not in numbers(approved(world))
    assert "agreed" not in numbers(world.propose())


def test_open_deal_is_checked_at_todays_figures(world: World) -> None:
    deal = world.propose(("Summit tent", 100, 48000, JAN_25))
    world.offer("Summit tent").unit_cost = 45_000
    assert card_of(deal, now=NOW).band is Band.NEEDS_FINANCE


def test_hold_is_accepted_at_the_cost_that_was_agreed(world: World) -> None:
    deal = held(world)
    world.offer("Summit tent").unit_cost = 45_000
    accept(deal, by=world.person("Sara"), now=NOW + DAY)
    assert (deal.state, card_of(deal, now=NOW).band) == (State.APPROVED, Band.FINE)


def test_expired_hold_is_accepted_at_todays_cost(world: World) -> None:
    deal = held(world)
    world.offer("Summit tent").unit_cost = 45_000
    accept(deal, by=world.person("Sara"), now=DEC_1)
    # Finance is missing now, and what it agrees to is today's.
    assert (deal.state, deal.awaiting) == (State.COUNTERED, ("finance",))
    approve(deal, by=world.person("Fin"), now=DEC_1, why="A new customer.")
    assert (deal.state, card_of(deal, now=DEC_1).margin.cost) == (State.APPROVED, 4_500_000)


def test_dearer_overtime_is_accepted_as_it_was_agreed(world: World) -> None:
    approved(world, 600)
    deal = world.propose(("Summit tent", 200, 47000, JAN_25))
    counter(deal, world.terms(("Summit tent", 200, 48000, JAN_25)), by=world.person("Olga"), now=NOW)
    saw = world.offer("Summit tent").needs[0].resource
    saw.overtime_cost *= 2
    accept(deal, by=world.person("Sara"), now=NOW + DAY)
    assert sum(use.cost for use in card_of(deal, now=NOW).overtime_agreed) == 44_000
    assert check_deal(deal, now=NOW).check.overtime_cost == 88_000


def test_overtime_that_is_not_needed_any_more_is_said(world: World) -> None:
    first, second = approved(world, 600), approved(world, 200, now=NOW + DAY)
    assert agreed_overtime_sentence(card_of(second, now=NOW)) == ("With overtime, $440",)
    smaller = world.terms(("Summit tent", 596, 48000, JAN_25))
    change(first, smaller, by=world.person("Sara"), now=NOW)
    approve(first, by=world.person("Olga"), now=NOW)
    assert agreed_overtime_sentence(card_of(second, now=NOW)) == ("With overtime, $440; $330 is needed now",)
    lose(first, by=world.person("Sara"), now=NOW, reason=LossReason.PRICE)
    card = card_of(second, now=NOW)
    assert agreed_overtime_sentence(card) == ("With overtime, $440; none of it is needed now",)
    shown = str([block.to_dict() for block in card_blocks(card, frozenset(), Audience.SELLER)])
    assert "With overtime, $440; none of it is needed now" in shown


def test_new_terms_are_agreed_at_new_figures(world: World) -> None:
    deal = approved(world)
    world.offer("Summit tent").unit_cost = 30_000
    change(deal, world.terms(("Summit tent", 100, 47000, JAN_25)), by=world.person("Sara"), now=NOW)
    # Operations agreed to the work, which stays as it was; only the price is another one.
    assert (deal.state, deal.proposal.steps[0].kept_version) == (State.APPROVED, 1)
    assert card_of(deal, now=NOW).margin.cost == 3_000_000
