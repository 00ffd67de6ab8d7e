"""How long the page takes with 500 messages and 60 open deals: part of `make bench`."""

import statistics
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, sync_playwright
from slack_bolt import App as Bolt
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.client import Sandbox
from sandbox.server import start
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.sandbox.stand import MANIFEST, actions, button, field, modal, mrkdwn, section, typed

TIMES = 15
UNTIL = """async ([act, seen]) => {
  const begun = performance.now()
  document.querySelector(act).click()
  while (!document.querySelector(seen)) await new Promise(requestAnimationFrame)
  return performance.now() - begun
}"""


def card(number: int) -> list[dict[str, Any]]:
    """A deal with its load bars and its buttons."""
    bars = {"type": "text", "text": "Sewing  4 Jan ▓▓▓▓▓▓▒▒░░ 84 %\nAssembly  11 Jan ▓▓▓▒░░░░░░ 42 %"}
    return [
        {"type": "header", "text": {"type": "plain_text", "text": f"#{number} Acme, 200 Summit tents"}},
        section("*$86,400* at 10 % off"),
        {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [bars]}]},
        {"type": "context", "elements": [mrkdwn("Operations' turn")]},
        actions(*(button(word, word.lower()) for word in ("Approve", "Counter", "Ask", "Join"))),
    ]


def measure(page: Page, act: str, seen: str) -> float:
    """Milliseconds from a click to its effect."""
    return float(page.evaluate(UNTIL, [act, seen]))


def furnish(sb: Sandbox, api_url: str) -> tuple[str, str, str, SocketModeHandler]:
    """Sara, a busy and a quiet channel, and an app that opens a form."""
    sara = sb.add_person("Sara")
    app = sb.install(MANIFEST)
    busy, quiet = (sb.add_channel(name, [sara, app.bot_user_id]) for name in ("busy", "quiet"))
    client = WebClient(token=app.bot_token, base_url=api_url)
    bolt = Bolt(client=client, token_verification_enabled=False)

    @bolt.action("counter")
    def counter(ack: Any, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("Quantity", typed(), "quantity")))
        ack()

    for number in range(500):
        blocks = card(number) if number % 8 == 0 and number < 480 else [section(f"Message {number}")]
        client.chat_postMessage(channel=busy, text="deal", blocks=blocks)
    handler = SocketModeHandler(bolt, app.app_token)
    handler.connect()
    return sara, busy, quiet, handler


def timed(page: Page, base: str, busy: str, quiet: str) -> tuple[list[float], list[float]]:
    """What opening the busy channel takes, and pressing a button in it."""
    opened, pressed = [], []
    page.goto(f"{base}/c/{quiet}")
    for _ in range(TIMES):
        opened.append(measure(page, f"a.line[href$='{busy}']", f".place[data-place^='channel-{busy}'] article"))
        measure(page, f"a.line[href$='{quiet}']", f".place[data-place^='channel-{quiet}']")
    page.goto(f"{base}/c/{busy}?earlier=500")
    for _ in range(TIMES):
        pressed.append(measure(page, "[data-action=counter]", "dialog.modal[open]"))
        measure(page, "dialog.modal [data-close]", "body:not(:has(dialog.modal))")
    return opened, pressed


def main() -> None:
    """Print the median of each."""
    box = start(now=datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    sara, busy, quiet, handler = furnish(Sandbox(box.url), box.api_url)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        opened, pressed = timed(browser.new_page(), f"{box.url}/as/{sara}", busy, quiet)
        browser.close()
    print(f"opening a channel   {statistics.median(opened):.0f} ms")
    print(f"pressing a button   {statistics.median(pressed):.0f} ms, all 500 messages shown")
    handler.close()
    box.stop()


if __name__ == "__main__":
    main()
