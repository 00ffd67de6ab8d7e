"""Deals: propose, find, read, and answer for the person that the token acts for."""

from typing import Annotated

from fastapi import Path, Query
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.api import deal_documents as documents
from handlers.api import given
from handlers.api.deal_terms import given_terms
from handlers.api.deal_writing import deal_documents, history_document, whole_deal
from handlers.api.endpoints import Act, Status, serves
from handlers.api.given import GivenDeal
from handlers.slack.values import read_choice
from models.api.tokens import Scope
from models.base.arithmetic import monday
from models.base.errors import Refused
from models.deals import deciding, delivering
from models.deals.deciding import LossReason
from models.deals.delivering import Report
from models.deals.finding import Sought, find_deals
from models.deals.lists import is_turn_of, live_deals
from models.deals.proposing import propose_deal
from models.deals.references import check_references, find_referred, refer
from models.deals.rows import Deal
from models.deals.rules import check_may, check_may_propose, check_sees_deals, may
from models.deals.states import Move, State
from models.deals.transitions import find_number
from models.workspace.history import History
from models.workspace.roles import Side

Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The deal's number, as people say it.")]
MOST_AT_ONCE = 100


@serves("POST", "/deals", Scope.PROPOSE, status=201, others=[200])
def propose(act: Act, deal: GivenDeal) -> documents.WholeDeal | Status:
    """Propose a deal: it is posted in Slack for operations. One whose external key is known is not proposed again."""
    check_may_propose(act.by)
    check_references(deal.external)
    act.workspace.lock()
    known = find_referred(act.workspace, deal.external)
    if known is not None:
        if may(known, Move.ATTACH, by=act.by):
            refer(known, deal.external, by=act.by, now=act.now)
        return Status(200, _whole(act, known))
    proposed = _proposed(act, deal)
    refer(proposed, deal.external, by=act.by, now=act.now)
    return _whole(act, proposed)


@serves("GET", "/deals", Scope.READ_DEALS, others=[304])
def find(
    act: Act,
    words: Annotated[str, Query(max_length=200, description="Of the customer's name, or of an offer's.")] = "",
    state: Annotated[list[State] | None, Query(description="One of these.")] = None,
    turn: Annotated[Side | None, Query(description="The side that owes an answer.")] = None,
    seller: Annotated[str, Query(max_length=40, description="The seller, by their id in Slack.")] = "",
    external: Annotated[
        str, Query(max_length=250, description="A system and its key of the deal: salesforce:006…")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = 20,
    cursor: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="`next` of the page before.")] = None,
) -> documents.Deals:
    """Deals, the latest first, page by page."""
    check_sees_deals(act.by)
    if external:
        system, _, key = external.partition(":")
        known = find_referred(act.workspace, {system: key})
        return _page(act, [known] if known else [], 1 if known else 0, limit)
    sought = Sought(words=words, states=state or (), turn=turn, seller=seller, below=cursor)
    found = find_deals(act.workspace, sought, limit=limit + 1)
    return _page(act, list(found.deals), found.count, limit)


@serves("GET", "/waiting", Scope.READ_DEALS, others=[304])
def read_waiting(act: Act, limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = MOST_AT_ONCE) -> documents.Deals:
    """Deals that wait for the token's person: an agreement or an answer before a report. `count` says how many do."""
    check_sees_deals(act.by)
    waiting = [deal for deal in live_deals(act.by, limit=None) if is_turn_of(deal, act.by)]
    shown = deal_documents(waiting[:limit], by=act.by, now=act.now)
    return documents.Deals(deals=shown, count=len(waiting), next=None)


@serves("GET", "/deals/{number}", Scope.READ_DEALS, others=[304])
def read(act: Act, number: Number) -> documents.WholeDeal:
    """A deal with all of its terms, whether it fits, its ways to yes, and what may be done now."""
    return _whole(act, _deal(act, number))


@serves("GET", "/deals/{number}/history", Scope.READ_DEALS, others=[304])
def read_history(act: Act, number: Number) -> documents.History:
    """What happened to a deal, as its thread tells it."""
    deal = _deal(act, number)
    acts = select(History).where(History.workspace_id == deal.workspace_id, History.subject == Deal.__tablename__)
    rows = act.session.scalars(acts.where(History.subject_id == deal.id).options(joinedload(History.by)))
    return history_document(deal, sorted(rows, key=lambda row: row.id))


@serves("POST", "/deals/{number}/accept", Scope.ANSWER, is_seen=True)
def accept(act: Act, number: Number, answer: given.GivenVersion) -> documents.WholeDeal:
    """The seller agrees to operations' counter-proposal: to the version that they saw, or by If-Match."""
    deal = _seen(act, number)
    check_may(deal, Move.ACCEPT, by=act.by)
    if answer.version is None and not act.match:
        raise Refused("Say which version is accepted: the one that the customer heard of.", field="version")
    deciding.accept(deal, by=act.by, now=act.now, version=answer.version)
    return _whole(act, deal)


@serves("POST", "/deals/{number}/withdraw", Scope.ANSWER, is_seen=True)
def withdraw(act: Act, number: Number, answer: given.GivenWhy) -> documents.WholeDeal:
    """The seller takes the deal, or a change of it, back."""
    deal = _seen(act, number)
    deciding.withdraw(deal, by=act.by, now=act.now, why=answer.why)
    return _whole(act, deal)


@serves("POST", "/deals/{number}/win", Scope.ANSWER, is_seen=True)
def win(act: Act, number: Number) -> documents.WholeDeal:
    """The customer has ordered."""
    deal = _seen(act, number)
    deciding.win(deal, by=act.by, now=act.now)
    return _whole(act, deal)


@serves("POST", "/deals/{number}/lose", Scope.ANSWER, is_seen=True)
def lose(act: Act, number: Number, answer: given.GivenLoss) -> documents.WholeDeal:
    """The customer said no."""
    deal = _seen(act, number)
    reason = read_choice(LossReason, answer.reason, "reason")
    deciding.lose(deal, by=act.by, now=act.now, reason=reason, why=answer.why)
    return _whole(act, deal)


@serves("POST", "/deals/{number}/deliver", Scope.ANSWER, is_seen=True)
def deliver(act: Act, number: Number, answer: given.GivenDelivery) -> documents.WholeDeal:
    """Operations report what was delivered."""
    deal = _seen(act, number)
    reports = None
    if answer.reports is not None:
        reports = [Report(one.delivery, one.delivered, monday(one.arrived)) for one in answer.reports]
    rest = monday(answer.rest) if answer.rest else None
    delivering.deliver(deal, by=act.by, now=act.now, reports=reports, rest=rest, why=answer.why)
    return _whole(act, deal)


@serves("PUT", "/deals/{number}/external/{system}", Scope.PROPOSE, is_seen=True)
def name(
    act: Act, number: Number, system: Annotated[str, Path(max_length=40)], key: given.GivenReference
) -> documents.WholeDeal:
    """What another system calls a deal, for good."""
    act.workspace.lock()
    deal = _seen(act, number)
    # As whoever may attach a page of the CRM.
    check_may(deal, Move.ATTACH, by=act.by)
    refer(deal, {system: key.external_id}, by=act.by, now=act.now)
    return _whole(act, deal)


def _proposed(act: Act, deal: given.GivenDeal) -> Deal:
    return propose_deal(
        act.workspace,
        by=act.by,
        now=act.now,
        customer=deal.customer,
        terms=given_terms(act.workspace, deal, deal.note),
        told=deal.told,
        likelihood=deal.likelihood,
        campaign=deal.campaign,
    )


def _deal(act: Act, number: int) -> Deal:
    check_sees_deals(act.by)
    return find_number(act.workspace, number)


def _seen(act: Act, number: int) -> Deal:
    """A deal to act upon; refused where its sender has seen another state of it."""
    deal = _deal(act, number)
    if act.match:
        # As it is, and stays until this is done.
        deal.lock()
        act.check_seen(_whole(act, deal))
    return deal


def _whole(act: Act, deal: Deal) -> documents.WholeDeal:
    return whole_deal(deal, by=act.by, now=act.now)


def _page(act: Act, deals: list[Deal], count: int, limit: int) -> documents.Deals:
    """Of so many deals, or one more: which says that there is another page."""
    shown = deals[:limit]
    following = str(shown[-1].number) if len(deals) > limit else None
    return documents.Deals(deals=deal_documents(shown, by=act.by, now=act.now), count=count, next=following)
