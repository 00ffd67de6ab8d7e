"""Trigger ids: three seconds of real time, and one use."""

import secrets
import time
from dataclasses import dataclass

from sandbox.rows import App
from sandbox.wire import SlackError
from sandbox.workspace import Workspace


@dataclass
class Trigger:
    """The right to open one view in front of one person."""

    app_id: str
    user: str
    made: float
    used: bool = False


class Triggers:
    """All trigger ids that were handed out."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self._made: dict[str, Trigger] = {}

    def give(self, app: App, user: str) -> str:
        trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._made[trigger_id] = Trigger(app.app_id, user, time.monotonic())
        return trigger_id

    def exchange(self, trigger_id: str, app: App) -> Trigger:
        """Use a trigger id up."""
        trigger = self._made.get(trigger_id)
        if trigger is None or trigger.app_id != app.app_id:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.made > self.ws.trigger_seconds:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
