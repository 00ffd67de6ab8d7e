"""The house as a whole: one object of each kind, built once by the server."""

from datetime import datetime

from sandbox.clock import Clock
from sandbox.delivery import Courier, http_client
from sandbox.events import Events
from sandbox.hooks import Hooks
from sandbox.journal import News
from sandbox.sockets import Sockets
from sandbox.triggers import Triggers
from sandbox.workspace import Workspace


class Site:
    """Everything that the sandbox's doors open on."""

    def __init__(self, url: str, now: datetime | None, *, running: bool) -> None:
        self.url = url
        self.clock = Clock(now, running=running)
        self.sockets = Sockets()
        self.news = News()
        self.http = http_client()
        self.reset()

    def reset(self) -> None:
        """Begin again with an empty workspace; the clock goes on and connections stay."""
        self.clock.forget_work()
        self.ws = Workspace(self.clock, self.url, self.news)
        self.triggers = Triggers(self.ws)
        self.hooks = Hooks(self.ws)
        self.courier = Courier(self.ws, self.sockets, self.http)
        self.events = Events(self.ws, self.courier)
