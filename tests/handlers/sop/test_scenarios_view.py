"""The plan and its scenarios as a view."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from babel import Locale

from handlers.sop.scenario_form import new_scenario_view
from handlers.sop.scenarios_view import ShownScenario, ShownScenarios, scenarios_view
from handlers.sop.targets import TriedTarget
from models.base.months import months_from
from models.base.words import Coinage
from models.sop.gaps import Gap, GapKind
from models.sop.what_if import Outcome
from sandbox.render import render_blocks
from tests.handlers.large import long
from tests.handlers.shown import Slack


def test_four_scenarios_at_their_longest_are_accepted(slack: Slack) -> None:
    huge = Fraction(10**14)
    gap = Gap("Tents", GapKind.SHORT, 0, 17, 0, 10**9, -(10**9), 10**14, 10**14)
    outcome = Outcome((gap,) * 150, huge, -huge, huge, huge, huge, (long(200), date(2027, 9, 1)))
    one = ShownScenario(long(60), long(200), long(500), [long(300)] * 10, outcome, 10**9, is_adopted=True)
    tried = replace(one, id=0, tried=TriedTarget(cycle=10**9, way="0" * 30))
    kept = [replace(one, id=10**9 + n) for n in range(4)]
    company, locale = Coinage("USD", 2), Locale("en", "US")
    slack.show(scenarios_view(ShownScenarios(1, outcome, [tried, *kept], company, locale, is_adopting=True)))
    slack.show(new_scenario_view(1, months_from(date(2027, 1, 1), 18), locale))


def test_reader_who_sees_no_money_sees_no_cost() -> None:
    outcome = Outcome((), Fraction(10**6), Fraction(10**5), Fraction(1), Fraction(1), None, None)
    shown = ShownScenarios(1, outcome, [], Coinage("USD", 2), Locale("en", "US"))
    rows = [render_blocks(scenarios_view(one).to_dict()["blocks"]) for one in (shown, replace(shown, sees_money=False))]
    assert ["margin" in text for text in rows] == [True, False]
    assert all("revenue" in text for text in rows)
