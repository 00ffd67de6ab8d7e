"""People of a workspace at work: they propose, counter, accept and decide, and try again as people do."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.client import Message, NotPossible, Person, Sandbox
from tests.chaos.town import OPS

SECONDS = 10.0
WEEKS = ("18 Jan", "25 Jan", "1 Feb", "8 Feb")


@dataclass
class Ledger:
    """What was acknowledged to whom: proposals by customer, and clicks by person."""

    posted: list[str] = field(default_factory=list)
    clicks: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Crowd:
    """The people of one workspace, each in a thread of their own."""

    sandbox: Sandbox
    tag: str
    seed: int
    ledger: Ledger = field(default_factory=Ledger)
    stopped: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Everybody begins."""
        for number, (name, act) in enumerate(ACTS.items()):
            chance = random.Random(f"{self.seed} {self.tag} {number}")
            thread = threading.Thread(target=self._work, args=[name, act, chance], daemon=True)
            thread.start()
            self.threads.append(thread)

    def stop(self) -> None:
        """Everybody finishes what they are at."""
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def wait(self, seen: Callable[[], bool]) -> None:
        """Look until there is something to see; nobody waits any more when the day is over."""
        self.sandbox.until(lambda: self.stopped.is_set() or seen(), seconds=SECONDS)

    def press(self, person: Person, label: str, card: Message) -> bool:
        """A click that is acknowledged has an effect, or is answered."""
        reply = person.press(label, in_=card)
        if reply.status == 200:
            self.ledger.clicks.append((person.name, label))
        return reply.status == 200

    def _work(self, name: str, act: "Act", chance: random.Random) -> None:
        person, number = self.sandbox.person(name), 0
        while not self.stopped.is_set():
            number += 1
            try:
                act(self, person, chance, number)
            except (NotPossible, AssertionError, IndexError, StopIteration):
                # What they looked at was gone, or nobody answered: they look again.
                _leave(person)
            time.sleep(chance.random() * 0.2)


Act = Callable[[Crowd, Person, random.Random, int], None]


def sell(crowd: Crowd, person: Person, chance: random.Random, number: int) -> None:
    """Propose a deal; now and then answer what the other side has said of an older one."""
    cards = [card for card in person.dm() if {"Accept", "Won"} & set(card.buttons)]
    if cards and chance.random() < 0.6:
        card = chance.choice(cards)
        crowd.press(person, next(label for label in ("Accept", "Won") if label in card.buttons), card)
        _leave(person)
        return
    customer = f"{crowd.tag}{person.name}{number}"
    person.command(OPS, f"/deal {customer} {chance.choice((1, 3, 5))} Scarce lamp by {chance.choice(WEEKS)}")
    crowd.wait(lambda: _names(person, customer))
    for _ in range(3):
        if person.modal() is None or crowd.stopped.is_set():
            break
        if person.submit().ok and person.modal() is None:
            crowd.ledger.posted.append(customer)
            break
        time.sleep(0.3)
    _leave(person)


def decide(crowd: Crowd, person: Person, chance: random.Random, _number: int) -> None:
    """Approve or counter one of the last cards."""
    cards = [card for card in person.channel(OPS) if "Approve" in card.buttons][-6:]
    if not cards:
        time.sleep(0.2)
        return
    card = chance.choice(cards)
    if chance.random() < 0.7:
        crowd.press(person, "Approve", card)
    elif crowd.press(person, "Counter…", card):
        crowd.wait(lambda: any("Quantity" in view.as_text() for view in person.modals()))
        person.enter("Quantity", "2")
        person.submit()
    _leave(person)


def _names(person: Person, customer: str) -> bool:
    return any(customer in str(view.raw) and "loading" not in view.raw["callback_id"] for view in person.modals())


def _leave(person: Person) -> None:
    while person.modals():
        person.close()


ACTS: dict[str, Act] = {"Sara": sell, "Pete": sell, "Olga": decide, "Otto": decide}
