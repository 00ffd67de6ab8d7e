"""What people write to Belay, in a direct message or with a mention: each gets one private answer, read by rules."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from handlers.agendas.conversation_view import (
    HELLO,
    NOT_READ,
    ONE_AMOUNT,
    WHICH,
    can_do,
    columns_said,
    keeper_can_do,
    waiting_said,
)
from handlers.agendas.sop_steps import steps_of
from handlers.deals.answers import either, listed, named, numbered, perhaps_named, would_fit
from handlers.deals.threads import heard_in_thread
from handlers.slack.ids import Act
from handlers.slack.listening import listens
from handlers.slack.replies import Reply, Say
from handlers.slack.text import as_sentence
from models.base.errors import NotYours
from models.base.language import _
from models.company.offers import first_offer
from models.deals.card import cards_of
from models.deals.card_messages import deal_in_thread
from models.deals.lists import turn_of
from models.deals.rules import check_sees_deals
from models.setup.catalogue import keeps_company
from models.words.asking import Asked, Topic, asked_in
from models.workspace.members import Member, is_admin
from models.workspace.workspaces import Workspace

MOST_WAITING = 8
SOON = timedelta(weeks=8)
# Where a file comes with them, they are words all the same; whatever else has a subtype is no message of a person's.
WRITTEN = (None, "file_share")
# What somebody asks about the spreadsheet that they want to bring.
COLUMNS = re.compile(
    r"\b(?:headings?|headers?|columns?|spreadsheets?|workbooks?|templates?|excel|csv|überschriften|spalten|vorlage|tabelle)\b",
    re.IGNORECASE,
)
TO_KEEPERS = (Topic.HELP, Topic.DEAL, Topic.AMOUNT)
NOBODY = (None, "", "USLACKBOT")


def is_written(event: Mapping[str, Any]) -> bool:
    """What a person writes for the first time: nothing of bots, no edit, nothing that Slack says by itself."""
    is_of_a_bot = event.get("bot_id") or event.get("bot_profile") or event.get("user") in NOBODY
    return not is_of_a_bot and event.get("subtype") in WRITTEN and not event.get("edited") and not event.get("hidden")


@listens(event="message.im", concerns=is_written, is_asked=True)
@listens(event="app_mention", concerns=is_written, is_asked=True)
def answer(workspace: Workspace, by: Member, now: datetime, event: dict[str, str], admins: frozenset[str]) -> Reply:
    """One answer: in the thread of a deal the button that says the same, as ever; else what was asked."""
    heard = heard_in_thread(workspace, by, now, event) if event.get("thread_ts") else None
    if heard is not None:
        return heard if event["type"] == "message" else None
    asked = _about_the_thread(workspace, event, asked_in(event["text"]))
    return _to_keeper(by, event["text"], asked, admins) or _answer(workspace, by, now, asked)


@listens(Act.WAITING, is_writing=False)
def show_waiting(by: Member, now: datetime) -> Reply:
    """What waits for the person."""
    return _waiting(by, now)


def _about_the_thread(workspace: Workspace, event: Mapping[str, str], asked: Asked) -> Asked:
    """A status of nothing in particular is asked of the deal in whose thread it is asked."""
    if asked.topic is not Topic.STATUS or asked.numbers or asked.about or not event.get("thread_ts"):
        return asked
    deal = deal_in_thread(workspace, event["channel"], event["thread_ts"])
    return Asked(Topic.STATUS, (deal.number,)) if deal else asked


def _to_keeper(by: Member, text: str, asked: Asked, admins: frozenset[str]) -> Say | None:
    """Who keeps the company's data hears of spreadsheets, and without another role what there is to do."""
    if by.is_outsider or not keeps_company(by, admins):
        return None
    if asked.topic is Topic.DEAL and COLUMNS.search(text):
        return columns_said()
    return None if by.roles or asked.topic not in TO_KEEPERS else keeper_can_do(is_admin=is_admin(by, admins))


def _answer(workspace: Workspace, by: Member, now: datetime, asked: Asked) -> Say:
    if by.is_outsider:
        raise NotYours(_("Deals are for people of this workspace, and you are a guest here."))
    return ANSWERS[asked.topic](workspace, by, now, asked)


def _hello(workspace: Workspace, by: Member, now: datetime, _asked: Asked) -> Say:
    return _can_do(workspace, by, now, _(HELLO))


def _thanked(_workspace: Workspace, _by: Member, _now: datetime, _asked: Asked) -> Say:
    return Say((_("You are welcome."),))


def _waits(_workspace: Workspace, by: Member, now: datetime, _asked: Asked) -> Say:
    return _waiting(by, now)


def _deals(workspace: Workspace, by: Member, now: datetime, asked: Asked) -> Say:
    return listed(workspace, by, now, is_own=asked.topic is Topic.OWN)


def _status(workspace: Workspace, by: Member, now: datetime, asked: Asked) -> Say:
    check_sees_deals(by)
    if asked.numbers and not asked.is_sure:
        return either(workspace, by, now, asked.numbers, asked.text)
    if asked.numbers:
        return numbered(workspace, by, now, asked.numbers)
    return named(workspace, by, now, asked.about) if asked.about else Say(as_sentence(_(WHICH)))


def _deal(workspace: Workspace, by: Member, now: datetime, asked: Asked) -> Say:
    if not by.roles:
        return _not_read(workspace, by, now, asked)
    answer = would_fit(workspace, by, now, asked.text) or perhaps_named(workspace, by, now, asked.about)
    return answer or _not_read(workspace, by, now, asked)


def _not_read(workspace: Workspace, by: Member, now: datetime, _asked: Asked) -> Say:
    return _can_do(workspace, by, now, _(NOT_READ))


def _one_amount(workspace: Workspace, by: Member, now: datetime, _asked: Asked) -> Say:
    return _can_do(workspace, by, now, _(ONE_AMOUNT))


ANSWERS: Mapping[Topic, Callable[[Workspace, Member, datetime, Asked], Say]] = {
    Topic.HELP: _hello,
    Topic.THANKS: _thanked,
    Topic.WAITING: _waits,
    Topic.OWN: _deals,
    Topic.OPEN: _deals,
    Topic.STATUS: _status,
    Topic.DEAL: _deal,
    Topic.AMOUNT: _one_amount,
}


def _can_do(workspace: Workspace, by: Member, now: datetime, begin: str) -> Say:
    offer = first_offer(workspace)
    return can_do(begin, offer.name if offer else "tents", workspace.today(now) + SOON, by)


def _waiting(by: Member, now: datetime) -> Say:
    check_sees_deals(by)
    deals = turn_of(by)
    return waiting_said(steps_of(by, now=now), cards_of(deals[:MOST_WAITING], now=now), len(deals))
