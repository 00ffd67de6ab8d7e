"""How spreadsheets call columns and cells: A, B, … Z, AA. A library for it would load all of a workbook's code."""

import re

CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
LETTERS = 26


def column_letters(index: int) -> str:
    """The name of a column, counted from 0."""
    name, rest = "", index + 1
    while rest:
        rest, last = divmod(rest - 1, LETTERS)
        name = chr(ord("A") + last) + name
    return name


def column_number(letters: str) -> int:
    """The number of a column, counted from 1, by its name."""
    number = 0
    for letter in letters:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number


def cell_place(reference: str) -> tuple[int, int]:
    """Row and column, counted from 1, of a cell such as B12; ValueError where it is none."""
    cell = CELL.fullmatch(reference)
    if cell is None:
        raise ValueError(f"{reference} is no cell")
    return int(cell[2]), column_number(cell[1])
