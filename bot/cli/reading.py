"""`belay read`: what lines about a deal mean, as JSON."""

import argparse
import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

from bot.clock import MachineClock
from models.base.errors import Refused
from models.files import read_company
from models.files.catalogue import catalogue_of
from models.words import Reading, ReadLine, read
from models.words.pricing import percent


def read_lines(arguments: argparse.Namespace) -> None:
    """Print one line of JSON for each line that was given: what is read, what was assumed, and what is open."""
    company = read_company(arguments.company).company
    catalogue = catalogue_of(company)
    today, locale = _today(arguments.today, company.timezone), _locale(arguments.locale)
    for text in arguments.lines:
        print(json.dumps(as_json(read(text, catalogue, today=today, locale=locale)), ensure_ascii=False))


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading as it is promised: dates by ISO, money and percents as decimal strings, null where there is none."""
    return {
        "customer": reading.customer,
        "lines": [_line(line) for line in reading.lines],
        "said": list(reading.said),
        "open": [question.path for question in reading.open],
    }


def _line(line: ReadLine) -> dict[str, Any]:
    return {
        "offer": line.offer,
        "quantity": line.quantity,
        "date": line.day.isoformat() if line.day else None,
        "price": None if line.price is None else f"{line.price:f}",
        "discount": None if line.discount is None else percent(line.discount),
    }


def _today(text: str | None, timezone: str) -> date:
    if text is None:
        return MachineClock().read().now.astimezone(ZoneInfo(timezone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"--today should be a date such as 2027-01-18, not {text}.") from None


def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (ValueError, LookupError):
        raise Refused(f"--locale should be a locale such as en-US or de-DE, not {name}.") from None
