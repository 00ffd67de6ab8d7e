"""Rows that cannot be taken over: twenty are told, the rest is counted."""

import pytest

from models.files.sheet import MOST_TOLD, BadRows


@pytest.mark.parametrize(("count", "more"), [(MOST_TOLD, ""), (MOST_TOLD + 1, "\nAnd 1 more.")])
def test_twenty_wrong_rows_are_told_and_the_rest_is_counted(count: int, more: str) -> None:
    wrong = [f"Row {number}." for number in range(count)]
    assert BadRows(wrong).sentence == "Nothing was changed.\n" + "\n".join(wrong[:MOST_TOLD]) + more
