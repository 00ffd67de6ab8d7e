"""What goes back on the wire, after the faults that were ordered for it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sandbox.faults import Fault, Faults
from sandbox.wire import Json


@dataclass(frozen=True)
class Outcome:
    """An answer; `lost` cuts the connection instead of sending it."""

    body: Json | str | bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False


async def under_faults(faults: Faults, method: str, answer: Callable[[], Awaitable[Outcome]]) -> Outcome:
    """The answer, delayed, replaced or lost as ordered; a lost reply took effect, others only where that is ordered."""
    deciding = None
    for fault in faults.strike(method):
        if fault.kind == "delay":
            await asyncio.sleep(float(fault.details.get("seconds", 1)))
        else:
            deciding = fault
    if deciding is None:
        return await answer()
    if deciding.kind == "lost_reply":
        done = await answer()
        return Outcome(done.body, done.status, lost=True)
    if deciding.details.get("effect"):
        await answer()
    return _broken(deciding)


def _broken(fault: Fault) -> Outcome:
    if fault.kind == "ratelimited":
        headers = {"retry-after": str(fault.details.get("retry_after", 1))}
        return Outcome({"ok": False, "error": "ratelimited"}, 429, headers)
    if fault.kind == "http":
        return Outcome("", int(fault.details.get("status", 503)))
    return Outcome({"ok": False, "error": str(fault.details.get("error", "internal_error"))})
