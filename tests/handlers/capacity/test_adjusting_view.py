"""The form of a week to adjust with its longest plausible data, and what it foresees."""

import pytest
from slack_sdk.models.views import View

from handlers.capacity import capacity
from handlers.capacity.targets import WeekTarget
from handlers.slack.forms import Filled
from handlers.slack.replies import Reply, Show
from models.base.language import N_, _
from models.base.words import locale_of
from tests.handlers.large import LOADED, STOCK, Large, long, resource_name
from tests.handlers.shown import Slack, inside
from tests.world import NOW

US = locale_of("en-US")


def filled(large: Large, name: str, **values: str) -> Filled:
    """The form of a week to adjust, filled in for a resource."""
    resource, week = large.resource(name).id, LOADED.isoformat()
    fields = {"resource": str(resource), "date": week, "reason": long(200, "Reason")} | values
    return Filled(fields, {}, {})


def shown_week(large: Large, name: str) -> WeekTarget:
    """What that form carries."""
    return WeekTarget(resource=large.resource(name).id, day=LOADED.isoformat(), revision=10**6)


def words_of(shown: Reply | View) -> str:
    """Everything that a view says."""
    view = shown.view if isinstance(shown, Show) else shown
    assert isinstance(view, View)
    return " ".join(str(part["text"]) for part in inside(view.to_dict()["blocks"]) if "text" in part)


@pytest.mark.parametrize("name", [resource_name("fits", 0), resource_name("overtime", 0), long(200, STOCK), ""])
def test_week_to_adjust_is_accepted(large: Large, slack: Slack, name: str) -> None:
    chosen = WeekTarget(resource=large.resource(name).id, day=LOADED.isoformat()) if name else WeekTarget()
    slack.show(capacity.open_adjust(large.world.workspace, large.person("Olga"), NOW, chosen))


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        (resource_name("fits", 0), {"available": "0", "overtime": "0"}, N_("This would break {what}: ")),
        (
            resource_name("fits", 0),
            {"available": "0", "overtime": "0"},
            N_("The week is overbooked by {amount}, overtime included."),
        ),
        (resource_name("fits", 0), {"available": "999,999,999.999"}, N_("No deal’s promise or hold would break.")),
        (
            resource_name("fits", 0),
            {"available": "x" * 20},
            N_("A number of 0 or more with at most 3 decimals, such as 320."),
        ),
        (long(200, STOCK), {"receipt": "999,999,999.999"}, N_("No deal’s promise or hold would break.")),
        (long(200, STOCK), {"receipt": "x" * 20}, N_("A number of 0 or more with at most 3 decimals, such as 320.")),
    ],
)
def test_foreseen_adjustment_is_accepted(
    large: Large, slack: Slack, name: str, values: dict[str, str], said: str
) -> None:
    form, target = filled(large, name, **values), shown_week(large, name)
    shown = capacity.check_adjusting(large.world.workspace, large.person("Olga"), NOW, form, target)
    slack.show(shown)
    assert _(said).partition("{")[0] in words_of(shown)


def test_stock_that_does_not_arrive_is_foreseen(large: Large, slack: Slack) -> None:
    row = large.resource(long(200, STOCK))
    with large.world.session.begin_nested() as attempt:
        row.on_hand = 0
        large.world.session.flush()
        form, target = filled(large, row.name, receipt="0"), shown_week(large, row.name)
        shown = capacity.check_adjusting(large.world.workspace, large.person("Olga"), NOW, form, target)
        attempt.rollback()
    slack.show(shown)
    assert "This would break" in words_of(shown)


def test_another_resource_begins_with_what_it_offers(large: Large, slack: Slack) -> None:
    form, target = filled(large, resource_name("fits", 0), available="1"), WeekTarget(revision=10**6)
    shown = capacity.check_adjusting(large.world.workspace, large.person("Olga"), NOW, form, target)
    (view,) = slack.show(shown)
    assert "'1'" not in str(view.to_dict())
