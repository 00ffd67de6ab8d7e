"""A spreadsheet with tables of the company in it: which sheet is which table, and the names that one may use."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from babel import Locale

from models.setup.company_tables import COMPANY_KINDS, Document
from models.sheets.cells import Cell, fold, is_blank
from models.sheets.fields import Kind
from models.sheets.headers import Header, find_header
from models.sheets.names import Known
from models.sheets.preview import TableFile

TOML = ".toml"
MOST_LOOKED = 200
ONE_FAMILY = "Products"
# Signs that stand for one currency; a dollar is that of several countries.
SIGNS = {"€": "EUR", "£": "GBP", "CHF": "CHF", "EUR": "EUR", "GBP": "GBP", "USD": "USD", "¥": "JPY", "zł": "PLN"}
# What people call their sheets.
NAMES = {
    **{fold(kind.value): kind for kind in COMPANY_KINDS},
    **dict.fromkeys(("products", "catalogue", "price list", "produkte", "artikel", "preisliste"), Kind.OFFERS),
    **dict.fromkeys(
        ("capacity", "capacities", "machines", "ressourcen", "kapazitaet", "maschinen", "work centers"), Kind.RESOURCES
    ),
    **dict.fromkeys(("bill of materials", "bom", "routing", "bedarf", "stueckliste"), Kind.NEEDS),
    **dict.fromkeys(("inventory", "lager", "bestand"), Kind.STOCK),
    **dict.fromkeys(("accounts", "kunden", "clients"), Kind.CUSTOMERS),
}


def is_toml(file: TableFile) -> bool:
    """Whether a file is a company as the command `belay export` writes it."""
    return file.name.lower().endswith(TOML)


def tables_in(file: TableFile, document: Document, locale: Locale, today: date) -> Iterator[tuple[Kind, TableFile]]:
    """Each sheet that is a table of the company, in the order in which they name each other."""
    known = known_in(document, locale, today)
    kinds = [(_kind(sheet, known), sheet) for sheet in file.sheets() if _has_rows(sheet)]
    found = [(kind, sheet) for kind, sheet in kinds if kind is not None]
    found = [(kind, _with_family(sheet, known) if kind is Kind.OFFERS else sheet) for kind, sheet in found]
    yield from sorted(found, key=lambda entry: COMPANY_KINDS.index(entry[0]))


def unread_in(file: TableFile, document: Document, locale: Locale, today: date) -> list[str]:
    """The sheets that hold something and are no table of the company."""
    read = {grid.name for _, sheet in tables_in(file, document, locale, today) for grid in sheet.grids}
    return [grid.name for sheet in file.sheets() for grid in sheet.grids if _has_rows(sheet) and grid.name not in read]


def currency_in(file: TableFile) -> str:
    """The one currency in which a file writes money; nothing where it writes none, or several."""
    texts = (cell for sheet in file.sheets() for grid in sheet.grids for row in grid.rows[:MOST_LOOKED] for cell in row)
    found = {SIGNS[sign] for text in texts if isinstance(text, str) for sign in SIGNS if sign in text}
    return found.pop() if len(found) == 1 else ""


def known_in(document: Document, locale: Locale, today: date) -> Known:
    """The names of a company as its document has them."""
    offers, resources = document["offers"], document["resources"]
    return Known(
        families=sorted({each["family"] for each in offers if each.get("family")}),
        offers={each["name"]: each.get("family", "") for each in offers},
        resources=[each["name"] for each in resources],
        locale=locale,
        today=today,
        unit_names=sorted({each["unit"] for each in (*offers, *resources) if each.get("unit")}),
    )


def _with_family(sheet: TableFile, known: Known) -> TableFile:
    """A price list without families is of one: a small firm has no more."""
    (grid,) = sheet.grids
    header = find_header(grid, Kind.OFFERS, known)
    if header.row < 0 or any(column.rank("family") is not None for column in header.columns):
        return sheet
    rows = [
        (*row, "Family" if number == header.row else ONE_FAMILY if number > header.row and not _is_empty(row) else "")
        for number, row in enumerate(grid.rows)
    ]
    return replace(sheet, grids=(replace(grid, rows=rows),))


def _is_empty(row: Sequence[Cell]) -> bool:
    return sum(not is_blank(cell) for cell in row) < 2


def _has_rows(sheet: TableFile) -> bool:
    """Whether more stands in it than titles."""
    (grid,) = sheet.grids
    return sum(not all(is_blank(cell) for cell in row) for row in grid.rows) > 1


def _is_price_list(header: Header, kind: Kind) -> bool:
    """Names with prices, without families."""
    named = {name for column in header.columns for name, rank in column.fields if rank == column.fields[0][1]}
    return kind is Kind.OFFERS and {"name", "list_price"} <= named


def _kind(sheet: TableFile, known: Known) -> Kind | None:
    """By its name, else by its titles; none where those say too little."""
    (grid,) = sheet.grids
    named = NAMES.get(fold(grid.name))
    headers = {kind: find_header(grid, kind, known) for kind in ([named] if named else COMPANY_KINDS)}
    complete = {kind: header for kind, header in headers.items() if header.is_complete or _is_price_list(header, kind)}
    if not complete:
        return named
    return max(complete, key=lambda kind: complete[kind].score)
