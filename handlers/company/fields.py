"""The forms of the company's entries, by the fields of its tables: what stands in them, and what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.numbers import format_decimal, get_decimal_symbol
from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    InteractiveElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, block_id
from handlers.slack.values import number_of
from handlers.slack.view_parts import field
from models.base.errors import BadForm
from models.base.language import N_, _
from models.sheets.cells import plain_number
from models.sheets.fields import SHAPES, Field, Kind, Role
from models.sheets.numbers import decimal_of, read_number

Row = Mapping[str, str]


@dataclass(frozen=True)
class Label:
    """How a form asks for a field, which is called as in sentences and workbooks."""

    hint: str = ""
    is_needed: bool = False


@dataclass(frozen=True)
class EntryForm:
    """The fields of a form, of one or several tables, in the order in which they are asked."""

    kinds: Sequence[Kind]
    labels: Mapping[str, Label]

    def fields(self) -> Iterable[tuple[Field, Label]]:
        """Each field with its label."""
        known = {each.name: each for kind in self.kinds for each in SHAPES[kind].fields}
        return ((known[name], label) for name, label in self.labels.items())


NAME = Label(is_needed=True)
OFFER = EntryForm(
    (Kind.OFFERS,),
    {
        "name": NAME,
        "family": Label(N_("Deals go to the channel of a family, and plans are made by family."), is_needed=True),
        "unit": Label(N_("What one of it is: a tent, a day, a licence. Left empty: a piece.")),
        "list_price": Label(N_("For one unit."), is_needed=True),
        "unit_cost": Label(N_("Of one unit; operations, finance and leadership see it."), is_needed=True),
        "max_discount": Label(N_("A share such as 10%. What goes beyond is pointed out.")),
        "margin_floor": Label(N_("A share such as 30%; below it finance must agree.")),
        "lead_weeks": Label(),
        "min_lot": Label(),
        "standard": Label(N_("No: it is made for one customer only.")),
    },
)
TIME = EntryForm(
    (Kind.RESOURCES,),
    {
        "name": NAME,
        "unit": Label(N_("What is counted in a week: hours, days, seats. Left empty: hours.")),
        "weekly": Label(N_("How much there is, such as 400. /capacity changes single weeks.")),
        "overtime": Label(),
        "overtime_cost": Label(),
        "member": Label(N_("Somebody here by their name in Slack: their hours, holidays and /belay away count.")),
    },
)
STOCK = EntryForm(
    (Kind.RESOURCES, Kind.STOCK),
    {
        "name": NAME,
        "unit": Label(N_("What is counted: pieces, metres. Left empty: pieces.")),
        "on_hand": Label(),
        "as_of": Label(),
    },
)
CUSTOMER = EntryForm(
    (Kind.CUSTOMERS,),
    {
        "name": NAME,
        "tier": Label(N_("A, B, C, or as you call it.")),
        "owner": Label(N_("The name of somebody here, as it stands in Slack.")),
        "external_id": Label(N_("In your CRM or ERP.")),
    },
)
NEED = EntryForm(
    (Kind.NEEDS,),
    {
        "per_unit": Label(N_("Such as 1.5.")),
        "fixed": Label(N_("Whatever the quantity, such as setting up.")),
        "offset": Label(N_("0: in the week of the delivery; 2: two weeks before.")),
        "weeks": Label(N_("Left empty: one.")),
        "ahead": Label(N_("Left empty: none. Up to 26, for work that may be done ahead.")),
        "any_of": Label(N_("Other resources on which it may be done instead, the best first, such as Line 2; Line 3.")),
    },
)


def field_blocks(form: EntryForm, shown: Row, revision: int) -> list[Block]:
    """The fields, with what stands in them."""
    return [_block(each, label, shown.get(each.name, ""), revision) for each, label in form.fields()]


def shown_entry(form: EntryForm, entry: Mapping[str, Any], locale: Locale) -> dict[str, str]:
    """An entry as its person would type it."""
    return {each.name: _shown(each, entry.get(each.name), locale) for each, _ in form.fields()}


def typed(form: EntryForm, filled: Filled) -> dict[str, str]:
    """What stands in a form, as it was typed."""
    return {each.name: filled[each.name] for each, _ in form.fields()}


def read_entry(form: EntryForm, filled: Filled, locale: Locale) -> dict[str, str]:
    """A row of the form's tables; what cannot be read is said under its field."""
    errors: dict[str, str] = {}
    row: dict[str, str] = {}
    for each, label in form.fields():
        text = filled[each.name]
        value = _read(each, text, locale)
        if value is None:
            errors[each.name] = (
                _(WRONG[each.role]) if not each.is_whole else _("A whole number of 0 or more, such as 4.")
            )
        elif each.name in LEAST and value and int(value) < LEAST[each.name]:
            errors[each.name] = _("A whole number from {least} on.", least=LEAST[each.name])
        elif label.is_needed and not value:
            errors[each.name] = _("It cannot do without.")
        else:
            row[each.name] = value
    if errors:
        raise BadForm(errors)
    return row


# Nothing is sold by none, and no need is of no week.
LEAST = MappingProxyType({"min_lot": 1, "weeks": 1})
WRONG = MappingProxyType(
    {
        Role.AMOUNT: N_("A number of 0 or more, such as 480."),
        Role.SHARE: N_("A share from 0% to 100%, such as 30%."),
        Role.DAY: N_("Choose a day."),
        Role.CHOICE: N_("Choose one."),
    }
)


def _read(each: Field, text: str, locale: Locale) -> str | None:
    if not text or each.role in {Role.TEXT, Role.NAME, Role.CHOICE, Role.DAY}:
        return text
    if each.role is Role.SHARE:
        number = number_of(text.removesuffix("%").strip(), locale)
        return None if number is None or not 0 <= number <= 100 else f"{number / 100:f}"
    number = number_of(text, locale)
    number = _money(text, locale) if number is None and each.is_money else number
    if number is None or number < 0 or (each.is_whole and number != number.to_integral_value()):
        return None
    return f"{number:f}"


def _money(text: str, locale: Locale) -> Decimal | None:
    """A price with its currency, or with the other decimal mark where it can be nothing else."""
    reading = read_number(text)
    value = reading.value(get_decimal_symbol(locale)) if reading is not None and not reading.unit else None
    exact = None if value is None else decimal_of(value)
    return None if exact is None else Decimal(plain_number(exact))


def _shown(each: Field, value: Any, locale: Locale) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if each.role is Role.SHARE:
        return f"{format_decimal(Decimal(value) * 100, '0.##########', locale=locale)}%"
    if each.role is Role.AMOUNT:
        return str(format_decimal(Decimal(value), "0.00" if each.is_money else "0.###", locale=locale))
    return str(value)


def _block(each: Field, label: Label, shown: str, revision: int) -> InputBlock:
    return field(
        block_id(each.name, revision),
        each.label,
        _element(each, shown),
        hint=_(label.hint) if label.hint else None,
        is_optional=not label.is_needed,
    )


def _element(each: Field, shown: str) -> Any:
    if each.role is Role.CHOICE:
        options = [Option(text=text, value=value) for value, text in (("true", _("Yes")), ("false", _("No")))]
        return StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=options[shown == "false"])
    if each.role is Role.DAY:
        return DatePickerElement(action_id=Act.EDIT, initial_date=_day(shown))
    element: InteractiveElement = PlainTextInputElement(action_id=Act.EDIT, initial_value=shown or None, max_length=200)
    return element


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
