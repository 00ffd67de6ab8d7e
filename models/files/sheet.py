"""A CSV from a spreadsheet or an ERP, read row by row; all that is wrong is said at once, and nothing is taken."""

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from models.base.errors import Refused

T = TypeVar("T")
MOST_TOLD = 20
MOST_ROWS = 50_000
MOST_TEXT = 200
# What a spreadsheet takes for the beginning of a formula.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


class BadRows(Refused):
    """Rows that cannot be taken over; nothing was changed."""

    def __init__(self, wrong: Sequence[str]) -> None:
        shown = "\n".join(wrong[:MOST_TOLD])
        more = f"\nAnd {len(wrong) - MOST_TOLD} more." if len(wrong) > MOST_TOLD else ""
        super().__init__(f"Nothing was changed.\n{shown}{more}")
        self.wrong = wrong


class WrongRow(Exception):
    """What is wrong with a row."""


@dataclass(frozen=True)
class Sheet:
    """Rows below a first one that names the columns. Where commas do not part the cells, they may be decimal."""

    columns: Sequence[str]
    cells: Sequence[Sequence[str]]
    has_decimal_commas: bool

    @classmethod
    def read(cls, text: str) -> "Sheet":
        """Read a CSV with commas, semicolons or tabs."""
        text = text.removeprefix("\ufeff")
        mark = max(",;\t", key=text.lstrip().split("\n", 1)[0].count)
        reader = csv.reader(io.StringIO(text, newline=None), delimiter=mark)
        rows = []
        try:
            for row in reader:
                rows.append(row)
                if len(rows) > MOST_ROWS + 1:
                    raise BadRows([f"At most {MOST_ROWS} rows at a time."])
        except csv.Error as error:
            raise BadRows([f"Row {reader.line_num}: it cannot be read as CSV ({error})."]) from None
        columns = [name.strip().lower() for name in rows[0]] if rows else []
        return cls(columns, rows[1:], has_decimal_commas=mark != ",")

    def check_columns(self, known: Sequence[str], needed: Collection[str], either: str) -> None:
        """Refuse columns that are strange, missing or twice there; `either` lists what they should be."""
        strange = [name for name in self.columns if name not in known]
        if strange or set(needed) - set(self.columns) or len(set(self.columns)) < len(self.columns):
            raise BadRows([f"The first row names the columns. They are: {either}."])

    def each(self, read: Callable[[Mapping[str, str]], T]) -> list[T]:
        """Every row that is not empty as `read` takes it; or all that is wrong, with the numbers of the rows."""
        rows: list[T] = []
        wrong: list[str] = []
        for number, cells in enumerate(self.cells, 2):
            if not any(cell.strip() for cell in cells):
                continue
            try:
                if len(cells) > len(self.columns):
                    raise WrongRow("it has more cells than the first row")
                rows.append(read({name: meant(cell.strip()) for name, cell in zip(self.columns, cells, strict=False)}))
            except WrongRow as error:
                wrong.append(f"Row {number}: {error}.")
        if wrong:
            raise BadRows(wrong)
        if not rows:
            raise BadRows(["There is no row below the first one."])
        return rows


def meant(cell: str) -> str:
    """A cell as it was meant: before what a spreadsheet takes for a formula, we write an apostrophe."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_MARKS) else cell


def short_text(row: Mapping[str, str], key: str) -> str:
    """Some text of a row; nothing where it has none."""
    text = row.get(key, "")
    if len(text) > MOST_TEXT:
        raise WrongRow(f"{key} should have at most {MOST_TEXT} characters")
    return text
