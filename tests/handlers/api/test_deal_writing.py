"""Deals as documents: what the reader may see of them, and what they hold as they go on."""

import threading

from sqlalchemy import Engine, event

from tests.handlers.api.conftest import Asking
from tests.handlers.api.test_deals import proposed
from tests.stage import Stage


def test_page_of_many_deals_takes_as_many_queries_as_one_of_two(stage: Stage, asking: Asking) -> None:
    sara = asking("Sara")
    counted: list[int] = []
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        # The bot's own clock and delivery go on meanwhile.
        if threading.current_thread().name.startswith("AnyIO"):
            statements.append(statement)

    for number in range(8):
        proposed(sara, external={"crm": str(number)})
        stage.sb.settle()
    event.listen(Engine, "before_cursor_execute", note)
    for limit in (2, 8):
        statements.clear()
        assert len(sara.get("/deals", params={"limit": limit}).json()["deals"]) == limit
        counted.append(len(statements))
    event.remove(Engine, "before_cursor_execute", note)
    assert counted[0] == counted[1], counted
