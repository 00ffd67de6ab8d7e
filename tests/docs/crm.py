"""A CRM of our own: records that a relay patches, and an outbound queue on a line that loses, doubles and reorders."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.serving import answering

Json = dict[str, Any]
Relay = Callable[[str, dict[str, str], str, httpx.Client], None]
MOST_ROUNDS = 200
OAUTH = "/services/oauth2/token"
SECRET, TOKEN = "of the app", "of the hour"


@dataclass
class Line:
    """A line to Belay: some calls get lost, some answers, some are doubled."""

    api: httpx.Client
    chance: random.Random
    lost: int = 0
    doubled: int = 0

    def post(self, path: str, body: Json) -> httpx.Response | None:
        """A call; None where nobody knows what became of it."""
        fate = self.chance.choice(["lost", "unheard", "doubled", "fine", "fine"])
        if fate == "lost":
            self.lost += 1
            return None
        answer = self.api.post(path, json=body)
        if fate == "doubled":
            self.doubled += 1
            answer = self.api.post(path, json=body)
        if fate == "unheard":
            self.lost += 1
            return None
        return answer


@dataclass
class Crm:
    """Its records by their keys; what it patches a record with comes over HTTP."""

    system: str
    path: str
    records: dict[str, Json] = field(default_factory=dict)
    patched: int = 0
    url: str = ""

    def find(self, line: Line, key: str) -> Json | None:
        """The deal of a record, as Belay has it."""
        found = line.api.get("/deals", params={"external": f"{self.system}:{key}"}).json()["deals"]
        return dict(found[0]) if found else None

    def until(self, line: Line, key: str, state: str, path: str, body: Json) -> None:
        """Post until the deal is where the record wants it: a lost call is made again, 409 says that it was made."""
        for _ in range(MOST_ROUNDS):
            deal = self.find(line, key)
            if deal and deal["state"] == state:
                return
            line.post(path.format(number=deal["number"] if deal else 0), body)
        raise AssertionError(f"never {state}")


@contextmanager
def serving(crm: Crm, chance: random.Random) -> Iterator[Crm]:
    """The CRM's own API, which sometimes takes a change and answers that it is down."""

    def answer(method: str, path: str, headers: Mapping[str, str], body: str) -> tuple[int, str]:
        if path == OAUTH:
            given = parse_qs(body)
            is_known = given["grant_type"] == ["client_credentials"] and given["client_secret"] == [SECRET]
            return (200, json.dumps({"instance_url": crm.url, "access_token": TOKEN})) if is_known else (401, "")
        if crm.system == "salesforce" and headers.get("authorization") != f"Bearer {TOKEN}":
            return 401, ""
        key = path.removeprefix(crm.path).partition("?")[0]
        if not path.startswith(crm.path) or key not in crm.records:
            return 404, ""
        record = crm.records[key]
        if method == "GET":
            return 200, json.dumps({"properties": record} | record)
        given = json.loads(body)
        record |= given.get("properties", given)
        crm.patched += 1
        return chance.choice([200, 200, 503]), ""

    with answering(answer) as crm.url:
        yield crm
