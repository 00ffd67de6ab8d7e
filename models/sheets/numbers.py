"""Numbers as people and ERPs write them: what one may mean, and what all of a file say together."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from babel import Locale
from babel.numbers import get_decimal_symbol

from models.sheets.cells import fold

NUMBER = re.compile(
    r"(?P<before>[^\d.,+\-−–()]*?)\s*(?P<sign>[+\-−–(]*)\s*(?P<currency>[$€£]?)\s*"
    r"(?P<digits>\d[\d.,’'\u00b4` ]*|[.,]\d+)\s*(?P<exponent>[eE][+-]?\d{1,2})?(?P<end>[-−–)]*)\s*(?P<after>[^\d]*)"
)
GROUPS = re.compile(r"[1-9]\d{0,2}(?:([.,’'\u00b4` ])\d{3})(?:\1\d{3})*")
LAKHS = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}")
PLAIN = re.compile(r"\d*")
# As prices are written without cents: 1.180,-
NO_CENTS = re.compile(r"[.,][-–—]+$")
LONGEST = 60
POINT, COMMA = ".", ","
ONE, THOUSAND, MILLION, DOZEN = Fraction(1), Fraction(1000), Fraction(10**6), Fraction(12)
HOUR = ["h", "pa", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures"]
PIECE = [
    "pcs",
    "pc",
    "piece",
    "pieces",
    "unit",
    "units",
    "ea",
    "each",
    "stk",
    "stck",
    "stueck",
    "st",
    "einheit",
    "einheiten",
    "piece",
    "pieces",
    "pce",
]
UNITS: Mapping[str, Fraction] = MappingProxyType(
    dict.fromkeys((*HOUR, *PIECE), ONE)
    | dict.fromkeys(["k", "tsd", "thousand", "thousands", "tausend", "1000", "000", "000s", "1000s"], THOUSAND)
    | dict.fromkeys(["mio", "million", "millions", "millionen", "mn"], MILLION)
    | dict.fromkeys(["dozen", "dozens", "doz", "dz", "dtzd", "dutzend"], DOZEN)
    | {"gross": Fraction(144)}
    | dict.fromkeys(["min", "mins", "minute", "minutes", "minuten"], Fraction(1, 60))
)
CURRENCIES = frozenset(["$", "€", "£", "usd", "eur", "gbp", "chf", "dollar", "euro", "teur", "tusd"])
PERCENT = "%"


@dataclass(frozen=True)
class Reading:
    """What a text means where the decimal mark is a point, and where it is a comma; None where it cannot be.

    `unit` is the word at its end, folded; `is_rounded` says that digits are missing, as in 1.18E+03.
    """

    point: Fraction | None
    comma: Fraction | None
    unit: str = ""
    is_money: bool = False
    is_rounded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the decimal mark matters."""
        return self.point is not None and self.comma is not None and self.point != self.comma

    def value(self, mark: str) -> Fraction | None:
        """Its value by a decimal mark, or the only one that it can have."""
        if self.is_open and not mark:
            return None
        first, second = (self.point, self.comma) if mark == POINT else (self.comma, self.point)
        return second if first is None else first


def read_number(text: str) -> Reading | None:
    """Read a number with its sign, unit and currency; None for what is none."""
    if len(text) > LONGEST or text.startswith("="):
        return None
    found = NUMBER.fullmatch(NO_CENTS.sub("", text))
    if found is None:
        return None
    unit = fold(found["after"].strip(" ,.-–—"))
    before = fold(found["before"])
    is_money = bool(found["currency"] or {unit, before} & CURRENCIES)
    if (before and before not in CURRENCIES) or not _is_signed_well(found["sign"], found["end"]):
        return None
    factor = Fraction(10) ** int(found["exponent"][1:]) if found["exponent"] else ONE
    factor *= -1 if set(found["sign"] + found["end"]) & set("-−–(") else 1
    digits = found["digits"].strip(" ").rstrip(".,") if found["after"] or found["end"] else found["digits"].strip(" ")
    point, comma = (_value(digits, mark) for mark in (POINT, COMMA))
    if point is None and comma is None:
        return None
    point, comma = (None if value is None else value * factor for value in (point, comma))
    unit = "" if unit in CURRENCIES else unit
    return Reading(point, comma, unit, is_money=is_money, is_rounded=found["exponent"] is not None)


def decimal_mark(readings: Iterable[Reading], *, locale: Locale, delimiter: str, is_whole: bool) -> str | None:
    """The decimal mark of a file: what its clear numbers say, else what locale, delimiter and wholeness agree on.

    Empty where it does not matter, None where it is not clear.
    """
    open_readings = [reading for reading in readings if reading.point != reading.comma]
    if not any(reading.is_open for reading in open_readings):
        return ""
    possible = [
        mark
        for mark, values in ((POINT, [r.point for r in open_readings]), (COMMA, [r.comma for r in open_readings]))
        if None not in values
    ]
    if len(possible) < 2:
        return possible[0] if possible else None
    votes = _votes(locale, delimiter)
    whole = _whole_vote(open_readings) if is_whole else ""
    if whole:
        return whole if whole in votes else None
    return votes[0] if len(set(votes)) == 1 else None


def factor_of(unit: str, *, known: Collection[str] = ()) -> Fraction | None:
    """By what a number with a unit is multiplied: one for what is counted anyway; None for a unit nobody knows."""
    if not unit or unit in known:
        return ONE
    factor = ONE
    for word in unit.split():
        by = ONE if word in known else UNITS.get(word)
        if by is None:
            return None
        factor *= by
    return factor


def decimal_of(value: Fraction) -> Decimal | None:
    """An exact decimal of at most three places; what binary fractions leave behind is dropped."""
    scaled = value * 1000
    nearest = round(scaled)
    return Decimal(nearest).scaleb(-3) if abs(scaled - nearest) < Fraction(1, 10**4) else None


def _is_signed_well(sign: str, end: str) -> bool:
    return (
        (sign.count("(") == end.count(")") <= 1)
        and len(sign) <= 1
        and len(end) <= 1
        and not (sign and end and "(" not in sign)
    )


def _value(digits: str, mark: str) -> Fraction | None:
    """The value of digits with this decimal mark; groups are of three, and of one mark."""
    whole, _, part = digits.rpartition(mark) if digits.count(mark) == 1 else (digits, "", "")
    if not PLAIN.fullmatch(part):
        return None
    other = COMMA if mark == POINT else POINT
    if not PLAIN.fullmatch(whole):
        is_grouped = GROUPS.fullmatch(whole) and not any(c in whole for c in mark)
        if not is_grouped and not (other == COMMA and LAKHS.fullmatch(whole)):
            return None
    kept = "".join(c for c in whole if c.isdecimal())
    if not kept and not part:
        return None
    return Fraction(Decimal(f"{kept or 0}{'.' if part else ''}{part}"))


def _votes(locale: Locale, delimiter: str) -> list[str]:
    votes = [COMMA if get_decimal_symbol(locale) == COMMA else POINT]
    if delimiter == ";":
        # Who writes semicolons needs the comma for decimals; Switzerland does so without.
        votes += [] if locale.territory in {"CH", "LI"} else [COMMA]
    elif delimiter == ",":
        votes.append(POINT)
    return votes


def _whole_vote(readings: Collection[Reading]) -> str:
    """Where units are counted, the mark by which all are whole, if by the other one some are not."""
    is_whole = {
        mark: all(value is None or value.denominator == 1 for value in values)
        for mark, values in ((POINT, [r.point for r in readings]), (COMMA, [r.comma for r in readings]))
    }
    return next(
        (mark for mark in (POINT, COMMA) if is_whole[mark] and not is_whole[COMMA if mark == POINT else POINT]), ""
    )
