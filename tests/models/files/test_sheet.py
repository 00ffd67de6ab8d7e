"""A sheet: its marks and columns, and all that is wrong with its rows at once."""

from collections.abc import Mapping

import pytest

from models.files.sheet import MOST_TEXT, MOST_TOLD, BadRows, Sheet, WrongRow, short_text


def numbers(row: Mapping[str, str]) -> int:
    if not row["n"].isdecimal():
        raise WrongRow(f"“{row['n']}” is no number")
    return int(row["n"])


@pytest.mark.parametrize(
    ("text", "has_decimal_commas"),
    [
        ("A,n\nx,1\n", False),
        ("A;n\r\nx;1", True),
        ("A\tn\nx\t1\n", True),
        ("\ufeff a , N \nx,1\n", False),
        ('A;n\n"x";"1"\n', True),
    ],
)
def test_mark_is_what_parts_the_first_row(text: str, has_decimal_commas: bool) -> None:
    sheet = Sheet.read(text)
    assert (sheet.columns, sheet.cells) == (["a", "n"], [["x", "1"]])
    assert sheet.has_decimal_commas is has_decimal_commas


def test_cells_keep_line_breaks_and_marks_between_quotes() -> None:
    assert Sheet.read('a,n\n"x, y\nz",1\n').cells == [["x, y\nz", "1"]]


@pytest.mark.parametrize("columns", [["n", "colour"], ["a"], ["a", "n", "n"], []])
def test_columns_are_known_complete_and_there_once(columns: list[str]) -> None:
    with pytest.raises(BadRows) as refused:
        Sheet(columns, [], has_decimal_commas=False).check_columns(["a", "n"], {"n"}, "a, n")
    assert refused.value.wrong == ["The first row names the columns. They are: a, n."]
    Sheet(["n"], [], has_decimal_commas=False).check_columns(["a", "n"], {"n"}, "a, n")


def test_rows_are_numbered_as_in_the_file_and_empty_ones_are_passed_over() -> None:
    assert Sheet.read("n,a\n1\n\n , \n 2 ,x\n").each(numbers) == [1, 2]
    with pytest.raises(BadRows) as refused:
        Sheet.read("n,a\n1\n\nx,\n2,,\n").each(numbers)
    assert refused.value.wrong == ["Row 4: “x” is no number.", "Row 5: it has more cells than the first row."]
    assert refused.value.sentence == (
        "Nothing was changed.\nRow 4: “x” is no number.\nRow 5: it has more cells than the first row."
    )


@pytest.mark.parametrize("text", ["n\n", "n\n\n \n", "n"])
def test_sheet_without_a_row_is_refused(text: str) -> None:
    with pytest.raises(BadRows) as refused:
        Sheet.read(text).each(numbers)
    assert refused.value.wrong == ["There is no row below the first one."]


@pytest.mark.parametrize(("count", "more"), [(MOST_TOLD, ""), (MOST_TOLD + 1, "\nAnd 1 more.")])
def test_twenty_wrong_rows_are_told_and_the_rest_is_counted(count: int, more: str) -> None:
    wrong = [f"Row {number}." for number in range(count)]
    assert BadRows(wrong).sentence == "Nothing was changed.\n" + "\n".join(wrong[:MOST_TOLD]) + more


def test_text_of_a_row_may_be_missing_and_is_not_endless() -> None:
    assert [short_text({"note": text}, "note") for text in ("", "n" * MOST_TEXT)] == ["", "n" * MOST_TEXT]
    assert short_text({}, "note") == ""
    with pytest.raises(WrongRow, match="note should have at most 200 characters"):
        short_text({"note": "n" * (MOST_TEXT + 1)}, "note")
