"""How requests reach an app: signatures, Socket Mode's connections, and the doors of the server."""

import json
import threading
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_bolt import App as Bolt
from slack_bolt import BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.client import Sandbox
from sandbox.delivery import signature
from tests.sandbox.conftest import Door
from tests.sandbox.stand import MANIFEST, Stand


def signed(stand: Stand, body: str, secret: str | None = None, moment: int | None = None) -> int:
    """Deliver a body by hand; the status that Bolt answers with."""
    timestamp = str(moment or int(time.time()))
    headers: dict[str, str | Sequence[str]] = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature(secret or stand.app.signing_secret, timestamp, body.encode()),
    }
    return int(stand.bolt.dispatch(BoltRequest(body=body, headers=headers)).status)


def test_bolt_accepts_our_signature_and_no_other(stand: Stand) -> None:
    stand.bolt.command("/order")(lambda ack: ack())
    stand.sara.command(stand.channel, "/order")
    body = urlencode(stand.sb.requests(last=1)[-1]["payload"])
    assert signed(stand, body) == 200
    assert signed(stand, body, secret="guessed") == 401  # pragma: allowlist secret
    assert signed(stand, body, moment=int(time.time()) - 301) == 401
    timestamp = str(int(time.time()))
    tampered = BoltRequest(
        body=body + "&text=more",
        headers={
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": signature(stand.app.signing_secret, timestamp, body.encode()),
        },
    )
    assert stand.bolt.dispatch(tampered).status == 401


def test_the_signature_is_slacks_own_example() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body) == (
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    )


def test_requests_are_written_down_with_their_answers(either: Stand) -> None:
    either.bolt.command("/order")(lambda ack: ack("fine"))
    either.sara.command(either.channel, "/order")
    request = either.sb.requests(last=1)[-1]
    assert (request["kind"], request["status"], request["timeout"]) == ("/order", 200, False)
    assert request["transport"] in {"http", "socket"}
    assert request["payload"]["command"] == "/order"
    assert request["seconds"] < 3


def test_each_payload_goes_to_one_of_several_connections(sb: Sandbox) -> None:
    sara = sb.person(sb.add_person("Sara"))
    app = sb.install(MANIFEST)
    sb.add_channel("tents-ops", [sara.id, app.bot_user_id])
    heard: list[int] = []
    handlers = [_handler(app, sb, heard, number) for number in range(2)]
    for _ in range(4):
        sara.command("tents-ops", "/order")
    assert sorted(heard) == [0, 0, 1, 1]
    for handler in handlers:
        threading.Thread(target=handler.close, daemon=True).start()


def test_an_app_that_is_sent_away_comes_back(make_stand: Any) -> None:
    stand = make_stand("socket")
    stand.bolt.command("/order")(lambda ack: ack("still here"))
    stand.sb.disconnect(reason="refresh_requested")
    again = stand.sb.until(lambda: stand.sara.command(stand.channel, "/order").text)
    assert again == "still here"
    assert len(stand.sb.calls("apps.connections.open")) >= 2


def test_without_a_connection_nothing_is_dispatched(sb: Sandbox) -> None:
    sara = sb.person(sb.add_person("Sara"))
    sb.add_channel("tents-ops", [sara.id])
    sb.install(MANIFEST)
    reply = sara.command("tents-ops", "/order")
    assert (reply.error, reply.timeout) == ("dispatch_failed", False)


def test_apps_that_are_gone_from_http_are_dispatch_failures(sb: Sandbox) -> None:
    sara = sb.person(sb.add_person("Sara"))
    sb.add_channel("tents-ops", [sara.id])
    sb.install(MANIFEST, request_url="http://127.0.0.1:9/slack/events")
    assert sara.command("tents-ops", "/order").error == "dispatch_failed"


def test_the_root_says_where_things_are(sb: Sandbox) -> None:
    page = httpx.get(sb.url + "/").text
    for part in ("/api/", "/clock", "/control/", "add_person", "open_home"):
        assert part in page


def test_the_control_api_explains_itself(sb: Sandbox) -> None:
    def error(path: str, **arguments: Any) -> tuple[int, str]:
        answer = httpx.post(f"{sb.url}/control/{path}", content=json.dumps(arguments))
        return answer.status_code, answer.json()["error"]

    assert error("dance")[0] == 404
    assert error("add_person") == (400, "missing a required argument: 'name'")
    assert error("people/Nobody/home") == (409, "nobody here is called Nobody")
    assert error("add_person", name="X", guest="vip")[0] == 409
    assert error("add_person", name="X", tz="Mars/Base")[0] == 400
    assert error("archive", channel="nowhere") == (409, "there is no channel nowhere")
    assert httpx.get(f"{sb.url}/control/people").json() == []


def test_a_reset_workspace_is_empty(stand: Stand) -> None:
    stand.post(text="x")
    stand.sb.settle()
    stand.sb.fault("error", times=9)
    stand.sb.reset()
    assert (stand.sb.people(), stand.sb.channels(), stand.sb.calls(), stand.sb.requests()) == ([], [], [], [])
    assert stand.error("auth.test") == "invalid_auth"


def test_an_act_costs_only_a_few_milliseconds(stand: Stand, door: Door) -> None:
    stand.bolt.command("/order")(lambda ack: ack())
    stand.sara.command(stand.channel, "/order")
    costs, works = [], []
    for _ in range(30):
        began, worked = time.perf_counter(), time.process_time()
        stand.sara.command(stand.channel, "/order")
        costs.append(time.perf_counter() - began)
        works.append(time.process_time() - worked)
    # A machine that has other work is often late, and not with all of them.
    assert sorted(works)[15] < 0.05
    assert min(costs) < 0.05


def _handler(app: Any, sb: Sandbox, heard: list[int], number: int) -> SocketModeHandler:
    client = WebClient(token=app.bot_token, base_url=f"{sb.url}/api/")
    bolt = Bolt(client=client, signing_secret="x", token_verification_enabled=False)

    @bolt.command("/order")
    def order(ack: Any) -> None:
        heard.append(number)
        ack()

    handler = SocketModeHandler(bolt, app.app_token)
    handler.connect()
    return handler
