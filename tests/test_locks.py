"""What finds the next deadlock: one order of locks, in whatever the bot does in any of these tests."""

import pytest

from tests.locks import cycles, locked_by


@pytest.mark.parametrize(
    ("statement", "table", "may_wait"),
    [
        ("UPDATE deal SET state='won' WHERE deal.id = 1", "deal", True),
        ("DELETE FROM ways_found WHERE id = 1", "ways_found", True),
        ("SELECT deal.id \nFROM deal \nWHERE deal.id = 1 FOR NO KEY UPDATE", "deal", True),
        ("SELECT seller.id, deal.id \nFROM member JOIN deal ON 1 = 1 FOR NO KEY UPDATE OF deal", "deal", True),
        ("SELECT resource.id FROM resource ORDER BY resource.id FOR UPDATE", "resource", True),
        ("SELECT deal.id FROM deal FOR NO KEY UPDATE SKIP LOCKED", "deal", False),
        ("SELECT outbox.id FROM deal JOIN outbox ON 1 = 1 FOR UPDATE OF outbox SKIP LOCKED", "outbox", False),
        ("INSERT INTO turn (deal_id) VALUES (1)", None, True),
        ("SELECT deal.id FROM deal", None, True),
        ("DELETE FROM deal WHERE deal.workspace_id = %(workspace_id_1)s::BIGINT", None, True),
        ("UPDATE deal SET seller_id=%(seller_id)s WHERE deal.workspace_id = %(workspace_id_1)s", None, True),
        ("DELETE FROM snooze WHERE snooze.workspace_id = %(workspace_id_1)s AND snooze.id = 1", "snooze", True),
    ],
)
def test_statements_that_lock(statement: str, table: str | None, may_wait: bool) -> None:
    assert locked_by(statement) == (table, may_wait)


def test_orders_that_disagree_are_found() -> None:
    assert cycles({"deal": {"turn", "resource"}, "resource": {"turn"}}) == []
    assert cycles({"deal": {"turn"}, "turn": {"card"}, "card": {"deal"}}) == [["card", "deal", "turn"]]
    assert cycles({"deal": {"resource"}, "resource": {"deal"}}) == [["deal", "resource"]]
