"""Buttons and menus in messages, on the Home tab, and what an app says through a response URL."""

import threading
from datetime import timedelta
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient

from sandbox.client import NotPossible, View
from tests.sandbox.stand import Stand, actions, button, field, home, modal, option, plain, section, typed
from tests.stage import PATIENCE

CONFIRM = {"title": plain("Sure?"), "text": plain("This commits."), "confirm": plain("Yes"), "deny": plain("No")}


def test_a_button_says_what_was_pressed_and_where(either: Stand) -> None:
    seen = either.hears("go")
    ts = either.post(actions(button("Go", "go", value="42", style="primary")), text="card")
    assert either.sara.press("Go", in_=either.last()).status == 200

    body = seen[0]
    assert {key: value for key, value in body["actions"][0].items() if key != "action_ts"} == {
        "type": "button",
        "action_id": "go",
        "block_id": "acts",
        "text": plain("Go"),
        "value": "42",
        "style": "primary",
    }
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": either.channel,
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": either.channel, "name": "tents-ops"}
    assert (body["message"]["ts"], body["message"]["app_id"]) == (ts, either.app.app_id)
    assert (body["team"], body["enterprise"]) == ({"id": either.app.team_id, "domain": "sandbox"}, None)
    assert body["is_enterprise_install"] is False


def test_only_visible_buttons_can_be_pressed(stand: Stand) -> None:
    stand.post(actions(button("Go", "go")))
    with pytest.raises(NotPossible, match="there is no button 'Stop'; there are: Go"):
        stand.sara.press("Stop", in_=stand.last())
    stand.client.chat_update(channel=stand.channel, ts=stand.last().ts, text="closed")
    with pytest.raises(NotPossible, match="there is no button 'Go'; there are: none"):
        stand.sara.press("Go", in_=stand.last())


def test_a_message_that_one_does_not_see_cannot_be_acted_on(stand: Stand) -> None:
    stand.client.chat_postEphemeral(
        channel=stand.channel, user=stand.sara.id, text="x", blocks=[actions(button("Go", "go"))]
    )
    only_hers = stand.last()
    olga = stand.sb.person(stand.sb.add_person("Olga"))
    with pytest.raises(NotPossible, match="Olga sees no message"):
        olga.press("Go", in_=only_hers)
    secret = stand.sb.add_channel("secret", [stand.sara.id], private=True)
    with pytest.raises(NotPossible, match="Olga is not in secret"):
        olga.channel(secret)
    with pytest.raises(NotPossible, match="Olga is not in tents-ops"):
        olga.say(stand.channel, "hi")


def test_a_confirmation_stands_before_the_act(stand: Stand) -> None:
    seen = stand.hears("go")
    stand.post(actions(button("Go", "go", confirm=CONFIRM)))
    asked = stand.sara.press("Go", in_=stand.last(), confirm=False)
    assert (asked.confirm, asked.status, seen) == (CONFIRM, 0, [])
    done = stand.sara.press("Go", in_=stand.last())
    assert (done.confirm, done.status, len(seen)) == (CONFIRM, 200, 1)


def test_entries_of_an_overflow_menu_press_by_their_text(either: Stand) -> None:
    seen = either.hears("more")
    menu = {"type": "overflow", "action_id": "more", "options": [option("Decline", "no"), option("Show", "show")]}
    either.post(section("card", accessory=menu))
    assert either.last().buttons == ["Decline", "Show"]
    either.sara.press("Decline", in_=either.last())
    either.sara.choose("more", "Show", in_=either.last())
    assert [body["actions"][0]["selected_option"]["value"] for body in seen] == ["no", "show"]


def test_menus_and_pickers_in_messages_keep_what_was_chosen(either: Stand) -> None:
    seen = either.hears("week")
    either.hears("day")
    week = {"type": "static_select", "action_id": "week", "options": [option("wk 1", "1"), option("wk 2", "2")]}
    either.post(actions(week, {"type": "datepicker", "action_id": "day"}))
    either.sara.choose("day", "2027-01-18", in_=either.last())
    either.sara.choose("week", "wk 2", in_=either.last())
    assert seen[0]["actions"][0]["selected_option"] == option("wk 2", "2")
    assert seen[0]["state"]["values"]["acts"]["day"]["selected_date"] == "2027-01-18"
    with pytest.raises(NotPossible, match="there is no option 'wk 3'; there are: wk 1, wk 2"):
        either.sara.choose("week", "wk 3", in_=either.last())


def test_people_and_channels_are_chosen_by_name(stand: Stand) -> None:
    who, where = stand.hears("who"), stand.hears("where")
    stand.post(
        actions({"type": "users_select", "action_id": "who"}, {"type": "multi_channels_select", "action_id": "where"})
    )
    stand.sara.choose("who", "Sara", in_=stand.last())
    stand.sara.choose("where", ["tents-ops"], in_=stand.last())
    assert who[0]["actions"][0]["selected_user"] == stand.sara.id
    assert where[0]["actions"][0]["selected_channels"] == [stand.channel]


def test_a_message_shortcut_carries_the_message(either: Stand) -> None:
    seen: list[dict[str, Any]] = []

    @either.bolt.shortcut("order_this")
    def order_this(ack: Any, shortcut: dict[str, Any]) -> None:
        seen.append(shortcut)
        ack()

    either.bolt.event("message")(lambda: None)
    ts = either.sara.say(either.channel, "Acme wants 200 tents")
    assert either.sara.message_shortcut("order_this", either.channel, ts).ok
    assert (seen[0]["message"]["text"], seen[0]["message_ts"], seen[0]["channel"]["id"]) == (
        "Acme wants 200 tents",
        ts,
        either.channel,
    )


def test_the_home_tab_is_published_when_it_is_opened(either: Stand) -> None:
    seen = either.hears("go")

    @either.bolt.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        greeting = f"Hello <@{event['user']}>, {'again' if event.get('view') else 'first'}"
        client.views_publish(user_id=event["user"], view=home(section(greeting), actions(button("Go", "go"))))

    assert either.sara.home() is None
    first, second = either.sara.open_home(), either.sara.open_home()
    assert isinstance(first, View)
    assert isinstance(second, View)
    assert first.as_text().startswith(f"Hello <@{either.sara.id}>, first")
    assert second.as_text().startswith(f"Hello <@{either.sara.id}>, again")
    either.sara.press("Go", in_="home")
    either.sara.press("Go", in_=second)
    either.sara.press("Go")
    assert [body["container"] for body in seen] == [{"type": "view", "view_id": second.id}] * 3
    assert seen[0]["view"]["type"] == "home"
    assert "channel" not in seen[0]


def test_a_modal_comes_before_the_home_tab(stand: Stand) -> None:
    seen = stand.hears("go")
    stand.client.views_publish(user_id=stand.sara.id, view=home(actions(button("Go", "go"))))
    stand.open(modal(actions(button("Go", "go"))))
    stand.sara.press("Go")
    stand.sara.press("Go", in_="home")
    assert [body["view"]["type"] for body in seen] == ["modal", "home"]


def test_a_response_is_ephemeral_by_default(either: Stand) -> None:
    @either.bolt.command("/order")
    def order(ack: Any, respond: Any) -> None:
        respond("only for you")
        respond(text="for all", response_type="in_channel")
        ack()

    either.sara.command(either.channel, "/order")
    assert [(m.text, m.ephemeral) for m in either.sara.channel(either.channel)] == [
        ("only for you", True),
        ("for all", False),
    ]


def test_a_response_replaces_or_deletes_the_message(stand: Stand) -> None:
    seen = stand.hears("go")
    stand.post(actions(button("Go", "go")), text="card")
    stand.sara.press("Go", in_=stand.last())
    url = seen[0]["response_url"]
    assert httpx.post(url, json={"replace_original": True, "text": "closed"}).text == "ok"
    assert [message.text for message in stand.sb.channel(stand.channel)] == ["closed"]
    httpx.post(url, json={"delete_original": True})
    assert stand.sb.channel(stand.channel) == []


def test_a_response_url_works_five_times_in_thirty_minutes(stand: Stand) -> None:
    urls: list[str] = []

    @stand.bolt.command("/order")
    def order(ack: Any, body: dict[str, Any]) -> None:
        urls.append(body["response_url"])
        ack()

    for _ in range(2):
        stand.sara.command(stand.channel, "/order")
    answers = [httpx.post(urls[0], json={"text": str(number)}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[5].json() == {"ok": False, "error": "used_url"}
    stand.sb.turn(by=timedelta(minutes=30))
    assert httpx.post(urls[1], json={"text": "in time"}).status_code == 200
    stand.sb.turn(by=timedelta(seconds=1))
    assert httpx.post(urls[1], json={"text": "late"}).json() == {"ok": False, "error": "expired_url"}


def test_a_response_is_held_against_the_limits_too(stand: Stand) -> None:
    urls: list[str] = []

    @stand.bolt.command("/order")
    def order(ack: Any, body: dict[str, Any]) -> None:
        urls.append(body["response_url"])
        ack()

    stand.sara.command(stand.channel, "/order")
    for said in ({"blocks": [section("x" * 3001)]}, {}, {"text": "x", "channel": "C1"}):
        assert httpx.post(urls[0], json=said).status_code == 400
    assert httpx.post(urls[0], content=b"no json").status_code == 400
    assert [(v["rule"], v["where"]) for v in stand.sb.violations()] == [
        ("invalid_blocks", "response_url"),
        ("no_text", "response_url"),
        ("invalid_arguments", "response_url"),
        ("invalid_payload", "response_url"),
    ]


def test_an_ephemeral_is_not_sent_back(stand: Stand) -> None:
    seen = stand.hears("go")
    stand.client.chat_postEphemeral(
        channel=stand.channel, user=stand.sara.id, text="x", blocks=[actions(button("Go", "go"))]
    )
    stand.sara.press("Go", in_=stand.last())
    assert seen[0]["container"]["is_ephemeral"] is True
    assert "message" not in seen[0]
    httpx.post(seen[0]["response_url"], json={"replace_original": True, "text": "done"})
    assert (stand.last().text, stand.last().ephemeral) == ("done", True)


def test_an_ack_of_a_command_may_be_blocks(stand: Stand) -> None:
    @stand.bolt.command("/order")
    def order(ack: Any) -> None:
        ack(text="list", blocks=[section("*12* open")], response_type="in_channel")

    reply = stand.sara.command(stand.channel, "/order list")
    assert reply.blocks is not None
    assert (reply.text, reply.blocks[0]["text"]["text"]) == ("list", "*12* open")
    assert [message.ephemeral for message in stand.sara.channel(stand.channel)] == [False]


def test_an_ack_beyond_the_limits_reaches_nobody(stand: Stand) -> None:
    @stand.bolt.command("/order")
    def order(ack: Any) -> None:
        ack(blocks=[section("x" * 3001)])

    assert stand.sara.command(stand.channel, "/order").error == "dispatch_failed"
    assert stand.sara.channel(stand.channel) == []
    assert [v["where"] for v in stand.sb.violations()] == ["ack of a command"]


def test_a_silent_app_is_a_timeout(stand: Stand) -> None:
    stand.sb.configure(ack_seconds=0.05)
    given_up = threading.Event()

    @stand.bolt.command("/order")
    def order(ack: Any) -> None:
        given_up.wait(PATIENCE)
        ack("too late")

    reply = stand.sara.command(stand.channel, "/order")
    given_up.set()
    assert (reply.timeout, reply.error, reply.status) == (True, "operation_timeout", 0)


def test_an_app_without_interactivity_gets_no_clicks(stand: Stand) -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write", "chat:write.public"]}}}
    other = stand.sb.install(manifest)
    WebClient(token=other.bot_token, base_url=stand.api_url).chat_postMessage(
        channel=stand.channel, text="x", blocks=[actions(button("Go", "go"))]
    )
    assert stand.sara.press("Go", in_=stand.last()).error == "dispatch_failed"
    assert [v["rule"] for v in stand.sb.violations()] == ["interactivity_disabled"]


def test_a_person_of_another_organisation_is_named_as_such(stand: Stand) -> None:
    seen = stand.hears("go")
    stan = stand.sb.add_person("Stan", team="T0OTHER", guest="stranger")
    stand.sb.invite(stand.channel, stan)
    stand.post(actions(button("Go", "go")))
    stand.sb.person("Stan").press("Go", in_=stand.last())
    assert (seen[0]["user"]["team_id"], seen[0]["team"]["id"]) == ("T0OTHER", stand.app.team_id)


def test_fields_of_a_home_tab_are_filled_in(stand: Stand) -> None:
    seen = stand.hears("v")
    pick = {"type": "radio_buttons", "options": [option("Sales"), option("Operations")]}
    blocks = [field("Side", pick, "side", dispatch_action=True), field("Name", typed(), "name")]
    stand.client.views_publish(user_id=stand.sara.id, view=home(*blocks))
    stand.sara.choose("Side", "Sales", in_="home")
    assert seen[0]["view"]["state"]["values"]["side"]["v"]["selected_option"] == option("Sales")
