"""`/belay scoreboard`: what both teams look at."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from slack_sdk.models.blocks import Block, ImageBlock
from slack_sdk.models.views import View

from handlers.digests.messages import board_of, board_picture
from handlers.digests.scoreboard_view import Board, board_view, definitions_view
from handlers.slack.ids import Act
from handlers.slack.listening import opens
from handlers.slack.replies import Show
from handlers.slack.slack_checks import SlackChecks
from handlers.slack.web_calls import Picture
from models.deals.rules import check_sees_deals
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@opens(Act.SCOREBOARD, command="/belay scoreboard")
def open_scoreboard(workspace: Workspace, by: Member, now: datetime, checks: SlackChecks) -> Show:
    """The figures at once, the picture a moment later."""
    check_sees_deals(by)
    board = board_of(workspace, now=now, by=by)
    if board.quarter.is_empty:
        return Show(board_view(board))
    draw = board_picture(workspace, now=now)
    return Show(board_view(board), later=partial(_with_picture, board, draw, checks))


@opens(Act.DEFINITIONS)
def open_definitions(by: Member) -> View:
    """What each figure means."""
    check_sees_deals(by)
    return definitions_view()


def _with_picture(board: Board, draw: Callable[[], Picture], checks: SlackChecks) -> View:
    picture = draw()
    file = checks.upload(picture)
    image: Block | None = ImageBlock(slack_file={"id": file}, alt_text=picture.alt) if file else None
    return board_view(board, image)
