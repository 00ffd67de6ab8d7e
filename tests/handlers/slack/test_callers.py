"""The calls by which a caller is reached, and what becomes of those that Slack does not take."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.slack.callers import Caller, name_of, tell, update, update_unless_overtaken
from handlers.slack.replies import Say
from handlers.slack.view_parts import loading

VIEW = loading()


class Client(WebClient):
    """Slack, as far as it answers one call in one way."""

    def __init__(self, answer: Callable[[dict[str, Any]], Any]) -> None:
        super().__init__()
        self.answer = answer
        self.calls: list[dict[str, Any]] = []

    def api_call(self, api_method: str, **given: Any) -> Any:
        """Note the call, and answer."""
        self.calls.append({"method": api_method, **(given.get("json") or given.get("params") or {})})
        return self.answer(self.calls[-1])


def refused(name: str) -> SlackApiError:
    return SlackApiError("refused", {"ok": False, "error": name})


def calling(answer: Callable[[dict[str, Any]], Any], **body: Any) -> tuple[Caller, Client]:
    client = Client(answer)
    return Caller(body, BoltContext(user_id="U1"), client, lambda **_: None, lambda **_: None), client


def failing(*names: str) -> Callable[[dict[str, Any]], Any]:
    """One error after the other, and then an answer."""
    errors = list(names)

    def answer(call: dict[str, Any]) -> Any:
        if errors:
            raise refused(errors.pop(0))
        return {"ok": True, "view": {"id": "V1", "hash": "2", **call}}

    return answer


def test_person_is_told_in_a_message_and_the_log_knows_where_not(caplog: pytest.LogCaptureFixture) -> None:
    caller, client = calling(failing())
    tell(caller, Say(("Done.",)))
    assert [(call["method"], call["channel"], call["text"]) for call in client.calls] == [
        ("chat.postMessage", "U1", "Done.")
    ]
    caller, _ = calling(failing("channel_not_found"))
    with caplog.at_level(logging.WARNING):
        tell(caller, Say(("Done.",)))
    assert "a person was not told: channel_not_found" in caplog.text


@pytest.mark.parametrize("error", ["hash_conflict", "not_found"])
def test_view_that_went_on_is_left_alone(error: str) -> None:
    caller, _ = calling(failing(error))
    assert update(caller, "V1", VIEW, "1") is None


def test_any_other_error_of_an_update_is_the_callers_to_hear() -> None:
    caller, _ = calling(failing("internal_error"))
    with pytest.raises(SlackApiError):
        update(caller, "V1", VIEW, "1")


def test_latest_act_wins_over_an_answer_that_came_before() -> None:
    body = {"view": {"id": "V9", "hash": "1"}, "actions": [{"action_ts": "5.0"}]}
    caller, client = calling(failing("hash_conflict"), **body)
    assert update_unless_overtaken(caller, body["view"], VIEW)  # type: ignore[arg-type]
    assert [call.get("hash") for call in client.calls] == ["1", None]


def test_errors_have_a_name() -> None:
    assert (name_of(refused("ratelimited")), name_of(TimeoutError())) == ("ratelimited", "TimeoutError")
