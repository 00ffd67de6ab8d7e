"""The words for what a company has, as its forms and workbooks say them: no name of ours stands in a sentence."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from models.sheets.fields import SHAPES, Kind

SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "name": "Name",
        "currency": "Currency",
        "timezone": "Time zone",
        "country": "Public holidays of",
        "margin_floor": "Lowest margin",
        "late_cost": "Price of a week late",
        "tight_at": "A week is tight from",
        "horizon_weeks": "Weeks ahead that are checked",
        "max_deliveries": "Partial deliveries, at most",
        "hold_days": "A counter-proposal holds capacity for",
        "keeps_stock": "Keeps stock",
    }
)
BESIDE = {
    "needs": "What it needs",
    "substitutes": "May be replaced by",
    "weeks": "Single weeks",
    "receipts": "Arriving",
}
OF_A_SECTION: Mapping[str, tuple[Kind, ...]] = {
    "resources": (Kind.RESOURCES, Kind.STOCK, Kind.WEEKS),
    "offers": (Kind.OFFERS, Kind.NEEDS),
    "customers": (Kind.CUSTOMERS,),
}
KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.OFFERS: "Offers: what is sold, with prices",
        Kind.RESOURCES: "Resources: people and machines, with their week",
        Kind.NEEDS: "What each offer needs",
        Kind.CUSTOMERS: "Customers",
        Kind.STOCK: "Stock of what offers need",
        Kind.SUBSTITUTES: "What may be delivered instead",
        Kind.WEEKS: "Single weeks of resources",
        Kind.COMMITMENTS: "What is promised already",
    }
)
PLACE = re.compile(r"^(?P<file>.*?): (?P<place>\w+) \((?P<name>.*?)\): (?P<rest>.*)$")
OURS = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


def label_of(section: str, name: str) -> str:
    """What people call a field of an entry; of the company itself, where there is no section."""
    if not section:
        return SETTINGS.get(name, _plain(name))
    known = [SHAPES[kind].by_name[name].label for kind in OF_A_SECTION[section] if name in SHAPES[kind].by_name]
    return BESIDE.get(name) or next(iter(known), _plain(name))


def said(label: str) -> str:
    """A label within a sentence."""
    return label[:1].lower() + label[1:]


def worded(sentence: str, file: str) -> str:
    """What is wrong in a document, as people would say it."""
    found = PLACE.match(sentence)
    plain = f"{found['name']}: {found['rest']}" if found else sentence.removeprefix(f"{file}: ")
    return OURS.sub(lambda name: _ours(name[0]), plain)


def _ours(name: str) -> str:
    labels = [shape.by_name[name].said for shape in SHAPES.values() if name in shape.by_name]
    return next(iter(labels), said(SETTINGS.get(name, _plain(name))))


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
