"""Terms beyond the lines in a company's file: read, written, and refused with their place."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.files.clauses import read_clause, write_clause
from models.files.reading import BadFile, Table
from models.policy.clauses import ClauseKind, GivenClause


def read(**keys: Any) -> GivenClause:
    return read_clause(Table("c.toml", "terms 1", keys))


@pytest.mark.parametrize(
    "given",
    [
        GivenClause("Payment", ClauseKind.CHOICE, "30 days", ("30 days", "60 days")),
        GivenClause("Warranty", ClauseKind.NUMBER, "24.5"),
        GivenClause("Until", ClauseKind.DATE, "2027-12-31"),
        GivenClause("Penalties", ClauseKind.TEXT),
    ],
)
def test_term_comes_back_as_it_is_written(given: GivenClause) -> None:
    assert read(**write_clause(given)) == given


def test_standard_is_a_number_a_date_or_text() -> None:
    assert read(name="W", kind="number", standard=24).standard == "24"
    assert read(name="W", kind="number", standard=Decimal("1.50")).standard == "1.5"
    assert read(name="U", kind="date", standard=date(2027, 12, 31)).standard == "2027-12-31"


@pytest.mark.parametrize(
    ("keys", "refused"),
    [
        ({"name": "W", "kind": "number", "standard": "many"}, "standard"),
        ({"name": "W", "kind": "number", "standard": True}, "standard"),
        ({"name": "P", "kind": "choice", "choices": ["a", "b"], "standard": "c"}, "standard"),
        ({"name": "P", "kind": "list"}, "kind"),
        ({"name": "P", "kind": "text", "default": "x"}, "default"),
    ],
)
def test_what_is_no_term_is_refused_with_its_place(keys: dict[str, Any], refused: str) -> None:
    with pytest.raises(BadFile, match=rf"c\.toml: terms 1: .*{refused}"):
        read(**keys)
