"""What a closed month teaches, with every number literal."""

from fractions import Fraction
from io import BytesIO

from babel import Locale
from openpyxl import load_workbook
from sqlalchemy import select

from handlers.sop.page_files import page_workbook
from models.base.months import month_after
from models.deals.deciding import approve, win
from models.sop.accuracy import CHAIN
from models.sop.accuracy_report import accuracy_report, family_accuracy
from models.sop.agreeing import agree_on
from models.sop.forecasting import Believed, answer_forecast, find_forecast
from models.sop.money import Money, MoneyReport
from models.sop.page_making import page_of, whole_page_of
from models.sop.rows import Actual
from models.sop.signing import sign
from tests.models.sop.december import JAN, at, planned, the_cycle, turn
from tests.world import World

NAIVE, BASELINE, SALES, CONSENSUS, PLAN = CHAIN
FEBRUARY = at("12-03").replace(year=2027, month=2, day=10)


def closed_month(world: World) -> None:
    """Sara believed in 20 more than the baseline of 100 in January; 80 were booked, and 90 supplied."""
    planned(world)
    for ago in range(7, 15):
        actuals_of_one(world, ago)
    turn(world, at("12-03"))
    cycle, sara = the_cycle(world), world.person("Sara")
    row = find_forecast(cycle, sara, "Tents")
    assert row.prefill[:3] == [50, 50, 50]
    answer_forecast(row, Believed((0, 0, 0), (50, 70, 50), reason="A fair."), by=sara, now=at("12-03", "10:00"))
    turn(world, at("12-16"))
    signed = sign(cycle, by=world.person("Lea"), now=at("12-16", "10:00"))
    assert signed.numbers["Tents"]["demand"][:3] == [100, 120, 100]
    signed.numbers = {**signed.numbers, "Tents": {**signed.numbers["Tents"], "supply": [100, 120, *[100] * 16]}}
    deal = world.propose(("Summit tent", 40, 48000, JAN.replace(day=18)))
    approve(deal, by=world.person("Olga"), now=at("12-16", "11:00"))
    win(deal, by=sara, now=at("12-16", "12:00"))
    workspace = world.workspace
    world.session.add(Actual(workspace=workspace, family="Tents", month=JAN, bookings=80, supply=90))
    world.session.flush()


def actuals_of_one(world: World, ago: int) -> None:
    month = month_after(JAN, -1 - ago)
    world.session.add(Actual(workspace=world.workspace, family="Tents", month=month, bookings=100))
    world.session.flush()


def test_leadership_sees_the_errors_of_all_and_what_each_step_added(world: World) -> None:
    closed_month(world)
    report = accuracy_report(world.person("Lea"), now=FEBRUARY)
    (tents,) = [row for row in report.families if row.name == "Tents"]
    assert (tents.months, tents.accuracy.wape, tents.accuracy.bias) == (1, Fraction(1, 2), Fraction(1, 2))
    # Against the same month a year before: 0, 0 and 20; December, of which nothing is known, is left out.
    assert tents.mase == 40 / Fraction(20, 3)
    assert report.wapes == {
        NAIVE: Fraction(1, 4),
        BASELINE: Fraction(1, 4),
        SALES: Fraction(1, 2),
        CONSENSUS: Fraction(1, 2),
        PLAN: Fraction(1, 2),
    }
    assert report.added == {BASELINE: 0, SALES: Fraction(-1, 4), CONSENSUS: 0, PLAN: 0}
    assert report.adherence == Fraction(3, 4)
    pete, sara = report.sellers
    assert (pete.name, pete.accuracy.wape) == ("Pete", None)
    assert (sara.name, sara.accuracy.bias, sara.accuracy.accuracy) == ("Sara", Fraction(3, 4), Fraction(1, 4))
    assert report.own == ()


def test_seller_sees_their_own_only(world: World) -> None:
    closed_month(world)
    report = accuracy_report(world.person("Sara"), now=FEBRUARY)
    (tents,) = [row for row in report.own if row.name == "Tents"]
    assert tents.accuracy.wape == Fraction(3, 4)
    assert (report.families, report.sellers, report.wapes, report.adherence) == ((), (), {}, None)
    assert accuracy_report(world.person("Otto"), now=FEBRUARY).is_empty
    # Olga coordinates, and Fin keeps the books: both answer for the whole.
    assert all(accuracy_report(world.person(name), now=FEBRUARY).families for name in ("Olga", "Fin"))


def test_nothing_is_compared_before_the_month_is_over(world: World) -> None:
    closed_month(world)
    assert accuracy_report(world.person("Lea"), now=FEBRUARY.replace(month=1)).is_empty


def test_tents_and_bolts_do_not_add_up_so_all_together_is_weighed_by_value(world: World) -> None:
    closed_month(world)
    cycle, sara, parts = the_cycle(world), world.person("Sara"), "Parts"
    row = find_forecast(cycle, sara, parts)
    row.frozen = [0, 10_000, *[0] * 16]
    world.session.add(Actual(workspace=world.workspace, family=parts, month=JAN, bookings=10_000))
    turn(world, at("12-02").replace(year=2027, month=2))
    # 40 of 80 tents at $235 are wrong, and none of 10,000 parts at $12: 0.4 % by units, but by value
    # 40 x 235 of 80 x 235 + 10,000 x 12, 6.8 %.
    before = page_of(the_cycle(world)).before
    assert before is not None
    assert before.accuracy.wape == Fraction(40 * 235, 80 * 235 + 10_000 * 12)
    assert before.accuracy.bias == before.accuracy.wape


def test_consensus_is_a_step_of_its_own_as_it_was_when_the_executive_meeting_began(world: World) -> None:
    planned(world)
    for ago in range(7, 15):
        actuals_of_one(world, ago)
    turn(world, at("12-14"))
    cycle, olga, lea = the_cycle(world), world.person("Olga"), world.person("Lea")
    agree_on(cycle, "Tents", {1: 90}, "No fair.", by=olga, now=at("12-14", "10:00"))
    turn(world, at("12-16"))
    agree_on(cycle, "Tents", {1: 85}, "No fair at all.", by=lea, now=at("12-16", "10:00"))
    sign(cycle, by=lea, now=at("12-16", "11:00"))
    world.session.add(Actual(workspace=world.workspace, family="Tents", month=JAN, bookings=80))
    wapes = accuracy_report(lea, now=FEBRUARY).wapes
    assert {step: wapes[step] for step in (SALES, CONSENSUS, PLAN)} == {
        SALES: Fraction(20, 80),
        CONSENSUS: Fraction(10, 80),
        PLAN: Fraction(5, 80),
    }


def test_plan_that_is_signed_late_is_judged_by_months_that_were_still_to_come(world: World) -> None:
    closed_month(world)
    cycle = the_cycle(world)
    signed = cycle.latest_signed
    assert signed is not None
    signed.at = at("12-05").replace(year=2027, month=1)
    report = accuracy_report(world.person("Lea"), now=FEBRUARY)
    assert (report.wapes, report.adherence) == ({}, None)


def test_signed_plan_in_money_is_compared_with_what_came(world: World) -> None:
    closed_month(world)
    known = Actual(workspace=world.workspace, family="Lamps", month=JAN, bookings=1, shipments=1)
    january = world.session.scalar(select(Actual).where(Actual.family == "Tents", Actual.month == JAN))
    assert january is not None
    january.shipments, january.inventory = 75, 30
    world.session.add(known)
    money = accuracy_report(world.person("Lea"), now=FEBRUARY).money
    # Tents at $390 and $235: 40 in stock and as many made as sell, so that 120 of January were to be shipped and 40 to
    # lie there; 75 were, and 30 did. Of lamps nobody says what lay there.
    assert money == MoneyReport(
        1,
        Money(Fraction(120 * 39_000), Fraction(120 * 23_500), Fraction(40 * 23_500)),
        Money(Fraction(75 * 39_000), Fraction(75 * 23_500), Fraction(30 * 23_500)),
    )


def test_workbook_of_the_next_cycle_says_how_good_the_forecasts_of_each_family_were(world: World) -> None:
    closed_month(world)
    turn(world, FEBRUARY)
    cycle = the_cycle(world)
    assert family_accuracy(cycle) == accuracy_report(world.person("Lea"), now=FEBRUARY).families != ()
    book = load_workbook(BytesIO(page_workbook(whole_page_of(cycle), world.workspace, Locale("en", "US"))))
    rows = [[cell.value for cell in row] for row in book["Accuracy"].iter_rows()]
    # 120 were forecast for January, and 80 booked; before January a hundred were, as in any month.
    assert rows[0][:4] == ["family", "months", "accuracy, in %", "bias, in %"]
    assert ["Tents", 1, 50, 50] in [row[:4] for row in rows]
