"""What months and days are called in a language, in full and shortened, by CLDR."""

from collections.abc import Callable, Iterator, Mapping

from babel import Locale

Names = Callable[..., Mapping[int, str]]
WIDTHS = ("wide", "abbreviated")
CONTEXTS = ("format", "stand-alone")


def names_in(language: Locale, names: Names) -> Iterator[tuple[str, int]]:
    """Each name with its number: `names` is Babel's `get_month_names` or `get_day_names`."""
    for width in WIDTHS:
        for context in CONTEXTS:
            for number, name in names(width, context, locale=language).items():
                yield name, number
