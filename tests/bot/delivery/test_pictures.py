"""Pictures are drawn at delivery; what Slack does not take is tried again, then left out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from models.digests.schedules import Digest, find_schedule, post_now
from models.workspace.members import find_member
from models.workspace.workspaces import the_workspace
from tests.handlers.conftest import ALL
from tests.handlers.digests.test_messages import kinds, overbook, posted, schedule
from tests.stage import Stage, staged


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, "http") as stage:
        stage.sb.add_channel(ALL, list(stage.people.values()))
        yield stage


def post(stage: Stage, schedule_id: int) -> None:
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        by = find_member(workspace, stage.people["Lea"])
        post_now(find_schedule(workspace, schedule_id), by=by, now=stage.sb.now())


@pytest.mark.parametrize(
    ("fault", "times", "has_picture"),
    [
        # Right after the upload Slack may not know the file: tried again, and after four times without it.
        ({"kind": "error", "method": "chat.postMessage", "error": "invalid_blocks"}, 2, True),
        ({"kind": "error", "method": "chat.postMessage", "error": "invalid_blocks"}, 4, False),
        ({"kind": "http", "method": "files.getUploadURLExternal", "status": 500}, 1, True),
        ({"kind": "error", "method": "files.completeUploadExternal", "error": "access_denied"}, 9, False),
        ({"kind": "ratelimited", "method": "files.getUploadURLExternal", "retry_after": 3}, 1, True),
        ({"kind": "lost_reply", "method": "chat.postMessage"}, 1, True),
    ],
)
def test_picture_that_slack_does_not_take_is_tried_again_and_then_left_out(
    stage: Stage, fault: dict[str, Any], times: int, has_picture: bool
) -> None:
    overbook(stage)
    key = schedule(stage, Digest.PIPELINE)
    stage.sb.fault(**fault, times=times)
    post(stage, key)
    stage.sb.turn(by=timedelta(minutes=2))
    (message,) = posted(stage)
    assert ("image" in kinds(message)) == has_picture
    assert kinds(message)[-3:] == ["rich_text", "actions", "table"]
