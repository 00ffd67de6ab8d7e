"""In which order the bot locks tables: two transactions that lock in another order can wait for each other for good.

All that the bot's own threads do on PostgreSQL in any test is watched; at the end the orders must agree.
"""

import re
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, event

LOCKS = (
    re.compile(r"\AUPDATE (\w+)\b"),
    re.compile(r"\ADELETE FROM (\w+)\b"),
    re.compile(r"FOR (?:NO KEY )?UPDATE OF (\w+)(?: SKIP LOCKED)?\s*\Z"),
    re.compile(r"\ASELECT .*?FROM (\w+)\b.*FOR (?:NO KEY )?UPDATE(?: SKIP LOCKED)?\s*\Z", re.DOTALL),
)
# Rows that only whoever has locked their deal changes: in which order does not matter.
OF_A_DEAL = {
    *("proposal", "proposal_line", "turn", "hold", "commitment", "decision", "question", "call_guest", "ways_found"),
    *("lost_demand", "delivery", "attachment", "figures", "card", "step", "condition"),
}
# All of a workspace at once, where it is erased: whoever works in it then may have to wait for it, and it for them. The
# database ends that, nothing is changed, and the admin reads so.
WHOLE = re.compile(r"\A(?:UPDATE|DELETE) .* WHERE (\w+)\.workspace_id = %\(workspace_id_1\)s(?:::\w+)?\s*\Z", re.DOTALL)
# Rows that only the transaction that adds them changes: nobody else waits for them.
OF_ITS_OWN = {"history"}
MOST_CYCLES = 20
ORDERS: defaultdict[str, set[str]] = defaultdict(set)
TRANSACTION = "tables that were locked"


def watch() -> None:
    """Watch every engine of this process."""
    event.listen(Engine, "begin", _begin)
    event.listen(Engine, "before_cursor_execute", _execute)


def cycles(orders: Mapping[str, set[str]]) -> list[list[str]]:
    """Tables that are locked in more than one order; some of them, where there are many."""
    ways = (way for first in sorted(orders) for way in _ways_back(orders, [first]) if first == min(way))
    return list(islice(ways, MOST_CYCLES))


def _ways_back(orders: Mapping[str, set[str]], way: list[str]) -> Iterator[list[str]]:
    for following in sorted(orders.get(way[-1], ())):
        if following == way[0]:
            yield way
        elif following not in way and following > way[0]:
            yield from _ways_back(orders, [*way, following])


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "postgresql" and threading.current_thread() is not threading.main_thread():
        connection.info[TRANSACTION] = []
    else:
        connection.info.pop(TRANSACTION, None)


def locked_by(statement: str) -> tuple[str | None, bool]:
    """The table that a statement locks rows of, and whether it may wait for them; new rows conflict with nobody's.

    A row that refers to another shares its key, and no key is updated.
    """
    if WHOLE.search(statement):
        return None, True
    table = next((found[1] for pattern in LOCKS if (found := pattern.search(statement))), None)
    return table, not statement.rstrip().endswith("SKIP LOCKED")


def _execute(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    locked = connection.info.get(TRANSACTION)
    if locked is None:
        return
    table, may_wait = locked_by(statement)
    if table is None or table in OF_ITS_OWN or table in locked or (table in OF_A_DEAL and "deal" in locked):
        return
    for before in locked if may_wait else ():
        ORDERS[before].add(table)
    locked.append(table)
