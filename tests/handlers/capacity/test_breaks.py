"""What a change of capacity breaks: as it is said before, and as it is listed afterwards."""

from datetime import date

from sqlalchemy import select

from handlers.capacity.breaks import breaking_sentences, listed, saved
from handlers.slack.replies import Show
from handlers.slack.text import plain
from models.capacity.adjusting import Breaking, adjust
from models.company.resources import ResourceRow
from models.deals.deciding import approve
from models.deals.rows import Deal
from models.promise import Adjustment
from sandbox.render import render_blocks
from tests.handlers.large import Large
from tests.handlers.shown import Slack
from tests.world import NOW, World

JAN_4, JAN_18 = date(2027, 1, 4), date(2027, 1, 18)


def promised(world: World, count: int) -> list[Deal]:
    deals = [world.propose(("Summit tent", 5, 48000, JAN_18), customer=f"Customer {n}") for n in range(count)]
    for deal in deals:
        approve(deal, by=world.person("Olga"), now=NOW)
    return deals


def test_nothing_that_breaks_is_said_too() -> None:
    assert [plain(sentence) for sentence in breaking_sentences(Breaking())] == [
        "No deal’s promise or hold would break."
    ]


def test_promises_and_holds_are_told_apart_and_the_rest_is_counted(world: World) -> None:
    deals = promised(world, 7)
    sentences = breaking_sentences(Breaking(deals, deals[:1]))
    five = ", ".join(f"#{number + 1} Customer {number}" for number in range(5))
    assert [plain(sentence) for sentence in sentences] == [
        f"This would break 7 promises: {five} and 2 more",
        "This would break 1 hold: #1 Customer 0",
    ]
    assert listed([]) == ""


def test_ways_follow_the_promises_that_broke(world: World) -> None:
    promised(world, 6)
    row = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    closing = Adjustment("Assembly", JAN_4, available=0, overtime=0, reason="Repair.")
    breaks = adjust(row, closing, by=world.person("Olga"), now=NOW)
    shown = saved(world.workspace, "Saved. ", breaks, now=NOW)
    assert isinstance(shown, Show)
    assert shown.later
    texts = [render_blocks([block.to_dict() for block in view.blocks]) for view in (shown.view, shown.later())]
    assert [text.count("Looking for ways to yes…") for text in texts] == [5, 0]
    assert [text.splitlines()[-1] for text in texts] == ["And 1 more: their cards show their ways."] * 2


def test_largest_promises_that_break_are_accepted(large: Large, slack: Slack) -> None:
    deals = [large.deal(stage) for stage in ("broken", "won, broken", "broken, looking")]
    slack.show(saved(large.world.workspace, "Saved. ", Breaking(deals, [large.deal("countered")] * 9), now=NOW))
