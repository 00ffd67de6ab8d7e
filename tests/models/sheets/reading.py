"""A table from some lines, as far as a test reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.sheets.board import Board, Request
from models.sheets.context import Context
from models.sheets.fields import Kind
from models.sheets.headers import Header, find_header
from models.sheets.layout import lay_out
from models.sheets.questions import Asking
from models.sheets.rows import Rows, read_rows
from models.sheets.sums import add_up
from models.sheets.texts import read_text
from tests.models.sheets.cases import known, text


@dataclass
class Reading:
    """A table of a kind, read step by step."""

    lines: tuple[str, ...]
    kind: Kind = Kind.ACTUALS
    locale: str = "en-US"
    measure: str = ""
    answers: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        self.asking = Asking(self.answers or {})
        self.grid = read_text(text(*self.lines))
        self.request = Request(self.kind, known(self.locale), self.measure)

    @property
    def header(self) -> Header:
        """Its header."""
        return find_header(self.grid, self.kind, self.request.known)

    @property
    def board(self) -> Board:
        """Its columns."""
        return Board(self.grid, self.header, self.request, self.asking)

    @property
    def context(self) -> Context:
        """What its rows share."""
        return Context(self.grid, lay_out(self.board), self.request, self.asking)

    @property
    def rows(self) -> Rows:
        """Its rows."""
        return read_rows(self.context)

    @property
    def summed(self) -> list[dict[str, str]]:
        """Its rows, added up."""
        return add_up(self.rows, self.context)

    @property
    def asked(self) -> list[str]:
        """The keys of what is asked."""
        return list(self.asking.questions)


def read(
    *lines: str,
    kind: Kind = Kind.ACTUALS,
    locale: str = "en-US",
    measure: str = "",
    answers: Mapping[str, str] | None = None,
) -> Reading:
    """A table from some lines."""
    return Reading(lines, kind, locale, measure, answers)
