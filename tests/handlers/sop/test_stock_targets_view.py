"""Levels of stock, as they are shown and as one would type them."""

from decimal import Decimal

import pytest
from babel import Locale

from handlers.sop.stock_targets_view import level_text
from models.base.language import reading
from models.sop.rows import StockTarget


@pytest.mark.parametrize(
    ("language", "target", "ceiling"), [("en", "1.5 months", "1,200"), ("de", "1,5 Monate", "1.200")]
)
def test_level_is_shown_as_its_reader_would_type_it(language: str, target: str, ceiling: str) -> None:
    row = StockTarget(target=Decimal("1.5"), is_target_cover=True, ceiling=Decimal(1200), is_ceiling_cover=False)
    with reading(language):
        assert [level_text(row, name, Locale(language)) for name in ("target", "ceiling")] == [target, ceiling]


def test_no_ceiling_is_nothing() -> None:
    assert (
        level_text(StockTarget(target=Decimal(0), ceiling=None, is_ceiling_cover=False), "ceiling", Locale("en")) == ""
    )
