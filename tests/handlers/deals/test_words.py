"""What is said of deals, whole, by the numbers and dates of the company's country."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from handlers.deals.words import (
    change_sentences,
    clock_sentences,
    counter_sentences,
    deviation_sentence,
    left_text,
    line_sentence,
    possessive,
    price_text,
    rivalry_sentence,
    sums_sentence,
    time_left,
    title,
    turn_text,
    verdict_sentence,
)
from handlers.slack.text import Bold, When
from models.base.words import Coinage, company_locale
from models.deals.card import CardLine, Ending, card_of
from models.deals.changes import Delivery, TermChange
from models.deals.clocks import TurnClock
from models.deals.rivals import Rival, Rivalry
from models.deals.states import Move, State
from models.deals.terms import check_deal
from models.deals.turns import Awaited
from models.workspace.roles import Side
from tests.world import NOW, World

US, DE, CH = (company_locale(country) for country in ("US", "DE", "CH"))
DOLLARS, YEN = Coinage("USD", 2), Coinage("JPY", 0)
JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)
MOST = timedelta(hours=3, minutes=59)


def clock(side: Side = Side.OPERATIONS, *, left: timedelta = MOST, is_overdue: bool = False) -> TurnClock:
    name = "Sara" if side is Side.SALES else str(side)
    return TurnClock(side, name, Awaited.ANSWER, NOW, NOW + timedelta(hours=8), left, None, is_overdue)


@pytest.mark.parametrize(
    ("price", "list_price", "us", "de", "ch"),
    [
        (48_000, 48_000, "$480 each", "480 US$ each", "US$ 480 each"),
        (
            42_050,
            48_000,
            "$420.50 each · 12.4 % off list",
            "420,50 US$ each · 12,4 % off list",
            "US$ 420.50 each · 12.4 % off list",
        ),
        (
            60_000_000,
            48_000,
            "$600,000 each · 124,900 % over list",
            "600.000 US$ each · 124.900 % over list",
            "US$ 600’000 each · 124’900 % over list",
        ),
        (100, 0, "$1 each", "1 US$ each", "US$ 1 each"),
        (0, 48_000, "free of charge", "free of charge", "free of charge"),
    ],
)
def test_price_stands_to_the_list_in_the_country_s_numbers(
    price: int, list_price: int, us: str, de: str, ch: str
) -> None:
    texts = [price_text(price, list_price, DOLLARS, locale).replace("\xa0", " ") for locale in (US, DE, CH)]
    assert texts == [us, de, ch]


def test_price_of_a_currency_without_decimals_has_none() -> None:
    assert price_text(1_500, 2_000, YEN, US) == "¥1,500 each · 25 % off list"


@pytest.mark.parametrize(("is_only", "discount"), [(True, ""), (False, " · 10 % off list")])
def test_only_delivery_leaves_its_discount_to_the_sum(*, is_only: bool, discount: str) -> None:
    entry = CardLine("Summit tent", "tent", 1_000, 43_200, 48_000, JAN_18)
    sentence = (Bold("Summit tent: 1,000 tents"), f", week of Jan 18, $432 each{discount}")
    assert line_sentence(entry, DOLLARS, US, is_only=is_only) == sentence


def test_rivals_are_named_up_to_three_with_what_they_would_leave() -> None:
    rivals = tuple(Rival(number, "Outdoor Depot of the Rocky Mountains") for number in range(1, 6))
    scarce = Rivalry("Assembly", "hour", JAN_18, needed=54_500, left=500, rivals=rivals[:1])
    one = ("Also wanted by ", Bold("#1 Outdoor Depot of the Rocky Mo…"))
    lost = ". If they get theirs, 0.5 is left of the 54.5 hours needed: Assembly, week of Jan 18."
    assert rivalry_sentence(scarce, US) == (*one, lost)
    assert rivalry_sentence(replace(scarce, left=0), US) == (*one, lost.replace("0.5 is", "nothing is"))
    assert rivalry_sentence(replace(scarce, left=54_500), US) == (*one, "; there is enough for all.")
    named = rivalry_sentence(replace(scarce, rivals=rivals), US)[1]
    assert named == Bold(", ".join(f"#{n} Outdoor Depot of the Rocky Mo…" for n in (1, 2, 3)) + " and 2 more")


def test_change_says_weeks_and_prices_only_where_they_differ() -> None:
    before = Delivery(200, 48_000, JAN_18)
    afters = [replace(before, quantity=1), replace(before, week=JAN_25), replace(before, unit_price=43_200)]
    changes = [TermChange("Tent", "tent", (before,), (after,)) for after in afters]
    changes += [TermChange("Tent", "tent", (), (before,)), TermChange("Tent", "tent", (before,), ())]
    assert change_sentences(changes, DOLLARS, US) == [
        (Bold("Tent"), ": 200 tents → ", Bold("1 tent")),
        (Bold("Tent"), ": 200 tents, week of Jan 18 → ", Bold("200 tents, week of Jan 25")),
        (Bold("Tent"), ": 200 tents at $480 → ", Bold("200 tents at $432")),
        (Bold("Tent"), ": nothing → ", Bold("200 tents, week of Jan 18 at $480")),
        (Bold("Tent"), ": 200 tents, week of Jan 18 at $480 → ", Bold("nothing")),
    ]
    many = change_sentences(changes[:1] * 10, DOLLARS, US)
    assert (len(many), many[-1]) == (9, ("And 2 more.",))


def test_time_that_is_left_is_in_hours_and_in_minutes_below_one() -> None:
    left = [timedelta(hours=8), MOST, timedelta(minutes=59, seconds=59), timedelta()]
    assert [time_left(clock(left=one)) for one in left] == ["8 h left", "3 h left", "59 min left", "0 min left"]
    assert time_left(clock(left=MOST, is_overdue=True)) == "overdue"
    assert [possessive(name) for name in ("Sara", "operations")] == ["Sara’s", "operations’"]


def test_verdict_and_sums_are_said_with_the_numbers(world: World) -> None:
    deals = [
        world.propose(("Summit tent", n, 43_200, week)) for n, week in ((10, JAN_25), (900, JAN_25), (200, JAN_18))
    ]
    fits, overtime, short = (check_deal(deal, now=NOW) for deal in deals)
    assert verdict_sentence(fits, US) == (Bold("Fits."),)
    # 900 × 0.5 h + 4 h are 54 h more than the week's 400, at $55.
    assert verdict_sentence(overtime, US) == (Bold("Fits with overtime, $2,970."), " Assembly, week of Jan 11")
    lacking = "Assembly, week of Jan 4: needs 104 hours, 62 free, 42 short."
    assert verdict_sentence(short, US) == (Bold("Does not fit. "), lacking, "")
    assert sums_sentence(short.check.margin, short.company, US) == (Bold("$86,400"), " · 10 % off list · margin fine")
    until = NOW + timedelta(days=7)
    assert counter_sentences(overtime, short, {("Assembly", date(2027, 1, 11)): 453_000}, until, US) == [
        (Bold("Against what was asked: "), "$302,400 more revenue and $2,970 of overtime."),
        (Bold("Sending it holds "), "1 hour of Assembly (Jan 11), until ", When(until), "."),
    ]


def test_terms_beyond_the_standard_are_said_one_by_one(world: World) -> None:
    deal = world.propose(("Summit tent", 5, 40_000, date(2026, 11, 30)), ("Free installation", 1, 0, JAN_18))
    standard = check_deal(world.propose(("Summit tent", 10, 48_000, JAN_18)), now=NOW)
    words = (
        "Summit tent under $408, the lowest standard price; Summit tent before Dec 7, the standard lead time; "
        "Summit tent under the smallest delivery of 10; Free installation is not in the standard catalogue"
    )
    assert deviation_sentence(check_deal(deal, now=NOW), US) == ("Beyond standard terms: ", words)
    assert deviation_sentence(standard, US) is None


def test_turn_is_whose_it_is_or_how_it_ended(world: World) -> None:
    card = card_of(world.propose(), now=NOW)
    ending = Ending(Move.APPROVE, "Olga", NOW, "")
    over = replace(card, state=State.APPROVED, ending=ending)
    assert title(card) == "#1 · Acme · 100 × Summit tent"
    texts = {
        "Operations’ turn": card,
        "Operations’ and finance’s turn · Lea agreed": replace(
            card, turn_names=("operations", "finance"), agreed=("Lea",)
        ),
        "Sara’s turn": replace(card, turn_names=("Sara",)),
        "Approved by Olga": over,
        "Approved by Olga · Sara reports won or lost by Jan 18": replace(over, win_by=JAN_18),
        "Won by Olga · operations deliver": replace(over, state=State.WON, ending=replace(ending, move=Move.WIN)),
        "Released: neither won nor lost was reported": replace(over, state=State.EXPIRED),
    }
    assert {text: turn_text(one) for text, one in texts.items()} == {text: text for text in texts}


def test_clock_says_by_when_and_since_when_an_answer_is_due(world: World) -> None:
    due: datetime = NOW + timedelta(hours=8)
    report = replace(clock(Side.SALES, is_overdue=True), awaited=Awaited.REPORT)
    clocks = (clock(), clock(Side.SALES, is_overdue=True), report, replace(report, release_at=due))
    card = replace(card_of(world.propose(), now=NOW), clocks=clocks)
    assert clock_sentences(card) == [
        ("Operations’ answer is due ", When(due), "."),
        (Bold("Overdue"), ": Sara’s answer was due ", When(due), "."),
        (Bold("Won or lost?"), " Without a word the capacity is free again on ", When(due), "."),
    ]
    assert left_text(card) == "3 h left"
    assert left_text(replace(card, clocks=(report,))) == ""
