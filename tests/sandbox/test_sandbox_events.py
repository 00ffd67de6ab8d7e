"""Events reach the apps that subscribed, and come again when they were not heard."""

from datetime import timedelta
from typing import Any

from tests.sandbox.stand import EVENTS, MANIFEST, Stand
from tests.stage import PATIENCE


def events(stand: Stand, kind: str) -> list[dict[str, Any]]:
    """What was sent of one kind for the first time: the outer payloads."""
    return [r["payload"] for r in stand.sb.requests() if r["kind"] == kind and not r["retry"]]


def test_a_message_in_a_channel_is_told(either: Stand) -> None:
    seen: list[dict[str, Any]] = []

    @either.bolt.event("message")
    def message(body: dict[str, Any]) -> None:
        seen.append(body)

    ts = either.sara.say("tents-ops", "looks good")
    assert either.sb.until(lambda: seen)
    event = seen[0]["event"]
    assert {key: event[key] for key in ("type", "user", "text", "ts", "channel", "channel_type")} == {
        "type": "message",
        "user": either.sara.id,
        "text": "looks good",
        "ts": ts,
        "channel": either.channel,
        "channel_type": "channel",
    }
    assert seen[0]["authorizations"] == [
        {
            "enterprise_id": None,
            "team_id": either.app.team_id,
            "user_id": either.app.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]
    assert (seen[0]["type"], seen[0]["api_app_id"]) == ("event_callback", either.app.app_id)


def test_a_reply_in_a_thread_names_its_parent(stand: Stand) -> None:
    parent = stand.post(text="card")
    stand.sara.say(stand.channel, "looks good", thread_ts=parent)
    event = next(e["event"] for e in events(stand, "message") if e["event"]["user"] == stand.sara.id)
    assert (event["thread_ts"], event["parent_user_id"]) == (parent, stand.app.bot_user_id)


def test_private_channels_and_direct_messages_have_their_own_kinds(stand: Stand) -> None:
    secret = stand.sb.add_channel("secret", [stand.sara.id, stand.app.bot_user_id], private=True)
    stand.sara.say(secret, "psst")
    stand.sara.say("dm", "hello")
    assert [event["event"]["channel_type"] for event in events(stand, "message")] == ["group", "im"]


def test_a_channel_without_the_app_stays_unheard(stand: Stand) -> None:
    other = stand.sb.add_channel("other", [stand.sara.id])
    stand.sara.say(other, f"hello <@{stand.app.bot_user_id}>")
    assert events(stand, "message") == []
    assert events(stand, "app_mention") == []


def test_a_mention_is_an_event_of_its_own(stand: Stand) -> None:
    stand.sara.say(stand.channel, f"<@{stand.app.bot_user_id}> help")
    assert [event["event"]["user"] for event in events(stand, "app_mention")] == [stand.sara.id]


def test_direct_message_is_no_mention_whatever_it_says(stand: Stand) -> None:
    stand.sara.say("dm", "@Kiosk help")
    assert [event["event"]["text"] for event in events(stand, "message")] == [f"<@{stand.app.bot_user_id}> help"]
    assert events(stand, "app_mention") == []


def test_name_that_is_typed_becomes_a_mention_and_the_rest_is_escaped(stand: Stand) -> None:
    bot, sara = stand.app.bot_user_id, stand.sara
    sara.say(stand.channel, "@Kiosk, ask @sara & me <now> in #tents-ops, not kiosk@kiosk.com: <https://a.com?b&c>")
    (event,) = events(stand, "app_mention")
    assert event["event"]["text"] == (
        f"<@{bot}>, ask <@{sara.id}> &amp; me &lt;now&gt; in <#{stand.channel}|tents-ops>, not kiosk@kiosk.com:"
        " <https://a.com?b&c>"
    )


def test_whoever_joins_is_told(stand: Stand) -> None:
    olga = stand.sb.add_person("Olga")
    stand.sb.invite(stand.channel, olga)
    stand.sb.invite(stand.channel, olga)
    joined = [event["event"]["user"] for event in events(stand, "member_joined_channel")]
    assert joined == [olga]


def test_whoever_uses_slack_in_another_language_is_told(stand: Stand) -> None:
    stand.sb.set_locale(stand.sara.id, "de-DE")
    told = events(stand, "user_change")
    assert [(one["event"]["user"]["id"], one["event"]["user"]["locale"]) for one in told] == [(stand.sara.id, "de-DE")]


def test_what_nobody_subscribed_to_is_not_sent(stand: Stand) -> None:
    quiet = {**MANIFEST, "settings": {**MANIFEST["settings"], "event_subscriptions": {"bot_events": []}}}
    other = stand.sb.install(quiet)
    stand.sb.invite(stand.channel, other.bot_user_id)
    stand.sara.say(stand.channel, "hello")
    told = {request["app_id"] for request in stand.sb.requests()}
    assert told == {stand.app.app_id}
    assert len(EVENTS) == 9


def test_an_unheard_event_comes_again_at_once_after_one_and_after_five_minutes(stand: Stand) -> None:
    stand.sb.install(MANIFEST, request_url="http://127.0.0.1:9/nobody")
    lonely = stand.sb.do("install", manifest=MANIFEST, request_url="http://127.0.0.1:9/nobody")
    stand.sb.invite(stand.channel, lonely["bot_user_id"])

    def retries() -> list[Any]:
        return [r["retry"] for r in stand.sb.requests() if r["app_id"] == lonely["app_id"]]

    stand.sb.settle()
    assert retries() == [None, [1, "connection_failed"]]
    stand.sb.turn(by=timedelta(seconds=59))
    assert len(retries()) == 2
    stand.sb.turn(by=timedelta(seconds=1))
    assert retries()[2:] == [[2, "connection_failed"]]
    stand.sb.turn(by=timedelta(days=1))
    assert retries()[3:] == [[3, "connection_failed"]]
    sent_at = [r["time"][11:19] for r in stand.sb.requests() if r["app_id"] == lonely["app_id"]]
    assert sent_at[1:] == [sent_at[0], _later(sent_at[0], 1), _later(sent_at[0], 6)]


def test_the_retry_carries_its_number_and_reason(stand: Stand) -> None:
    seen: list[tuple[str | None, str | None]] = []
    stand.sb.configure(ack_seconds=0.5)
    stand.bolt.event("message")(lambda: None)

    @stand.bolt.middleware
    def slow(req: Any, next: Any) -> None:  # noqa: A002 - Bolt's name for it
        seen.append(tuple(req.headers.get(f"x-slack-retry-{key}", [None])[0] for key in ("num", "reason")))
        if len(seen) == 1:
            # The second time there is no hurry.
            stand.sb.configure(ack_seconds=PATIENCE)
            stand.sb.until(lambda: any(request["timeout"] for request in stand.sb.requests()))
        next()

    stand.sara.say(stand.channel, "hello")
    stand.sb.settle()
    assert seen == [(None, None), ("1", "http_timeout")]


def test_interactivity_is_not_retried(stand: Stand) -> None:
    assert stand.sara.command(stand.channel, "/order").error == "dispatch_failed"
    stand.sb.turn(by=timedelta(hours=1))
    assert [request["kind"] for request in stand.sb.requests()].count("/order") == 1


def test_an_uninstalled_app_is_told_and_its_views_are_gone(stand: Stand) -> None:
    told: list[str] = []
    for kind in ("app_uninstalled", "tokens_revoked"):
        stand.bolt.event(kind)(lambda event: told.append(event["type"]))
    stand.sb.uninstall(stand.app.app_id)
    assert [event["event"].get("tokens") for event in events(stand, "tokens_revoked")] == [
        {"oauth": [], "bot": [stand.app.bot_user_id]}
    ]
    assert len(events(stand, "app_uninstalled")) == 1


def _later(time: str, minutes: int) -> str:
    hour, minute, second = (int(part) for part in time.split(":"))
    total = hour * 60 + minute + minutes
    return f"{total // 60:02}:{total % 60:02}:{second:02}"


def test_a_message_that_changes_or_goes_is_told(either: Stand) -> None:
    ts = either.post(text="open")
    either.client.chat_update(channel=either.channel, ts=ts, text="closed")
    either.client.chat_delete(channel=either.channel, ts=ts)
    either.sb.settle()
    told = [event["event"] for event in events(either, "message")]
    assert sorted(event.get("subtype", "") for event in told) == ["", "message_changed", "message_deleted"]
    changed = next(event for event in told if event.get("subtype") == "message_changed")
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("open", "closed")
    assert changed["hidden"] is True
    statuses = {request["status"] for request in either.sb.requests() if request["kind"] == "message"}
    assert statuses == {200}
