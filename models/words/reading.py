"""One reader of what people write about a deal: what is clear is read, what was assumed is said, the rest is asked."""

from dataclasses import replace
from datetime import date

from babel import Locale

from models.base.language import N_, _
from models.words.customers import Customer, name_of, names_in
from models.words.drafts import Draft, Drafts
from models.words.heads import head_of
from models.words.items import first_item
from models.words.lines import Settled, settle
from models.words.names import names_of
from models.words.pieces import Kind, pieces_of, text_between
from models.words.sharing import without_the_sum
from models.words.text import clean, fold, quoted
from models.words.values import CUSTOMER, LINES, MOST_LINES, Catalogue, Question, Reader, Reading
from models.words.vocabulary import words as known

NOT_ALL = N_("Only the beginning of a long text was read.")
HOW_MANY = N_("Nothing says how many of what; write it like: Acme 200 Summit tent by 18 Jan at 10% off.")
WHO = N_("Who is the customer?")


def read(text: str, catalogue: Catalogue, *, today: date, locale: Locale) -> Reading:
    """Read a deal from a text: nothing is silently wrong, and what could mean two things is asked."""
    words, is_all = clean(text)
    reader = Reader(today, locale, catalogue.hours.country)
    drafts = Drafts(words, fold(words), (), names_of(catalogue.offers))
    drafts.pieces = pieces_of(drafts.folded, drafts.names, reader)
    begin = first_item(words, drafts.pieces, drafts.names)
    is_all = is_all and (not drafts.pieces or drafts.pieces[-1].end >= len(words.rstrip()) - 1)
    settled = Settled() if is_all else Settled(said=[_(NOT_ALL)])
    if begin is None:
        return _without_items(drafts, catalogue, settled)
    head = head_of(words, drafts.pieces[:begin], catalogue.customers)
    drafts.terms = list(head.terms)
    drafts.read(begin if head.begins is None else head.begins)
    if not drafts.lines:
        return _without_items(drafts, catalogue, settled)
    drafts.lines = _as_many_as_a_deal_has(without_the_sum(drafts.lines), settled)
    customer = _customer(head.customer, drafts, catalogue, settled)
    settle(drafts, catalogue, settled)
    _doubts(drafts, begin, settled)
    return _reading(customer, settled)


def _as_many_as_a_deal_has(lines: list[Draft], settled: Settled) -> list[Draft]:
    if len(lines) > MOST_LINES:
        settled.open.append(
            Question(
                LINES,
                _("A deal has up to {most_lines} lines; these are {count}.", most_lines=MOST_LINES, count=len(lines)),
            )
        )
        last = lines[-1]
        # What stands after the last line may be for all of them.
        lines = [
            *lines[: MOST_LINES - 1],
            replace(lines[MOST_LINES - 1], terms=lines[MOST_LINES - 1].terms or last.terms),
        ]
    return lines


def _without_items(drafts: Drafts, catalogue: Catalogue, settled: Settled) -> Reading:
    """Perhaps a customer, perhaps a date: how many of what is asked."""
    head = head_of(drafts.text, drafts.pieces, catalogue.customers)
    customer = head.customer
    name = customer.name
    has_digits = any(letter.isdigit() for letter in name)
    is_name = name in catalogue.customers or (names_in(name)[:1] == [name.strip(" .,")] and not has_digits)
    settled.said.append(_(HOW_MANY))
    if any(term.kind is not Kind.PRICE for term in head.terms) and not customer.is_open:
        drafts.terms = list(head.terms)
        settle(drafts, catalogue, settled, is_empty=True)
    else:
        settled.open.append(Question(LINES, _(HOW_MANY)))
    if not is_name:
        settled.open.append(Question(CUSTOMER, _(WHO), customer.likely or ((name,) if name else ())))
        name = ""
    return _reading(name, settled)


def _customer(before: Customer, drafts: Drafts, catalogue: Catalogue, settled: Settled) -> str:
    """The customer before the items or after *for*; asked where there are two, or none."""
    spelled = {fold(name): name for name in catalogue.customers}
    is_named = bool(before.name or before.is_open or drafts.customers)
    drafts.unread += [text_between(drafts.text, place) for place in drafts.places if is_named]
    # Nobody else is named: it goes to the customer.
    whom = drafts.customers if is_named else [name_of(drafts.text, place[2:]) for place in drafts.places]
    after = [spelled.get(fold(name), name) for name in whom if name]
    rest = [line.rest for line in drafts.lines if line.rest[:1].isupper() or fold(line.rest) in spelled]
    names = list(dict.fromkeys(name for name in (before.name, *after) if name))
    if not names and not before.is_open and not rest:
        rest = [words for words in drafts.unread if names_in(words)[:1] == [words]]
        drafts.unread = [words for words in drafts.unread if words not in rest or len(rest) > 1]
    if not names and not before.is_open and len(rest) == 1:
        # 200 Summit tents Acme by 18 Jan
        names = [spelled.get(fold(rest[0]), rest[0])]
        for line in drafts.lines:
            line.rest = "" if line.rest == rest[0] else line.rest
        settled.said.append(_("{quoted} is the customer.", quoted=quoted(names[0])))
    if len(names) == 1 and not before.is_open:
        if any(letter.isdigit() for letter in names[0]) or (before.is_cut and before.name):
            settled.said.append(_("{quoted} is the customer.", quoted=quoted(names[0])))
        return names[0]
    likely = dict.fromkeys([*before.likely, *names])
    likely = likely or dict.fromkeys(names_in(" ".join(drafts.unread)))
    # Typed on a phone: 200 summit tents acme by 18 jan
    likely = likely or dict.fromkeys(line.rest for line in drafts.lines if line.rest)
    if before.is_open and len(after) == 1 and not before.likely:
        return after[0]
    why = _("Which is the customer?") if len(likely) > 1 else _(WHO)
    settled.open.append(Question(CUSTOMER, why, tuple(likely)))
    return ""


def _doubts(drafts: Drafts, begin: int, settled: Settled) -> None:
    """What was not read is said; a *not* in it makes every quantity a question."""
    settled.said += [_("{quoted}: exactly that.", quoted=quoted(words)) for words in drafts.inexact]
    unread = [words for words in drafts.unread if any(letter.isalnum() for letter in words)]
    if unread:
        settled.said.append(_("Not read: {names}.", names=", ".join(quoted(words) for words in unread[:5])))
    before = text_between(drafts.text, drafts.pieces[:begin])
    denials = set(fold(" ".join([before, *unread])).replace(",", " ").split()) & known("customers.denial")
    has_numbers_before = settled.is_open(CUSTOMER) and any(
        piece.number is not None and not piece.number.is_words for piece in drafts.pieces[:begin]
    )
    if (denials and not settled.is_denied) or has_numbers_before:
        settled.ask_quantities(
            _("It says {quoted}.", quoted=quoted(min(denials))) if denials else _("There are several numbers.")
        )


def _reading(customer: str, settled: Settled) -> Reading:
    asked = tuple(settled.open)
    said = [*settled.said, *(question.sentence for question in asked if question.sentence)]
    return Reading(customer or None, tuple(settled.lines), tuple(dict.fromkeys(said)), asked)
