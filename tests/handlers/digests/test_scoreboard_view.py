"""The scoreboard at its longest, and with nothing to count."""

from datetime import datetime, timedelta

from handlers.digests import scoreboard
from handlers.digests.scoreboard_view import Board, board_blocks, board_text, board_view, definitions_view, own_sentence
from handlers.slack.slack_checks import SlackChecks
from models.base.words import company_locale
from models.deals.standards import Beyond
from models.digests.scoreboard import Figures, Share, Speed, Waste
from models.digests.step_figures import StepBoard, StepFigures
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW

AMOUNT = 10**15


def largest_figures() -> Figures:
    speed, share = Speed((timedelta(days=9999),) * 10_000), Share(123_456_789, 123_456_789)
    kinds = ("later", "mixed", "overtime", "partial", "reprice", "split", "substitute", "without")
    return Figures(
        first_answer=speed,
        to_yes=speed,
        plain_no=share,
        as_asked=share,
        counters=share,
        counters_by_kind=dict.fromkeys(kinds, share),
        won_after_counter=share,
        kept=share,
        repromised=10**9,
        notice_days=-12345.5,
        converted=share,
        waiting=10**9,
        wasted={f"{'W' * 190}{n}": Waste(AMOUNT, timedelta(days=9999)) for n in range(20)},
        discount=AMOUNT,
        discount_beyond=AMOUNT,
        services=AMOUNT,
        below_floor=AMOUNT,
        deals_below_floor=share,
    )


def test_scoreboard_is_accepted(large: Large, slack: Slack) -> None:
    figures = largest_figures()
    requests = dict.fromkeys(Beyond, 10**9)
    steps = tuple(StepFigures(long(200, str(n)), figures.to_yes, Share(0, 10**9)) for n in range(30))
    agreeing = StepBoard(steps, {long(400, str(n)): 10**9 for n in range(30)})
    company = large.world.workspace
    board = Board(
        figures, figures, requests, company, company_locale("US"), sees_margin=True, steps=(agreeing, agreeing)
    )
    slack.post(board_text(board), [block.to_dict() for block in board_blocks(board)])
    slack.show(board_view(board))
    slack.show(definitions_view())
    said = own_sentence(figures)
    assert said
    shown = scoreboard.open_scoreboard(large.world.workspace, large.person("Lea"), NOW, SlackChecks(slack.client))
    slack.show(shown)


def test_scoreboard_of_an_empty_quarter_is_accepted(large: Large, slack: Slack) -> None:
    early: datetime = NOW - timedelta(days=800)
    shown = scoreboard.open_scoreboard(large.world.workspace, large.person("Lea"), early, SlackChecks(slack.client))
    assert shown.later is None
    slack.show(shown)
