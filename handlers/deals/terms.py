"""From what a person typed to terms: numbers in the person's locale, a price or a discount."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import TypeVar

from babel import Locale
from babel.numbers import get_currency_symbol

from handlers.deals.drafts import CLAUSE, LineDraft, TermsDraft
from handlers.slack.values import number_of, read_quantity, whole
from models.base.arithmetic import half_up, monday
from models.base.errors import BadForm, Refused
from models.base.language import _
from models.company.clauses import clauses_of
from models.company.offers import OfferRow, offers_by_id
from models.deals.proposals import Proposal
from models.deals.terms import TermLine, Terms
from models.policy.clauses import plain_value
from models.workspace.workspaces import Workspace

T = TypeVar("T")
PERCENT = re.compile(r"^\s*([\d.,]+)\s*%\s*(?:off)?\s*$")


def read_terms(workspace: Workspace, draft: TermsDraft, locale: Locale, present: Proposal | None = None) -> Terms:
    """Read terms; every mistake is named under its field. A line that is empty does not count.

    What stands in the `present` ones may stay, although it could not be chosen any more.
    """
    errors: dict[str, str] = {}
    lines = [(n, line) for n, line in enumerate(draft.lines) if not line.is_empty or len(draft.lines) == 1]
    read = [_read_line(workspace, n, line, locale, errors) for n, line in lines]
    clauses = _read_clauses(workspace, draft, locale, errors, present)
    if errors:
        raise BadForm(errors)
    return Terms(tuple(line for line in read if line), draft.note, clauses)


def _read_clauses(
    workspace: Workspace, draft: TermsDraft, locale: Locale, errors: dict[str, str], present: Proposal | None
) -> Mapping[str, str]:
    """The terms beyond the lines that stand in the form; those that do not, stay as they are."""
    values: dict[str, str] = {}
    for row in clauses_of(workspace) if draft.clauses else ():
        text = draft.clauses.get(str(row.id))
        if text is not None:
            stands = [present.clauses[str(row.id)]] if present and str(row.id) in present.clauses else []
            read = partial(plain_value, row.kind, text, locale, choices=[*row.choices, *stands])
            values[str(row.id)] = _field(errors, f"{CLAUSE}{row.id}", read) or ""
    return values


def _read_line(
    workspace: Workspace, number: int, line: LineDraft, locale: Locale, errors: dict[str, str]
) -> TermLine | None:
    offer = _field(errors, f"offer.{number}", lambda: _offer(workspace, line))
    quantity = _field(errors, f"quantity.{number}", lambda: read_quantity(line.quantity, locale))
    day = _field(errors, f"date.{number}", lambda: _day(line.day))
    if offer is None:
        return None
    price = _field(errors, f"price.{number}", lambda: read_price(line.price, workspace, offer, locale))
    if quantity is None or day is None or price is None:
        return None
    return TermLine(offer.id, quantity, price, monday(day))


def read_price(text: str, workspace: Workspace, offer: OfferRow, locale: Locale) -> int:
    """A price for one unit, or a discount in percent off the list price; nothing typed is the list price."""
    if not text.strip():
        return offer.list_price
    percent = PERCENT.match(text)
    if percent:
        share = number_of(percent[1], locale)
        if share is None or not 0 <= share <= 100:
            raise Refused(_("A discount is from 0% to 100%."))
        return half_up(offer.list_price * (1 - Fraction(share) / 100))
    price = number_of(_without_currency(text, workspace.currency, locale), locale)
    minor = price.scaleb(workspace.places) if price is not None else None
    if minor is None or minor < 0 or minor != minor.to_integral_value() or minor > 10**12:
        raise Refused(_("A price for one unit, such as 432, or a discount, such as 10%."))
    return int(minor)


def _offer(workspace: Workspace, line: LineDraft) -> OfferRow:
    offer = whole(line.offer)
    if offer is None:
        raise Refused(_("Choose an offer."))
    return offers_by_id(workspace, [offer])[offer]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(_("Choose a date.")) from None


def _without_currency(text: str, currency: str, locale: Locale) -> str:
    for mark in (currency, get_currency_symbol(currency, locale=locale)):
        text = text.replace(mark, "")
    return text


def _field(errors: dict[str, str], field: str, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Refused as refused:
        errors[field] = refused.sentence
        return None
