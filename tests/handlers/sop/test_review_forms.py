"""The two reviews as people meet them: what a form says besides its numbers, and the rows of the file."""

from fractions import Fraction
from typing import Any

from handlers.sop.review_forms import FILES, FORECAST, FORMS, KINDS, SUPPLY
from models.sop.forecasting import Believed, answer_forecast, find_forecast
from models.sop.rows import Cycle
from models.sop.supplying import answer_supply, find_supply
from sandbox.render import render_blocks
from tests.models.sop.december import at, planned, the_cycle, turn
from tests.world import World


def reviewed(world: World, day: str) -> Cycle:
    turn(planned(world), at(day))
    return the_cycle(world)


def text_of(view: dict[str, Any]) -> list[str]:
    return render_blocks(view["blocks"]).splitlines()


def test_review_is_known_by_its_form_its_file_and_its_kind() -> None:
    for forms in (FORECAST, SUPPLY):
        assert (FORMS[forms.form], FILES[forms.file], KINDS[forms.review.kind]) == (forms, forms, forms)


def test_forecast_says_that_it_was_answered_and_that_the_review_is_over(world: World) -> None:
    cycle, sara = reviewed(world, "12-03"), world.person("Sara")
    row = find_forecast(cycle, sara, "Tents")
    assert "Answered." not in "".join(text_of(FORECAST.build(cycle, sara, "Tents", 0, "").to_dict()))
    believed = Believed(tuple(row.certain[:3]), tuple(row.contingent[:3]))
    answer_forecast(row, believed, by=sara, now=at("12-03", "10:00"))
    turn(world, at("12-09"))
    lines = text_of(FORECAST.build(cycle, sara, "Tents", 1, "Lamps is in. 2 left.").to_dict())
    assert lines[0] == "Lamps is in. 2 left."
    assert "Answered. Submitting again replaces it." in lines
    late = "The demand review is over: a change counts in the plan, and accuracy goes by what stood then."
    assert late in lines


def test_forecast_names_the_deals_that_are_still_open(world: World) -> None:
    cycle, sara = reviewed(world, "12-03"), world.person("Sara")
    world.propose(customer="Acme")
    lines = text_of(FORECAST.build(cycle, sara, "Tents", 0, "").to_dict())
    assert "Your open deals: #1 Acme 100 in Jan 2027." in lines
    assert "Acme" not in "".join(text_of(FORECAST.build(cycle, world.person("Pete"), "Tents", 0, "").to_dict()))


def test_supply_says_where_it_is_short_and_who_answered_it(world: World) -> None:
    cycle, olga = reviewed(world, "12-09"), world.person("Olga")
    row = find_supply(cycle, "Tents")
    wanted = cycle.demand_for("Tents")
    # 40 lie in stock, so that 46 fewer leave it short by 6 from December on.
    units = [wanted[0] - 46, *wanted[1:3]]
    answer_supply(row, units, rest_percent=Fraction(0), limit="Sewing", by=olga, now=at("12-09", "10:00"))
    lines = text_of(SUPPLY.build(cycle, olga, "Tents", 0, "").to_dict())
    assert "Short: Dec 2026–May 2028 by up to 6." in lines
    assert "Answered by Olga. Submitting again replaces it." in lines


def test_file_has_a_row_for_each_month_of_a_person_s_families(world: World) -> None:
    cycle, sara = reviewed(world, "12-09"), world.person("Sara")
    rows = list(FORECAST.rows(cycle, sara))
    row = find_forecast(cycle, sara, "Tents")
    (first,) = [one for one in rows if one[:2] == ("Tents", "2026-12")]
    assert len(rows) == 18 * len({one[0] for one in rows})
    assert first == ("Tents", "2026-12", str(row.certain[0]), str(row.contingent[0]), "")
    (first,) = [one for one in SUPPLY.rows(cycle, world.person("Olga")) if one[:2] == ("Tents", "2026-12")]
    units = find_supply(cycle, "Tents").units
    assert first == ("Tents", "2026-12", str(cycle.demand_for("Tents")[0]), str(units[0]), "")


def test_forecast_says_what_the_baseline_saw_and_what_sold_a_year_ago(world: World) -> None:
    planned(world, bookings=(*(100,) * 12, *(110,) * 12))
    turn(world, at("12-03"))
    lines = text_of(FORECAST.build(the_cycle(world), world.person("Sara"), "Tents", 0, "").to_dict())
    (seen,) = [line for line in lines if line.startswith("Baseline: ")]
    assert seen.startswith("Baseline: 24 months, +10 % a year, ")
    assert "accurate on the last 6 months, unseen. Eight of ten times: Dec 2026 " in seen
    assert "A year ago: Dec 2025 110, Jan 2026 110, Feb 2026 110." in lines
