"""What the reader of words takes and gives: plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel import Locale

from models.base.working_time import WorkingHours

MOST_LINES = 10
CUSTOMER = "customer"
LINES = "lines"


@dataclass(frozen=True)
class CatalogueOffer:
    """Something that is sold, by what people call it; the price in units of the currency."""

    name: str
    family: str
    unit: str
    list_price: Decimal


@dataclass(frozen=True)
class Catalogue:
    """What words about a deal may name: offers, customers, the currency, and when the company works."""

    offers: tuple[CatalogueOffer, ...]
    currency: str
    places: int
    hours: WorkingHours
    customers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Who writes, and when: the locale decides what 3/4 and 1.200 are."""

    today: date
    locale: Locale
    country: str | None = None


@dataclass(frozen=True)
class ReadLine:
    """A line of a deal as far as it is clear: the price for one unit, the discount in percent."""

    offer: str | None = None
    quantity: int | None = None
    day: date | None = None
    price: Decimal | None = None
    discount: Decimal | None = None


@dataclass(frozen=True)
class Question:
    """What is open, by its path (`lines.0.date`), why, and the likely answers."""

    path: str
    sentence: str
    likely: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a text says of a deal: `said` is what was assumed, `open` what has to be asked."""

    customer: str | None = None
    lines: tuple[ReadLine, ...] = ()
    said: tuple[str, ...] = ()
    open: tuple[Question, ...] = ()
