"""Which request of a view is the newest: its answer is shown, whatever has changed the view meanwhile."""

import re
import threading
from collections import OrderedDict
from typing import Any

MOST = 2000
INSTANT = re.compile(r"\d{1,12}(\.\d{1,9})?", re.ASCII)


class LatestActs:
    """The latest act in each view that this process has heard of; only for what is shown, nothing is decided by it."""

    def __init__(self) -> None:
        self._acts: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def hear(self, body: dict[str, Any]) -> None:
        """Note an act in a view."""
        view, at = _act(body)
        if not view:
            return
        with self._lock:
            self._acts[view] = max(at, self._acts.pop(view, 0.0))
            while len(self._acts) > MOST:
                self._acts.popitem(last=False)

    def is_it(self, body: dict[str, Any]) -> bool:
        """Whether nobody has acted in the view since."""
        view, at = _act(body)
        with self._lock:
            return bool(view) and self._acts.get(view, 0.0) <= at


def _act(body: dict[str, Any]) -> tuple[str, float]:
    action = (body.get("actions") or [{}])[0]
    at = action.get("action_ts") or ""
    return str((body.get("view") or {}).get("id") or ""), float(at) if INSTANT.fullmatch(at) else 0.0
