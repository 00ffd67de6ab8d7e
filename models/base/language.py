"""Texts in the language of whoever reads them: written in English, looked up in the catalogue of the reader's.

A text is marked where it stands, by gettext's own names; a hole in it is named, so that a translation may move it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

CATALOGUES = Path(__file__).parent / "catalogues"
ENGLISH = "en"
# By what each is called in itself.
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
Kept = dict[str, str]
_reading: ContextVar[str] = ContextVar("language", default=ENGLISH)


def language_of(locale: str) -> str:
    """The language of a locale as Slack names it; English where its own is not spoken here."""
    language = locale.replace("-", "_").partition("_")[0].lower()
    return language if language in LANGUAGES else ENGLISH


def language() -> str:
    """The language of whoever reads what is said now."""
    return _reading.get()


def read_as(locale: str) -> None:
    """From here on, and until what is around it ends, all that is said is for a reader of this locale."""
    _reading.set(language_of(locale))


@contextmanager
def reading(locale: str) -> Iterator[None]:
    """All that is said within is for a reader of this locale, or language."""
    token = _reading.set(language_of(locale))
    try:
        yield
    finally:
        _reading.reset(token)


def _(message: str, /, **values: object) -> str:
    """A text for whoever reads it, with its holes filled in."""
    return _filled(_catalogue(_reading.get()).gettext(message) if message else "", values)


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The same where it depends on a number; which numbers are as one, the language says."""
    return _filled(_catalogue(_reading.get()).ngettext(one, many, number), values)


def _filled(text: str, values: Mapping[str, object]) -> str:
    """A text with its holes filled in; where one ends in a full stop, as 11. Jan. does, a sentence ends with it."""
    filled = text.format_map(values) if values else text
    for value in values.values():
        if isinstance(value, str) and value.endswith("."):
            filled = filled.replace(f"{value}.", value)
    return filled


def N_(message: str, /) -> str:  # noqa: N802, as gettext calls it
    """A text that is looked up elsewhere, where it is shown: marked here for the catalogue."""
    return message


def in_quotes(text: str) -> str:
    """What somebody said or wrote, as the reader's language quotes it."""
    return _("“{text}”", text=text)


def at_the_head(text: str) -> str:
    """A text as a sentence, a button or a row begins: only the first letter is changed."""
    return text[:1].upper() + text[1:]


def within(label: str) -> str:
    """A label within a sentence: in German a noun keeps its capital."""
    return label[:1].lower() + label[1:] if language() == ENGLISH else label


def in_each_language(say: Callable[[], str]) -> Kept:
    """A sentence that is kept before anybody knows who reads it: in each language, by its code."""
    kept = {}
    for code in LANGUAGES:
        with reading(code):
            kept[code] = say()
    return kept


def in_english(kept: Kept | str) -> str:
    """What was kept, as the firm itself tells one from another; what is older is in English only."""
    return kept if isinstance(kept, str) else kept[ENGLISH]


def as_read(kept: Kept | str) -> str:
    """What was kept, for whoever reads it now."""
    return kept if isinstance(kept, str) else kept.get(language(), kept[ENGLISH])


def load_catalogues() -> None:
    """Read the catalogues of all languages, so that nobody waits for theirs."""
    for code in LANGUAGES:
        _catalogue(code)


@cache
def _catalogue(language: str) -> NullTranslations:
    """A catalogue, read once; in English every text is its own."""
    if language == ENGLISH:
        return NullTranslations()
    # A command that says nothing in another language does not wait for this.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (CATALOGUES / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
