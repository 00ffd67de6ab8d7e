"""The person's last act in a view is shown, although what followed an earlier one has changed the view meanwhile."""

from typing import Any

from slack_bolt import BoltContext
from slack_sdk.errors import SlackApiError

from handlers.slack.answering import answer
from handlers.slack.callers import Caller
from handlers.slack.latest_act import MOST, LatestActs
from handlers.slack.replies import Show
from handlers.slack.view_parts import notice


def body(view: str, at: str) -> dict[str, Any]:
    act = {"type": "static_select", "action_ts": at}
    return {"type": "block_actions", "view": {"id": view, "type": "modal", "hash": "old"}, "actions": [act]}


class Client:
    """Slack as it is when the view has changed: only an update without a hash is taken."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def views_update(self, *, view_id: str, view: Any, hash: str | None) -> dict[str, Any]:  # noqa: A002 - the SDK's name for it
        if hash is not None:
            raise SlackApiError("refused", {"ok": False, "error": "hash_conflict"})
        self.shown.append(view.to_dict()["blocks"][0]["elements"][0]["elements"][0]["text"])
        return {"view": {"id": view_id, "hash": "new"}}


def show(client: Client, view: str, at: str, said: str) -> None:
    # The client is a stand-in with the one call that is made.
    caller = Caller(body(view, at), BoltContext(), client, lambda **_: None, lambda **_: None)  # type: ignore[arg-type]
    answer(caller, Show(notice((said,))))


def test_last_act_is_shown_and_an_older_one_is_not() -> None:
    client = Client()
    show(client, "V1", "1795449600.000200", "second")
    show(client, "V1", "1795449600.000100", "first")
    show(client, "V2", "1795449600.000100", "of another view")
    show(client, "V1", "1795449600.000300", "third")
    assert client.shown == ["second", "of another view", "third"]


def test_only_so_many_views_are_remembered() -> None:
    newest = LatestActs()
    for number in range(MOST + 5):
        newest.hear(body(f"V{number}", "1795449600.000100"))
    assert len(newest._acts) == MOST
    assert newest.is_it(body("V0", "1795449600.000100"))
    assert not newest.is_it({"type": "view_submission"})
