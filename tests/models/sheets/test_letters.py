"""Columns and cells by the names that spreadsheets give them."""

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from models.sheets.letters import cell_place, column_letters, column_number


def test_columns_are_called_as_a_library_calls_them() -> None:
    for number in (*range(1, 800), 16384):
        assert column_letters(number - 1) == get_column_letter(number)
        assert column_number(get_column_letter(number)) == number


@pytest.mark.parametrize("reference", ["A1", "Z9", "AA10", "XFD1048576"])
def test_cells_are_where_a_library_finds_them(reference: str) -> None:
    assert cell_place(reference) == coordinate_to_tuple(reference)


@pytest.mark.parametrize("reference", ["", "A", "1", "A0", "ABCD1", "a1"])
def test_what_is_no_cell_is_refused(reference: str) -> None:
    with pytest.raises(ValueError, match="is no cell"):
        cell_place(reference)
