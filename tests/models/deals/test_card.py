"""What a card shows of a deal, in numbers."""

from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.deals.card import Asked, CardLine, Ending, card_of, cards_of
from models.deals.card_cells import Cell, cells_of
from models.deals.changes import Delivery, TermChange
from models.deals.clocks import TurnClock
from models.deals.deciding import LossReason, approve, lose
from models.deals.proposing import change, counter, extend_hold
from models.deals.states import Move, State
from models.deals.talking import ask, join_call
from models.deals.terms import Checked
from models.deals.turns import Awaited
from models.promise import Company, Deal, Kind, Line, Need, Offer, Resource, check
from models.workspace.roles import Side
from tests.world import NOW, World

NOV_23, NOV_30 = date(2026, 11, 23), date(2026, 11, 30)
JAN_4, JAN_18 = date(2027, 1, 4), date(2027, 1, 18)
HOUR = timedelta(hours=1)


def checked(*deliveries: tuple[date, int], load: dict[date, int] | None = None) -> Checked:
    """Chairs of an hour each on a saw with ten hours a week, of glue that is in stock, and sanded a week before."""
    saw = Resource("Saw", Kind.TIME, "hour", weekly=10_000, load=load or {})
    resources = {
        "Saw": saw,
        "Belt": Resource("Belt", Kind.TIME, "hour"),
        "Glue": Resource("Glue", Kind.STOCK, "pot"),
    }
    needs = (Need("Saw", per_unit=1000), Need("Glue", per_unit=1), Need("Belt", offset=-1, fixed=1))
    chair = Offer("Chair", "Chairs", "chair", 100, 10, Decimal(0), needs=needs)
    company = Company("Bench", "USD", 2, resources, {"Chair": chair})
    lines = tuple(Line("Chair", quantity, 100, week) for week, quantity in deliveries)
    return Checked(company, check(company, Deal("Acme", NOV_23, lines)), {"Chair": 1})


def test_cells_are_the_fullest_weeks_of_time_in_their_order() -> None:
    weeks = [NOV_30 + n * timedelta(weeks=1) for n in range(4)]
    cells = cells_of(checked(*zip(weeks, (5, 9, 2, 8), strict=True), load={weeks[0]: 1_000}), most=8)
    assert [(cell.resource, cell.week, cell.load, cell.need) for cell in cells if cell.resource == "Saw"] == [
        ("Saw", weeks[0], 1_000, 5_000),
        ("Saw", weeks[1], 0, 9_000),
        ("Saw", weeks[2], 0, 2_000),
        ("Saw", weeks[3], 0, 8_000),
    ]
    # A belt that offers nothing is fuller than anything; of two alike the earlier comes first.
    fullest = cells_of(checked(*zip(weeks, (5, 9, 2, 8), strict=True)))
    assert [(cell.resource, cell.week) for cell in fullest] == [
        ("Belt", NOV_23),
        ("Belt", weeks[0]),
        ("Belt", weeks[1]),
    ]
    assert fullest[0] == Cell("Belt", "hour", NOV_23, 0, 0, 1)


def test_weeks_that_are_over_are_no_cells() -> None:
    assert [(cell.resource, cell.week) for cell in cells_of(checked((NOV_23, 1)))] == [("Saw", NOV_23)]


def test_share_of_a_week_without_time_is_endless() -> None:
    assert Cell("Saw", "hour", NOV_23, 10_000, 4_000, 1_000).share == 0.5
    assert Cell("Saw", "hour", NOV_23, 0, 0, 1_000).share == float("inf")


def test_proposed_deal_is_shown_with_what_it_waits_for(world: World) -> None:
    deal = world.propose()
    ask(deal, "Which colour?", by=world.person("Olga"), now=NOW)
    join_call(deal, by=world.person("Lea"), now=NOW)
    card = card_of(deal, now=NOW + 2 * HOUR)
    assert card.lines == (CardLine("Summit tent", "tent", 100, 43200, 48000, JAN_18),)
    # 320 h in the week of 4 January, 258 h of the spring order, 54 h of this deal.
    assert card.cells == (Cell("Assembly", "hour", JAN_4, 320_000, 258_000, 54_000),)
    assert (card.awaiting, card.turn, card.guests) == ((Side.OPERATIONS,), (Side.SALES,), ("Lea",))
    assert card.questions == (Asked(deal.questions[0].id, "Which colour?", "Olga", Side.SALES),)
    assert card.clocks == (TurnClock(Side.SALES, "Sara", Awaited.ANSWER, NOW, NOW + 8 * HOUR, 6 * HOUR, None, False),)
    assert (card.held_until, card.win_by, card.ending, card.is_change, card.ways) == (None, None, None, False, None)


def test_counter_is_shown_with_what_it_changes_and_how_long_it_holds(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18), note="Fewer."), by=olga, now=NOW)
    extend_hold(deal, by=olga, now=NOW)
    card = card_of(deal, now=NOW)
    before, after = (Delivery(quantity, 43200, JAN_18) for quantity in (100, 90))
    assert card.changes == (TermChange("Summit tent", "tent", (before,), (after,)),)
    assert (card.version, card.author, card.note, card.extensions) == (2, "Olga", "Fewer.", 1)
    # Five working days without Thanksgiving until 1 December, and as many again.
    assert card.held_until is not None
    assert card.held_until.astimezone(ZoneInfo("America/Denver")).date() == date(2026, 12, 8)


def test_promise_is_shown_with_its_day_and_a_change_of_it_as_a_change(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    approve(deal, by=world.person("Olga"), now=NOW)
    card = card_of(deal, now=NOW)
    assert (card.is_open, card.win_by, card.agreed, card.is_change) == (False, date(2026, 12, 15), ("Olga",), False)
    change(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=sara, now=NOW)
    card = card_of(deal, now=NOW)
    assert (card.is_open, card.win_by, card.agreed, card.is_change) == (True, None, (), True)


def test_end_of_a_deal_says_who_when_and_why(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    approve(deal, by=world.person("Olga"), now=NOW)
    lose(deal, by=sara, now=NOW + HOUR, reason=LossReason.PRICE, why="A tenth too dear.")
    card = card_of(deal, now=NOW + HOUR)
    assert (card.state, card.ending) == (
        State.LOST,
        Ending(Move.LOSE, "Sara", NOW + HOUR, "price: A tenth too dear."),
    )
    deal.decisions[-1].why = None
    assert card_of(deal, now=NOW).ending == Ending(Move.LOSE, "Sara", NOW + HOUR, "price")


def test_promise_is_broken_only_while_it_cannot_be_kept(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    deal.broken_at = NOW
    assert not card_of(deal, now=NOW).is_broken
    assembly = next(need.resource for need in world.offer("Summit tent").needs)
    next(row for row in assembly.weeks if row.week == JAN_4).available = 300_000
    world.session.flush()
    # 300 h less 258 h of the spring order are 42 h for 54 h.
    assert card_of(deal, now=NOW).is_broken


def test_cards_of_no_deals_are_none() -> None:
    assert cards_of([], now=NOW) == []
