"""Events to the apps that subscribed and may know, with Slack's retries."""

from datetime import timedelta

from sandbox.delivery import Answer, Courier, Parcel
from sandbox.rows import App, Channel, Execution, Message, Person, UserGroup, mint
from sandbox.shapes import group_shape, message_shape, person_shape, view_shape
from sandbox.typed import as_sent
from sandbox.wire import Json
from sandbox.workspace import Workspace

RETRIES_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
CHANNEL_TYPES = {
    "public_channel": ("message.channels", "channel"),
    "private_channel": ("message.groups", "group"),
    "im": ("message.im", "im"),
}


class Events:
    """Tells apps what happened."""

    def __init__(self, ws: Workspace, courier: Courier) -> None:
        self.ws = ws
        self.courier = courier

    async def message_posted(self, message: Message) -> None:
        """Tell the apps in a channel of a new message, and of being mentioned in it; a direct message is no mention."""
        channel = self.ws.channels[message.channel]
        subscription, channel_type = CHANNEL_TYPES[channel.kind]
        text = message.text if message.app_id else as_sent(self.ws, message.text)
        event = {
            **message_shape(self.ws, message, metadata=True),
            "text": text,
            "channel": channel.id,
            "channel_type": channel_type,
            "event_ts": message.ts,
        }
        for app in self._apps_in(channel):
            if subscription in app.events:
                await self.send(app, event)
            is_mentioned = f"<@{app.bot_user_id}" in text and not channel.im
            if is_mentioned and "app_mention" in app.events:
                mention = {key: value for key, value in event.items() if key != "channel_type"}
                await self.send(app, {**mention, "type": "app_mention"})

    async def message_changed(self, message: Message, before: Json) -> None:
        """Tell the apps in a channel that a message reads differently now."""
        now = {"message": message_shape(self.ws, message, metadata=True)}
        await self._message_gone_on(message, {"subtype": "message_changed", **now, "previous_message": before})

    async def message_deleted(self, message: Message, before: Json) -> None:
        """Tell the apps in a channel that a message is gone."""
        gone = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
        await self._message_gone_on(message, gone)

    async def _message_gone_on(self, message: Message, news: Json) -> None:
        channel = self.ws.channels[message.channel]
        subscription, channel_type = CHANNEL_TYPES[channel.kind]
        ts = self.ws.next_ts()
        common = {"type": "message", "hidden": True, "channel": channel.id, "channel_type": channel_type}
        for app in self._apps_in(channel):
            if subscription in app.events:
                await self.send(app, {**common, **news, "ts": ts, "event_ts": ts})

    async def member_joined(self, channel: Channel, user: str, inviter: str | None = None) -> None:
        """Tell the apps in a channel who came."""
        event = {
            "type": "member_joined_channel",
            "user": user,
            "channel": channel.id,
            "channel_type": "G" if channel.private else "C",
            "team": self.ws.team_id,
            "event_ts": self.ws.next_ts(),
            **({"inviter": inviter} if inviter else {}),
        }
        for app in self._apps_in(channel):
            if "member_joined_channel" in app.events:
                await self.send(app, event)

    async def person_changed(self, person: Person) -> None:
        """Tell the apps what somebody has changed about themselves."""
        for app in list(self.ws.apps.values()):
            if app.installed and "user_change" in app.events:
                shape = person_shape(self.ws, person, locale=True)
                await self.send(app, {"type": "user_change", "user": shape, "event_ts": self.ws.next_ts()})

    async def group_changed(self, group: UserGroup, *, is_new: bool) -> None:
        """Tell the apps that a user group is new, or that its people have changed."""
        kind = "subteam_created" if is_new else "subteam_updated"
        for app in list(self.ws.apps.values()):
            if app.installed and kind in app.events:
                shape = group_shape(self.ws, group, users=True)
                await self.send(app, {"type": kind, "subteam": shape, "event_ts": self.ws.next_ts()})

    async def step_reached(self, app: App, execution: Execution) -> None:
        """Tell an app that a workflow has come to one of its steps; nobody subscribes to that."""
        about = app.manifest["functions"][execution.callback_id]
        function = {"id": mint("Fn"), "callback_id": execution.callback_id, "title": about["title"], "type": "app"}
        event = {
            "type": "function_executed",
            "function": {**function, "app_id": app.app_id},
            "inputs": execution.inputs,
            "function_execution_id": execution.id,
            "workflow_execution_id": mint("Wx"),
            "bot_access_token": app.bot_token,
            "event_ts": self.ws.next_ts(),
        }
        await self.send(app, event)

    async def home_opened(self, app: App, user: str) -> bool:
        """Tell an app that somebody looks at its Home tab; False when it does not want to know."""
        if "app_home_opened" not in app.events or not app.has_home:
            return False
        event = {
            "type": "app_home_opened",
            "user": user,
            "channel": self.ws.dm(app.bot_user_id, user).id,
            "tab": "home",
            "event_ts": self.ws.next_ts(),
        }
        home = self.ws.homes.get((app.app_id, user))
        return (await self.send(app, event | ({"view": view_shape(self.ws, home)} if home else {}))).ok

    async def uninstalled(self, app: App) -> None:
        """Tell an app that it is gone and that its tokens are void."""
        if "tokens_revoked" in app.events:
            revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [app.bot_user_id]}}
            await self.send(app, {**revoked, "event_ts": self.ws.next_ts()})
        if "app_uninstalled" in app.events:
            await self.send(app, {"type": "app_uninstalled", "event_ts": self.ws.next_ts()})

    async def send(self, app: App, event: Json) -> Answer:
        """Send an event once; what fails is tried again at once, after a minute and after five more."""
        parcel = Parcel(app, "events", self._callback(app, event))
        answer = await self.courier.deliver(parcel)
        if not answer.ok:
            self._retry_later(parcel, answer, 1)
        return answer

    async def _retry(self, parcel: Parcel, number: int) -> None:
        answer = await self.courier.deliver(parcel)
        if not answer.ok:
            self._retry_later(parcel, answer, number + 1)

    def _retry_later(self, parcel: Parcel, answer: Answer, number: int) -> None:
        if number > len(RETRIES_AFTER) or "x-slack-no-retry" in answer.headers:
            return
        reason = "http_timeout" if answer.timeout else "http_error" if answer.status else "connection_failed"
        again = Parcel(parcel.app, "events", parcel.payload, (number, reason))
        wait = RETRIES_AFTER[number - 1]
        if wait:
            self.ws.clock.at(self.ws.now() + wait, lambda: self._retry(again, number))
        else:
            self.ws.clock.keep_busy(self._retry(again, number))

    def _apps_in(self, channel: Channel) -> list[App]:
        return [app for app in self.ws.apps.values() if app.installed and app.bot_user_id in channel.members]

    def _callback(self, app: App, event: Json) -> Json:
        authorization = {
            "enterprise_id": self.ws.enterprise_id,
            "team_id": None if self.ws.is_of_an_organisation else self.ws.team_id,
            "user_id": app.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": self.ws.is_of_an_organisation,
        }
        channel = self.ws.channels.get(str(event.get("channel")))
        return {
            "token": "sandbox",
            "team_id": self.ws.team_id,
            "context_team_id": self.ws.team_id,
            "context_enterprise_id": None,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": mint("Ev"),
            "event_time": int(float(event["event_ts"])),
            "authorizations": [authorization],
            "is_ext_shared_channel": bool(channel and channel.shared),
            "event_context": mint("4-"),
        }
