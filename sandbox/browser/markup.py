"""HTML by hand, where text becomes markup; everything that is put in is escaped unless it is markup already."""

from collections.abc import Iterable

from markupsafe import Markup


def tagged(tag: str, inner: str | Markup, **attributes: str | int | None) -> Markup:
    """An element; an attribute without a value is left out, and `class_` is class."""
    given = joined(
        Markup(' {}="{}"').format(name.rstrip("_"), value) for name, value in attributes.items() if value is not None
    )
    return Markup("<{}{}>{}</{}>").format(tag, given, inner, tag)


def joined(parts: Iterable[Markup]) -> Markup:
    """Markup put together."""
    return Markup("").join(parts)


def finished(html: str) -> Markup:
    """HTML that was escaped where it was made: by a template, or piece by piece here."""
    return Markup(html)  # noqa: S704
