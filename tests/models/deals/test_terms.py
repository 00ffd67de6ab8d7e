"""Terms: which are refused, and what they are checked against."""

from datetime import UTC, date, datetime

import pytest

from models.base.errors import Refused
from models.company.offers import OfferRow
from models.deals.deciding import approve
from models.deals.proposing import change
from models.deals.terms import (
    LARGEST_PRICE,
    LARGEST_QUANTITY,
    TermLine,
    Terms,
    cannot_be_kept,
    check_adjusted,
    check_deals,
    check_promise,
    check_promises,
    check_terms,
    proposal_lines,
    refuse_bad_terms,
)
from models.promise import Adjustment, Check, Margin, Shortage
from models.promise import Deal as Ask
from models.promise.check import Verdict
from models.workspace.workspaces import Workspace
from tests.world import NOW, World

NOV_16, NOV_23 = date(2026, 11, 16), date(2026, 11, 23)
JAN_4, JAN_18 = date(2027, 1, 4), date(2027, 1, 18)
TENTS, POLES = 1, 2


def refusal(*lines: TermLine, now: datetime = NOW) -> tuple[str, str | None] | None:
    workspace = Workspace(name="Ridgeline", timezone="America/Denver")
    offers = {TENTS: OfferRow(name="Summit tent"), POLES: OfferRow(name="Pole set")}
    try:
        refuse_bad_terms(workspace, Terms(lines), offers, now=now)
    except Refused as refused:
        return refused.sentence, refused.field
    return None


def tents(quantity: int = 1, price: int = 100, week: date = JAN_18) -> TermLine:
    return TermLine(TENTS, quantity, price, week)


def test_refusal_names_the_line_and_its_field() -> None:
    good = TermLine(POLES, 1, 0, JAN_18)
    assert refusal() == ("A deal needs at least one line.", None)
    assert refusal(good, tents(quantity=0)) == ("A quantity is a whole number of 1 or more.", "quantity.1")
    assert refusal(good, tents(price=-1)) == ("A price is 0 or more.", "price.1")
    assert refusal(good, tents(), tents(2)) == ("One line for an offer in a week: Summit tent stands twice.", "offer.2")
    assert refusal(good, tents(), tents(week=JAN_4), TermLine(POLES, 1, 0, JAN_4)) is None


@pytest.mark.parametrize(("quantity", "price"), [(1, 0), (LARGEST_QUANTITY, LARGEST_PRICE)])
def test_smallest_and_largest_numbers_are_taken(quantity: int, price: int) -> None:
    assert refusal(tents(quantity, price)) is None


@pytest.mark.parametrize(
    ("quantity", "price", "field"), [(LARGEST_QUANTITY + 1, 0, "quantity.0"), (1, LARGEST_PRICE + 1, "price.0")]
)
def test_larger_numbers_are_refused(quantity: int, price: int, field: str) -> None:
    refused = refusal(tents(quantity, price))
    assert refused is not None
    assert refused[1] == field


def test_week_is_over_when_it_is_over_where_the_company_is() -> None:
    over = ("The date should be in this week (Nov 23) or later.", "date.0")
    # 23 November begins in Denver at 7 in the morning of Greenwich.
    assert refusal(tents(week=NOV_16), now=datetime(2026, 11, 23, 6, 59, tzinfo=UTC)) is None
    assert refusal(tents(week=NOV_16), now=datetime(2026, 11, 23, 7, 0, tzinfo=UTC)) == over
    # A week that has begun can still be asked for.
    assert refusal(tents(week=NOV_23), now=datetime(2026, 11, 27, 23, 0, tzinfo=UTC)) is None


def test_own_promise_does_not_count_against_a_deal(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    # 62 h are free in the week of 4 January; 100 tents are promised 54 h of them, and 116 tents need all 62 h.
    terms = world.terms(("Summit tent", 116, 43200, JAN_18))
    assert check_terms(world.workspace, terms, now=NOW, deal=deal).check.verdict is Verdict.FITS
    assert check_terms(world.workspace, terms, now=NOW).check.shortages == (
        Shortage("Assembly", JAN_4, needed=62_000, free=8_000, short=54_000),
    )


def test_each_deal_is_checked_as_if_it_were_alone(world: World) -> None:
    first, second = world.propose(), world.propose(customer="Borealis")
    checks = check_deals([first, second], now=NOW)
    assert [checked.check.verdict for checked in checks] == [Verdict.FITS, Verdict.FITS]
    approve(first, by=world.person("Olga"), now=NOW)
    checks = check_deals([first, second], now=NOW)
    assert [checked.check.shortages for checked in checks] == [
        (),
        (Shortage("Assembly", JAN_4, needed=54_000, free=8_000, short=46_000),),
    ]
    assert (check_deals([], now=NOW), check_promises([], now=NOW)) == ([], [])


def test_promise_is_checked_whatever_is_negotiated(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    change(deal, world.terms(("Summit tent", 200, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    (asked,), promised = check_deals([deal], now=NOW), check_promise(deal, now=NOW)
    assert (asked.check.verdict, promised.check.verdict) == (Verdict.SHORT, Verdict.FITS)
    assert promised.check.needs == {"Assembly": {JAN_4: 54_000}}


def test_adjusted_check_is_of_the_same_terms(world: World) -> None:
    (checked,) = check_deals([world.propose()], now=NOW)
    # 310 h instead of 320 h leave 52 h for 54 h.
    less = Adjustment("Assembly", JAN_4, available=310_000, overtime=0)
    adjusted = check_adjusted(checked, less.apply).check
    assert adjusted.deal == checked.check.deal
    assert adjusted.shortages == (Shortage("Assembly", JAN_4, needed=54_000, free=52_000, short=2_000),)


def test_promise_is_not_broken_by_weeks_that_have_been_worked() -> None:
    def checked(*shortages: Shortage) -> Check:
        return Check(Ask("Acme", NOV_23, ()), {}, False, shortages, (), Margin(0, 0, 0, 0), ())

    worked = Shortage("Assembly", NOV_16, needed=1, free=0, short=1, past=True)
    coming = Shortage("Assembly", NOV_23, needed=1, free=0, short=1)
    assert [cannot_be_kept(checked(*these)) for these in ((), (worked,), (worked, coming))] == [False, False, True]


def test_lines_keep_their_order() -> None:
    rows = list(proposal_lines(Workspace(name=""), Terms((tents(3, 40, JAN_18), TermLine(POLES, 2, 0, JAN_4)))))
    assert [(row.position, row.offer_id, row.quantity, row.unit_price, row.week) for row in rows] == [
        (0, TENTS, 3, 40, JAN_18),
        (1, POLES, 2, 0, JAN_4),
    ]
