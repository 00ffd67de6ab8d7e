"""Prices and discounts as people write them: at $430 each, 86k in total, @430, 10% off, less 10 %, at list."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.base.language import _
from models.words.boundaries import is_boundary
from models.words.dates import date_at
from models.words.numbers import Number, number_at
from models.words.values import Reader
from models.words.vocabulary import one_word, words

SIGNS = {
    "$": frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "BRL", "ARS", "CLP", "COP"}),
    **dict.fromkeys(("us$", "usd"), frozenset({"USD"})),
    **dict.fromkeys(
        ("dollar", "dollars", "bucks", "bucks"), frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"})
    ),
    **dict.fromkeys(("€", "eur", "euro", "euros"), frozenset({"EUR"})),
    **dict.fromkeys(("£", "gbp", "pound", "pounds", "quid"), frozenset({"GBP"})),
    **dict.fromkeys(("chf", "fr.", "sfr.", "franken", "francs"), frozenset({"CHF"})),
    "¥": frozenset({"JPY", "CNY"}),
    **{
        code.lower(): frozenset({code})
        for code in ("CAD", "AUD", "NZD", "JPY", "CNY", "INR", "SEK", "NOK", "DKK", "PLN", "CZK")
    },
    "₹": frozenset({"INR"}),
}
CURRENCY = re.compile(rf" ?({'|'.join(sorted(map(re.escape, SIGNS), key=len, reverse=True))})(?![^\W\d_])")
LEAD = re.compile(rf"({one_word(words('prices.lead') | words('prices.total'))}|@)(?: ?[:=])? ?")
TOTAL_WORD = re.compile(rf",? ?\(?({one_word('prices.total')})\)?")
EACH = re.compile(
    r",? ?\(?(each|ea\.?|apiece|a piece|a pop|je|(?:je|pro|per) [a-zäöüß]+|/ ?[a-zäöüß]+|an? [a-z]+)\)?(?!\w)"
)
LIST = re.compile(
    r"(?:at |with )?(?:no|without(?: a| any)?|ohne|kein) (?:discount|rebate|rabatt)(?!\w)|"
    r"(?:at|@|for|zum|zu)(?: ?our| the| full)? ?(?:list|listenpreis|full price|catalogue|catalog)(?:[ -]price)?s?(?!\w)"
    r"|(?:at )?(?:the )?(?:list[ -]price|full price|standard price|listenpreis|regular price)s?(?!\w)"
)
FREE = re.compile(rf"{one_word('prices.free')}|free(?= *(?:$|[,;.!)]))")
VAGUE = re.compile(one_word("prices.vague"))
MINUS = re.compile(r"- ?(?=[^\w ]?\d)|(?<=[$€£¥₹])-(?=\d)")
PERCENT = re.compile(r" ?(?:%|percent|per cent|pct\.?|prozent|v\.h\.)(?!\w)")
LESS = re.compile(rf"(?:{one_word('prices.less')}|@) ?|- ?(?=\d)")
OFF_LIST = r"(?: (?:the )?(?:of )?(?:list|liste)(?:[ -]?price|npreis)?)?"
OFF = re.compile(rf",? ?\(?{one_word('prices.off')}{OFF_LIST}(?: (?:each|on (?:everything|all|both|top)))?\)?")
MONEY_OFF = re.compile(r" ?(?:off|discount|rabatt|cheaper)(?!\w)")
OVER = re.compile(rf" ?{one_word('prices.over')}")
OF_LIST = re.compile(r" ?of (?:the )?list(?:[ -]price)?(?!\w)")
UPWARDS = re.compile(r"(?:plus|\+|add(?:ing)?|zuzüglich) ?(?=\d)")
HALF = re.compile(r"(?:at |for )?(?:half[- ]price|half off|zum halben preis)(?!\w)")
SPAN = re.compile(r" ?(?:-|to|or|oder) ?")
MOST_LEADS = 3


class Per(StrEnum):
    """What a price is for."""

    UNIT = "unit"
    TOTAL = "total"
    OPEN = "open"


@dataclass(frozen=True)
class Price:
    """A price up to a place of the text. `is_list`: what the list says; `is_off`: so much less than that."""

    end: int
    number: Number | None
    per: Per
    currencies: frozenset[str] = frozenset()
    is_list: bool = False
    is_off: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Discount:
    """A discount in percent up to a place of the text; what it may be where that is open."""

    end: int
    share: Decimal | None
    likely: tuple[Decimal, ...] = ()
    said: str = ""
    why: str = ""


def discount_at(text: str, start: int, reader: Reader) -> Discount | None:
    """The discount that begins at a place of a folded text."""
    half = HALF.match(text, start)
    if half:
        return Discount(half.end(), Decimal(50), said=_("that is 50% off."))
    upwards = UPWARDS.match(text, start)
    place = upwards.end() if upwards else _after_less(text, start)
    first = number_at(text, place, reader.locale) if place < len(text) else None
    if first is None:
        return None
    numbers = [first]
    span = SPAN.match(text, first.end)
    second = number_at(text, span.end(), reader.locale) if span and span.end() < len(text) else None
    end = _percent_end(text, first.end)
    if second and _percent_end(text, second.end) is not None:
        numbers, end = [first, second], _percent_end(text, second.end)
    if end is None:
        return None
    return _discount(text, end, numbers, reader, is_upwards=bool(upwards))


def _after_less(text: str, start: int) -> int:
    for _lead in range(MOST_LEADS):
        match = LESS.match(text, start)
        start = match.end() if match else start
    return start


def _percent_end(text: str, end: int) -> int | None:
    percent = PERCENT.match(text, end)
    return percent.end() if percent else None


def _discount(text: str, end: int, numbers: list[Number], reader: Reader, *, is_upwards: bool) -> Discount | None:
    share = OF_LIST.match(text, end)
    if share:
        likely = tuple(
            100 - number.value for number in numbers if number.value is not None and 0 <= number.value <= 100
        )
        return Discount(share.end(), None, likely, why=_("how much is off the list price?"))
    off, over = OFF.match(text, end), OVER.match(text, end)
    values = [number.value for number in numbers]
    if is_upwards or over:
        return Discount(over.end() if over else end, None, why=_("that is more than the list price"))
    if off is None and not is_boundary(text, end, reader):
        return None
    end = off.end() if off else end
    if len(values) > 1:
        return Discount(
            end, None, tuple(value for value in values if value is not None), why=_("those are several discounts")
        )
    value = values[0]
    if value is None or not 0 <= value <= 100:
        return Discount(end, None, numbers[0].likely, why=_("a discount is from 0% to 100%"))
    return Discount(end, value, said=numbers[0].said)


def price_at(text: str, start: int, reader: Reader) -> Price | None:
    """The price that begins at a place of a folded text."""
    listed = LIST.match(text, start)
    if listed:
        return Price(listed.end(), None, Per.UNIT, is_list=True)
    vague = VAGUE.match(text, start)
    if vague:
        return Price(vague.end(), None, Per.UNIT)
    free = FREE.match(text, start)
    if free:
        return Price(free.end(), Number(free.end(), Decimal(0)), Per.UNIT)
    place, leads = _leads(text, start)
    minus = MINUS.match(text, place) if leads or CURRENCY.match(text, place + 1) else None
    place = minus.end() if minus else place
    sign = CURRENCY.match(text, place)
    place = sign.end() if sign else place
    minus = minus or MINUS.match(text, place)
    place = minus.end() if minus and minus.start() == place else place
    if place < len(text) and sign and text[place] == " ":
        place += 1
    number = number_at(text, place, reader.locale) if place < len(text) else None
    if number and number.is_words and not (leads and CURRENCY.match(text, number.end)):
        return None
    if number and minus and number.value is not None:
        number = Number(number.end, None, (number.value,))
    return _price(text, number, leads, sign, reader) if number else None


def _leads(text: str, start: int) -> tuple[int, list[str]]:
    leads: list[str] = []
    while len(leads) < MOST_LEADS and (match := LEAD.match(text, start)):
        start = match.end()
        leads.append(match[1])
    return start, leads


def _price(text: str, number: Number, leads: list[str], sign: re.Match[str] | None, reader: Reader) -> Price | None:
    number = _or_another(text, number, reader)
    after = CURRENCY.match(text, number.end)
    if re.match(r"\dm$", text[number.end - 2 : number.end]) and not (sign or after):
        # 3M is a company before it is three millions.
        return None
    marks = [SIGNS[match[1]] for match in (sign, after) if match]
    end = after.end() if after else number.end
    per, unit, end = _per(text, end, leads)
    off = MONEY_OFF.match(text, end)
    end = off.end() if off else end
    is_off = bool(off) or bool(words("prices.away") & set(leads))
    if off:
        later, unit_later, end = _per(text, end, [])
        per, unit = (later, unit_later) if later is not Per.OPEN else (per, unit)
    is_said = bool(marks) or per is not Per.OPEN
    if not (is_said or (leads and is_boundary(text, end, reader))):
        return None
    if (
        not marks
        and per is Per.UNIT
        and not leads
        and unit.split(" ")[-1] in {"each", "ea", "je"}
        and not is_boundary(text, end, reader)
    ):
        return None
    currencies = frozenset.intersection(*marks) if marks else frozenset()
    return Price(end, number, per, currencies or (frozenset({"?"}) if marks else currencies), is_off=is_off, unit=unit)


def _or_another(text: str, number: Number, reader: Reader) -> Number:
    """430 or 440: two prices, of which one has to be chosen."""
    span = SPAN.match(text, number.end)
    sign = CURRENCY.match(text, span.end()) if span else None
    place = (sign or span).end() if span else len(text)
    other = number_at(text, place, reader.locale) if place < len(text) and "0" <= text[place] <= "9" else None
    if other is None or date_at(text, place, reader) or not is_boundary(text, other.end, reader):
        return number
    if number.value is None or other.value is None:
        return number
    return Number(other.end, None, (number.value, other.value))


def _per(text: str, end: int, leads: list[str]) -> tuple[Per, str, int]:
    """For one unit or for all: as the words before and after a price say."""
    total = TOTAL_WORD.match(text, end)
    if total:
        return Per.TOTAL, "", total.end()
    each = EACH.match(text, end)
    if each:
        return Per.UNIT, each[1].rstrip("."), each.end()
    if words("prices.total") & set(leads):
        return Per.TOTAL, "", end
    if words("prices.each") & set(leads):
        return Per.UNIT, "", end
    return Per.OPEN, "", end
