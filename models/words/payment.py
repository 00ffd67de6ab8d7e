"""How long the customer has to pay, which is no date: net 30, 90 day terms, payable in 60 days."""

import re
from dataclasses import dataclass

from models.words.text import fold

NUMBER = r"(?:[1-9]\d?|1\d\d)"
DAYS = rf"{NUMBER}[- ]?(?:days?|tagen?)"
A_PRICE = r" ?(?:each|ea|apiece|per|pro|je|/|%|[$€£]|usd|eur|gbp)"
# By itself a number after *net* may be a price, but for those that people agree on.
USUAL = rf"(?:7|10|14|15|20|21|28|30|35|40|45|50|60|75|90|100|120|150|180)(?!{A_PRICE})"
TIME = r"(?: in| within| after| innerhalb von)?"
PAYMENT = re.compile(
    rf"(?:payment |terms |zahlung )?(?:net|netto):? (?:{DAYS}|{USUAL})(?![.,]\d|\w)"
    rf"|{DAYS} (?:net|netto|payment|terms|zahlungsziel)(?: terms)?(?!\w)"
    rf"|(?:payment|payable|terms|zahlbar|zahlung|zahlungsziel)(?: terms)?:?{TIME} {DAYS}(?!\w)"
)
# What a term of payment is called by those who define it.
NAME = re.compile(r"pay|zahl|\bnet")
A_NUMBER = re.compile(NUMBER)


@dataclass(frozen=True)
class Payment:
    """So many days, said from one place of a text to another."""

    days: int
    start: int
    end: int


def payment_in(text: str) -> Payment | None:
    """The first that a text says."""
    match = re.search(rf"(?<!\w)(?:{PAYMENT.pattern})", fold(text))
    days = A_NUMBER.search(match[0]) if match else None
    return Payment(int(days[0]), match.start(), match.end()) if match and days else None


def is_payment(name: str) -> bool:
    """Whether a term that somebody has defined says how long the customer has to pay."""
    return bool(NAME.search(fold(name)))
