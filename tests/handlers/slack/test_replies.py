"""Replies: where each is shown, in whatever the person stands."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import BoltContext
from slack_sdk.models.blocks import Option

from handlers.slack.answering import answer
from handlers.slack.callers import Caller
from handlers.slack.replies import Home, Reply, Say, Show, Suggest, Whisper, Wrong
from handlers.slack.view_parts import line, notice

FIRST, SECOND = notice(("First.",)), notice(("Second.",))
FORM = {"id": "V2", "type": "modal", "hash": "h2", "previous_view_id": "V1", "blocks": [{"block_id": "price~3"}]}
OPTION = Option(text="Summit tent", value="7")


class Slack:
    """Slack as a record of what it was asked; a stand-in, so that calls can be compared whole."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def called(**arguments: Any) -> Any:
            self.calls.append((method, arguments))
            return {"view": {"id": "V9", "hash": "h9"}}

        return called


def calls_of(body: dict[str, Any], reply: Reply) -> list[tuple[Any, ...]]:
    """Every call that a reply makes, in order."""
    slack, context = Slack(), BoltContext(user_id="U1")
    ask: Any = slack
    answer(Caller(body, context, ask, ask.ack, ask.respond), reply)
    return slack.calls


SUBMISSION = {"type": "view_submission", "view": FORM}
PRESSED = {
    "type": "block_actions",
    "view": FORM,
    "trigger_id": "T",
    "actions": [{"type": "button", "action_ts": "1.0"}],
}
IN_MESSAGE = {"type": "block_actions", "trigger_id": "T", "response_url": "https://hooks.example", "actions": []}
COMMAND = {"command": "/deal", "trigger_id": "T", "response_url": "https://hooks.example"}
SAID = {"text": "First.", "blocks": [line(("First.",)).to_dict()], "response_type": "ephemeral"}
ACK: tuple[str, dict[str, Any]] = ("ack", {})


@pytest.mark.parametrize(
    ("body", "reply", "calls"),
    [
        (SUBMISSION, Show(FIRST), [("ack", {"response_action": "update", "view": FIRST})]),
        (SUBMISSION, Show(FIRST, is_on_top=True), [("ack", {"response_action": "push", "view": FIRST})]),
        (PRESSED, Show(FIRST), [ACK, ("views_update", {"view_id": "V2", "view": FIRST, "hash": "h2"})]),
        (PRESSED, Show(FIRST, is_on_top=True), [ACK, ("views_push", {"trigger_id": "T", "view": FIRST})]),
        (IN_MESSAGE, Show(FIRST), [ACK, ("views_open", {"trigger_id": "T", "view": FIRST})]),
    ],
    ids=["submitted", "submitted, on top", "pressed in a form", "pressed in a form, on top", "pressed in a message"],
)
def test_view_stands_in_place_of_the_present_one_or_on_top(
    body: dict[str, Any], reply: Reply, calls: list[tuple[Any, ...]]
) -> None:
    assert calls_of(body, reply) == calls


def test_view_below_a_form_is_made_true_and_what_follows_is_shown_for_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.slack.showing.SURELY", 0)
    again = ("views_update", {"view_id": "V2", "view": SECOND, "hash": None})
    assert calls_of(SUBMISSION, Show(FIRST, later=lambda: SECOND, below=SECOND)) == [
        ("ack", {"response_action": "update", "view": FIRST}),
        ("views_update", {"view_id": "V1", "view": SECOND, "hash": None}),
        again,
        again,
    ]


def test_what_follows_a_moment_later_is_shown_only_over_what_was_shown_before() -> None:
    assert calls_of(PRESSED, Show(FIRST, later=lambda: SECOND)) == [
        ACK,
        ("views_update", {"view_id": "V2", "view": FIRST, "hash": "h2"}),
        ("views_update", {"view_id": "V9", "view": SECOND, "hash": "h9"}),
    ]


def test_sentence_is_said_where_the_person_is() -> None:
    say = Say(("First.",), later=lambda: Say(("Second.",)))
    later = {"text": "Second.", "blocks": [line(("Second.",)).to_dict()], "response_type": "ephemeral"}
    assert calls_of(COMMAND, Say(("First.",))) == [("ack", SAID)]
    assert calls_of(IN_MESSAGE, say) == [ACK, ("respond", SAID), ("respond", later)]
    whisper = Whisper(("First.",), [line(("First.",))], channel="C1", thread="1.0")
    where = {"channel": "C1", "thread_ts": "1.0", "user": "U1"}
    assert calls_of({"type": "event_callback"}, whisper) == [
        ACK,
        ("chat_postEphemeral", {**where, "text": "First.", "blocks": SAID["blocks"]}),
    ]


def test_what_is_asked_in_a_conversation_is_answered_there_for_the_person_alone() -> None:
    said = {"text": "First.", "blocks": SAID["blocks"]}
    mention = {"type": "event_callback", "event": {"type": "app_mention", "channel": "C1", "thread_ts": "1.0"}}
    assert calls_of(mention, Say(("First.",))) == [
        ACK,
        ("chat_postEphemeral", {**said, "channel": "C1", "user": "U1", "thread_ts": "1.0"}),
    ]
    direct = {"type": "event_callback", "event": {"type": "message", "channel": "D1", "channel_type": "im"}}
    assert calls_of(direct, Say(("First.",))) == [
        ACK,
        ("chat_postMessage", {**said, "channel": "U1", "thread_ts": None}),
    ]


def test_sentences_under_fields_go_to_their_blocks_and_else_stand_in_a_window() -> None:
    wrong = Wrong({"price": "A price.", "gone": "Gone."})
    assert calls_of(SUBMISSION, wrong) == [("ack", {"response_action": "errors", "errors": {"price~3": "A price."}})]
    ((_, answered),) = calls_of(SUBMISSION, Wrong({"gone": "Gone."}))
    assert (answered["response_action"], answered["view"].to_dict()) == ("push", notice(("Gone.",)).to_dict())


def test_nothing_closes_a_form_and_options_and_homes_go_their_own_way() -> None:
    home = Home(SECOND)
    assert calls_of(SUBMISSION, None) == [("ack", {"response_action": "clear"})]
    assert calls_of({"type": "block_suggestion"}, Suggest([OPTION])) == [("ack", {"options": [OPTION]})]
    assert calls_of({"type": "block_suggestion"}, None) == [("ack", {"options": []})]
    published = ("views_publish", {"user_id": "U1", "view": SECOND})
    assert calls_of({"type": "event_callback"}, home) == [ACK, published]
