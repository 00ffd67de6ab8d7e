"""Text files: encodings, delimiters, and what is none."""

import pytest

from models.sheets.texts import MOST_ROWS, BadTable, decode, padded, read_text

CELLS = [["Größe", "n"], ["a", "1"]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp850", "mac_roman"]
)
def test_encoding_is_what_makes_sense(encoding: str) -> None:
    assert decode("Größe;n\na;1\n".encode(encoding)) == "Größe;n\na;1\n"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^", "~"])
def test_delimiter_is_what_parts_all_lines_alike(mark: str) -> None:
    grid = read_text(f"Größe{mark}n\na{mark}1\n".encode())
    assert (grid.rows, grid.delimiter) == (CELLS, mark)


def test_delimiter_is_named_in_the_first_line_which_is_none_of_the_table() -> None:
    grid = read_text("sep=:\r\nGröße:n\r\na:1\r\n".encode())
    assert (grid.rows, grid.first) == (CELLS, 2)


def test_lines_that_were_quoted_as_a_whole_are_parted() -> None:
    assert read_text('"Größe,n"\n"a,1"\n'.encode()).rows == CELLS


@pytest.mark.parametrize("data", [b"", b" \n ", b"\xff\xfe", b"a\0b\0\0c,1\n", bytes(range(256))])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadTable):
        read_text(data)


def test_too_many_rows_and_columns_are_refused() -> None:
    with pytest.raises(BadTable, match=f"At most {MOST_ROWS} rows"):
        read_text(b"a,b\n" * (MOST_ROWS + 200))
    with pytest.raises(BadTable, match="too wide"):
        read_text(b"a," * 1001 + b"b\n")


def test_rows_are_of_one_width_without_empty_columns_behind() -> None:
    assert padded([["a", "", ""], ["b", "c", ""]]) == [["a", ""], ["b", "c"]]
