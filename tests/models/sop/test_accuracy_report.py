"""What a closed month teaches, with every number literal."""

from fractions import Fraction

from models.base.months import month_after
from models.deals.deciding import approve, win
from models.sop.accuracy import CHAIN
from models.sop.accuracy_report import accuracy_report
from models.sop.forecasting import Believed, answer_forecast, find_forecast
from models.sop.rows import Actual
from models.sop.signing import sign
from tests.models.sop.december import JAN, at, planned, the_cycle, turn
from tests.world import World

NAIVE, BASELINE, SALES, PLAN = CHAIN
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
        PLAN: Fraction(1, 2),
    }
    assert report.added == {BASELINE: 0, SALES: Fraction(-1, 4), PLAN: 0}
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
    assert accuracy_report(world.person("Olga"), now=FEBRUARY).is_empty


def test_nothing_is_compared_before_the_month_is_over(world: World) -> None:
    closed_month(world)
    assert accuracy_report(world.person("Lea"), now=FEBRUARY.replace(month=1)).is_empty
