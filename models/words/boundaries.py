"""Where a price or a discount may end: before what begins something else."""

import re

from models.words.dates import date_at
from models.words.values import Reader
from models.words.vocabulary import one_word

BOUNDARY = re.compile(rf" *(?:$|[,;:.!?)(|/&+@]|-(?!\w)|{one_word('pieces.boundary')})")


def is_boundary(text: str, end: int, reader: Reader) -> bool:
    """Whether something else begins at a place, or nothing."""
    if BOUNDARY.match(text, end):
        return True
    begins = end + 1 if text[end : end + 1] == " " else end
    return date_at(text, begins, reader) is not None
