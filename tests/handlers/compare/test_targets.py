"""What the view of compared deals carries: read again as it was written, and nothing else."""

from datetime import date

import pytest

from handlers.compare.targets import CompareTarget, target_of
from models.base.errors import Refused
from models.compare.answers import Wishes
from models.compare.sending import Sent
from models.deals.terms import TermLine


def test_target_is_read_as_it_was_written() -> None:
    wishes = Wishes(by_likelihood=False, tier="strategic", nobody_later=True, fixed={7: "later"})
    sent = [Sent(7, 2, (TermLine(1, 90, 43200, date(2027, 1, 25)),), 1200, 80, goes_first=True), Sent(8, 1)]
    cell = "Assembly", date(2027, 1, 4)
    target = CompareTarget.decode(target_of(5, cell, wishes, revision=3, sent=sent).encode())
    assert (target.deal, target.revision, target.cell) == (5, 3, cell)
    assert CompareTarget(resource="Assembly", week="soon").cell is None
    assert target.wishes == wishes
    assert target.answers == sent


def test_target_reads_only_what_is_like_it() -> None:
    target = CompareTarget.decode('{"deal": 1, "fixed": [[1, "later"], ["x", 2], 7], "sent": [[1, 2]]}')
    assert target.wishes.fixed == {1: "later"}
    with pytest.raises(Refused, match="Open it again"):
        _ = target.answers
