"""Cells: what nobody sees is not there, and what says nothing is blank."""

from decimal import Decimal

import pytest

from models.sheets.cells import Grid, clean, fold, is_blank, plain_number


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("  a \u00a0 b ", "a b"),
        ("\ufeffa\u200b", "a"),
        ("'1180", "1180"),
        ("'12'", "12"),
        ("'=a", "=a"),
        ("''=a", "'=a"),
        ("'quoted'", "'quoted'"),
        ('="00123"', "00123"),
        ("d'Or", "d'Or"),
        ("two\nlines", "two lines"),
    ],
)
def test_cell_is_what_people_see(text: str, meant: str) -> None:
    assert clean(text) == meant


def test_dashes_and_words_for_nothing_are_blank_and_a_zero_is_not() -> None:
    blank = ["", "-", "–", "---", "n/a", "#N/A", "k.A.", "(blank)", "NULL"]
    assert [text for text in blank if not is_blank(text)] == []
    assert [is_blank(cell) for cell in ("0", Decimal(0), "-1", "nap")] == [False] * 4


def test_names_are_folded_without_capitals_accents_and_punctuation() -> None:
    assert {fold(text) for text in ("Näherei-Süd", "NAEHEREI SUED", " naeherei_süd ")} == {"naeherei sued"}
    assert [fold("Été (pcs.)"), fold("Straße")] == ["ete pcs", "strasse"]


def test_number_is_written_plainly() -> None:
    assert [plain_number(Decimal(n)) for n in ("1180.00", "0.500", "1E+3", "0")] == ["1180", "0.5", "1000", "0"]


def test_grid_is_turned_with_its_marks() -> None:
    grid = Grid([["a", "b"], ["c", ""]], merged=frozenset({(0, 1)}))
    turned = grid.transposed()
    assert (turned.rows, turned.merged) == ([("a", "c"), ("b", "")], frozenset({(1, 0)}))
