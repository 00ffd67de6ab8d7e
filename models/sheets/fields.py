"""The kinds of tables that are taken over, and what stands in their fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from models.base.language import N_, _, within


class Role(StrEnum):
    """What stands in the cells of a field."""

    NAME = "name"
    PERIOD = "period"
    AMOUNT = "amount"
    TEXT = "text"
    SHARE = "share"
    CHOICE = "choice"
    DAY = "day"


class Of(StrEnum):
    """Whose names a field holds, where they must be known."""

    FAMILY = "family"
    RESOURCE = "resource"
    OFFER = "offer"


class Kind(StrEnum):
    """What a table is about."""

    ACTUALS = "actuals"
    HISTORY = "history"
    BUDGET = "budget"
    FORECAST = "forecast"
    SUPPLY = "supply"
    WEEKS = "weeks"
    COMMITMENTS = "commitments"
    OFFERS = "offers"
    NEEDS = "needs"
    RESOURCES = "resources"
    STOCK = "stock"
    SUBSTITUTES = "substitutes"
    CUSTOMERS = "customers"


@dataclass(frozen=True)
class Field:
    """A column that is read.

    `is_level` is what there is at a moment, which is not added up over time; what is no whole number has at most three
    decimals; `choices` say what each word means that may stand there. `words` are those of the forms, where they are
    not its name. Of what is new, `is_asked` says that a column is asked for, and `default` what counts where nothing
    stands. A title with the word `opposite` counts the other way.
    """

    name: str
    role: Role
    of: Of | None = None
    is_needed: bool = False
    is_whole: bool = False
    is_level: bool = False
    is_money: bool = False
    may_be_negative: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    is_asked: bool = False
    default: str = ""
    opposite: str = ""

    @property
    def label(self) -> str:
        """What people call it."""
        return _(self.words)

    @property
    def said(self) -> str:
        """What people call it, within a sentence."""
        return within(self.label)


@dataclass(frozen=True)
class Shape:
    """The fields of a kind; `key` tells one row from another, `main` is measured where no word says what."""

    fields: tuple[Field, ...]
    key: tuple[str, ...]
    main: str = ""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {each.name: each for each in self.fields}

    @cached_property
    def amounts(self) -> dict[str, Field]:
        """What is counted or measured."""
        return {each.name: each for each in self.fields if each.role is Role.AMOUNT}

    @cached_property
    def names(self) -> list[Field]:
        """What must be known by name."""
        return [each for each in self.fields if each.role is Role.NAME]

    @cached_property
    def period(self) -> Field | None:
        """The month or the week."""
        return next((each for each in self.fields if each.role is Role.PERIOD), None)


def _name(name: str, words: str, of: Of) -> Field:
    return Field(name, Role.NAME, of=of, is_needed=True, words=words)


def _key(name: str, words: str, role: Role = Role.TEXT, default: str = "") -> Field:
    return Field(name, role, is_needed=True, words=words, default=default)


def _units(name: str, words: str, *, is_level: bool = False, may_be_negative: bool = False) -> Field:
    return Field(name, Role.AMOUNT, is_whole=True, is_level=is_level, may_be_negative=may_be_negative, words=words)


def _amount(
    name: str, words: str, *, is_money: bool = False, may_be_negative: bool = False, is_asked: bool = False
) -> Field:
    return Field(name, Role.AMOUNT, is_money=is_money, may_be_negative=may_be_negative, words=words, is_asked=is_asked)


def _text(name: str, words: str) -> Field:
    return Field(name, Role.TEXT, words=words)


def _share(name: str, words: str) -> Field:
    return Field(name, Role.SHARE, words=words)


# Where a firm has no families, all it sells is of this one.
ONE_FAMILY = N_("Products")
FAMILY = _name("family", N_("Family"), Of.FAMILY)
RESOURCE = _name("resource", N_("Resource"), Of.RESOURCE)
OFFER = _name("offer", N_("Offer"), Of.OFFER)
MONTH = _key("month", N_("Month"), Role.PERIOD)
WEEK = _key("week", N_("Week"), Role.PERIOD)
YES_NO = MappingProxyType(
    dict.fromkeys(["true", "yes", "y", "ja", "j", "x", "1", "wahr", "oui"], "true")
    | dict.fromkeys(["false", "no", "n", "nein", "0", "falsch", "non"], "false")
)
KINDS_OF_RESOURCE = MappingProxyType(
    dict.fromkeys(["time", "zeit", "hours", "stunden", "kapazitaet", "capacity"], "time")
    | dict.fromkeys(["stock", "lager", "bestand", "material", "inventory"], "stock")
)
SHAPES: Mapping[Kind, Shape] = {
    Kind.ACTUALS: Shape(
        (
            FAMILY,
            MONTH,
            # What is returned may be more than what is ordered.
            _units("bookings", N_("Bookings"), may_be_negative=True),
            _units("shipments", N_("Shipments"), may_be_negative=True),
            _units("supply", N_("Supply")),
            _units("inventory", N_("Inventory"), is_level=True),
            _units("backlog", N_("Backlog"), is_level=True),
        ),
        key=("family", "month"),
    ),
    Kind.HISTORY: Shape(
        (FAMILY, MONTH, _amount("units", N_("Units"), may_be_negative=True)), key=("family", "month"), main="units"
    ),
    Kind.BUDGET: Shape(
        (
            FAMILY,
            MONTH,
            _amount("revenue", N_("Revenue"), is_money=True),
            _units("units", N_("Units")),
            _amount("margin", N_("Margin"), is_money=True, may_be_negative=True),
        ),
        key=("family", "month"),
        main="revenue",
    ),
    Kind.FORECAST: Shape(
        (
            FAMILY,
            MONTH,
            _units("certain", N_("Certain")),
            _units("contingent", N_("Contingent")),
            _text("reason", N_("Reason")),
        ),
        key=("family", "month"),
    ),
    Kind.SUPPLY: Shape(
        (FAMILY, MONTH, _units("supply", N_("Supply")), _text("limit", N_("Limit"))),
        key=("family", "month"),
        main="supply",
    ),
    Kind.WEEKS: Shape(
        (
            RESOURCE,
            WEEK,
            _amount("available", N_("Available")),
            _amount("overtime", N_("Overtime")),
            _amount("receipt", N_("Receipt")),
            _text("reason", N_("Reason")),
        ),
        key=("resource", "week"),
        main="available",
    ),
    Kind.COMMITMENTS: Shape(
        (_key("ref", N_("Ref")), RESOURCE, WEEK, _amount("quantity", N_("Quantity")), _text("note", N_("Note"))),
        key=("ref", "resource", "week"),
        main="quantity",
    ),
    Kind.OFFERS: Shape(
        (
            _key("name", N_("Name")),
            _key("family", N_("Family"), default=ONE_FAMILY),
            _text("unit", N_("Unit")),
            _amount("list_price", N_("List price"), is_money=True, is_asked=True),
            _amount("unit_cost", N_("Cost"), is_money=True, is_asked=True),
            Field("standard", Role.CHOICE, choices=YES_NO, words=N_("Part of the monthly plan")),
            _share("max_discount", N_("Usual discount, at most")),
            _share("margin_floor", N_("Lowest margin")),
            _units("lead_weeks", N_("Weeks from order to delivery, at least")),
            _units("min_lot", N_("Smallest quantity")),
        ),
        key=("name",),
    ),
    Kind.NEEDS: Shape(
        (
            OFFER,
            RESOURCE,
            Field(
                "offset",
                Role.AMOUNT,
                is_whole=True,
                may_be_negative=True,
                words=N_("Weeks before delivery"),
                opposite="before",
            ),
            _units("weeks", N_("For how many weeks in a row")),
            _amount("per_unit", N_("For each unit"), is_asked=True),
            _amount("fixed", N_("For each delivery")),
            _units("ahead", N_("May be done so many weeks earlier")),
            _text("any_of", N_("Or on")),
        ),
        key=("offer", "resource", "offset"),
    ),
    Kind.RESOURCES: Shape(
        (
            _key("name", N_("Name")),
            Field("kind", Role.CHOICE, choices=KINDS_OF_RESOURCE, words=N_("Kind")),
            _text("unit", N_("Unit")),
            _amount("weekly", N_("In a usual week"), is_asked=True),
            _amount("overtime", N_("Overtime in a week, at most")),
            _amount("overtime_cost", N_("What one unit of overtime costs"), is_money=True),
            _text("member", N_("Whose time it is")),
        ),
        key=("name",),
    ),
    Kind.STOCK: Shape(
        (RESOURCE, _amount("on_hand", N_("In stock")), Field("as_of", Role.DAY, words=N_("Counted on"))),
        key=("resource",),
        main="on_hand",
    ),
    Kind.SUBSTITUTES: Shape(
        (OFFER, _name("substitute", N_("May be replaced by"), Of.OFFER)), key=("offer", "substitute")
    ),
    Kind.CUSTOMERS: Shape(
        (
            _key("name", N_("Name")),
            _text("tier", N_("Tier")),
            _text("owner", N_("Looked after by")),
            _text("external_id", N_("Number in other tools")),
        ),
        key=("name",),
    ),
}
