"""Faults to order: what goes wrong, with which method, and how often."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.wire import Json

KINDS = {"ratelimited", "error", "http", "lost_reply", "delay", "duplicate"}


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

    def order(self, kind: str, *, method: str | None = None, times: int = 1, **details: object) -> None:
        if kind not in KINDS:
            raise ValueError(f"no such fault: {kind}; there are {', '.join(sorted(KINDS))}")
        self.ordered.append(Fault(kind, method, times, dict(details)))

    def clear(self) -> None:
        self.ordered.clear()

    def strike(self, method: str) -> Iterator[Fault]:
        """Use up the faults that befall a call of `method`: each delay, then at most one that decides its answer."""
        for fault in self._befalling(method, {"delay"}):
            yield self._use(fault)
        for fault in self._befalling(method, KINDS - {"delay", "duplicate"})[:1]:
            yield self._use(fault)

    def duplicate(self, kind: str) -> Fault | None:
        """The fault by which this payload goes to the app twice."""
        fault = self._befalling(kind, {"duplicate"})
        return self._use(fault[0]) if fault else None

    def _befalling(self, method: str, kinds: set[str]) -> list[Fault]:
        return [f for f in self.ordered if f.kind in kinds and f.method in {None, method}]

    def _use(self, fault: Fault) -> Fault:
        fault.times -= 1
        self.ordered = [f for f in self.ordered if f.times > 0]
        return fault
