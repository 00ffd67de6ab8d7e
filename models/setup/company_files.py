"""A file with tables of the company in it: its currency, and the names by which its sheets are read."""

from datetime import date

from babel import Locale

from models.setup.company_tables import Document
from models.sheets.names import Known, Past
from models.sheets.preview import TableFile

TOML = ".toml"
MOST_LOOKED = 200
# Signs that stand for one currency; a dollar is that of several countries.
SIGNS = {"€": "EUR", "£": "GBP", "CHF": "CHF", "EUR": "EUR", "GBP": "GBP", "USD": "USD", "¥": "JPY", "zł": "PLN"}


def is_toml(file: TableFile) -> bool:
    """Whether a file is a company as the command `belay export` writes it."""
    return file.name.lower().endswith(TOML)


def currency_in(file: TableFile) -> str:
    """The one currency in which a file writes money; nothing where it writes none, or several."""
    texts = (cell for sheet in file.sheets() for grid in sheet.grids for row in grid.rows[:MOST_LOOKED] for cell in row)
    found = {SIGNS[sign] for text in texts if isinstance(text, str) for sign in SIGNS if sign in text}
    return found.pop() if len(found) == 1 else ""


def known_in(document: Document, locale: Locale, today: date, past: Past | None = None) -> Known:
    """The names of a company as its document has them; those of the past are asked about."""
    offers, resources = document["offers"], document["resources"]
    return Known(
        families=sorted({each["family"] for each in offers if each.get("family")}),
        offers={each["name"]: each.get("family", "") for each in offers},
        resources=[each["name"] for each in resources],
        locale=locale,
        today=today,
        unit_names=sorted({each["unit"] for each in (*offers, *resources) if each.get("unit")}),
        must_be_whole=True,
        past=past or Past(),
    )
