"""What Slack sends to an app when a person acts."""

from dataclasses import replace
from typing import Any

from sandbox.delivery import Parcel
from sandbox.lookup import Surface, Target
from sandbox.rows import App, Channel, Message, Person, View
from sandbox.shapes import message_shape, view_shape
from sandbox.site import Site
from sandbox.wire import Json


class Payloads:
    """Payloads of one person's acts."""

    def __init__(self, site: Site, person: Person) -> None:
        self.site = site
        self.ws = site.ws
        self.person = person

    def command(self, app: App, channel: Channel, command: str, text: str) -> Parcel:
        payload = {
            "token": "sandbox",
            "team_id": self.ws.team_id,
            "team_domain": self.ws.domain,
            "channel_id": channel.id,
            "channel_name": self._channel_name(channel),
            "user_id": self.person.id,
            "user_name": self.person.handle,
            "command": command,
            "text": text,
            "api_app_id": app.app_id,
            **({"enterprise_id": self.ws.enterprise_id} if self.ws.enterprise_id else {}),
            "is_enterprise_install": str(self.ws.is_of_an_organisation).lower(),
            "response_url": self.site.hooks.give(app, channel.id, self.person.id),
            "trigger_id": self._trigger(app),
        }
        return Parcel(app, "command", payload)

    def block_actions(self, target: Target, action: Json) -> Parcel:
        app = self.ws.apps[target.surface.app_id]
        action = {
            "action_id": target.element["action_id"],
            "block_id": target.block["block_id"],
            **action,
            "action_ts": self.ws.next_ts(),
        }
        payload = self._common("block_actions", app) | self._surface(target.surface)
        return self._interaction(app, payload | {"trigger_id": self._trigger(app), "actions": [action]})

    def suggestion(self, target: Target, query: str) -> Parcel:
        app = self.ws.apps[target.surface.app_id]
        surface = self._surface(target.surface)
        surface.pop("response_url", None)
        asked = {"action_id": target.element["action_id"], "block_id": target.block["block_id"], "value": query}
        return self._interaction(app, self._common("block_suggestion", app) | surface | asked)

    def submission(self, view: View, shown: str = "") -> Parcel:
        """A view that was submitted; an update that had not come into sight yet is not what was submitted."""
        app = self.ws.apps[view.app_id]
        seen = replace(view, body=view.earlier[shown], hash=shown) if shown in view.earlier else view
        payload = self._common("view_submission", app) | {
            "trigger_id": self._trigger(app),
            "view": view_shape(self.ws, seen),
            "response_urls": self._response_urls(app, view),
        }
        return self._interaction(app, payload)

    def closed(self, view: View, *, cleared: bool) -> Parcel:
        app = self.ws.apps[view.app_id]
        payload = self._common("view_closed", app) | {"view": view_shape(self.ws, view), "is_cleared": cleared}
        return self._interaction(app, payload)

    def shortcut(self, app: App, callback_id: str) -> Parcel:
        payload = self._common("shortcut", app) | {
            "callback_id": callback_id,
            "trigger_id": self._trigger(app),
            "action_ts": self.ws.next_ts(),
        }
        return self._interaction(app, payload)

    def message_action(self, app: App, callback_id: str, message: Message) -> Parcel:
        channel = self.ws.channels[message.channel]
        payload = self._common("message_action", app) | {
            "callback_id": callback_id,
            "trigger_id": self._trigger(app),
            "action_ts": self.ws.next_ts(),
            "response_url": self.site.hooks.give(app, channel.id, self.person.id, message.ts),
            "channel": {"id": channel.id, "name": self._channel_name(channel)},
            "message_ts": message.ts,
            "message": message_shape(self.ws, message, metadata=True),
        }
        return self._interaction(app, payload)

    def _interaction(self, app: App, payload: Json) -> Parcel:
        return Parcel(app, "interaction", payload)

    def _common(self, kind: str, app: App) -> Json:
        return {
            "type": kind,
            "token": "sandbox",
            "api_app_id": app.app_id,
            "team": {"id": self.ws.team_id, "domain": self.ws.domain},
            "user": {
                "id": self.person.id,
                "username": self.person.handle,
                "name": self.person.handle,
                "team_id": self.person.team_id,
            },
            "enterprise": {"id": self.ws.enterprise_id} if self.ws.enterprise_id else None,
            "is_enterprise_install": self.ws.is_of_an_organisation,
        }

    def _surface(self, surface: Surface) -> Json:
        if surface.view:
            view = view_shape(self.ws, surface.view)
            return {"container": {"type": "view", "view_id": surface.view.id}, "view": view}
        message = surface.message
        assert message is not None  # noqa: S101 - for mypy: what is no view is a message
        channel = self.ws.channels[message.channel]
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.only_for is not None,
            **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        }
        app = self.ws.apps[surface.app_id]
        surface_shape: Json = {
            "container": container,
            "channel": {"id": channel.id, "name": self._channel_name(channel)},
            "state": {"values": surface.values},
            "response_url": self.site.hooks.give(app, channel.id, self.person.id, message.ts),
        }
        # Slack does not send ephemeral messages back
        return (
            surface_shape
            if message.only_for
            else surface_shape | {"message": message_shape(self.ws, message, metadata=True)}
        )

    def _response_urls(self, app: App, view: View) -> list[Json]:
        urls = []
        for block in view.blocks:
            element: Any = block.get("element") or {}
            if element.get("response_url_enabled"):
                entry = view.values[block["block_id"]][element["action_id"]]
                channel = entry.get("selected_conversation") or entry.get("selected_channel")
                if channel:
                    address = self.site.hooks.give(app, channel, self.person.id)
                    ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                    urls.append({**ids, "channel_id": channel, "response_url": address})
        return urls

    def _trigger(self, app: App) -> str:
        return self.site.triggers.give(app, self.person.id)

    def _channel_name(self, channel: Channel) -> str:
        return {"im": "directmessage", "private_channel": "privategroup"}.get(channel.kind, channel.name)
