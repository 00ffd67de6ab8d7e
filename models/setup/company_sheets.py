"""Which table of the company a sheet is: by its name, by its titles, and by the names that stand in it."""

from collections.abc import Mapping

from models.base.language import _
from models.setup.company_tables import COMPANY_KINDS
from models.sheets.cells import Grid, fold, is_blank
from models.sheets.fields import Kind, Of
from models.sheets.headers import Header, find_header
from models.sheets.names import Known, share_known
from models.sheets.preview import TableFile
from models.sheets.titles import is_money

SOME, MOST = 0.3, 0.6
MONEY = frozenset(["list_price", "unit_cost"])
# Without one of these, a table of names and numbers may be of anything.
LEAST = {
    Kind.RESOURCES: frozenset(["weekly", "overtime", "overtime_cost", "kind"]),
    Kind.STOCK: frozenset(["on_hand"]),
}
# What people write above a grid of needs.
OF_NEEDS = (
    "hours per", "hours each", "hours for", "time per", "minutes per", "per piece", "per unit", "needs", "labour",
    "routing", "bill of materials", "stunden je", "stunden pro", "zeit je", "zeit pro", "minuten je", "minuten pro",
    "bedarf", "arbeitsplan", "stueckliste", "arbeitszeit", "takes", "what it takes",
)  # fmt: skip
# What people call their sheets.
NAMES = {
    **{fold(kind.value): kind for kind in COMPANY_KINDS},
    **dict.fromkeys(
        (
            "products",
            "catalogue",
            "catalog",
            "price list",
            "pricelist",
            "prices",
            "our products",
            "produkte",
            "artikel",
            "preisliste",
            "preise",
            "katalog",
            "sortiment",
        ),
        Kind.OFFERS,
    ),
    **dict.fromkeys(
        (
            "capacity",
            "capacities",
            "machines",
            "ressourcen",
            "kapazitaet",
            "maschinen",
            "work centers",
            "workshop",
            "work centres",
            "werkstatt",
            "anlagen",
        ),
        Kind.RESOURCES,
    ),
    **dict.fromkeys(("bill of materials", "bom", "routing", "bedarf", "stueckliste"), Kind.NEEDS),
    **dict.fromkeys(("inventory", "lager", "bestand"), Kind.STOCK),
    **dict.fromkeys(("accounts", "kunden", "clients"), Kind.CUSTOMERS),
}


def sheets_in(file: TableFile) -> list[TableFile]:
    """The sheets that hold more than titles."""
    return [sheet for sheet in file.sheets() if _has_rows(sheet)]


def kind_of(sheet: TableFile, known: Known) -> Kind | None:
    """Which table of the company a sheet is: by its name, else by its titles; none where those say too little."""
    (grid,) = sheet.grids
    headers = {kind: find_header(grid, kind, known) for kind in COMPANY_KINDS}
    speaking = {kind: header for kind, header in headers.items() if _speaks(header, kind, grid)}
    named = _named(grid)
    if named and (named in speaking or not speaking):
        return named
    return max(speaking, key=lambda kind: speaking[kind].score) if speaking else None


def settled(sheet: TableFile, kind: Kind | None, known: Known) -> tuple[Kind | None, str]:
    """The same once offers and resources are known; and why a sheet is no table of the company."""
    (grid,) = sheet.grids
    if kind in {None, Kind.STOCK, Kind.NEEDS} and is_needs_grid(grid, known):
        return Kind.NEEDS, ""
    if kind is Kind.STOCK:
        why = _why_no_stock(grid, known)
        return (None, why) if why else (kind, "")
    if not known.offers and (kind is Kind.NEEDS or (kind is None and _is_said_to_be_needs(grid, known))):
        return None, _("it says what products take, and no product is known yet: bring the price list with it")
    return kind, "" if kind else _("its titles are those of no table of the company")


def is_needs_grid(grid: Grid, known: Known) -> bool:
    """Whether products stand down and resources across with what one takes, or the other way round."""
    header = find_header(grid, Kind.NEEDS, known)
    across = {column.name_of for column in header.columns if column.is_across}
    rows = grid.rows[header.row + 1 :]
    texts = [[cell for row in rows if isinstance(cell := row[n], str)] for n in range(grid.width)]
    offers, resources = (
        max(share_known(known.names[of], column) for column in texts) for of in (Of.OFFER, Of.RESOURCE)
    )
    if across:
        return (offers if "resource" in across else resources) >= SOME
    titled = {name for column in header.columns for name, _rank in column.fields[:1]}
    return _is_said_to_be_needs(grid, known) and offers >= MOST and not titled & {"resource", "per_unit"}


def has_needs(sheet: TableFile, known: Known) -> bool:
    """Whether a price list says in columns of resources what each offer takes, too."""
    (grid,) = sheet.grids
    header = find_header(grid, Kind.NEEDS, known)
    return any(column.is_across and column.name_of == "resource" for column in header.columns)


def _is_said_to_be_needs(grid: Grid, known: Known) -> bool:
    texts = find_header(grid, Kind.NEEDS, known).texts
    return any(f" {word} " in f" {fold(text)} " for text in texts for word in OF_NEEDS)


def _why_no_stock(grid: Grid, known: Known) -> str:
    """A stock is a resource that offers need; what is sold and stands ready is none."""
    header = find_header(grid, Kind.STOCK, known)
    columns = [column.index for column in header.columns if column.rank("resource") is not None] or range(grid.width)
    names = {cell for row in grid.rows[header.row + 1 :] for n in columns if isinstance(cell := row[n], str)}
    if any(known.names[Of.RESOURCE].is_known(name) for name in names):
        return ""
    if any(known.names[Of.OFFER].is_known(name) for name in names):
        return _("it counts finished goods. Belay counts stocks that offers need, such as material")
    return _("none of its names is a stock that is known. A stock is a resource that offers need, such as material")


def _has_rows(sheet: TableFile) -> bool:
    """Whether more stands in it than titles."""
    (grid,) = sheet.grids
    return sum(not all(is_blank(cell) for cell in row) for row in grid.rows) > 1


def _named(grid: Grid) -> Kind | None:
    """By the name of the sheet, whatever the year."""
    words = [word for word in fold(grid.name).split() if not word.isdigit()]
    return NAMES.get(" ".join(words))


def _speaks(header: Header, kind: Kind, grid: Grid) -> bool:
    """Whether titles speak for a table of the company, and not only for names with numbers."""
    titled = {name: rank for column in header.columns for name, rank in column.fields[:1]}
    if kind is Kind.OFFERS:
        return _is_price_list(header, titled, grid)
    if not header.is_complete:
        return False
    if kind is Kind.CUSTOMERS:
        return titled["name"] > 0 or len(titled) > 1
    return bool(titled.keys() & LEAST.get(kind, titled.keys()))


def _is_price_list(header: Header, titled: Mapping[str, int], grid: Grid) -> bool:
    """Names of products, and money beside them."""
    is_named = "name" in titled or _named(grid) is Kind.OFFERS
    is_priced = any(is_money(column.title, column.unit) or column.amount in MONEY for column in header.columns)
    return (is_named and is_priced) or titled.keys() >= MONEY
