"""Views and messages, shown for real: the sandbox takes them as Slack would, and nothing in them is markup."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.messages.pofile import read_po
from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.models.views import View
from slack_sdk.webhook import WebhookClient

from handlers.slack.answering import answer
from handlers.slack.callers import Caller
from handlers.slack.replies import Reply, Show
from handlers.slack.view_parts import loading
from models.base.language import CATALOGUES, ENGLISH, language
from sandbox.client import Sandbox
from sandbox.limits.blocks import interactive_elements

Json = Mapping[str, Any]


@dataclass
class Slack:
    """The sandbox, an app in it, and a person to show things to; links may lead to `home` only."""

    sb: Sandbox
    client: WebClient
    me: str
    channel: str
    members: frozenset[str]
    home: str
    view_id: str = ""
    seen: int = 0

    def post(self, text: str, blocks: Sequence[Json], *, is_updated: bool = False) -> None:
        """Post a message as the outbox does; a card is also updated."""
        self.check_words(text, blocks)
        assert twice([e["action_id"] for e in elements_of(blocks)]) == []
        call = {"channel": self.channel, "text": text, "blocks": list(blocks)}
        ts = self.client.api_call("chat.postMessage", json=call)["ts"]
        if is_updated:
            self.client.api_call("chat.update", json={**call, "ts": ts})
        assert self.violations() == []

    def show(self, shown: View | Reply) -> list[View]:
        """Put a form where the loading one stands, and what follows a moment afterwards in its place."""
        assert isinstance(shown, View | Show)
        views = [shown] if isinstance(shown, View) else [shown.view]
        self._update(views[0])
        if isinstance(shown, Show) and shown.later:
            views.append(shown.later())
            self._update(views[1])
        return views

    def publish(self, view: View) -> None:
        """Publish a home."""
        body = view.to_dict()
        self.check_words("", body["blocks"])
        assert twice([e["action_id"] for e in elements_of(body["blocks"])]) == []
        self.client.views_publish(user_id=self.me, view=view)
        assert self.violations() == []

    def reply(self, reply: Reply) -> None:
        """Answer a command, with what the ack of it would hold."""
        said: dict[str, Any] = {}
        body = {"command": "/deal"}
        answer(Caller(body, BoltContext(), self.client, said.update, said.update), reply)
        self.check_words(said["text"], said["blocks"])
        assert twice([e["action_id"] for e in elements_of(said["blocks"])]) == []
        sent = WebhookClient(self._command()["response_url"]).send_dict(said)
        assert (sent.status_code, sent.body) == (200, "ok")
        assert self.violations() == []

    def violations(self) -> list[Any]:
        """What was violated since the last look."""
        new = self.sb.violations()[self.seen :]
        self.seen += len(new)
        return new

    def check_words(self, text: str, blocks: Sequence[Json]) -> None:
        """Nothing that was typed is markup: no mrkdwn, no mention but of members, no open bracket in the text."""
        found = list(inside(blocks))
        assert [part for part in found if part.get("type") in {"mrkdwn", "markdown", "broadcast", "usergroup"}] == []
        assert {part["user_id"] for part in found if part.get("type") == "user"} - self.members == set()
        assert [part for part in found if part.get("type") == "link" and not part["url"].startswith(self.home)] == []
        mentions = {f"<@{member}>" for member in self.members}
        assert [bracket for bracket in re.findall(r"<[^>]*>?|>", text) if bracket not in mentions] == []
        assert re.findall(r"&(?!amp;|lt;|gt;)", text) == []
        english = english_in(text, *(str(part["text"]) for part in found if isinstance(part.get("text"), str)))
        assert english == set()

    def _update(self, view: View) -> None:
        body = view.to_dict()
        self.check_words("", body["blocks"])
        pairs = [(b.get("block_id"), e["action_id"]) for b in body["blocks"] for e in interactive_elements(b)]
        buttons = [e["action_id"] for e in elements_of(body["blocks"]) if e["type"] == "button"]
        assert (twice(pairs), twice(buttons)) == ([], [])
        if not self.view_id:
            trigger = self._command()["trigger_id"]
            self.view_id = self.client.views_open(trigger_id=trigger, view=loading())["view"]["id"]
        self.client.views_update(view_id=self.view_id, view=view)
        assert self.violations() == []

    def _command(self) -> Any:
        self.sb.person(self.me).command(self.channel, "/deal")
        return self.sb.requests(last=1)[-1]["payload"]


@cache
def english_texts(spoken: str) -> frozenset[str]:
    """Sentences of the catalogue that read otherwise in another language, and are too long to mean anything else."""
    with (CATALOGUES / f"{spoken}.po").open("rb") as file:
        pairs = [(str(one.id), str(one.string)) for one in read_po(file, locale=spoken) if isinstance(one.id, str)]
    long = ((text, said) for text, said in pairs if len(text.split()) >= 4 and "{" not in text)
    return frozenset(text.strip() for text, said in long if text not in said)


def english_in(*texts: str) -> set[str]:
    """What is said in English to who reads another language."""
    if language() == ENGLISH:
        return set()
    return {sentence for sentence in english_texts(language()) for text in texts if sentence in text}


def elements_of(blocks: Sequence[Json]) -> list[Any]:
    """Everything in blocks that one can press, choose or fill in."""
    return [element for block in blocks for element in interactive_elements(block)]


def ways_taken(blocks: Sequence[Json]) -> list[str]:
    """The values of the buttons that take a way to yes: those that stand beside its text."""
    sections = [block for block in blocks if block["type"] == "section" and "accessory" in block]
    return [block["accessory"]["value"] for block in sections if "taken" in block["accessory"]["value"]]


def inside(value: Any) -> Iterator[Json]:
    """Every object in blocks."""
    if isinstance(value, Mapping):
        yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from inside(inner)


def twice(ids: Sequence[Any]) -> list[Any]:
    """Ids that occur more than once."""
    return [one for one, times in Counter(ids).items() if times > 1]
