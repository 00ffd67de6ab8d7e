"""Mutations of what people really did: recorded requests with something else in them, signed and sent."""

import json
import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sandbox.client import Message, Person
from tests.handlers.slack.conftest import form_of
from tests.stage import OPS, Stage

Json = dict[str, Any]
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        10**20,
        0.5,
        "",
        " ",
        "²",
        "-1",
        "0",
        "9" * 400,
        "x" * 5000,
        "\x00",
        "\ud800",
        "\u202e",
    ),
    *([], {}, [[]], [None], {"": None}, {"text": None}, [[[[[[[]]]]]]], '{"deal":1}', '{"deal":100000000000000000000}'),
    *("[" * 4000, '{"deal":[1]}', "null", "way", "approve", "9999-12-31", "2027-01-18", "<@U1>", "../../etc/passwd"),
)


COMMANDS = {
    "Sara": ("/deal list", "/deal 1", "/deal find acme", "/deal help", "/deal export"),
    "Olga": ("/capacity", "/capacity Assembly", "/capacity import", "/capacity help"),
    "Lea": ("/belay roles", "/belay channels", "/belay schedules", "/belay hours", "/belay settings", "/belay help"),
    "Fin": ("/belay", "/sop", "/sop help", "/sop import", "/sop page"),
}
PRESSED = ("Check", "Next", "Add a schedule…", "Adjust a week…")


def recorded(stage: Stage) -> list[Json]:
    """The requests of a day: deals, capacity, schedules, set-up, the home, words in a thread."""
    sara, olga = stage.person("Sara"), stage.person("Olga")
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.propose("Borealis 20 Pole set by 1 Feb at 30% off", by="Pete")
    _look(stage, olga, stage.card(), ("Counter…", "Ask…", "Show the numbers"))
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.enter("Quantity", "90")
    stage.sb.settle()
    olga.submit()
    stage.sb.settle()
    sara.say(OPS, "ok", thread_ts=stage.card().ts)
    for text in ("status of #1", "does 20 Summit tents by 18 Jan fit?", "my turn"):
        sara.say("dm", text)
        sara.say(OPS, f"@Belay {text}")
    sara.press("Accept", in_=stage.own_card("Sara"))
    stage.sb.settle()
    _look(stage, sara, stage.own_card("Sara"), ("Won", "Change…", "Edit…"))
    for name, lines in COMMANDS.items():
        stage.person(name).open_home()
        for line in lines:
            stage.person(name).command(OPS, line)
            stage.sb.settle()
            _use(stage, stage.person(name))
    sara.shortcut("propose_deal")
    sara.message_shortcut("propose_message", OPS, stage.card().ts)
    stage.sb.settle()
    return [dict(each["payload"]) for each in stage.sb.requests()]


def _look(stage: Stage, person: Person, card: Message, labels: Sequence[str]) -> None:
    for label in labels:
        if label in card.buttons:
            person.press(label, in_=card)
            stage.sb.settle()
            _leave(person)


def _use(stage: Stage, person: Person) -> None:
    """Press what goes on in the window, send it as it is, and leave it."""
    for label in PRESSED:
        modal = person.modal()
        if modal and label in modal.buttons:
            person.press(label, in_=modal)
            stage.sb.settle()
    modal = person.modal()
    if modal and modal.raw.get("submit"):
        person.submit()
        stage.sb.settle()
    _leave(person)


def _leave(person: Person) -> None:
    while person.modals():
        person.close()


@dataclass
class Mutations:
    """An endless stream of payloads, the same for the same seed."""

    payloads: list[Json]
    seed: int

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.parts = [part for payload in self.payloads for part in _parts(payload)]

    def __iter__(self) -> Iterator[Json]:
        while True:
            payload = json.loads(json.dumps(self.random.choice(self.payloads)))
            for _ in range(self.random.choice((1, 1, 1, 2, 3))):
                self._mutate(payload)
            yield payload

    def _mutate(self, payload: Json) -> None:
        way = self.random.choice([way for way in _ways(payload) if way])
        part: Any = payload
        for name in way[:-1]:
            part = part[name]
        kind = self.random.random()
        if kind < 0.1 and isinstance(part, dict):
            del part[way[-1]]
        elif kind < 0.45:
            # What stands at that name elsewhere is of the right kind, and of another deal, person or form.
            alike = [value for name, value in self.parts if name == way[-1]] or list(ODD)
            part[way[-1]] = deepcopy(self.random.choice(alike))
        else:
            part[way[-1]] = deepcopy(self.random.choice(ODD))


def content_of(payload: Json) -> bytes:
    """The body as Slack sends it: a command's fields, a payload in a field, or JSON."""
    if "command" in payload:
        fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in payload.items()}
        return urlencode(fields, errors="replace").encode()
    if payload.get("type") == "event_callback" or "event" in payload:
        return json.dumps(payload).encode()
    return form_of(payload)


def _ways(part: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [way, *(deep for name, each in inner for deep in _ways(each, (*way, name)))]


def _parts(part: Any) -> Iterator[tuple[Any, Any]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, each in inner:
        yield name, each
        yield from _parts(each)
