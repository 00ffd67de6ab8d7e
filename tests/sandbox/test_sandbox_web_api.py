"""The Web API: who may call what, and what Slack answers."""

from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import NotPossible, Sandbox
from tests.sandbox.stand import MANIFEST, Stand, actions, button, home, modal, section, without

METADATA = {"event_type": "card", "event_payload": {"key": "k1"}}


def test_a_token_is_needed_and_must_be_the_right_one(stand: Stand) -> None:
    def error(method: str, token: str | None) -> str:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return str(httpx.post(stand.api_url + method, headers=headers).json().get("error"))

    assert error("auth.test", None) == "not_authed"
    assert error("auth.test", "xoxb-nobody") == "invalid_auth"
    assert error("auth.test", stand.app.app_token) == "not_allowed_token_type"
    assert error("apps.connections.open", stand.app.bot_token) == "not_allowed_token_type"
    assert error("auth.test", stand.app.bot_token) == "None"
    assert error("api.test", None) == "None"


def test_a_token_may_stand_in_the_form(stand: Stand) -> None:
    answer = httpx.post(stand.api_url + "auth.test", data={"token": stand.app.bot_token}).json()
    assert answer == {
        "ok": True,
        "url": stand.sb.url + "/",
        "team": "Sandbox",
        "user": "kiosk",
        "team_id": stand.app.team_id,
        "user_id": stand.app.bot_user_id,
        "bot_id": stand.app.bot_id,
        "is_enterprise_install": False,
    }


def test_forms_and_json_say_the_same(stand: Stand) -> None:
    headers = {"authorization": f"Bearer {stand.app.bot_token}"}
    blocks = '[{"type": "divider"}]'
    form = httpx.post(
        stand.api_url + "chat.postMessage",
        data={"channel": stand.channel, "text": "a", "blocks": blocks},
        headers=headers,
    ).json()
    nested = httpx.post(
        stand.api_url + "chat.postMessage",
        json={"channel": stand.channel, "text": "a", "blocks": [{"type": "divider"}]},
        headers=headers,
    ).json()
    assert [one["message"]["blocks"][0]["type"] for one in (form, nested)] == ["divider", "divider"]


def test_unknown_methods_are_violations(stand: Stand) -> None:
    assert stand.error("chat.scheduleMessage", channel=stand.channel) == "unknown_method"
    assert [(v["rule"], v["where"]) for v in stand.sb.violations()] == [("unknown_method", "chat.scheduleMessage")]


def test_undocumented_and_missing_arguments_are_refused(stand: Stand) -> None:
    assert stand.error("chat.postMessage", channel=stand.channel, text="x", client_msg_id="1") == "invalid_arguments"
    assert stand.error("chat.postMessage", text="x") == "invalid_arguments"
    assert [v["messages"] for v in stand.sb.violations()] == [
        ["undocumented argument: client_msg_id"],
        ["missing required field: channel"],
    ]


@pytest.mark.parametrize(
    ("method", "scope", "arguments"),
    [
        ("chat.postMessage", "chat:write", {"text": "x"}),
        ("chat.postEphemeral", "chat:write", {"text": "x", "user": "U1"}),
        ("conversations.info", "channels:read", {}),
        ("conversations.members", "channels:read", {}),
        ("conversations.history", "channels:history", {}),
        ("conversations.replies", "channels:history", {"ts": "1.0"}),
        ("conversations.join", "channels:join", {}),
        ("conversations.list", "channels:read", None),
        ("conversations.open", "im:write", None),
        ("users.list", "users:read", None),
        ("usergroups.list", "usergroups:read", None),
        ("files.getUploadURLExternal", "files:write", {"filename": "a", "length": 1}),
        ("files.info", "files:read", {"file": "F1"}),
    ],
)
def test_a_missing_scope_is_named(sb: Sandbox, method: str, scope: str, arguments: dict[str, Any] | None) -> None:
    app = sb.install(without(scope))
    channel = sb.add_channel("tents-ops")
    sb.invite(channel, app.bot_user_id)
    client = WebClient(token=app.bot_token, base_url=f"{sb.url}/api/", retry_handlers=[])
    takes_channel = arguments is not None and not method.startswith("files.")
    with pytest.raises(SlackApiError) as refusal:
        client.api_call(method, json={**(arguments or {}), **({"channel": channel} if takes_channel else {})})
    answer = refusal.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"].split(",")


def test_an_app_needs_to_be_in_the_channel(stand: Stand) -> None:
    other = stand.sb.add_channel("other", [stand.sara.id])
    secret = stand.sb.add_channel("secret", [stand.sara.id], private=True)
    assert stand.error("chat.postMessage", channel=other, text="x") == "not_in_channel"
    assert stand.error("conversations.history", channel=other) == "not_in_channel"
    assert stand.error("chat.postMessage", channel=secret, text="x") == "channel_not_found"
    assert stand.error("conversations.info", channel=secret) == "channel_not_found"
    assert stand.error("chat.postMessage", channel="C404", text="x") == "channel_not_found"
    assert stand.error("conversations.info", channel=other) is None
    stand.sb.invite(secret, stand.app.bot_user_id)
    assert stand.error("chat.postMessage", channel=secret, text="x") is None
    stand.sb.remove(secret, stand.app.bot_user_id)
    assert stand.error("chat.postMessage", channel=secret, text="x") == "channel_not_found"
    stand.sb.archive(stand.channel)
    assert stand.error("chat.postMessage", channel=stand.channel, text="x") == "is_archived"


def test_public_posting_has_a_scope_of_its_own(sb: Sandbox) -> None:
    scopes = ["chat:write", "chat:write.public"]
    app = sb.install({**MANIFEST, "features": {}, "settings": {}, "oauth_config": {"scopes": {"bot": scopes}}})
    channel = sb.add_channel("open")
    client = WebClient(token=app.bot_token, base_url=f"{sb.url}/api/", retry_handlers=[])
    assert client.chat_postMessage(channel="#open", text="x")["channel"] == channel


def test_a_message_needs_words(stand: Stand) -> None:
    assert stand.error("chat.postMessage", channel=stand.channel) == "no_text"
    assert stand.error("chat.postMessage", channel=stand.channel, text="") == "no_text"
    assert stand.error("chat.postMessage", channel=stand.channel, text="a", markdown_text="b") == (
        "markdown_text_conflict"
    )


def test_a_message_to_a_person_opens_the_direct_messages(stand: Stand) -> None:
    posted = stand.client.chat_postMessage(channel=stand.sara.id, text="for you")
    opened = stand.client.conversations_open(users=stand.sara.id)
    assert posted["channel"] == opened["channel"]["id"]
    assert [message.text for message in stand.sara.dm()] == ["for you"]
    assert stand.error("conversations.open", users="U404") == "user_not_found"
    assert stand.error("conversations.open") == "users_list_not_supplied"


def test_timestamps_come_from_the_clock_and_only_grow(stand: Stand) -> None:
    first, second = stand.post(), stand.post()
    assert first.startswith(str(int(stand.sb.now().timestamp())))
    assert float(first) < float(second)


def test_a_message_carries_who_posted_it(stand: Stand) -> None:
    stand.post(section("hello"), text="hello", metadata=METADATA)
    told = stand.client.conversations_history(channel=stand.channel, include_all_metadata=True)["messages"][0]
    assert (told["app_id"], told["bot_id"], told["user"]) == (
        stand.app.app_id,
        stand.app.bot_id,
        stand.app.bot_user_id,
    )
    assert told["metadata"] == METADATA
    assert "metadata" not in stand.client.conversations_history(channel=stand.channel)["messages"][0]


def test_metadata_has_a_form(stand: Stand) -> None:
    for wrong in ("{", {"event_type": "x"}, {**METADATA, "more": 1}, {"event_type": "x", "event_payload": []}):
        assert stand.error("chat.postMessage", channel=stand.channel, text="x", metadata=wrong) == (
            "invalid_metadata_format"
        )
    big = {"event_type": "x", "event_payload": {"key": "x" * 8000}}
    assert stand.error("chat.postMessage", channel=stand.channel, text="x", metadata=big) == "metadata_too_large"


def test_an_update_with_text_alone_removes_the_blocks(stand: Stand) -> None:
    ts = stand.post(section("old"), metadata=METADATA)
    assert stand.error("chat.update", channel=stand.channel, ts=ts, blocks=[section("new")]) is None
    message = stand.last()
    assert (message.as_text(), message.text, message.metadata) == ("new", "text", METADATA)
    stand.client.chat_update(channel=stand.channel, ts=ts, text="closed")
    assert (stand.last().blocks, stand.last().text) == ([], "closed")
    assert stand.last().edited["user"] == stand.app.bot_user_id
    assert stand.error("chat.update", channel=stand.channel, ts=ts) == "no_text"


def test_only_own_messages_can_be_changed(stand: Stand) -> None:
    theirs = stand.sara.say(stand.channel, "hello")
    own = stand.post()
    assert stand.error("chat.update", channel=stand.channel, ts=theirs, text="x") == "cant_update_message"
    assert stand.error("chat.delete", channel=stand.channel, ts=theirs) == "cant_delete_message"
    assert stand.error("chat.update", channel=stand.channel, ts="1.0", text="x") == "message_not_found"
    assert stand.error("chat.delete", channel=stand.channel, ts=own) is None
    assert [message.ts for message in stand.sb.channel(stand.channel)] == [theirs]


def test_an_ephemeral_is_seen_by_one(stand: Stand) -> None:
    olga = stand.sb.add_person("Olga")
    arguments = {"channel": stand.channel, "text": "for you"}
    assert stand.error("chat.postEphemeral", **arguments, user=olga) == "user_not_in_channel"
    assert stand.error("chat.postEphemeral", **arguments, user=stand.sara.id) is None
    stand.sb.invite(stand.channel, olga)
    assert [message.ephemeral for message in stand.sara.channel(stand.channel)] == [True]
    assert stand.sb.person("Olga").channel(stand.channel) == []
    assert stand.client.conversations_history(channel=stand.channel)["messages"] == []


def test_threads_are_told_apart_from_the_channel(stand: Stand) -> None:
    parent = stand.post(text="card")
    reply = stand.post(text="round one", thread_ts=parent)
    stand.sara.say(stand.channel, "looks good", thread_ts=parent)
    history = stand.client.conversations_history(channel=stand.channel)["messages"]
    thread = stand.client.conversations_replies(channel=stand.channel, ts=parent)["messages"]
    assert [message["text"] for message in history] == ["card"]
    assert (history[0]["reply_count"], history[0]["thread_ts"]) == (2, parent)
    assert [message["text"] for message in thread] == ["card", "round one", "looks good"]
    assert [message.text for message in stand.sara.thread(stand.channel, parent)] == [m["text"] for m in thread]
    assert stand.error("chat.postMessage", channel=stand.channel, text="x", thread_ts="1.0") == "thread_not_found"
    assert stand.error("conversations.replies", channel=stand.channel, ts="1.0") == "thread_not_found"
    assert stand.sb.violations() == []
    stand.post(text="to a reply", thread_ts=reply)
    assert [v["rule"] for v in stand.sb.violations()] == ["thread_ts_of_a_reply"]


def test_a_broadcast_reply_stands_in_the_channel_too(stand: Stand) -> None:
    parent = stand.post(text="card")
    stand.post(text="decided", thread_ts=parent, reply_broadcast=True)
    assert [message.text for message in stand.sb.channel(stand.channel)] == ["card", "decided"]


def test_history_is_told_between_two_moments(stand: Stand) -> None:
    first, second, third = (stand.post(text=text) for text in "abc")

    def told(**arguments: Any) -> list[str]:
        answer = stand.client.conversations_history(channel=stand.channel, **arguments)
        return [message["text"] for message in answer["messages"]]

    assert told() == ["c", "b", "a"]
    assert told(oldest=first) == ["c", "b"]
    assert told(oldest=first, latest=third) == ["b"]
    assert told(oldest=first, latest=second, inclusive=True) == ["b", "a"]
    assert stand.error("conversations.history", channel=stand.channel, oldest="soon") == "invalid_ts_oldest"


def test_long_lists_come_in_pages(stand: Stand) -> None:
    for text in "abcde":
        stand.post(text=text)
    pages = [
        [message["text"] for message in answer["messages"]]
        for answer in stand.client.conversations_history(channel=stand.channel, limit=2)
    ]
    assert pages == [["e", "d"], ["c", "b"], ["a"]]
    assert stand.error("conversations.history", channel=stand.channel, cursor="bm8=") == "invalid_cursor"
    assert stand.error("conversations.history", channel=stand.channel, limit=1000) == "invalid_limit"
    assert stand.error("conversations.history", channel=stand.channel, limit="many") == "invalid_arguments"


def test_channels_are_listed_by_kind(stand: Stand) -> None:
    stand.sb.add_channel("secret", [stand.sara.id], private=True)
    shared = stand.sb.add_channel("with-acme", [stand.app.bot_user_id], private=True, shared=True)

    def names(**arguments: Any) -> list[str]:
        return [channel["name"] for channel in stand.client.conversations_list(**arguments)["channels"]]

    assert names() == ["tents-ops"]
    assert names(types="public_channel,private_channel") == ["tents-ops", "with-acme"]
    assert stand.error("conversations.list", types="huddle") == "invalid_types"
    assert stand.client.conversations_info(channel=shared)["channel"]["is_ext_shared"] is True
    info = stand.client.conversations_info(channel=stand.channel, include_num_members=True)["channel"]
    assert (info["is_member"], info["num_members"], info["is_private"]) == (True, 2, False)
    assert stand.client.conversations_members(channel=stand.channel)["members"] == [
        stand.sara.id,
        stand.app.bot_user_id,
    ]


def test_an_app_joins_a_public_channel(stand: Stand) -> None:
    other = stand.sb.add_channel("other")
    assert stand.client.conversations_join(channel=other)["channel"]["is_member"] is True
    assert stand.client.conversations_join(channel=other)["warning"] == "already_in_channel"
    stand.sb.archive(other)
    assert stand.error("conversations.join", channel=other) == "is_archived"


def test_people_are_told_with_their_zone_and_standing(stand: Stand) -> None:
    boss = stand.sb.add_person("Olga Berg", tz="Europe/Berlin", admin=True, locale="de-DE")
    guest = stand.sb.add_person("Gus", guest="ultra")
    stranger = stand.sb.add_person("Stan", guest="stranger", team="T0OTHER")

    def user(which: str) -> dict[str, Any]:
        found: dict[str, Any] = stand.client.users_info(user=which, include_locale=True)["user"]
        return found

    told = user(boss)
    assert [told[key] for key in ("name", "real_name", "tz", "tz_offset", "is_admin", "locale")] == [
        "olga.berg",
        "Olga Berg",
        "Europe/Berlin",
        3600,
        True,
        "de-DE",
    ]
    assert (user(guest)["is_restricted"], user(guest)["is_ultra_restricted"]) == (True, True)
    assert (user(stranger)["is_stranger"], user(stranger)["team_id"]) == (True, "T0OTHER")
    assert user(stand.app.bot_user_id)["is_bot"] is True
    assert stand.error("users.info", user="U404") == "user_not_found"
    assert len(stand.client.users_list(limit=100)["members"]) == 5


def test_groups_are_told_with_their_people(stand: Stand) -> None:
    group = stand.sb.add_usergroup("ops", "Operations", [stand.sara.id])
    assert stand.client.usergroups_list(include_users=True)["usergroups"][0]["users"] == [stand.sara.id]
    assert stand.client.usergroups_users_list(usergroup=group)["users"] == [stand.sara.id]
    assert stand.error("usergroups.users.list", usergroup="S404") == "no_such_subteam"


def test_a_file_is_promised_sent_and_shared(stand: Stand) -> None:
    done = stand.client.files_upload_v2(
        channel=stand.channel, content=b"\x89PNG", filename="chart.png", title="Load", initial_comment="the weeks"
    )
    file = done["file"]
    assert [(f["id"], f["title"], f["size"], f["mimetype"]) for f in stand.sb.files()] == [
        (file["id"], "Load", 4, "image/png")
    ]
    assert stand.last().as_text() == "the weeks\n(Load)"
    stand.post({"type": "image", "alt_text": "load by week", "slack_file": {"id": file["id"]}})
    assert stand.last().as_text() == "(load by week)"
    assert stand.error("files.info", file=file["id"]) is None
    assert stand.error("files.info", file="F404") == "file_not_found"
    assert stand.sb.violations() == []


def test_an_upload_must_have_the_promised_length(stand: Stand) -> None:
    promise = stand.client.files_getUploadURLExternal(filename="a.csv", length=3)
    assert httpx.post(promise["upload_url"], content=b"four").status_code == 400
    assert stand.error("files.completeUploadExternal", files=[{"id": promise["file_id"]}]) == "file_not_found"


def test_a_permalink_names_channel_and_moment(stand: Stand) -> None:
    ts = stand.post()
    link = stand.client.chat_getPermalink(channel=stand.channel, message_ts=ts)["permalink"]
    assert link == f"{stand.sb.url}/archives/{stand.channel}/p{ts.replace('.', '')}"
    assert stand.error("chat.getPermalink", channel=stand.channel, message_ts="1.0") == "message_not_found"


def test_a_home_tab_needs_to_be_in_the_manifest(sb: Sandbox) -> None:
    person = sb.add_person("Sara")
    app = sb.install({**MANIFEST, "features": {}})
    client = WebClient(token=app.bot_token, base_url=f"{sb.url}/api/", retry_handlers=[])
    with pytest.raises(SlackApiError, match="not_enabled"):
        client.views_publish(user_id=person, view=home(section("x")))


def test_home_tabs_have_hashes(stand: Stand) -> None:
    first = stand.client.views_publish(user_id=stand.sara.id, view=home(section("1")))["view"]
    assert stand.error("views.publish", user_id=stand.sara.id, view=home(section("2")), hash=first["hash"]) is None
    assert stand.error("views.publish", user_id=stand.sara.id, view=home(section("3")), hash=first["hash"]) == (
        "hash_conflict"
    )
    shown = stand.sara.home()
    assert shown is not None
    assert shown.as_text() == "2"
    assert stand.error("views.publish", user_id=stand.sara.id, view=modal()) == "invalid_arguments"


def test_a_manifest_must_ask_for_what_it_uses(sb: Sandbox) -> None:
    with pytest.raises(NotPossible, match=r"the event message\.im needs the scope im:history"):
        sb.install({**MANIFEST, "oauth_config": {"scopes": {"bot": ["commands"]}}})
    with pytest.raises(NotPossible, match="slash commands and shortcuts need the scope commands"):
        sb.install({**MANIFEST, "oauth_config": {"scopes": {"bot": []}}})


def test_an_uninstalled_app_is_locked_out(stand: Stand) -> None:
    stand.sb.uninstall(stand.app.app_id)
    assert stand.error("auth.test") == "account_inactive"


def test_calls_are_written_down(stand: Stand) -> None:
    stand.post(text="one")
    call = stand.sb.calls("chat.postMessage")[-1]
    assert (call["args"]["text"], call["answer"]["ok"], call["app_id"], call["status"]) == (
        "one",
        True,
        stand.app.app_id,
        200,
    )
    assert "token" not in call["args"]


def test_a_body_that_is_no_json_object_is_refused(stand: Stand) -> None:
    headers = {"content-type": "application/json", "authorization": f"Bearer {stand.app.bot_token}"}
    for body, error in (("{", "invalid_json"), ("[1]", "json_not_object")):
        assert httpx.post(stand.api_url + "auth.test", content=body, headers=headers).json()["error"] == error


def test_legacy_attachments_are_refused_rather_than_lost(stand: Stand) -> None:
    attachments = [{"text": "old"}]
    assert stand.error("chat.postMessage", channel=stand.channel, text="x", attachments=attachments) == (
        "invalid_attachments"
    )


def test_another_name_or_icon_has_a_scope_of_its_own(stand: Stand) -> None:
    assert stand.error("chat.postMessage", channel=stand.channel, text="x", username="Clerk") == "missing_scope"


@pytest.mark.parametrize(
    ("home_tab", "error"),
    [
        ({"messages_tab_enabled": False}, "messages_tab_disabled"),
        ({"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}, None),
    ],
)
def test_direct_messages_follow_the_manifest(sb: Sandbox, home_tab: dict[str, bool], error: str | None) -> None:
    person = sb.add_person("Sara")
    app = sb.install({**MANIFEST, "features": {"app_home": home_tab}})
    client = WebClient(token=app.bot_token, base_url=f"{sb.url}/api/", retry_handlers=[])
    if error:
        with pytest.raises(SlackApiError, match=error):
            client.chat_postMessage(channel=person, text="x")
    else:
        client.chat_postMessage(channel=person, text="x")
    with pytest.raises(NotPossible, match="does not take messages"):
        sb.person("Sara").say("dm", "hello")


def test_nobody_writes_into_an_archived_channel(stand: Stand) -> None:
    stand.sb.archive(stand.channel)
    with pytest.raises(NotPossible, match="tents-ops is archived"):
        stand.sara.say(stand.channel, "hello?")


def test_two_channels_do_not_share_a_name(stand: Stand) -> None:
    with pytest.raises(NotPossible, match="there is a channel tents-ops already"):
        stand.sb.add_channel("tents-ops")


def test_views_of_another_app_are_out_of_reach(stand: Stand) -> None:
    stand.open(modal(section("x")))
    form = stand.sara.modal()
    assert form is not None
    other = stand.sb.install(MANIFEST)
    client = WebClient(token=other.bot_token, base_url=stand.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match="not_found"):
        client.views_update(view_id=form.id, view=modal(section("mine now")))


def test_two_open_views_do_not_share_an_external_id(stand: Stand) -> None:
    stand.open(modal(section("x"), external_id="deal"))
    published = {"user_id": stand.sara.id, "view": {**home(section("x")), "external_id": "deal"}}
    assert stand.error("views.publish", **published) == "duplicate_external_id"
    stand.sara.close()
    assert stand.error("views.publish", **published) is None


def test_a_push_needs_a_modal_below(stand: Stand) -> None:
    seen = stand.hears("go")
    stand.client.views_publish(user_id=stand.sara.id, view=home(actions(button("Go", "go"))))
    stand.sara.press("Go")
    assert stand.error("views.push", trigger_id=seen[0]["trigger_id"], view=modal(section("x"))) == "not_found"


def test_an_upload_can_be_made_to_fail(stand: Stand) -> None:
    stand.sb.fault("http", method="upload", status=500)
    promise = stand.client.files_getUploadURLExternal(filename="a.csv", length=3)
    assert httpx.post(promise["upload_url"], content=b"abc").status_code == 500
    assert httpx.post(promise["upload_url"], content=b"abc").status_code == 200
