"""Rows of a sheet that cannot be taken over, and the marks by which a cell would be taken for a formula."""

from collections.abc import Sequence

from models.base.errors import Refused

MOST_TOLD = 20
# What a spreadsheet takes for the beginning of a formula.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


class BadRows(Refused):
    """Rows that cannot be taken over; nothing was changed."""

    def __init__(self, wrong: Sequence[str]) -> None:
        shown = "\n".join(wrong[:MOST_TOLD])
        more = f"\nAnd {len(wrong) - MOST_TOLD} more." if len(wrong) > MOST_TOLD else ""
        super().__init__(f"Nothing was changed.\n{shown}{more}")
        self.wrong = wrong


class WrongRow(Exception):
    """What is wrong with a row."""
