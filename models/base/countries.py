"""Countries whose public holidays are known, by name."""

from functools import cache

from babel import Locale
from holidays import list_supported_countries

MOST = 100
NOWHERE = "No country: weekends only"


def country_name(code: str | None, locale: Locale) -> str:
    """A country in the reader's language; None is no country."""
    return locale.territories.get(code, code) if code else NOWHERE


def search_countries(text: str, locale: Locale) -> list[tuple[str, str]]:
    """Codes and names that begin with a text or hold it, in the order of the names; no country is the last."""
    named = sorted(((country_name(code, locale), code) for code in _codes()), key=lambda entry: entry[0].casefold())
    sought = text.strip().casefold()
    begins = [(code, name) for name, code in named if name.casefold().startswith(sought) or code.casefold() == sought]
    holds = [(code, name) for name, code in named if sought in name.casefold()]
    found = list(dict.fromkeys([*begins, *holds]))[: MOST - 1]
    return [*found, ("", NOWHERE)]


@cache
def _codes() -> tuple[str, ...]:
    return tuple(list_supported_countries())
