"""Rows of a sheet that cannot be taken over, and the marks by which a cell would be taken for a formula."""

from collections.abc import Sequence

from models.base.errors import Refused
from models.base.language import _

MOST_TOLD = 20
# What a spreadsheet takes for the beginning of a formula.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


class BadRows(Refused):
    """Rows that cannot be taken over; nothing was changed."""

    def __init__(self, wrong: Sequence[str]) -> None:
        shown = "\n".join(wrong[:MOST_TOLD])
        more = _("\nAnd {count} more.", count=len(wrong) - MOST_TOLD) if len(wrong) > MOST_TOLD else ""
        super().__init__(_("Nothing was changed.\n{shown}{more}", shown=shown, more=more))
        self.wrong = wrong


class WrongRow(Exception):
    """What is wrong with a row."""
