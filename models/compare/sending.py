"""Answers to several deals, sent in one transaction under one lock: all of them, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.base.language import N_, _
from models.company.offers import offers_with_needs
from models.compare.answers import LIMIT
from models.compare.comparison import Comparison, comparison_of
from models.deals.deciding import approve
from models.deals.lists import WITH_ALL
from models.deals.proposing import counter
from models.deals.rows import Deal
from models.deals.rules import check_may
from models.deals.states import Move
from models.deals.terms import TermLine, Terms, lock_needed
from models.deals.transitions import check_version
from models.promise import Line
from models.promise.joint import CERTAIN, Answer, Choice, Contender, Contest, choose, in_turn
from models.promise.windows import Cell, demands_of
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

COMPARE = "compare"
CHANGED = N_("Not all of this can be had together any more.")


@dataclass(frozen=True)
class Sent:
    """An answer to a deal as it was seen: on its own terms, or a counter with other lines.

    `overtime` is the cost of it that was seen, `weight` the deal's likelihood where that counts, in percent.
    """

    deal: int
    version: int
    lines: tuple[TermLine, ...] = ()
    overtime: int = 0
    weight: int = CERTAIN
    goes_first: bool = False


def send_answers(workspace: Workspace, sent: Sequence[Sent], *, by: Member, now: datetime) -> list[Deal]:
    """Approve what was asked and counter the rest, each with its own history and hold; or nothing, and why.

    Whoever stands before others in the comparison is served before them.
    """
    try:
        return _sent(workspace, sent, by=by, now=now)
    except NotYours:
        raise
    except Refused as refused:
        raise TooLate(_("{sentence} Nothing was sent.", sentence=refused.sentence), way_on=COMPARE) from refused


def _sent(workspace: Workspace, sent: Sequence[Sent], *, by: Member, now: datetime) -> list[Deal]:
    if not sent:
        raise Refused(_("There is nothing to send: none of these deals would get an answer now."))
    deals = _locked(workspace, sent)
    for deal, one in zip(deals, sent, strict=True):
        check_may(deal, Move.COUNTER if one.lines else Move.APPROVE, by=by)
        check_version(deal, one.version, by=by)
    comparison = comparison_of(deals, now=now, offers=[line.offer_id for one in sent for line in one.lines])
    contest = _contest(comparison, sent)
    joint = choose(contest, limit=LIMIT)
    if joint.choices is None or any(
        choice.overtime > one.overtime for one, choice in zip(sent, joint.choices, strict=True)
    ):
        raise TooLate(_(CHANGED))
    for number in in_turn(contest.contenders):
        _answer(deals[number], sent[number], joint.choices[number], contest.contenders[number], by=by, now=now)
    return deals


def _locked(workspace: Workspace, sent: Sequence[Sent]) -> list[Deal]:
    """The deals in the order given, and all that they and their answers need: deals first, as whoever decides one."""
    ids = [one.deal for one in sent]
    known = select(Deal).where(Deal.workspace_id == workspace.id, Deal.id.in_(ids)).order_by(Deal.id)
    workspace.session.scalars(known.with_for_update(key_share=True)).all()
    workspace.session.expire_all()
    deals = {deal.id: deal for deal in workspace.session.scalars(known.options(*WITH_ALL))}
    if deals.keys() != set(ids):
        raise NotFound(_("One of these deals is not here."))
    offers = {line.offer_id for deal in deals.values() for line in deal.proposal.lines}
    offers |= {line.offer_id for one in sent for line in one.lines}
    lock_needed(workspace, offers_with_needs(workspace, offers).values())
    return [deals[one] for one in ids]


def _contest(comparison: Comparison, sent: Sequence[Sent]) -> Contest:
    """Each deal with the one answer that was chosen for it."""
    contenders = []
    for deal, one in zip(comparison.deals, sent, strict=True):
        names = {key: name for name, key in deal.checked.ids.items()}
        lines = tuple(Line(names[x.offer_id], x.quantity, x.unit_price, x.week) for x in one.lines)
        answer = Answer(0, lines or deal.checked.check.deal.lines)
        contenders.append(Contender(deal.checked.company, (answer,), weight=one.weight, goes_first=one.goes_first))
    return Contest(comparison.company, comparison.today, tuple(contenders), comparison.reserves)


def _answer(deal: Deal, sent: Sent, choice: Choice, one: Contender, *, by: Member, now: datetime) -> None:
    within = _within(choice, one)
    if sent.lines:
        counter(deal, Terms(sent.lines), by=by, now=now, version=sent.version, within=within)
    else:
        approve(deal, by=by, now=now, version=sent.version, overtime=choice.overtime or None, within=within)


def _within(choice: Choice, one: Contender) -> Mapping[Cell, int] | None:
    """Where there is a choice of cells, the deals are placed together."""
    demands = demands_of(one.company.offers, one.answers[0].lines)
    return None if all(window.is_one_cell for window in demands) else choice.cells
