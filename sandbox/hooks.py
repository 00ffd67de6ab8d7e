"""Response URLs: five uses in thirty minutes, ephemeral unless the app says otherwise."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.contents import Content, read_content, require_words
from sandbox.outcome import Outcome
from sandbox.rows import App, Message
from sandbox.wire import Json, SlackError, Violation
from sandbox.workspace import Workspace

USES, LIFETIME = 5, timedelta(minutes=30)
ARGUMENTS = {
    *("text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts"),
    *("mrkdwn", "unfurl_links", "unfurl_media", "metadata", "link_names", "parse"),
}


@dataclass
class Hook:
    """A right to answer where something was asked."""

    app_id: str
    channel: str
    user: str
    made: datetime
    message_ts: str | None = None
    uses: int = 0


class Hooks:
    """All response URLs that were handed out, and what apps say through them."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._made: dict[str, Hook] = {}

    def give(self, app: App, channel: str, user: str, message_ts: str | None = None) -> str:
        """A response URL; with `message_ts` it may also replace or delete that message."""
        key = secrets.token_hex(12)
        self._made[key] = Hook(app.app_id, channel, user, self.ws.now(), message_ts)
        return f"{self.ws.url}/response/{key}"

    def answer(self, key: str, body: bytes) -> Outcome:
        """Do what an app sent to a response URL, or say why not."""
        try:
            self._respond(key, _said(body))
        except SlackError as error:
            if isinstance(error, Violation):
                self.ws.violate(error.error, "response_url", messages=error.messages)
            return Outcome(error.answer(), 404 if error.error.endswith("_url") else 400)
        return Outcome("ok")

    def _respond(self, key: str, content: Json) -> None:
        hook = self._made.get(key)
        if hook is None or self.ws.now() - hook.made > LIFETIME:
            raise SlackError("expired_url")
        if hook.uses >= USES:
            raise SlackError("used_url")
        hook.uses += 1
        self.say(hook, content)

    def say(self, hook: Hook, answer: Json) -> Message | None:
        """Post, replace or delete; also what an app says right in its ack of a command."""
        if unknown := set(answer) - ARGUMENTS:
            raise Violation("invalid_arguments", [f"undocumented argument: {name}" for name in sorted(unknown)])
        original = self._original(hook)
        if answer.get("delete_original"):
            if original:
                self.ws.unpost(original)
            return None
        content = read_content(self.ws, answer)
        require_words(content)
        if answer.get("replace_original") and original:
            return _replace(original, content)
        return self._post(hook, content, answer)

    def _original(self, hook: Hook) -> Message | None:
        return self.ws.channels[hook.channel].messages.get(hook.message_ts or "")

    def _post(self, hook: Hook, content: Content, given: Json) -> Message:
        app = self.ws.apps[hook.app_id]
        public = given.get("response_type") == "in_channel"
        message = Message(
            ts=self.ws.next_ts(),
            channel=hook.channel,
            user=app.bot_user_id,
            text=content.text or "",
            blocks=content.blocks or [],
            thread_ts=given.get("thread_ts"),
            app_id=app.app_id,
            metadata=content.metadata,
            only_for=None if public else hook.user,
        )
        return self.ws.post(message)


def _said(body: bytes) -> Json:
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Violation("invalid_payload")
    return content


def _replace(original: Message, content: Content) -> Message:
    original.text = content.text or ""
    original.blocks = content.blocks or []
    return original
