"""Tables as people have them, with the rows that are in them, or what is asked of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from babel import Locale

from models.sheets.fields import Kind
from models.sheets.names import Known

Row = Mapping[str, str]
TODAY = date(2026, 11, 23)
OFFERS = {
    "Summit tent": "Tents",
    "Ridge tent": "Tents",
    "Trail tent": "Tents",
    "Market canopy": "Shelters",
    "Event pavilion": "Shelters",
}


def known(locale: str = "en-US") -> Known:
    """A company that makes tents."""
    resources = ["Assembly", "Sewing", "Näherei Süd"]
    units = ["piece", "hour"]
    return Known(["Shelters", "Tents"], OFFERS, resources, Locale.parse(locale.replace("-", "_")), TODAY, units)


@dataclass(frozen=True)
class Case:
    """A file, what it is read for, and what is in it; `asks` are words that must stand in a question."""

    name: str
    data: bytes
    rows: Sequence[Row]
    kind: Kind = Kind.ACTUALS
    locale: str = "en-US"
    measure: str = ""
    asks: Sequence[str] = ()
    file: str = "a.csv"
    answers: Mapping[str, str] = field(default_factory=dict)


def months(*amounts: int, field: str = "bookings") -> list[Row]:
    """Tents in August, September, October, then shelters."""
    places = [(family, month) for family in ("Tents", "Shelters") for month in ("2026-08", "2026-09", "2026-10")]
    return [{"family": f, "month": m, field: str(a)} for (f, m), a in zip(places, amounts, strict=False)]


USUAL = months(1180, 940, 1320, 36, 41, 29)
WEEKS = [
    {"resource": "Assembly", "week": "2027-01-04", "available": "320"},
    {"resource": "Assembly", "week": "2027-01-11", "available": "400"},
    {"resource": "Sewing", "week": "2027-01-04", "available": "280.5"},
]
LOADS = [
    {"ref": "SO-1881", "resource": "Assembly", "week": "2027-01-04", "quantity": "258"},
    {"ref": "SO-1882", "resource": "Sewing", "week": "2027-01-04", "quantity": "96.5"},
]
MONTH_NUMBERS = ("08", "09", "10")
AMOUNTS = (("Tents", ("1180", "940", "1320")), ("Shelters", ("36", "41", "29")))


def long(header: str, form: str, *, encoding: str = "utf-8", newline: str = "\n", end: str = "") -> bytes:
    """A header, and a line for each family and month: {f}, {m} (two digits), {n}, {i} (a number of the line)."""
    lines = [header]
    for family, amounts in AMOUNTS:
        for month, amount in zip(MONTH_NUMBERS, amounts, strict=True):
            lines.append(form.format(f=family, m=month, n=amount, i=len(lines), s=int(amount)))
    return (newline.join(lines) + newline + end).encode(encoding)


def text(*lines: str, encoding: str = "utf-8") -> bytes:
    """Lines of a file."""
    return ("\n".join(lines) + "\n").encode(encoding)


HEADER = "family,month,bookings"
PLAIN = "{f},2026-{m},{n}"
