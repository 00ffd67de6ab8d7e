"""What a person can do in Slack's interface, and what comes of it; an act ends when the app has answered."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.delivery import Answer, Parcel
from sandbox.entries import TYPED, entry_of, offered_options, refusals
from sandbox.finding import Target, find_field, find_pressable, message_surface, surfaces, top_modal, view_surface
from sandbox.hooks import Hook
from sandbox.limits.objects import suggestions
from sandbox.payloads import Payloads
from sandbox.site import Site
from sandbox.stacks import close_top, push_view, update_view
from sandbox.wire import Impossible, Json, SlackError
from sandbox.workspace import App, Channel, Message, Person, View

EXTERNAL = {"external_select", "multi_external_select"}
DEFAULT_QUERY_LENGTH = 3


@dataclass
class Reply:
    """What a person sees come of an act; `status` 0 when the app was not asked or said nothing."""

    status: int = 0
    timeout: bool = False
    text: str | None = None
    blocks: list[Json] | None = None
    errors: dict[str, str] = field(default_factory=dict)
    error: str | None = None
    confirm: Json | None = None
    raw: Any = None

    def shape(self) -> Json:
        return asdict(self)


def reply_to(answer: Answer) -> Reply:
    """An app's answer as the person meets it."""
    error = None if answer.ok else "operation_timeout" if answer.timeout else "dispatch_failed"
    return Reply(answer.status, answer.timeout, error=error, raw=answer.body)


class Acts:
    """The acts of one person."""

    def __init__(self, site: Site, person: Person) -> None:
        self.site = site
        self.ws = site.ws
        self.person = person
        self.payloads = Payloads(site, person)

    async def command(self, channel: str, line: str) -> Reply:
        """Send a slash command."""
        place = self._member_of(channel)
        command, _, text = line.partition(" ")
        app = self._app_with(lambda app: command in app.commands, f"{command} is not a valid command")
        if app.commands[command].get("should_escape"):
            text = self._escape(text)
        answer = await self._deliver(self.payloads.command(app, place, command, text.strip()))
        reply = reply_to(answer)
        said = {"text": answer.body} if isinstance(answer.body, str) and answer.body else answer.body
        if answer.ok and isinstance(said, dict) and said:
            self._say(app, place, said, reply)
        return reply

    async def say(self, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write a message."""
        place = self._member_of(channel)
        if place.archived:
            raise Impossible(f"{place.name} is archived")
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
        assert message is not None  # noqa: S101
        return reply_to(await self._deliver(self.payloads.message_action(app, callback_id, message)))

    async def press(self, what: str, where: Any = None, *, confirm: bool = True, block_id: str = "") -> Reply:
        """Press a button or an entry of an overflow menu."""
        target = find_pressable(surfaces(self.ws, self.person, where), what, block_id)
        element = target.element
        if target.option:
            action: Json = {"type": "overflow", "selected_option": target.option}
        else:
            action = {key: element[key] for key in ("type", "text", "value", "style", "url") if key in element}
        return await self._act_on(target, action, confirm=confirm)

    async def choose(self, what: str, value: Any, where: Any = None, *, confirm: bool = True) -> Reply:
        """Choose from a select, a menu or a picker."""
        target = find_field(surfaces(self.ws, self.person, where), what)
        if target.element["type"] == "overflow":
            chosen = entry_of(target.element, value)["selected_option"]
            return await self._act_on(target, {"type": "overflow", "selected_option": chosen}, confirm=confirm)
        return await self._enter(target, value, enter=False, confirm=confirm)

    async def fill(self, what: str, value: Any, *, enter: bool = False, action_id: str = "") -> Reply:
        """Fill in a field of the top modal; `enter` presses the Enter key afterwards."""
        view = top_modal(self.ws, self.person)
        return await self._enter(find_field([view_surface(view)], what, action_id), value, enter=enter)

    async def suggest(self, what: str, query: str, where: Any = None) -> Json:
        """Type into a select whose options come from the app, and see what it offers."""
        target = find_field(surfaces(self.ws, self.person, where), what)
        if target.element["type"] not in EXTERNAL:
            raise Impossible(f"{what} has its own options")
        return await self._suggestions(target, query)

    async def submit(self) -> Reply:
        """Send the top modal, unless Slack itself finds something missing."""
        view = top_modal(self.ws, self.person)
        if not view.body.get("submit"):
            raise Impossible("this modal has no button to submit it")
        view.errors = refusals(view.blocks, view.values)
        if view.errors:
            return Reply(errors=view.errors, raw={"sent": False})
        answer = await self._deliver(self.payloads.submission(view))
        reply = reply_to(answer)
        if answer.ok:
            self._respond_to_submission(view, answer.body, reply)
        return reply

    async def close(self) -> Reply:
        """Close the top modal, or the whole stack where that is what the modal says."""
        top = top_modal(self.ws, self.person)
        cleared = bool(top.body.get("clear_on_close"))
        reply = Reply(raw={"sent": False})
        for _ in range(len(self.ws.stacks[self.person.id]) if cleared else 1):
            view = close_top(self.ws, self.person.id)
            if view.body.get("notify_on_close"):
                reply = reply_to(await self._deliver(self.payloads.closed(view, cleared=cleared)))
        return reply

    def place(self, channel: str) -> Channel:
        """A channel by id or name; `dm` is the direct messages with the app."""
        if channel.lower() in {"dm", "bot dm"}:
            return self.ws.dm(self.ws.app().bot_user_id, self.person.id)
        return self.ws.channel(channel)

    def _member_of(self, channel: str) -> Channel:
        place = self.place(channel)
        if self.person.id not in place.members:
            raise Impossible(f"{self.person.name} is not in {place.name or 'these direct messages'}")
        return place

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
        text = re.sub(r"@([\w.-]+)", lambda found: people.get(found[1].lower(), found[0]), text)
        return re.sub(r"(?<!<)#([\w-]+)", lambda found: channels.get(found[1], found[0]), text)

    def _say(self, app: App, place: Channel, said: Json, reply: Reply) -> None:
        hook = Hook(app.app_id, place.id, self.person.id, self.ws.now())
        try:
            message = self.site.hooks.say(hook, said)
        except SlackError as error:
            self.ws.violate(error.error, "ack of a command", messages=error.messages)
            reply.error = "dispatch_failed"
            return
        reply.text, reply.blocks = (message.text, message.blocks) if message else (None, None)

    async def _act_on(self, target: Target, action: Json, *, confirm: bool) -> Reply:
        dialog = target.element.get("confirm")
        if dialog and not confirm:
            return Reply(confirm=dialog, raw={"sent": False})
        reply = reply_to(await self._deliver(self.payloads.block_actions(target, action)))
        reply.confirm = dialog
        return reply

    async def _enter(self, target: Target, value: Any, *, enter: bool, confirm: bool = True) -> Reply:
        element = target.element
        if element["type"] in EXTERNAL and value not in (None, "", []):
            value = await self._pick(target, value)
        before = target.entry
        target.enter(entry_of(element, self._ids(element, value)))
        if not _dispatches(target, enter=enter, changed=target.entry != before):
            return Reply(raw={"sent": False})
        return await self._act_on(target, dict(target.entry), confirm=confirm)

    def _ids(self, element: Json, value: Any) -> Any:
        kind = element["type"].removeprefix("multi_")
        if kind not in {"users_select", "channels_select", "conversations_select"} or value in (None, "", []):
            return value
        named = value if isinstance(value, list) else [value]
        ids = [(self.ws.person(one) if kind == "users_select" else self.ws.channel(one)).id for one in named]
        return ids if isinstance(value, list) else ids[0]

    async def _pick(self, target: Target, value: Any) -> Any:
        if isinstance(value, list):
            return [await self._pick(target, one) for one in value]
        if isinstance(value, dict):
            return value
        offered = offered_options(await self._suggestions(target, str(value)))
        exact = [option for option in offered if value in {option["text"]["text"], option["value"]}]
        found = exact or offered
        if len(found) != 1:
            names = ", ".join(option["text"]["text"] for option in offered) or "nothing"
            raise Impossible(f"{value!r} is not one option; offered was: {names}")
        return found[0]

    async def _suggestions(self, target: Target, query: str) -> Json:
        least = target.element.get("min_query_length", DEFAULT_QUERY_LENGTH)
        if len(query) < least:
            raise Impossible(f"options appear only after {least} characters")
        answer = await self._deliver(self.payloads.suggestion(target, query))
        if not answer.ok:
            raise Impossible("the app offered no options: " + str(reply_to(answer).error))
        offered = answer.body if isinstance(answer.body, dict) else {}
        problems = list(suggestions(offered, "")) or []
        if problems:
            self.ws.violate("invalid_options", "block_suggestion", messages=problems)
            raise Impossible("the app offered options that Slack does not accept: " + problems[0])
        return offered

    def _respond_to_submission(self, view: View, body: Any, reply: Reply) -> None:
        said = body if isinstance(body, dict) else {}
        try:
            self._follow(view, said)
        except SlackError as error:
            self.ws.violate(error.error, "response_action", messages=error.messages)
            reply.error = "dispatch_failed"
        reply.errors = view.errors

    def _follow(self, view: View, said: Json) -> None:
        stack = self.ws.stacks[self.person.id]
        action = said.get("response_action")
        if action is None:
            stack[:] = [one for one in stack if one is not view]
        elif action == "clear":
            stack.clear()
        elif action == "errors":
            view.errors = _errors_of(view, said)
        elif action == "update":
            update_view(self.ws, view, said.get("view"))
        elif action == "push":
            push_view(self.ws, self.ws.apps[view.app_id], self.person.id, said.get("view"))
        else:
            raise SlackError("invalid_arguments", [f"unknown response_action: {action}"])

    async def _deliver(self, parcel: Parcel) -> Answer:
        return await self.site.courier.deliver(parcel)


def _errors_of(view: View, said: Json) -> dict[str, str]:
    errors: dict[str, str] = said.get("errors") or {}
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or set(errors) - inputs:
        raise SlackError("invalid_arguments", [f"errors must name input blocks: {', '.join(errors)}"])
    return errors


def _dispatches(target: Target, *, enter: bool, changed: bool) -> bool:
    if target.block["type"] != "input":
        return changed
    if not target.block.get("dispatch_action"):
        return False
    if target.element["type"] not in TYPED:
        return changed
    on = (target.element.get("dispatch_action_config") or {}).get("trigger_actions_on") or ["on_enter_pressed"]
    return ("on_enter_pressed" in on and enter) or ("on_character_entered" in on and changed)
