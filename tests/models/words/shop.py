"""The shop that the lines of these tests are about, and what a reading comes to in a line."""

from datetime import date
from decimal import Decimal

from babel import Locale

from models.base.working_time import WorkingHours
from models.words import Catalogue, CatalogueOffer, Reader, Reading, ReadLine, read
from models.words.pricing import percent

TODAY = date(2026, 11, 23)  # a Monday
US, DE = Locale("en", "US"), Locale("de", "DE")
READER = Reader(TODAY, US, "US")
OFFERS = (
    ("Summit tent", "Tents", "tent", "480.00"),
    ("Summit tent XL", "Tents", "tent", "620.00"),
    ("Ridge tent", "Tents", "tent", "300.00"),
    ("Trail tent", "Tents", "tent", "240.00"),
    ("Basecamp dome", "Tents", "dome", "1450.00"),
    ("Market canopy", "Shelters", "canopy", "390.00"),
    ("Event pavilion", "Shelters", "pavilion", "5200.00"),
    ("Pole set", "Parts", "set", "42.00"),
    ("Groundsheet", "Parts", "sheet", "35.00"),
    ("Repair kit", "Parts", "kit", "19.00"),
    ("Free installation", "Services", "installation", "400.00"),
    ("Logo print", "Services", "print", "12.00"),
)
SHOP = Catalogue(
    tuple(CatalogueOffer(name, family, unit, Decimal(price)) for name, family, unit, price in OFFERS),
    currency="USD",
    places=2,
    hours=WorkingHours("America/Denver", "US"),
)


def reading(line: str, locale: Locale = US, shop: Catalogue = SHOP) -> Reading:
    """A line as it is read on that Monday."""
    return read(line, shop, today=TODAY, locale=locale)


def told(line: str, locale: Locale = US, shop: Catalogue = SHOP) -> str:
    """Customer: quantity offer, date, price and discount of each line; ? is open, + is said."""
    result = reading(line, locale, shop)
    lines = "; ".join(_line(entry) for entry in result.lines)
    asked = "".join(f" ?{question.path.removeprefix('lines.')}" for question in result.open)
    is_only_asked = set(result.said) == {question.sentence for question in result.open}
    return f"{result.customer or '-'}: {lines}{asked}{'' if is_only_asked else ' +'}"


def _line(line: ReadLine) -> str:
    price = "" if line.price is None else f" @{line.price}"
    discount = "" if line.discount is None else f" -{percent(line.discount)}%"
    return f"{line.quantity or '-'} {line.offer or '-'} {line.day or '-'}{price}{discount}"
