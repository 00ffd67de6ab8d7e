"""A receiver of webhooks: what it was sent, in its order; it may be down, slow, or gone."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks.webhooks import Webhook

from tests.serving import answering

Json = dict[str, Any]


@dataclass
class Receiver:
    """Where it listens, what it answers, and what it has taken."""

    url: str = ""
    status: int = 200
    seconds: float = 0.0
    taken: list[tuple[Json, str]] = field(default_factory=list)
    tries: int = 0

    def events(self) -> list[str]:
        """What it was told, as event and deal."""
        return [f"{headers['type']} {headers['number']}" for headers in map(_about, self.taken)]

    def verified(self, secret: str) -> list[Json]:
        """The bodies, each with a signature that is good."""
        return [Webhook(secret).verify(body, headers) for headers, body in self.taken]


def _about(taken: tuple[Json, str]) -> Json:
    document = json.loads(taken[1])
    return {"type": document["type"], "number": document["data"].get("number")}


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a port of its own."""
    receiver = Receiver()

    def take(_method: str, _path: str, headers: Mapping[str, str], body: str) -> tuple[int, str]:
        receiver.tries += 1
        time.sleep(receiver.seconds)
        if receiver.status == 200:
            receiver.taken.append((dict(headers), body))
        return receiver.status, ""

    with answering(take) as address:
        receiver.url = f"{address}/belay"
        yield receiver
