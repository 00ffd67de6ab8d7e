"""From drafts to lines: each field is read, or asked with its likely answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from models.base.language import _
from models.words.drafts import Draft, Drafts
from models.words.names import MOST_LIKELY, words_of
from models.words.numbers import whole_of
from models.words.pieces import Kind, Piece
from models.words.pricing import Pricing
from models.words.sharing import Shared, share
from models.words.text import quoted
from models.words.values import LINES, Catalogue, CatalogueOffer, Question, ReadLine

MOST = 10**9


@dataclass
class Settled:
    """What is settled so far."""

    lines: list[ReadLine] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    open: list[Question] = field(default_factory=list)
    is_denied: bool = False

    def ask(self, line: int, name: str, sentence: str, likely: Sequence[str] = ()) -> None:
        """A field of a line is asked, once."""
        path = f"{LINES}.{line}.{name}"
        if not self.is_open(path):
            self.open.append(Question(path, sentence, tuple(dict.fromkeys(likely))))

    def is_open(self, path: str) -> bool:
        """Whether something is asked."""
        return any(question.path == path for question in self.open)

    def ask_quantities(self, sentence: str) -> None:
        """Every quantity is asked."""
        self.is_denied = True
        for number, line in enumerate(self.lines):
            self.ask(number, "quantity", sentence, [str(line.quantity)] if line.quantity else [])
            self.lines[number] = replace(line, quantity=None)


@dataclass(frozen=True)
class Line:
    """A draft at its place, on the way to a line."""

    number: int
    draft: Draft
    drafts: Drafts
    settled: Settled

    def ask(self, name: str, sentence: str, likely: Sequence[str] = ()) -> None:
        """A field of it is asked."""
        self.settled.ask(self.number, name, sentence, likely)

    def offer(self) -> CatalogueOffer | None:
        """The offer that it names; asked where its words name several or none, or say more."""
        named, words = self.draft.named, self.draft.words
        if named is None:
            self.ask("offer", _("Which offer?"))
            return None
        if named.offer is None:
            why = (
                _("{quoted} may be several offers.", quoted=quoted(words))
                if named.is_guess
                else _("{quoted} is no offer.", quoted=quoted(words))
            )
            near = () if named.is_guess else self.drafts.names.near(words_of(words))
            self.ask("offer", why, [offer.name for offer in (*named.likely, *near)][:MOST_LIKELY])
            return None
        if self.draft.rest:
            likely = [named.offer.name, *(offer.name for offer in named.likely)]
            self.ask("offer", _("{quoted} is no offer.", quoted=quoted(f"{words} {self.draft.rest}")), likely)
            return None
        if named.is_guess:
            self.settled.said.append(_("{quoted} was read as {name}.", quoted=quoted(words), name=named.offer.name))
        return named.offer

    def quantity(self, main: int | None) -> int | None:
        """How many; what comes with something else may be one, or one for each."""
        draft = self.draft
        if draft.number is None:
            if draft.is_extra and draft.is_free:
                self.settled.said.append(_("{quoted}: one, at no charge.", quoted=quoted(draft.words)))
                return 1
            likely = list(dict.fromkeys(str(each) for each in (main, 1) if each)) if draft.is_extra else []
            self.ask(
                "quantity",
                _("How many of {quoted}?", quoted=quoted(draft.words)) if draft.words else _("How many?"),
                likely,
            )
            return None
        quantity = whole_of(draft.number)
        if quantity is None:
            values = draft.number.likely or ((draft.number.value,) if draft.number.value is not None else ())
            likely = [f"{value:f}" for value in map(_whole, values) if 1 <= value <= MOST]
            self.ask("quantity", _("A quantity is a whole number of 1 or more."), likely)
        elif draft.about or draft.number.said:
            self.settled.said.append(draft.number.said or f"{quoted(draft.about)}: {quantity}.")
        return quantity

    def day(self, dates: Sequence[Piece], *, is_shared: bool) -> date | None:
        """The date; asked where there is none, or more than one."""
        found = [(self._words(piece), piece.date.found) for piece in dates if piece.date]
        found = [each for each in found if each[1].day or each[1].likely] or found
        days = {each.day for _, each in found}
        if not found:
            self.ask("date", _("When?"))
        elif len(days) > 1 or None in days:
            words = _(" and ").join(quoted(words) for words, _found in found[:2])
            why = found[0][1].said if len(found) == 1 else _("which date?")
            likely = sorted({day for _, each in found for day in (each.day, *each.likely) if day})
            self.ask("date", _sentence(f"{words}: {why}"), [day.isoformat() for day in likely])
        else:
            words, one = found[0]
            if one.said or is_shared:
                said = one.said or _("for {words}, too.", words=self.draft.words)
                self.settled.said.append(f"{quoted(words)}: {said}")
            return one.day
        return None

    def _words(self, piece: Piece) -> str:
        return self.drafts.text[piece.start : piece.end]

    def priced(self, shared: Shared, pricing: Pricing) -> tuple[Decimal | None, Decimal | None]:
        """The price for one unit and the discount."""
        prices = [(self._words(piece), piece.price) for piece in shared.prices[self.number] if piece.price]
        discounts = [(self._words(p), p.discount) for p in shared.discounts[self.number] if p.discount]
        if self.draft.is_free and not prices:
            if self.draft.number is not None:
                self.settled.said.append(_("{quoted}: at no charge.", quoted=quoted(self.draft.words)))
            return Decimal(0).quantize(Decimal(1).scaleb(-pricing.catalogue.places)), None
        if not prices and "free" in words_of(self.draft.words) and pricing.offer:
            # The name says so, and the list has a price for it.
            likely = ("0", pricing.text(pricing.offer.list_price))
            self.ask("price", _("{quoted}: at no charge?", quoted=quoted(self.draft.words)), likely)
            return None, None
        priced = pricing.read(prices, discounts)
        self.settled.said += priced.said
        if priced.price_open:
            self.ask("price", _sentence(priced.price_open), priced.likely)
        if priced.discount_open:
            self.ask("discount", _sentence(priced.discount_open), priced.likely)
        if self.number in shared.for_all:
            words = self._words(shared.for_all[self.number])
            self.ask("price", _("{quoted}: for which line?", quoted=quoted(words)))
            return None, priced.discount
        return priced.price, priced.discount


def settle(drafts: Drafts, catalogue: Catalogue, settled: Settled, *, is_empty: bool = False) -> None:
    """Read the fields of every line."""
    drafts.lines = drafts.lines or ([Draft()] if is_empty else [])
    shared = share(drafts)
    main = None
    for number, draft in enumerate(drafts.lines):
        line = Line(number, draft, drafts, settled)
        offer = line.offer()
        quantity = line.quantity(main)
        main = main or quantity
        day = line.day(shared.dates[number], is_shared=number in shared.is_shared)
        price, discount = line.priced(shared, Pricing(catalogue, offer, quantity))
        settled.lines.append(ReadLine(offer.name if offer else None, quantity, day, price, discount))
    _stray_numbers(drafts, settled)
    _not_the_sum(drafts, settled)


def _stray_numbers(drafts: Drafts, settled: Settled) -> None:
    """A number that nothing is said of may be a price, or another quantity."""
    for piece in drafts.numbers[:1]:
        last = len(settled.lines) - 1
        words = drafts.text[piece.start : piece.end]
        likely = [f"{piece.number.value:f}"] if piece.number and piece.number.value is not None else []
        settled.ask(last, "price", _("{quoted}: is that the price?", quoted=quoted(words)), likely)
        settled.lines[last] = replace(settled.lines[last], price=None)


def _not_the_sum(drafts: Drafts, settled: Settled) -> None:
    """200 tents, 100 by 18 Jan: part of the 200, or more?"""
    first = drafts.lines[0] if drafts.lines else None
    if first and not first.of(Kind.DATE) and any(line.is_same for line in drafts.lines[1:]):
        quantity = settled.lines[0].quantity
        settled.ask(
            0, "quantity", _("Are the later quantities part of the first?"), [str(quantity)] if quantity else []
        )
        settled.lines[0] = replace(settled.lines[0], quantity=None)


def _whole(value: Decimal) -> Decimal:
    return value.to_integral_value()


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}{'' if words.endswith('?') else '.'}"
