"""App Home at its longest."""

from dataclasses import replace

import pytest

from handlers.agendas.home import home_of
from handlers.agendas.home_view import as_risks
from handlers.slack.text import plain
from models.deals.portfolio import Portfolio, Total
from sandbox.render import render_blocks
from tests.handlers.large import Large
from tests.handlers.shown import Slack
from tests.stage import Stage, shown
from tests.world import NOW


@pytest.mark.parametrize("name", ["Sara", "Pete", "Olga", "Fin", "Lea", "Gus"])
def test_home_with_many_deals_is_accepted(large: Large, slack: Slack, name: str) -> None:
    slack.publish(home_of(large.person(name), now=NOW))


def test_leadership_sees_the_pipeline_and_its_risks(large: Large, slack: Slack) -> None:
    shown = render_blocks(home_of(large.person("Lea"), now=NOW).to_dict()["blocks"])
    assert "deals open · $" in shown
    assert "deals promised, not won yet · $" in shown
    assert "[ The coming weeks ]  [ Scoreboard ]" in shown
    assert "deals open · $" not in render_blocks(home_of(large.person("Sara"), now=NOW).to_dict()["blocks"])


def test_what_is_at_risk_is_said() -> None:
    nothing = Portfolio(Total(), Total(), Total(), 0, 0)
    assert [plain(one) for one in as_risks(nothing)] == ["Every promise can be kept, and no answer is late."]
    risks = [plain(one) for one in as_risks(replace(nothing, broken=1, overdue=2))]
    assert risks == ["One promise can no longer be kept.", "2 answers are overdue.", "/deal list shows them."]


def test_ways_lead_where_they_say(stage: Stage) -> None:
    olga = stage.person("Olga")
    olga.open_home()
    for name, title in (("The coming weeks", "Assembly"), ("Scoreboard", "Speed, and promises kept")):
        olga.press(name, in_=olga.home())
        stage.sb.settle()
        assert title in shown(olga).as_text()
        olga.close()
