"""Amounts that are for several pieces, as amounts of what one unit of an offer is; what was done is said."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from models.base.language import N_, _
from models.base.words import plural
from models.sheets.cells import fold, plain_number
from models.sheets.context import Context
from models.sheets.counts import Count, Lot, count_in_all, is_of_one
from models.sheets.fields import Kind
from models.sheets.numbers import PIECE, decimal_of

Read = Sequence[Mapping[str, str]]
# What is for one unit of an offer.
PER_UNIT = {Kind.OFFERS: ("list_price", "unit_cost"), Kind.NEEDS: ("per_unit",)}
SAID = {Kind.OFFERS: N_("Prices and costs"), Kind.NEEDS: N_("Times")}
MOST_NAMED = 5


def in_lots(read: Read, context: Context) -> Read:
    """The rows by what one unit is; as they stand where no file has said that it is several pieces."""
    lot, kind = context.request.known.lot, context.request.kind
    if lot is None or kind not in PER_UNIT or not read:
        return read
    whole = _whole(context)
    if not lot.is_read:
        if whole is not None:
            context.asking.note(
                _(
                    "{said} are taken as for one piece, although “per {words}” is said.",
                    said=_(SAID[kind]),
                    words=whole.words,
                )
            )
        return read
    factors = {name: _factor(context, lot, name, whole, read) for name in PER_UNIT[kind]}
    rows = [{**row, **{n: _times(row[n], by) for n, by in factors.items() if n in row}} for row in read]
    _note(context, lot, set(factors.values()))
    return _sold_in(rows, context, lot) if kind is Kind.OFFERS and lot.is_whole else rows


def _titles(context: Context) -> list[str]:
    names = PER_UNIT[context.request.kind]
    return [column.title for column in context.layout.amounts if column.amount in names]


def _whole(context: Context) -> Count | None:
    """What the notes above the table say, or any title of it."""
    return count_in_all([*context.layout.header.texts, *_titles(context)])


def _factor(context: Context, lot: Lot, name: str, whole: Count | None, read: Read) -> Fraction:
    """By what an amount is multiplied, by its own title first, else by what is said of all."""
    titles = [column.title for column in context.layout.amounts if column.amount == name]
    own = count_in_all(titles)
    if own is None and any(map(is_of_one, titles)):
        return Fraction(lot.pieces)
    said = own or whole
    if said is not None:
        return Fraction(lot.pieces, said.pieces)
    if not titles:
        return Fraction(1)
    if any(map(is_of_one, context.layout.header.texts)):
        return Fraction(lot.pieces)
    divided = Fraction(lot.pieces, lot.count.pieces)
    is_kept = all((Fraction(row[name]) * divided * 1000).denominator == 1 for row in read if name in row)
    options = {"lot": _("For {words}", words=lot.count.words)} if is_kept else {}
    sentence = _(
        "{said}: are they for {words}, or for one piece?", said=_(SAID[context.request.kind]), words=lot.count.words
    )
    answer = context.asking.ask("per", sentence, {**options, "one": _("For one piece")})
    return divided if answer == "lot" else Fraction(lot.pieces)


def _times(value: str, by: Fraction) -> str:
    product = Fraction(value) * by
    exact = decimal_of(product)
    return plain_number(exact if exact is not None else Decimal(round(product * 1000)).scaleb(-3))


def _note(context: Context, lot: Lot, factors: set[Fraction]) -> None:
    said, what = _(SAID[context.request.kind]), lot.words
    for by in sorted(factors):
        if by == 1:
            context.asking.note(_("{said} are for {what}, as they stand.", said=said, what=what))
        elif by < 1:
            context.asking.note(
                _("{said} are divided by {value}: they are for {what}.", said=said, value=1 / by, what=what)
            )
        else:
            context.asking.note(
                _("{said} for less are multiplied by {by}: they are for {what}.", said=said, by=by, what=what)
            )


def _sold_in(rows: Read, context: Context, lot: Lot) -> Read:
    """Offers by their unit; a smallest quantity is told in pieces, and is rounded up."""
    context.asking.note(_("A unit is {words}.", words=lot.words))
    least = {row["name"]: Fraction(row["min_lot"]) / lot.pieces for row in rows if row.get("min_lot")}
    if least:
        context.asking.note(_("Smallest quantities are divided by {pieces:,}.", pieces=lot.pieces))
    up = [f"{name} ({lot.pieces * -(-each // 1):,})" for name, each in least.items() if each.denominator > 1]
    if up:
        more = _(" and {count} more", count=len(up) - MOST_NAMED) if len(up) > MOST_NAMED else ""
        context.asking.note(_("Rounded up to whole units: {up}{more}.", up=", ".join(up[:MOST_NAMED]), more=more))
    return [
        {
            **row,
            "unit": _unit(row.get("unit", ""), lot),
            **({"min_lot": str(-(-least[row["name"]] // 1))} if row["name"] in least else {}),
        }
        for row in rows
    ]


def _unit(own: str, lot: Lot) -> str:
    """What an offer is sold in: its own unit counts where the file says only a number."""
    if any(map(str.isdigit, own)):
        return own
    is_other = own and not lot.count.unit and fold(own) not in PIECE
    return f"{lot.count.number} {plural(own, is_one=False)}" if is_other else lot.words
