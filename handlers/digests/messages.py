"""From a schedule to its message: what each digest says at the moment of delivery, and its picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.models.blocks import Block
from sqlalchemy.orm import Session

from handlers.digests.digest_view import lateness, pipeline_blocks, pipeline_text, queue_blocks, queue_text
from handlers.digests.pictures import load_picture, scoreboard_picture
from handlers.digests.scoreboard_view import Board, board_blocks, board_text
from handlers.slack.text import When
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, Picture, message
from models.base.words import Coinage, company_locale, week_text
from models.deals.standards import count_deviations
from models.deals.stories import stories_of
from models.digests.contents import pipeline_of, queue_of
from models.digests.schedules import LATE, TOO_LATE, Digest, Due, Schedule, skipped_before
from models.digests.scoreboard import WEEKS, Figures, figures, weekly
from models.digests.step_figures import step_board
from models.workspace.history_chain import head_of
from models.workspace.members import Member
from models.workspace.outbox import Outbox
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class Posting:
    """What a digest says: a line, its blocks, and the picture that goes below the heading."""

    text: str
    blocks: Sequence[Block]
    picture: Callable[[], Picture] | None = None


def render_digest(session: Session, row: Outbox, now: datetime) -> Call | None:
    """The message of an occurrence; None when there is nothing to decide, or it has waited for too long."""
    asked = Due.of(row)
    schedule = session.get_one(Schedule, asked.schedule)
    due = asked.due
    is_too_late = due is not None and now - due > TOO_LATE
    posting = None if schedule.ended_at or is_too_late else posting_of(schedule, now=now)
    if posting is None:
        return None
    late = When(due) if due and now - due > LATE else None
    skipped = skipped_before(schedule, asked.day) if asked.day else 0
    lines = [line(sentence) for sentence in lateness(late, skipped)]
    blocks = [block.to_dict() for block in (*posting.blocks[:1], *lines, *posting.blocks[1:])]
    call = message(row, schedule.channel, posting.text, blocks)
    return replace(call, picture=posting.picture, picture_at=1 + len(lines))


def posting_of(schedule: Schedule, *, now: datetime) -> Posting | None:
    """What a schedule would post now."""
    return POSTINGS[schedule.digest](schedule.workspace, schedule.channel, now)


def board_of(workspace: Workspace, *, now: datetime, by: Member | None = None) -> Board:
    """The scoreboard of the last full week and of the last twelve; with money below the floor for those who may."""
    monday = workspace.this_week(now)
    since, week, until = (workspace.midnight(monday - timedelta(weeks=n)) for n in (WEEKS, 1, 0))
    stories = stories_of(workspace, since=since, until=until)
    work_out = partial(figures, stories, until=until, hours=workspace.hours)
    requests = count_deviations(workspace, since=since, until=until)
    may_see = by is not None and by.has(Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP)
    locale = company_locale(workspace.country)
    coinage = Coinage(workspace.currency, workspace.places)
    return Board(
        work_out(since=week),
        work_out(since=since),
        requests,
        coinage,
        locale,
        sees_margin=may_see,
        head=str(head_of(workspace) or ""),
        steps=(step_board(workspace, since=week, until=until), step_board(workspace, since=since, until=until)),
    )


def board_picture(workspace: Workspace, *, now: datetime) -> Callable[[], Picture]:
    """The last twelve weeks; read now, drawn later."""
    monday = workspace.this_week(now)
    locale = company_locale(workspace.country)
    stories = stories_of(workspace, since=workspace.midnight(monday - timedelta(weeks=WEEKS)), until=now)
    weeks: list[Figures] = weekly(stories, until=monday, hours=workspace.hours)
    labels = [week_text(monday - timedelta(weeks=n), locale) for n in range(WEEKS, 0, -1)]
    return partial(scoreboard_picture, weeks, labels)


def _queue(workspace: Workspace, channel: str, now: datetime) -> Posting | None:
    items = queue_of(workspace, channel, now=now)
    if not items:
        return None
    return Posting(queue_text(items), queue_blocks(items, workspace, company_locale(workspace.country)))


def _pipeline(workspace: Workspace, _channel: str, now: datetime) -> Posting | None:
    pipeline = pipeline_of(workspace, now=now)
    locale = company_locale(workspace.country)
    if not pipeline.red:
        return None
    picture = partial(load_picture, pipeline.resources, locale)
    return Posting(pipeline_text(pipeline), pipeline_blocks(pipeline, locale), picture)


def _scoreboard(workspace: Workspace, _channel: str, now: datetime) -> Posting | None:
    board = board_of(workspace, now=now)
    if board.quarter.is_empty:
        return None
    return Posting(board_text(board), board_blocks(board), board_picture(workspace, now=now))


POSTINGS: Mapping[Digest, Callable[[Workspace, str, datetime], Posting | None]] = {
    Digest.QUEUE: _queue,
    Digest.PIPELINE: _pipeline,
    Digest.SCOREBOARD: _scoreboard,
}
