"""What somebody asks about deals in a conversation: how one stands, and whether another would fit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.deals.answers_view import Fit, besides_said, fit_said, open_said, rows_said, standing_said, unsure_said
from handlers.deals.card import audience_of
from handlers.deals.targets import WordsTarget
from handlers.deals.terms import read_terms
from handlers.deals.verdict_words import verdict_sentence
from handlers.deals.words_read import read_words
from handlers.slack.replies import Say
from handlers.slack.text import Sentence, plain
from models.base.errors import NotFound, Refused
from models.base.language import N_, _
from models.base.words import locale_of
from models.deals.card import cards_of
from models.deals.card_messages import links_of
from models.deals.finding import Found, Sought, find_deals, find_numbered
from models.deals.lists import LIVE
from models.deals.rows import Deal
from models.deals.rules import check_sees_deals, moves_of
from models.deals.terms import check_terms
from models.deals.transitions import find_number
from models.promise.check import Verdict
from models.words.reading import WHO
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

MOST_SHOWN = 8
MOST_WORDS = 4
SHORTEST = 3
# Without a price, the list price is checked; without a customer, anybody's.
NEEDED = frozenset({"offer", "quantity", "date", "lines"})
NO_NAME = N_("No deal has “{}” in its customer or its offers. `/deal find` looks for others.")


def numbered(workspace: Workspace, by: Member, now: datetime, numbers: Sequence[int]) -> Say:
    """How deals stand, by their numbers."""
    check_sees_deals(by)
    deals = find_numbered(workspace, numbers)
    missing = [number for number in numbers if number not in {deal.number for deal in deals}]
    if not deals:
        find_number(workspace, missing[0])
    return _standing(workspace, by, now, Found(deals, len(deals)), missing)


def named(workspace: Workspace, by: Member, now: datetime, words: str) -> Say:
    """How deals stand, by words of their customers and offers: those that are not over, else all."""
    check_sees_deals(by)
    found = find_deals(workspace, Sought(words=words, states=LIVE), limit=MOST_SHOWN)
    found = found if found.count else find_deals(workspace, Sought(words=words), limit=MOST_SHOWN)
    if not found.count:
        raise NotFound(_(NO_NAME).format(words.replace("`", "’")))
    return _standing(workspace, by, now, found)


def perhaps_named(workspace: Workspace, by: Member, now: datetime, words: str) -> Say | None:
    """The same for a message of a few words and nothing else; None where they are no name."""
    known = words.split()
    if not 0 < len(known) <= MOST_WORDS or min(map(len, known)) < SHORTEST or not by.roles:
        return None
    try:
        return named(workspace, by, now, words)
    except NotFound:
        return None


def listed(workspace: Workspace, by: Member, now: datetime, *, is_own: bool) -> Say:
    """Deals that are not over, or a person's own of them."""
    check_sees_deals(by)
    found = find_deals(workspace, Sought(states=LIVE, seller=by.user_id if is_own else ""), limit=MOST_SHOWN)
    return rows_said(cards_of(found.deals, now=now), found.count)


def would_fit(workspace: Workspace, by: Member, now: datetime, text: str, *, execution: str = "") -> Say | None:
    """The check of a deal in words, with *Propose it* for sales; None where the words name nothing that is sold.

    What is proposed by its button is what came of the `execution` of a workflow's step.
    """
    check_sees_deals(by)
    fit = _read(workspace, by, now, text, execution)
    if fit is None or fit.missing:
        return open_said(fit) if fit else None
    try:
        terms = read_terms(workspace, fit.draft, fit.locale)
        return fit_said(fit, check_terms(workspace, terms, now=now, deal=None, customer=fit.draft.customer))
    except Refused as refused:
        return open_said(replace(fit, notes=(refused.sentence, *fit.notes)))


def either(workspace: Workspace, by: Member, now: datetime, numbers: Sequence[int], text: str) -> Say:
    """A number among other words: the deal as it stands, or a new one; asked where the words name what is sold."""
    fit = _read(workspace, by, now, text)
    if fit is None:
        return besides_said(numbered(workspace, by, now, numbers))
    check_sees_deals(by)
    deals = find_numbered(workspace, numbers)
    return unsure_said(fit, deals) if deals else would_fit(workspace, by, now, text) or open_said(fit)


def verdict_on(workspace: Workspace, by: Member, now: datetime, text: str) -> tuple[Verdict, Sentence] | None:
    """Whether a deal in words fits, in a sentence; Refused where the words leave something open."""
    fit = _read(workspace, by, now, text)
    if fit is None:
        return None
    if fit.missing:
        raise Refused(plain(open_said(fit).sentence))
    checked = check_terms(
        workspace, read_terms(workspace, fit.draft, fit.locale), now=now, deal=None, customer=fit.draft.customer
    )
    return checked.check.verdict, verdict_sentence(checked, fit.locale)


def _read(workspace: Workspace, by: Member, now: datetime, text: str, execution: str = "") -> Fit | None:
    """A deal in words, where they name what is sold."""
    today, locale = workspace.today(now), locale_of(by.locale)
    words = read_words(workspace, text, today=today, locale=locale)
    if not words.names_offers:
        return None
    target = WordsTarget(words=text, day=today.isoformat(), execution=execution) if by.has(Role.SALES) else None
    # A question is not a proposal yet: nobody has to say for whom.
    notes = tuple(sentence for sentence in words.sentences if sentence != _(WHO))
    return Fit(words.draft, notes, words.open & NEEDED, locale, target)


def _standing(workspace: Workspace, by: Member, now: datetime, found: Found, missing: Sequence[int] = ()) -> Say:
    """One with its buttons; several as a list, in as many queries as for two."""
    cards = cards_of(found.deals, now=now)
    if len(cards) > 1:
        return rows_said(cards, found.count, missing)
    deal: Deal = found.deals[0]
    link = links_of(workspace, [deal.id], by).get(deal.id)
    return standing_said(cards[0], moves_of(deal, by), audience_of(deal, by), link, missing)
