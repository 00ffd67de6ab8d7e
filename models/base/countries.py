"""Countries whose public holidays are known, by name.

The library is imported when it is asked: most commands ask it nothing, and all of its countries take a while.
"""

from functools import cache

from babel import Locale

from models.base.language import N_, _

MOST = 100
NOWHERE = N_("No country: weekends only")


def is_known(code: str) -> bool:
    """Whether the public holidays of a country are known, by its code of ISO 3166."""
    return code in country_codes()


def country_name(code: str | None, locale: Locale) -> str:
    """A country in the reader's language; None is no country."""
    return locale.territories.get(code, code) if code else _(NOWHERE)


def search_countries(text: str, locale: Locale) -> list[tuple[str, str]]:
    """Codes and names that begin with a text or hold it, in the order of the names; no country is the last."""
    named = sorted(
        ((country_name(code, locale), code) for code in country_codes()), key=lambda entry: entry[0].casefold()
    )
    sought = text.strip().casefold()
    begins = [(code, name) for name, code in named if name.casefold().startswith(sought) or code.casefold() == sought]
    holds = [(code, name) for name, code in named if sought in name.casefold()]
    matches = list(dict.fromkeys([*begins, *holds]))[: MOST - 1]
    return [*matches, ("", NOWHERE)]


@cache
def country_codes() -> frozenset[str]:
    """The codes of all countries that the library knows; without importing each of them."""
    from holidays.registry import COUNTRIES

    return frozenset(code for _, code, *_ in COUNTRIES.values())
