"""Commands, messages and shortcuts."""

import re
from typing import Any

from sandbox.acting import Actor, Reply, reply_to
from sandbox.hooks import Hook
from sandbox.lookup import message_surface
from sandbox.rows import App, Channel, Message
from sandbox.typed import escaped
from sandbox.wire import Impossible, Json, SlackError


class Speaking(Actor):
    """What a person types into a conversation, and what they start from there."""

    async def command(self, channel: str, line: str) -> Reply:
        """Send a slash command."""
        place = self._member_of(channel)
        command, _, text = line.partition(" ")
        app = self._app_with(lambda app: command in app.commands, f"{command} is not a valid command")
        text = escaped(text)
        if app.commands[command].get("should_escape"):
            text = self._escape(text)
        answer = await self._deliver(self.payloads.command(app, place, command, text.strip()))
        reply = reply_to(answer)
        answered = {"text": answer.body} if isinstance(answer.body, str) and answer.body else answer.body
        if answer.ok and isinstance(answered, dict) and answered:
            self._say(app, place, answered, reply)
        return reply

    async def say(self, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write a message."""
        place = self._member_of(channel)
        if place.archived:
            raise Impossible(f"{place.name} is archived")
        if place.im and any(
            not app.takes_messages for app in self.ws.apps.values() if app.bot_user_id in place.members
        ):
            raise Impossible("this app does not take messages")
        message = self.ws.post(Message(self.ws.next_ts(), place.id, self.person.id, text, thread_ts=thread_ts))
        await self.site.events.message_posted(message)
        return message.ts

    async def shortcut(self, callback_id: str) -> Reply:
        """Use a global shortcut."""
        app = self._app_with_shortcut(callback_id, "global")
        return reply_to(await self._deliver(self.payloads.shortcut(app, callback_id)))

    async def message_shortcut(self, callback_id: str, channel: str, ts: str) -> Reply:
        """Use a shortcut of a message."""
        app = self._app_with_shortcut(callback_id, "message")
        message = message_surface(self.ws, self.person, self.place(channel), ts).message
        assert message is not None  # noqa: S101 - for mypy: the surface is a message's
        return reply_to(await self._deliver(self.payloads.message_action(app, callback_id, message)))

    def _app_with(self, has: Any, otherwise: str) -> App:
        for app in self.ws.apps.values():
            if app.installed and has(app):
                return app
        raise Impossible(otherwise)

    def _app_with_shortcut(self, callback_id: str, kind: str) -> App:
        return self._app_with(
            lambda app: app.shortcuts.get(callback_id, {}).get("type") == kind, f"no {kind} shortcut {callback_id}"
        )

    def _escape(self, text: str) -> str:
        people = {person.handle: f"<@{person.id}|{person.handle}>" for person in self.ws.people.values()}
        channels = {channel.name: f"<#{channel.id}|{channel.name}>" for channel in self.ws.channels.values()}
        text = re.sub(r"@([\w.-]+)", lambda match: people.get(match[1].lower(), match[0]), text)
        return re.sub(r"(?<!<)#([\w-]+)", lambda match: channels.get(match[1], match[0]), text)

    def _say(self, app: App, place: Channel, content: Json, reply: Reply) -> None:
        hook = Hook(app.app_id, place.id, self.person.id, self.ws.now())
        try:
            message = self.site.hooks.say(hook, content)
        except SlackError as error:
            self.ws.violate(error.error, "ack of a command", messages=error.messages)
            reply.error = "dispatch_failed"
            return
        reply.text, reply.blocks = (message.text, message.blocks) if message else (None, None)
