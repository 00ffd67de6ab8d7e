"""`/deal Acme 200 Summit tent by 18 Jan at 10% off`, and a message: what is read fills the form, the rest is said."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol
from sqlalchemy import select

from handlers.deals.drafts import LineDraft, TermsDraft
from handlers.slack.commands import nearest
from handlers.slack.text import clip
from models.base.language import _
from models.company.clauses import ClauseRow, clauses_of
from models.company.offers import OfferRow
from models.deals.catalogues import catalogue_of
from models.words import Question, Reading, ReadLine, read
from models.words.payment import is_payment, payment_in
from models.workspace.workspaces import Workspace

QUOTES = frozenset("“„")

QUANTITY = re.compile(r"[1-9][\d.,]{0,12}[kx]?", re.ASCII)
LEADS_TO_A_DATE = re.compile(r"\b(?:in|within|after|innerhalb|nach)\s*\Z", re.IGNORECASE)
MOST_LIKELY = 3
MOST_CUSTOMER = 200


@dataclass(frozen=True)
class WordsRead:
    """A draft from words, and the sentences about what was assumed and what is open; `open` are fields of lines."""

    draft: TermsDraft
    sentences: tuple[str, ...] = ()
    open: frozenset[str] = frozenset()
    names_offers: bool = False

    @property
    def heading(self) -> str:
        """The sentences, one after the other."""
        return " ".join(self.sentences)


def is_a_deal(text: str, words: Collection[str]) -> bool:
    """Whether a line after `/deal` is one of a deal: not a single word, nor one that is nearly a command's.

    A quantity before other words is a deal, whatever its customer is called.
    """
    typed = text.split()
    if any(QUANTITY.fullmatch(word) for word in typed[:-1]):
        return True
    has_more = len(typed) > 1 or any(letter.isdigit() for letter in text)
    return has_more and not nearest(typed[0], words)


def read_words(workspace: Workspace, text: str, *, today: date, locale: Locale) -> WordsRead:
    """Read a deal from what somebody typed."""
    text, clauses = _clauses(workspace, text)
    reading = read(text, catalogue_of(workspace), today=today, locale=locale)
    offers = _offers(workspace, [line.offer for line in reading.lines if line.offer])
    lines = tuple(_line(line, offers, locale) for line in reading.lines) or (LineDraft(),)
    draft = TermsDraft(customer=clip(reading.customer or "", MOST_CUSTOMER), lines=lines, clauses=clauses)
    is_open = frozenset(q.path.rpartition(".")[2] for q in reading.open if q.path.startswith("lines"))
    names_offers = any(line.offer for line in reading.lines) or any(
        question.likely and question.path.endswith(".offer") for question in reading.open
    )
    return WordsRead(draft, tuple(_sentences(reading, locale)), is_open, names_offers)


def read_message(workspace: Workspace, text: str, *, today: date, locale: Locale) -> WordsRead:
    """What the customer told us; the terms are filled in where it names some."""
    words = read_words(workspace, text, today=today, locale=locale)
    if not any(line.offer or line.quantity for line in words.draft.lines):
        return WordsRead(TermsDraft(told=text))
    draft = replace(words.draft, told=text)
    return WordsRead(draft, words.sentences)


def _clauses(workspace: Workspace, text: str) -> tuple[str, dict[str, str]]:
    """Terms beyond the lines that are named (`net 60 days`), and the text without them; `in 60 days` is a date."""
    found: dict[str, str] = {}
    for row in clauses_of(workspace):
        named = _by_choice(row, text) or _by_days(row, text)
        if named:
            choice, start, end = named
            found[str(row.id)] = choice
            text = f"{text[:start]} {text[end:]}".strip()
    return text, found


def _by_choice(row: ClauseRow, text: str) -> tuple[str, int, int] | None:
    """The longest choice that is named, and where."""
    for choice in sorted(row.choices, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, choice.split()))
        named = rf"[,;]?\s*(?:{re.escape(row.name)}:?\s+)?(?:net\s+)?\b{words}(?!\w)"
        match = re.search(named, text, re.IGNORECASE)
        if match and not LEADS_TO_A_DATE.search(text[: match.start()]):
            return choice, match.start(), match.end()
    return None


def _by_days(row: ClauseRow, text: str) -> tuple[str, int, int] | None:
    """`net 60`, where the choice is called *60 days* or *Net 60*."""
    payment = payment_in(text) if is_payment(row.name) else None
    choices = [choice for choice in row.choices if payment and re.findall(r"\d+", choice) == [str(payment.days)]]
    return (choices[0], payment.start, payment.end) if payment and len(choices) == 1 else None


def _offers(workspace: Workspace, names: Collection[str]) -> dict[str, int]:
    query = select(OfferRow.name, OfferRow.id).where(OfferRow.workspace_id == workspace.id, OfferRow.name.in_(names))
    return {row.name: row.id for row in workspace.session.execute(query)}


def _line(line: ReadLine, offers: dict[str, int], locale: Locale) -> LineDraft:
    return LineDraft(
        offer=str(offers[line.offer]) if line.offer else "",
        offer_name=line.offer or "",
        quantity=str(line.quantity or ""),
        price=_price(line, locale),
        day=line.day.isoformat() if line.day else "",
    )


def _price(line: ReadLine, locale: Locale) -> str:
    """As the reader would type it: a price, or a discount in percent."""
    if line.price is not None:
        places = max(0, -int(line.price.as_tuple().exponent))
        return format_decimal(line.price, "0." + "0" * places if places else "0", locale=locale)
    if line.discount is not None:
        return f"{format_decimal(line.discount, '0.######', locale=locale)}%"
    return ""


def _sentences(reading: Reading, locale: Locale) -> Iterator[str]:
    """What was assumed, then what is open, with its likely answers."""
    asked = {question.sentence for question in reading.open}
    yield from (sentence for sentence in reading.said if sentence not in asked)
    by_sentence = {question.sentence: question for question in reading.open if _is_worth_saying(question)}
    yield from (_asked(question, locale) for question in by_sentence.values())


def _is_worth_saying(question: Question) -> bool:
    """An empty field of the form asks by itself; only why, and what is likely, is to be said."""
    return bool(question.likely) or bool(QUOTES & set(question.sentence)) or not question.path.startswith("lines.")


def _asked(question: Question, locale: Locale) -> str:
    if not question.likely:
        return question.sentence
    likely = [_answer(question, answer, locale) for answer in question.likely[:MOST_LIKELY]]
    others = ", …" if len(question.likely) > MOST_LIKELY else ""
    perhaps = _("Perhaps {answers}{others}.", answers=_(" or ").join(likely), others=others)
    return f"{question.sentence} {perhaps}"


def _answer(question: Question, answer: str, locale: Locale) -> str:
    if question.path.endswith(".date"):
        return str(format_date(date.fromisoformat(answer), "medium", locale=locale))
    if question.path.endswith((".price", ".discount")):
        return answer.replace(".", get_decimal_symbol(locale))
    return clip(answer, 60)
