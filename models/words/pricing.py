"""The price for one unit and the discount that the terms of a line come to, or what has to be asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from models.base.language import _
from models.base.words import plain_number
from models.words.money import Discount, Per, Price
from models.words.names import words_of
from models.words.text import quoted
from models.words.values import Catalogue, CatalogueOffer
from models.words.vocabulary import words as words_known

# A price for one unit is rarely three times the list price, and rarely less than a fifth of it.
MOST, LEAST = 3, Decimal("0.2")
# 10 for something of 480 may be 10%.
# Few prices are above the list.
ABOVE = Decimal("1.05")
LIKE_PERCENT = 60
HIGHEST = Decimal(10) ** 10


@dataclass
class Priced:
    """What came of it; a sentence why it is open."""

    price: Decimal | None = None
    discount: Decimal | None = None
    said: list[str] = field(default_factory=list)
    price_open: str = ""
    discount_open: str = ""
    likely: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pricing:
    """What prices are read against: the offer, how many, and the company's currency."""

    catalogue: Catalogue
    offer: CatalogueOffer | None
    quantity: int | None

    def read(self, prices: Sequence[tuple[str, Price]], discounts: Sequence[tuple[str, Discount]]) -> Priced:
        """Read the terms of a line, each with its words."""
        priced = Priced()
        self._discount(priced, discounts)
        real = [(words, price) for words, price in prices if not price.is_list]
        if prices and not real and not discounts and self.offer:
            priced.price = self._rounded(self.offer.list_price)
        if real:
            self._price(priced, real)
        self._both(priced)
        return priced

    def text(self, price: Decimal) -> str:
        """A price as an answer, which is read again."""
        return f"{self._rounded(price):f}"

    def _said(self, price: Decimal) -> str:
        return plain_number(self.text(price))

    def _discount(self, priced: Priced, discounts: Sequence[tuple[str, Discount]]) -> None:
        shares = {discount.share for _, discount in discounts}
        if len(shares) > 1:
            priced.discount_open = _("two discounts")
            priced.likely = tuple(percent(share) for share in sorted(share for share in shares if share is not None))
        elif discounts:
            words, discount = discounts[0]
            priced.discount = discount.share
            if discount.share is None:
                why = discount.why or _("which discount?")
                priced.discount_open = f"{quoted(words)}: {why}"
                priced.likely = tuple(percent(share) for share in discount.likely)
            elif discount.said:
                priced.said.append(f"{quoted(words)}: {discount.said}")

    def _price(self, priced: Priced, prices: Sequence[tuple[str, Price]]) -> None:
        read = [self._one(words, price) for words, price in prices]
        values = {each.price for each in read}
        if len(read) > 1 and (len(values) > 1 or None in values):
            priced.price_open = _(
                "two prices, {names}", names=_(" and ").join((quoted(words) for words, _price in prices[:2]))
            )
            priced.likely = tuple(self.text(value) for value in sorted(value for value in values if value is not None))
            return
        one = read[0]
        priced.price, priced.price_open = one.price, one.price_open
        priced.said += one.said
        priced.likely = one.likely or priced.likely

    def _one(self, words: str, price: Price) -> Priced:
        value = price.number.value if price.number else None
        if price.currencies and self.catalogue.currency not in price.currencies:
            return Priced(
                price_open=_(
                    "{quoted}: prices are in {currency}", quoted=quoted(words), currency=self.catalogue.currency
                )
            )
        if price.unit and not set(words_of(price.unit)) & (words_known("offers.unit") | self._unit_words()):
            return Priced(price_open=_("{quoted} is not for one unit", quoted=quoted(words)))
        if value is None or value >= HIGHEST:
            likely = tuple(self.text(each) for each in (price.number.likely if price.number else ()) if each < HIGHEST)
            return Priced(price_open=_("{quoted}: which price?", quoted=quoted(words)), likely=likely)
        said = [f"{quoted(words)}: {price.number.said}"] if price.number and price.number.said else []
        if price.is_off:
            return self._off(words, value, price)
        if price.per is Per.TOTAL:
            return self._divided(words, value, said)
        return self._for_one(words, value, price, said)

    def _unit_words(self) -> set[str]:
        offer = self.offer
        text = f"{offer.unit} {offer.name}" if offer else " ".join(each.unit for each in self.catalogue.offers[:200])
        words = words_of(text)
        return {*words, *(f"{word}s" for word in words)}

    def _for_one(self, words: str, value: Decimal, price: Price, said: list[str]) -> Priced:
        """For one unit, as long as it is likely; else the total, or a percentage whose sign is missing."""
        listed = self.offer.list_price if self.offer else None
        if price.per is Per.OPEN and listed and value > MOST * listed:
            return (
                self._divided(words, value, said) if self._is_like_a_total(value, listed) else self._asked(words, value)
            )
        if price.per is Per.OPEN and listed and self._may_be_either(value, listed):
            return self._asked(words, value)
        is_like_percent = not price.currencies and price.per is Per.OPEN and value <= LIKE_PERCENT
        if listed and is_like_percent and value < LEAST * listed:
            likely = (self.text(value), self.text(listed * (100 - value) / 100))
            return Priced(price_open=_("{quoted}: a price or a percentage?", quoted=quoted(words)), likely=likely)
        if value != self._rounded(value):
            return Priced(
                price_open=_("{quoted} has too many decimals", quoted=quoted(words)), likely=(self.text(value),)
            )
        return Priced(self._rounded(value), said=said)

    def _may_be_either(self, value: Decimal, listed: Decimal) -> bool:
        """More than the list price for one, or less than it for each of a few."""
        each = value / self.quantity if self.quantity else Decimal(0)
        return (self.quantity or 1) > 1 and value > ABOVE * listed and LEAST * listed <= each <= ABOVE * listed

    def _is_like_a_total(self, value: Decimal, listed: Decimal) -> bool:
        each = value / self.quantity if self.quantity else Decimal(0)
        return LEAST * listed <= each <= MOST * listed

    def _asked(self, words: str, value: Decimal) -> Priced:
        each = (self.text(value / self.quantity),) if self.quantity else ()
        return Priced(
            price_open=_("{quoted}: for one, or for all?", quoted=quoted(words)), likely=(self.text(value), *each)
        )

    def _divided(self, words: str, value: Decimal, said: list[str]) -> Priced:
        if not self.quantity:
            return Priced(price_open=_("{quoted}: for how many?", quoted=quoted(words)))
        each = self._rounded(value / self.quantity)
        exactly = "" if each * self.quantity == value else _(", together {text}", text=self._said(each * self.quantity))
        return Priced(
            each,
            said=[
                *said,
                _(
                    "{quoted} was divided by {quantity}: {price} each{exactly}.",
                    quoted=quoted(words),
                    quantity=self.quantity,
                    price=self._said(each),
                    exactly=exactly,
                ),
            ],
        )

    def _off(self, words: str, value: Decimal, price: Price) -> Priced:
        if self.offer is None or (price.per is Per.TOTAL and not self.quantity):
            return Priced(price_open=_("{quoted}: off which price?", quoted=quoted(words)))
        listed, quantity = self.offer.list_price, self.quantity or 1
        readings = [listed - value, listed - value / quantity]
        likely = tuple(dict.fromkeys(self.text(each) for each in readings if each >= 0))
        if price.per is Per.OPEN or not likely:
            return Priced(price_open=_("{quoted}: off each, or off the total?", quoted=quoted(words)), likely=likely)
        each = self._rounded(readings[0] if price.per is Per.UNIT else readings[1])
        if each < 0:
            return Priced(price_open=_("{quoted} is more than the list price", quoted=quoted(words)))
        return Priced(
            each,
            said=[
                _(
                    "{quoted}: {price} each instead of {listed}.",
                    quoted=quoted(words),
                    price=self._said(each),
                    listed=self._said(listed),
                )
            ],
        )

    def _both(self, priced: Priced) -> None:
        """A price and a discount: the same where the discount comes to the price, else one too many."""
        price, discount = priced.price, priced.discount
        if price is None or discount is None:
            return
        less = self._rounded(price * (100 - discount) / 100)
        if self.offer and self._rounded(self.offer.list_price * (100 - discount) / 100) == price:
            priced.discount = None
            priced.said.append(
                _(
                    "{text} is {percent}% off the list price.",
                    text=self._said(price),
                    percent=plain_number(percent(discount)),
                )
            )
            return
        priced.price = priced.discount = None
        priced.price_open = _("a price and {percent}% off", percent=plain_number(percent(discount)))
        priced.likely = (self.text(price), self.text(less))

    def _rounded(self, value: Decimal) -> Decimal:
        return value.quantize(Decimal(1).scaleb(-self.catalogue.places), rounding=ROUND_HALF_UP)


def percent(share: Decimal) -> str:
    """A share in percent without zeros at its end."""
    text = f"{share:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
