"""Faults happen as often as they were ordered, and no more."""

import threading
import time
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.client import NotPossible
from tests.sandbox.stand import Stand, actions, button


def texts(stand: Stand) -> list[str]:
    return [message.text for message in stand.sb.channel(stand.channel)]


def test_a_rate_limit_says_when_to_come_again(stand: Stand) -> None:
    stand.sb.fault("ratelimited", method="chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as refusal:
        stand.post(text="one")
    assert refusal.value.response.status_code == 429
    assert refusal.value.response.headers["retry-after"] == "7"
    assert refusal.value.response["error"] == "ratelimited"
    stand.post(text="two")
    assert texts(stand) == ["two"]


def test_any_error_can_be_ordered_so_many_times(stand: Stand) -> None:
    stand.sb.fault("error", method="chat.postMessage", times=2, error="internal_error")
    assert stand.error("auth.test") is None
    answers = [stand.error("chat.postMessage", channel=stand.channel, text="x") for _ in range(3)]
    assert answers == ["internal_error", "internal_error", None]


def test_an_error_may_come_after_the_deed(stand: Stand) -> None:
    stand.sb.fault("error", method="chat.postMessage", error="internal_error", effect=True)
    assert stand.error("chat.postMessage", channel=stand.channel, text="done") == "internal_error"
    assert texts(stand) == ["done"]


def test_a_server_error_has_no_effect(stand: Stand) -> None:
    stand.sb.fault("http", status=502)
    answer = httpx.post(
        stand.api_url + "chat.postMessage",
        json={"channel": stand.channel, "text": "x"},
        headers={"authorization": f"Bearer {stand.app.bot_token}"},
    )
    assert (answer.status_code, answer.text, texts(stand)) == (502, "", [])


def test_a_lost_reply_took_effect(stand: Stand) -> None:
    stand.sb.fault("lost_reply", method="chat.postMessage")
    with pytest.raises((ConnectionError, OSError)):
        stand.client.chat_postMessage(channel=stand.channel, text="posted")
    assert texts(stand) == ["posted"]
    call = stand.sb.calls("chat.postMessage")[-1]
    assert (call["lost"], call["answer"]["ok"]) == (True, True)
    stand.post(text="again")
    assert texts(stand) == ["posted", "again"]


def test_a_delay_holds_one_call_and_not_the_others(stand: Stand) -> None:
    stand.sb.fault("delay", method="chat.postMessage", seconds=2)
    slow = threading.Thread(target=stand.post, kwargs={"text": "slow"})
    slow.start()
    assert stand.sb.until(lambda: not stand.sb.faults())
    stand.post(text="fast")
    assert slow.is_alive()
    slow.join()
    assert texts(stand) == ["fast", "slow"]


def test_a_delay_and_an_error_come_together(stand: Stand) -> None:
    stand.sb.fault("delay", method="auth.test", seconds=0.05)
    stand.sb.fault("error", method="auth.test", error="fatal_error")
    began = time.monotonic()
    assert stand.error("auth.test") == "fatal_error"
    assert time.monotonic() - began >= 0.05


@pytest.mark.parametrize("together", [False, True])
def test_a_click_may_arrive_twice(either: Stand, together: bool) -> None:
    seen = either.hears("go")
    either.post(actions(button("Go", "go")))
    either.sb.fault("duplicate", method="block_actions", together=together)
    for _ in range(2):
        either.sara.press("Go", in_=either.last())
    stamps = [body["actions"][0]["action_ts"] for body in seen]
    assert (len(stamps), stamps[0] == stamps[1], stamps[1] == stamps[2]) == (3, True, False)


def test_an_event_may_arrive_twice_with_the_same_id(stand: Stand) -> None:
    stand.bolt.event("message")(lambda: None)
    stand.sb.fault("duplicate", method="message")
    stand.sara.say(stand.channel, "hello")
    ids = [r["payload"]["event_id"] for r in stand.sb.requests() if r["kind"] == "message"]
    assert (len(ids), len(set(ids))) == (2, 1)


def test_a_response_url_may_fail_too(stand: Stand) -> None:
    urls: list[str] = []

    @stand.bolt.command("/order")
    def order(ack: Any, body: dict[str, Any]) -> None:
        urls.append(body["response_url"])
        ack()

    stand.sara.command(stand.channel, "/order")
    stand.sb.fault("http", method="response_url", status=500)
    stand.sb.fault("lost_reply", method="response_url")
    assert httpx.post(urls[0], json={"text": "never said"}).status_code == 500
    with pytest.raises(httpx.TransportError):
        httpx.post(urls[0], json={"text": "said"})
    assert [message.text for message in stand.sara.channel(stand.channel)] == ["said"]


def test_faults_can_be_taken_back(stand: Stand) -> None:
    stand.sb.fault("error", times=100)
    stand.sb.clear_faults()
    assert stand.error("auth.test") is None


def test_a_fault_that_does_not_exist_is_refused(stand: Stand) -> None:
    with pytest.raises(NotPossible, match="no such fault: earthquake; there are delay, duplicate, error, http"):
        stand.sb.fault("earthquake")
