"""What counts for the whole company: its currency, calendar, floors and how far it looks ahead."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from slack_sdk.models.blocks import Option

from handlers.company.changes import foreseen, taken_over
from handlers.company.company_view import HINTS, settings_view
from handlers.company.lists import overview
from handlers.company.targets import CompanyTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, clip
from handlers.slack.values import number_of, whole
from models.base.countries import country_name
from models.base.errors import BadForm
from models.base.language import _
from models.base.words import locale_of
from models.capacity.adjusting import Breaking
from models.setup.catalogue import check_keeps_company
from models.setup.company_tables import Document
from models.setup.exporting import company_document
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

SHARES = ("margin_floor", "late_cost", "tight_at")
COUNTS = ("horizon_weeks", "max_deliveries", "hold_days")
NO_COUNTRY = "none"


@listens(Act.COMPANY_SETTINGS, is_writing=False)
def open_settings(workspace: Workspace, by: Member, admins: frozenset[str]) -> Reply:
    """As they are."""
    check_keeps_company(by, admins)
    locale = locale_of(by.locale)
    known = company_document(workspace)["company"]
    shown = {name: _shown(name, known.get(name), locale) for name in (*HINTS, "keeps_stock")}
    return Show(settings_view(shown, _country(known.get("country"), locale), CompanyTarget(), ()))


@submits(Callback.COMPANY_SETTINGS)
def save_settings(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: CompanyTarget, admins: frozenset[str]
) -> Reply:
    """As they were typed, once it was seen what they change."""
    check_keeps_company(by, admins)
    workspace.lock()
    given = _read(form, locale_of(by.locale))

    def change(document: Document) -> Document:
        kept = {name: value for name, value in document["company"].items() if name != "country"}
        return {**document, "company": {**kept, **given}}

    def taking() -> tuple[list[str], Breaking]:
        return taken_over(workspace, change, by=by, now=now)

    said, told, seen = foreseen(workspace, taking)
    if not said:
        return Show(overview(workspace, [(Bold(_("Nothing was changed.")),)]))
    if target.seen != seen:
        country = _country(form["country"] if form["country"] != NO_COUNTRY else None, locale_of(by.locale))
        shown = {name: form[name] for name in (*HINTS, "keeps_stock")}
        return Show(settings_view(shown, country, replace(target, seen=seen), told))
    taking()
    return Show(overview(workspace, [(Bold(_("Saved.")),)]))


def _shown(name: str, value: Any, locale: Locale) -> str:
    if name in SHARES:
        return f"{format_decimal(Decimal(value or 0) * 100, '0.####', locale=locale)}%"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _country(code: str | None, locale: Locale) -> Option:
    return Option(text=clip(country_name(code, locale), 75), value=code or NO_COUNTRY)


def _read(form: Filled, locale: Locale) -> Mapping[str, Any]:
    errors: dict[str, str] = {}
    given: dict[str, Any] = {"name": form["name"], "currency": form["currency"].upper(), "timezone": form["timezone"]}
    given["keeps_stock"] = form["keeps_stock"] != "no"
    errors |= {name: _("It cannot do without.") for name, value in given.items() if value == ""}
    for name in SHARES:
        number = number_of(form[name].removesuffix("%").strip(), locale)
        given[name] = None if number is None else number / 100
        if number is None or not 0 <= number <= 100:
            errors[name] = _("A share from 0% to 100%, such as 30%.")
    for name in COUNTS:
        given[name] = whole(form[name])
        if given[name] is None:
            errors[name] = _("A whole number of 0 or more, such as 4.")
    if errors:
        raise BadForm(errors)
    return given if form["country"] in {"", NO_COUNTRY} else {**given, "country": form["country"]}
