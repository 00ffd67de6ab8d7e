"""Tables as people have them: the rows that are in them, or what is asked; nothing else."""

import pytest

from models.sheets.preview import TableFile, preview
from tests.models.sheets.book_cases import BOOK_CASES
from tests.models.sheets.cases import Case, known
from tests.models.sheets.encoding_cases import ENCODING_CASES
from tests.models.sheets.kind_cases import KIND_CASES
from tests.models.sheets.layout_cases import LAYOUT_CASES
from tests.models.sheets.number_cases import NUMBER_CASES
from tests.models.sheets.odd_cases import ODD_CASES
from tests.models.sheets.period_cases import PERIOD_CASES
from tests.models.sheets.row_cases import ROW_CASES
from tests.models.sheets.week_cases import WEEK_CASES

CASES = [
    *ENCODING_CASES,
    *NUMBER_CASES,
    *PERIOD_CASES,
    *WEEK_CASES,
    *LAYOUT_CASES,
    *ROW_CASES,
    *ODD_CASES,
    *KIND_CASES,
    *BOOK_CASES,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_table_is_read_or_asked_about(case: Case) -> None:
    read = preview(
        TableFile.open(case.data, case.file), case.kind, known(case.locale), measure=case.measure, answers=case.answers
    )
    sentences = [question.sentence for question in read.questions]
    assert [word for word in case.asks if not any(word in sentence for sentence in sentences)] == []
    if case.asks:
        assert [dict(row) for row in read.rows if case.rows and dict(row) not in case.rows] == []
    else:
        assert (sentences, [dict(row) for row in read.rows]) == ([], case.rows)
