"""`/belay scoreboard` and `/belay standards`: what both teams look at, and what customers keep asking for."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from slack_sdk.models.blocks import Block, ImageBlock
from slack_sdk.models.views import View

from handlers.deals.standards_view import Standards, standard_view, standards_view
from handlers.deals.terms import read_percent, read_whole
from handlers.digests.messages import board_of, board_picture
from handlers.digests.scoreboard_view import Board, board_view, definitions_view
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.listening import opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.slack_checks import Errands
from handlers.slack.web_calls import Picture
from models.base.words import company_locale, locale_of
from models.company.offers import offers_by_id
from models.deals.rules import check_sees_deals
from models.deals.standards import (
    Beyond,
    candidates,
    check_may_make_standard,
    find_candidate,
    make_standard,
)
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

MOST_WEEKS = 52


@opens(command="/belay scoreboard")
def open_scoreboard(workspace: Workspace, by: Member, now: datetime, errands: Errands) -> Show:
    """The figures at once, the picture a moment later."""
    check_sees_deals(by)
    board = board_of(workspace, now=now, by=by)
    if board.quarter.is_empty:
        return Show(board_view(board))
    draw = board_picture(workspace, now=now)
    return Show(board_view(board), later=partial(_with_picture, board, draw, errands))


@opens(Act.DEFINITIONS)
def open_definitions(by: Member) -> View:
    """What each figure means."""
    check_sees_deals(by)
    return definitions_view()


@opens(command="/belay standards")
def open_standards(workspace: Workspace, by: Member, now: datetime) -> View:
    """What was asked for three times or more in the last quarter."""
    check_sees_deals(by)
    return _standards(workspace, by, now)


@opens(Act.STANDARD)
def open_standard(workspace: Workspace, by: Member, now: datetime, target: Target) -> View:
    """From where on it is standard."""
    check_may_make_standard(by)
    return standard_view(find_candidate(workspace, target.offer, target.kind, now=now), locale_of(by.locale))


@submits(Callback.STANDARD)
def keep_standard(workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """The offer changes."""
    kind = Beyond(form.target.kind)
    offer = offers_by_id(workspace, [form.target.offer])[form.target.offer]
    make_standard(offer, kind, _value(kind, form, by), by=by, now=now)
    return Show(_standards(workspace, by, now), below=_standards(workspace, by, now))


def _standards(workspace: Workspace, by: Member, now: datetime) -> View:
    found, locale = candidates(workspace, now=now), company_locale(workspace.country)
    return standards_view(Standards(found, workspace, locale, may_decide=by.has(Role.LEADERSHIP)))


def _value(kind: Beyond, form: Filled, by: Member) -> int:
    match kind:
        case Beyond.DISCOUNT:
            return read_percent(form["value"], locale_of(by.locale), "value")
        case Beyond.LEAD_TIME:
            return 0 if form["value"] == "0" else read_whole(form["value"], "value", most=MOST_WEEKS)
        case Beyond.LOT:
            return read_whole(form["value"], "value", most=10**9)
        case Beyond.NOT_STANDARD:
            return 0


def _with_picture(board: Board, draw: Callable[[], Picture], errands: Errands) -> View:
    picture = draw()
    file = errands.upload(picture)
    image: Block | None = ImageBlock(slack_file={"id": file}, alt_text=picture.alt) if file else None
    return board_view(board, image)
