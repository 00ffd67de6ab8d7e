"""`/deal Acme 200 Summit tent by 18 Jan at 10% off`: what is understood fills the form, the rest is said."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.deals.dates import read_date
from handlers.deals.drafts import LineDraft, TermsDraft
from handlers.slack.commands import nearest
from handlers.slack.text import clip
from models.company.offers import OfferRow, search_offers
from models.workspace.workspaces import Workspace

QUANTITY = re.compile(r"[1-9]\d{0,8}|[1-9]\d{0,2}(?:,\d{3}){1,2}", re.ASCII)
PRICE = re.compile(r"(?:[A-Z]{3} ?|[^\w\s,.-])?-?\d[\d.,]{0,24}(?: ?[A-Z]{3}|[^\w\s%,.-])?", re.ASCII)
PERCENT = re.compile(r"(\d[\d.,]{0,9}) ?%(?: off)?", re.IGNORECASE | re.ASCII)
BARE_DISCOUNT = re.compile(r"(?<!\bat )(?<!\bfor )(?<!\S)(\d[\d.,]* ?% off)\b", re.IGNORECASE | re.ASCII)
MARKS = frozenset({"by", "on", "at", "for"})
JOINTS = frozenset({"and", "+", "&"})
MOST_WORDS = 60
# How many numbers may be the quantity, and how many of these words an offer's name may hold.
MOST_TRIED, MOST_MARKS = 10, 3
HOW_MANY = "how many of what; write it like: Acme 200 Summit tent by 18 Jan at 10% off"


@dataclass
class Reading:
    """A line as far as it was understood; `missed` says what was not."""

    session: Session
    workspace: Workspace
    today: date
    customer: str = ""
    quantity: str = ""
    offer: OfferRow | None = None
    price: str = ""
    day: date | None = None
    missed: list[str] = field(default_factory=list)

    def read(self, words: list[str]) -> None:
        """Customer, quantity, offer, then date and price in any order."""
        numbers = [n for n, word in enumerate(words) if QUANTITY.fullmatch(word)][:MOST_TRIED]
        for n in numbers:
            end = self._end_of_offer(words[n + 1 :])
            if end:
                self._take(words, self._first_delivery(words, numbers, n))
                self._clauses(words[n + 1 + end :])
                return
        marks = [n for n, word in enumerate(words) if n > 0 and word.lower() in MARKS]
        clause = next((mark for mark in marks if self._is_clause(words[mark:])), len(words))
        numbers = [n for n in numbers if n < clause]
        if numbers:
            n = numbers[0]
            end = next((mark for mark in marks if mark > n), len(words))
            self.customer, self.quantity = " ".join(words[:n]), words[n].replace(",", "")
            self.missed.append(self._no_offer(" ".join(words[n + 1 : end])))
        else:
            end = clause
            self.customer = " ".join(words[:end])
            self.missed.append(HOW_MANY)
        self._clauses(words[end:])

    def _end_of_offer(self, words: list[str]) -> int:
        """How many words name an offer: as many as possible, up to a date or a price."""
        marks = [n for n, word in enumerate(words) if word.lower() in MARKS][:MOST_MARKS]
        for end in sorted({len(words), *marks}, reverse=True):
            self.offer = self._offer(" ".join(words[:end]))
            if self.offer:
                return end
        return 0

    def _first_delivery(self, words: list[str], numbers: list[int], n: int) -> int:
        """The quantity of the first delivery, where a line names several."""
        for m in numbers:
            between = [word.rstrip(",") for word in words[m + 1 : n] if word.lower() not in JOINTS]
            first = self._offer(" ".join(between)) if m < n else None
            if first:
                self.offer = first
                self.missed.append("the second delivery; use Add a line for it")
                return m
        return n

    def _take(self, words: list[str], n: int) -> None:
        self.customer, self.quantity = " ".join(words[:n]), words[n].replace(",", "")

    def _is_clause(self, words: list[str]) -> bool:
        ends = [n for n, word in enumerate(words) if n > 0 and word.lower() in MARKS] or [len(words)]
        clause = " ".join(words[1 : ends[0]])
        return bool(read_date(clause, self.today) or PRICE.fullmatch(clause) or PERCENT.fullmatch(clause))

    def _clauses(self, words: list[str]) -> None:
        marks = [n for n, word in enumerate(words) if word.lower() in MARKS]
        for start, end in pairwise([*marks, len(words)]):
            self._clause(words[start].lower(), " ".join(words[start + 1 : end]))

    def _clause(self, mark: str, clause: str) -> None:
        percent = PERCENT.fullmatch(clause)
        day = read_date(clause, self.today) if mark != "at" else None
        if mark in {"at", "for"} and (percent or PRICE.fullmatch(clause)):
            self.price = f"{percent[1]}%" if percent else clause
        elif day:
            self.day = day
        elif mark == "at":
            self.missed.append(f"“{clip(clause, 80)}” as a price; type it below, like 432 or 10%")
        else:
            self.missed.append(
                f"“{clip(clause, 80)}” as a date; choose one below, or write it like 18 Jan or 2027-01-18"
            )

    def _offer(self, name: str) -> OfferRow | None:
        sought = name.lower()
        if not sought or len(sought) > 200:
            return None
        spellings = {sought, sought.removesuffix("s"), sought.removesuffix("es")}
        known = select(OfferRow).where(OfferRow.workspace_id == self.workspace.id)
        exact = self.session.scalars(known.where(func.lower(OfferRow.name).in_(spellings)).limit(2)).all()
        offers = exact or search_offers(self.workspace, sought.removesuffix("s"), limit=2)
        offers = [offer for offer in offers if f" {sought.removesuffix('s')}" in f" {offer.name.lower()}"]
        return offers[0] if len(offers) == 1 else None

    def _no_offer(self, name: str) -> str:
        if not name:
            return HOW_MANY
        offers = search_offers(self.workspace, name.lower().removesuffix("s"), limit=4)
        if not offers:
            return f"“{clip(name, 80)}” as an offer; choose one below"
        names = ", ".join(clip(offer.name, 60) for offer in offers[:3])
        return f"which offer “{clip(name, 80)}” is: {names}{', …' if len(offers) > 3 else ''}"


def is_a_deal(text: str, words: Collection[str]) -> bool:
    """Whether a line after `/deal` is one of a deal: not a single word, nor one that is nearly a command's.

    A quantity before other words is a deal, whatever its customer is called.
    """
    typed = text.split()
    if any(QUANTITY.fullmatch(word) for word in typed[:-1]):
        return True
    has_more = len(typed) > 1 or any(letter.isdigit() for letter in text)
    return has_more and not nearest(typed[0], words)


def read_one_line(workspace: Workspace, text: str, today: date) -> tuple[TermsDraft, list[str]]:
    """Read a deal from one line; the second part says what was not understood."""
    reading = Reading(workspace.session, workspace, today)
    reading.read(BARE_DISCOUNT.sub(r"at \1", " ".join(text.split()[:MOST_WORDS])).split())
    line = LineDraft(
        offer=str(reading.offer.id) if reading.offer else "",
        offer_name=reading.offer.name if reading.offer else "",
        quantity=reading.quantity,
        price=reading.price,
        day=reading.day.isoformat() if reading.day else "",
    )
    return TermsDraft(customer=clip(reading.customer, 200), lines=(line,)), reading.missed
