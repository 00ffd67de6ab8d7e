"""Frozen types as documents and back: dates as ISO, fractions and decimals as exact texts."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from cattrs import Converter

Kept = TypeVar("Kept")


def exact_converter() -> Converter:
    """What turns frozen types into what JSON keeps, and back."""
    converter = Converter()
    for exact in (Fraction, Decimal):
        converter.register_unstructure_hook(exact, str)
        converter.register_structure_hook(exact, lambda text, kind: kind(text))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    return converter


def to_document(value: object) -> Any:
    """What a row keeps."""
    return CONVERTER.unstructure(value)


def from_document(document: Any, kind: type[Kept]) -> Kept:
    """What was kept."""
    return CONVERTER.structure(document, kind)


CONVERTER = exact_converter()
