"""Conditions of a yes: bound to it, met by who fulfils them, waived by who set them."""

from collections.abc import Sequence
from datetime import datetime

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.base.language import _
from models.deals.card_messages import card_messages_of, raise_card
from models.deals.conditions import Before, Condition, GivenCondition
from models.deals.decisions import Decision
from models.deals.rows import Deal
from models.deals.states import Move
from models.deals.transitions import advance, enter
from models.deals.who_may import may_settle
from models.workspace.members import Member
from models.workspace.roles import Role


def bind(deal: Deal, decision: Decision, given: Sequence[GivenCondition]) -> None:
    """Bind a yes to conditions; what the customer has ordered already is held up before its delivery."""
    for one in given:
        row = Condition(workspace=deal.workspace, deal=deal, decision=decision, owner=one.owner, due=one.due)
        row.text, row.before = one.text.strip(), Before.DELIVERY if deal.was_won else one.before
        deal.session.add(row)
    deal.session.flush()


def meet(deal: Deal, condition_id: int, *, by: Member, now: datetime, note: str = "") -> None:
    """Who fulfils a condition, or who set it, says that it is met."""
    condition = _open(deal, Move.MEET, condition_id, by)
    if not may_settle(condition, by):
        raise NotYours(
            _(
                "{name} says when this is met, or {principal_name}.",
                name=condition.owner.name,
                principal_name=condition.decision.principal.name,
            )
        )
    condition.met_at, condition.met_by, condition.note = now, by, note.strip() or None
    advance(deal, Move.MEET, by=by, now=now, why=note.strip() or None, details={"condition": condition.text})
    for card in card_messages_of(deal):
        # Who set it hears of it: an update alone notifies nobody.
        if card.member_id in condition.decision.people and card.member_id != by.id:
            raise_card(card, now=now)


def waive(deal: Deal, condition_id: int, *, by: Member, now: datetime, why: str) -> None:
    """Who set a condition, or leadership, does without it, and says why."""
    condition = _open(deal, Move.WAIVE, condition_id, by)
    if by.id not in condition.decision.people and not by.has(Role.LEADERSHIP):
        raise NotYours(_("{name} set this; they or leadership can waive it.", name=condition.decision.principal.name))
    if not why.strip():
        raise Refused(_("Say in a sentence why it is not needed any more."), field="why")
    condition.waived_at, condition.waived_by, condition.note = now, by, why.strip()
    advance(deal, Move.WAIVE, by=by, now=now, why=why.strip(), details={"condition": condition.text})


def _open(deal: Deal, move: Move, condition_id: int, by: Member) -> Condition:
    enter(deal, move, by=by)
    condition = next((one for one in deal.conditions if one.id == condition_id), None)
    if condition is None:
        raise NotFound(_("That condition is not here."))
    if not condition.is_open:
        ended = condition.met_by or condition.waived_by
        raise TooLate(
            _("{name} has settled this already.", name=ended.name)
            if ended
            else _("The yes that it belonged to is gone.")
        )
    return condition
