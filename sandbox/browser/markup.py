"""HTML by hand, where text becomes markup; everything that is put in is escaped unless it is markup already."""

import re
from collections.abc import Iterable

from markupsafe import Markup

SHADES = re.compile("([░▒▓█])\\1*")


def tagged(tag: str, inner: str | Markup, **attributes: str | int | None) -> Markup:
    """An element; an attribute without a value is left out, and `class_` is class."""
    given = joined(
        Markup(' {}="{}"').format(name.rstrip("_"), value) for name, value in attributes.items() if value is not None
    )
    return Markup("<{}{}>{}</{}>").format(tag, given, inner, tag)


def joined(parts: Iterable[Markup]) -> Markup:
    """Markup put together."""
    return Markup("").join(parts)


def drawn(html: Markup) -> Markup:
    """Runs of shade characters as drawn bars, whatever the font makes of them; the characters stay for copying."""
    return finished(SHADES.sub(lambda run: f'<span class="shade-{"░▒▓█".index(run[1])}">{run[0]}</span>', html))


def finished(html: str) -> Markup:
    """HTML that was escaped where it was made: by a template, or piece by piece here."""
    return Markup(html)  # noqa: S704 - the one place where HTML is taken as it is
