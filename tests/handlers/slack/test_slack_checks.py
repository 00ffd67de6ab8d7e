"""What Slack says of a channel and of user groups, in sentences; what it does not say stops nothing."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from handlers.slack.slack_checks import SlackChecks
from handlers.slack.web_calls import Picture


class Client:
    """A client that answers what it is told to."""

    def __init__(self, info: Any = None, error: str = "", raised: Exception | None = None) -> None:
        self.info, self.error, self.raised = info, error, raised

    def conversations_info(self, **_: Any) -> Any:
        if self.error:
            raise SlackApiError("no", {"ok": False, "error": self.error})
        if self.raised:
            raise self.raised
        return {"channel": self.info}

    def usergroups_list(self, **_: Any) -> Any:
        return {"usergroups": [{"name": "Sales", "users": ["U1"]}, {"handle": "ops"}]}

    def files_upload_v2(self, **_: Any) -> Any:
        raise OSError


@pytest.mark.parametrize(
    ("client", "said"),
    [
        (Client(error="channel_not_found"), "Belay is not in that private channel"),
        (Client(error="ratelimited"), "Slack does not say whether Belay can post there (ratelimited)."),
        (Client(raised=OSError()), ""),
        (Client({"is_ext_shared": True}), "Another organisation reads that channel too"),
        (Client({"is_archived": True}), "That channel is archived"),
        (Client({"is_private": True, "is_member": False}), "Belay is not in that private channel"),
        (Client({"is_private": False}), ""),
    ],
)
def test_obstacle_is_said_with_its_remedy(client: Any, said: str) -> None:
    assert SlackChecks(client).obstacle("C1").startswith(said)
    assert bool(SlackChecks(client).obstacle("C1")) == bool(said)


def test_groups_come_with_their_people_and_a_picture_may_fail() -> None:
    client: Any = Client()
    assert SlackChecks(client).groups() == [("Sales", ["U1"]), ("ops", [])]
    assert SlackChecks(client).upload(Picture(b"", "x.png", "x")) is None
