"""The words for what a company has, as its forms and workbooks say them: no name of ours stands in a sentence."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from models.base.language import N_, _, within
from models.sheets.fields import SHAPES, Kind

SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "name": N_("Name"),
        "currency": N_("Currency"),
        "timezone": N_("Time zone"),
        "country": N_("Public holidays of"),
        "margin_floor": N_("Lowest margin"),
        "late_cost": N_("Price of a week late"),
        "tight_at": N_("A week is tight from"),
        "horizon_weeks": N_("Weeks ahead that are checked"),
        "max_deliveries": N_("Partial deliveries, at most"),
        "hold_days": N_("A counter-proposal holds capacity for"),
        "keeps_stock": N_("Keeps stock"),
    }
)
BESIDE = {
    "needs": N_("What it needs"),
    "substitutes": N_("May be replaced by"),
    "weeks": N_("Single weeks"),
    "receipts": N_("Arriving"),
}
OF_A_SECTION: Mapping[str, tuple[Kind, ...]] = {
    "resources": (Kind.RESOURCES, Kind.STOCK, Kind.WEEKS),
    "offers": (Kind.OFFERS, Kind.NEEDS),
    "customers": (Kind.CUSTOMERS,),
}
KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.OFFERS: N_("Offers: what is sold, with prices"),
        Kind.RESOURCES: N_("Resources: people and machines, with their week"),
        Kind.NEEDS: N_("What each offer needs"),
        Kind.CUSTOMERS: N_("Customers"),
        Kind.STOCK: N_("Stock of what offers need"),
        Kind.SUBSTITUTES: N_("What may be delivered instead"),
        Kind.WEEKS: N_("Single weeks of resources"),
        Kind.COMMITMENTS: N_("What is promised already"),
    }
)
PLACE = re.compile(r"^(?P<file>.*?): (?P<place>\w+) \((?P<name>.*?)\): (?P<rest>.*)$")
OURS = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


def label_of(section: str, name: str) -> str:
    """What people call a field of an entry; of the company itself, where there is no section."""
    if not section:
        return _(SETTINGS.get(name, _plain(name)))
    known = [SHAPES[kind].by_name[name].label for kind in OF_A_SECTION[section] if name in SHAPES[kind].by_name]
    return _(BESIDE.get(name, "")) or next(iter(known), _(_plain(name)))


def said(label: str) -> str:
    """A label within a sentence."""
    return within(label)


def worded(sentence: str, file: str) -> str:
    """What is wrong in a document, as people would say it."""
    found = PLACE.match(sentence)
    plain = f"{found['name']}: {found['rest']}" if found else sentence.removeprefix(f"{file}: ")
    return OURS.sub(lambda name: _ours(name[0]), plain)


def _ours(name: str) -> str:
    labels = [shape.by_name[name].said for shape in SHAPES.values() if name in shape.by_name]
    return next(iter(labels), said(_(SETTINGS.get(name, _plain(name)))))


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
