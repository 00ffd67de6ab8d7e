"""What a change of capacity breaks: said before it is done, and listed with its ways afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from babel import Locale
from slack_sdk.models.views import View

from handlers.capacity.capacity_view import MOST_BROKEN, Broken, saved_view
from handlers.deals.ways import search_now
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence, clip
from models.base.language import _, ngettext
from models.base.words import company_locale
from models.capacity.adjusting import Breaking, has_broken
from models.deals.rows import Deal
from models.deals.terms import Checked, check_promise, searchable
from models.workspace.workspaces import Workspace


def _promises(count: int) -> str:
    return ngettext("{count} promise", "{count} promises", count, count=count)


def _holds(count: int) -> str:
    return ngettext("{count} hold", "{count} holds", count, count=count)


def breaking_sentences(breaks: Breaking) -> list[Sentence]:
    """Which promises and holds would break."""
    if not breaks.promises and not breaks.holds:
        return [(_("No deal’s promise or hold would break."),)]
    return [
        (Bold(_("This would break {what}: ", what=what(len(deals)))), listed(deals))
        for deals, what in ((breaks.promises, _promises), (breaks.holds, _holds))
        if deals
    ]


def listed(deals: Sequence[Deal]) -> str:
    """Deals by number and customer."""
    names = ", ".join(f"#{deal.number} {clip(deal.customer, 40)}" for deal in deals[:MOST_BROKEN])
    return names + (_(" and {count} more", count=len(deals) - MOST_BROKEN) if len(deals) > MOST_BROKEN else "")


def saved(workspace: Workspace, done: str, breaks: Breaking, *, now: datetime) -> Reply:
    """What was done, and the promises that cannot be kept any more by it, with their ways a moment later."""
    locale = company_locale(workspace.country)
    broken = breaks.promises
    if breaks.holds:
        done += _("What is held for {holds} can no longer be kept. ", holds=listed(breaks.holds))
    if not broken:
        rest = (
            _("No further promise breaks.")
            if has_broken(workspace, now=now)
            else _("Every deal’s promise can be kept.")
        )
        return Show(saved_view((done, rest), [], locale))
    count = ngettext("One promise", "{count} promises", len(broken), count=len(broken))
    sentence: Sentence = (
        done,
        Bold(_("{count} can no longer be kept. ", count=count)),
        _("Both sides know; nothing else has changed."),
    )
    entries = [
        Broken(d.id, d.number, d.customer, d.seller.name, d.proposal.version, _searchable_promise(d, now))
        for d in broken[:MOST_BROKEN]
    ]
    more = len(broken) - len(entries)
    later = partial(_with_ways, sentence, entries, locale, more)
    return Show(saved_view(sentence, entries, locale, more=more), later=later)


def _searchable_promise(deal: Deal, now: datetime) -> Checked:
    return searchable(deal.workspace, check_promise(deal, now=now), now=now, deal=deal)


def _with_ways(sentence: Sentence, broken: Sequence[Broken], locale: Locale, more: int) -> View:
    promises = [replace(promise, ways=search_now(promise.checked)) for promise in broken]
    return saved_view(sentence, promises, locale, more=more)
