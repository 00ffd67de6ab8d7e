"""Faults to order: what goes wrong, with which method, and how often; or by chance, in a share of all calls."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.wire import Json

KINDS = {"ratelimited", "error", "http", "lost_reply", "delay", "duplicate"}
DECIDING = ("lost_reply", "ratelimited", "http", "error")


@dataclass
class Fault:
    """An ordered fault; `method` is a Web API method, `response_url`, or for duplicates a kind of payload."""

    kind: str
    method: str | None = None
    times: int = 1
    details: Json = field(default_factory=dict)


class Faults:
    """The faults that are still to happen."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []
        self.shares: dict[str, float] = {}
        self.chance = random.Random()  # noqa: S311 - nothing secret

    def order(self, kind: str, *, method: str | None = None, times: int = 1, **details: object) -> None:
        if kind not in KINDS:
            raise ValueError(f"no such fault: {kind}; there are {', '.join(sorted(KINDS))}")
        self.ordered.append(Fault(kind, method, times, dict(details)))

    def by_chance(self, shares: dict[str, float], seed: int) -> None:
        """From now on a share of all calls goes wrong, by kind."""
        if not shares.keys() <= KINDS:
            raise ValueError(f"there are {', '.join(sorted(KINDS))}")
        self.shares, self.chance = dict(shares), random.Random(seed)  # noqa: S311

    def clear(self) -> None:
        self.ordered.clear()
        self.shares.clear()

    def strike(self, method: str) -> Iterator[Fault]:
        """Use up the faults that befall a call of `method`: each delay, then at most one that decides its answer."""
        for fault in self._befalling(method, {"delay"}):
            yield self._use(fault)
        if self._happens("delay"):
            yield Fault("delay", details={"seconds": self.chance.random()})
        ordered = self._befalling(method, KINDS - {"delay", "duplicate"})[:1]
        for fault in ordered:
            yield self._use(fault)
        kind = next((kind for kind in DECIDING if not ordered and self._happens(kind)), None)
        if kind is not None:
            yield Fault(kind)

    def duplicate(self, kind: str) -> Fault | None:
        """The fault by which this payload goes to the app twice."""
        fault = self._befalling(kind, {"duplicate"})
        if not fault and self._happens("duplicate"):
            return Fault("duplicate", details={"together": self.chance.random() < 0.5})
        return self._use(fault[0]) if fault else None

    def _happens(self, kind: str) -> bool:
        return kind in self.shares and self.chance.random() < self.shares[kind]

    def _befalling(self, method: str, kinds: set[str]) -> list[Fault]:
        return [f for f in self.ordered if f.kind in kinds and f.method in {None, method}]

    def _use(self, fault: Fault) -> Fault:
        fault.times -= 1
        self.ordered = [f for f in self.ordered if f.times > 0]
        return fault
