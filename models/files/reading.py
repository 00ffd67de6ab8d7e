"""One table of a file, read key by key; what is wrong is one sentence with file, place and expectation."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from models.base.errors import Refused
from models.base.language import _

LARGEST_AMOUNT = 10**9
LARGEST_MONEY = 10**12
MOST_DECIMALS = 50
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
REQUIRED: Any = object()


class BadFile(Refused):
    """A file that is not as it should be."""


class BadValue(BadFile):
    """A value that is not as it should be: under which key, and what it should be."""

    def __init__(self, where: str, key: str, expected: str, value: object) -> None:
        shown = f'"{value}"' if isinstance(value, str) else str(value)
        self.key, self.expected, self.shown = key, expected, shown[:80]
        sentence = _("{where}: {key} should be {expected}, not {shown}.")
        super().__init__(sentence.format(where=where, key=key, expected=expected, shown=self.shown))


@dataclass
class Table:
    """A table with its place in the file; `close` refuses the keys that nobody asked for."""

    file: str
    place: str
    data: Mapping[str, Any]
    plain_strings: bool = False
    asked: set[str] = field(default_factory=set)

    def text(self, key: str, default: Any = REQUIRED) -> Any:
        """Some text that is not empty."""
        value = self._take(key, default)
        if value is not default and (not isinstance(value, str) or not value.strip() or len(value) > 200):
            self.refuse(key, _("text of 1 to 200 characters"), value)
        return value.strip() if isinstance(value, str) else value

    def one_of(self, key: str, choices: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self._take(key, REQUIRED)
        if value not in choices:
            self.refuse(key, _(" or ").join(f'"{choice}"' for choice in choices), value)
        return str(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            self.refuse(key, _("true or false"), value)
        return value

    def whole(self, key: str, default: Any = REQUIRED, *, least: int = 0, most: int = LARGEST_AMOUNT) -> int:
        """A whole number within bounds."""
        value = self._number(key, default, _("a whole number from {least} to {most}", least=least, most=most))
        if _decimals(value) or not least <= value <= most:
            self.refuse(key, _("a whole number from {least} to {most}", least=least, most=most), value)
        return int(value)

    def amount(self, key: str, default: Any = REQUIRED) -> int:
        """An amount of a resource, as thousandths."""
        return self._scaled(key, default, 3, LARGEST_AMOUNT * 1000)

    def money(self, key: str, places: int, default: Any = REQUIRED) -> int:
        """An amount of money, as minor units."""
        return self._scaled(key, default, places, LARGEST_MONEY)

    def points(self, key: str, default: Any = REQUIRED) -> int:
        """Percentage points, as hundredths of one."""
        return self._scaled(key, default, 2, 10_000)

    def share(self, key: str, default: Any = REQUIRED, *, below_one: bool = False) -> Decimal:
        """A share such as 0.30; exact."""
        wanted = _("a share from 0 up to but not including 1") if below_one else _("a share of 0 or more")
        value = self._number(key, default, wanted)
        if value < 0 or (below_one and value >= 1) or value > LARGEST_AMOUNT or _decimals(value) > MOST_DECIMALS:
            self.refuse(key, wanted, value)
        return value

    def day(self, key: str, default: Any = REQUIRED) -> Any:
        """A date such as 2027-01-18."""
        value = self._take(key, default)
        if value is default and not isinstance(value, str):
            return value
        day = _day_of(value)
        if day is None or not 1970 <= day.year <= 2999:
            self.refuse(key, _("a date such as 2027-01-18"), value)
        return day

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of names; empty when absent."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            self.refuse(key, _("a list of names"), value)
        return tuple(value)

    def tables(self, key: str, *, named: str | None = None) -> Iterator["Table"]:
        """The tables of a list, each with its place (and its name, where it has one)."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.refuse(key, _("a list of tables"), value)
        for number, entry in enumerate(value, 1):
            name = entry.get(named) if named else None
            place = f"{key} {number}" + (f" ({name})" if isinstance(name, str) else "")
            yield Table(self.file, f"{self.place}, {place}" if self.place else place, entry, self.plain_strings)

    def close(self) -> None:
        """Refuse what nobody asked for."""
        for key in self.data:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                raise BadFile(
                    _(
                        "{where}: “{key}” is not known here; expected are {known}.",
                        where=self._where(),
                        key=key,
                        known=known,
                    )
                )

    def refuse(self, key: str, expected: str, value: object) -> NoReturn:
        """Say what was expected instead of a value."""
        raise BadValue(self._where(), key, expected, value)

    def _take(self, key: str, default: Any) -> Any:
        self.asked.add(key)
        value = self.data.get(key, default)
        if value is REQUIRED:
            raise BadFile(_("{where}: {key} is missing.", where=self._where(), key=key))
        return value

    def _number(self, key: str, default: Any, expected: str) -> Decimal:
        value = self._take(key, default)
        number = _plain_number(value) if self.plain_strings and isinstance(value, str) else value
        if isinstance(number, bool) or not isinstance(number, int | Decimal) or not Decimal(number).is_finite():
            self.refuse(key, expected, value)
        return Decimal(number)

    def _scaled(self, key: str, default: Any, places: int, most: int) -> int:
        wanted = (
            _("a number of 0 or more with at most {places} decimals", places=places)
            if places
            else _("a whole number of 0 or more")
        )
        value = self._number(key, default, wanted)
        if value < 0 or _decimals(value) > places:
            self.refuse(key, wanted, value)
        if value > Decimal(most).scaleb(-places):
            self.refuse(key, _("at most {scaleb:f}", scaleb=Decimal(most).scaleb(-places)), value)
        return int(value.scaleb(places))

    def _where(self) -> str:
        return f"{self.file}: {self.place}" if self.place else self.file


def _plain_number(text: str) -> Decimal | None:
    digits = text[1:] if text[:1] == "-" else text
    whole, point, rest = digits.partition(".")
    if not digits.isascii() or not whole.isdigit() or (point and not rest.isdigit()):
        return None
    return Decimal(text)


def _decimals(value: Decimal) -> int:
    """Decimals by value: 1.500 has one. The decimal module's own rounding to 28 digits is not wanted here."""
    _, digits, exponent = value.as_tuple()
    kept = len("".join(map(str, digits)).rstrip("0"))
    return max(0, -int(exponent) - (len(digits) - kept)) if kept else 0


def _day_of(value: object) -> date | None:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and DAY.fullmatch(value) else None
    except ValueError:
        return None
