"""Who may make which move, whatever the moment."""

from collections.abc import Callable, Mapping

from models.base.language import _
from models.deals.conditions import Condition
from models.deals.rows import Deal
from models.deals.speaking import speaks_for
from models.deals.states import Move
from models.workspace.members import Member
from models.workspace.roles import Role, Side

Rule = Callable[[Deal, Member], str | None]
# Who changes prices only, where they are asked.
ABOVE = frozenset({Side.FINANCE, Side.LEADERSHIP})


def is_asked_beside(deal: Deal, by: Member) -> bool:
    """Whether a person is asked about the present terms beside operations: finance, leadership, or by name."""
    return (
        deal.is_open
        and not by.represents(deal.seller_id)
        and any(step.side is not Side.OPERATIONS and step.asks(by) for step in deal.proposal.steps)
    )


def _seller_only(deal: Deal, by: Member) -> str | None:
    if Side.SALES in speaks_for(deal, by):
        return None
    return _("Only {name}, whose deal this is, can do this.", name=deal.seller.name)


def _who_counters(deal: Deal, by: Member) -> str | None:
    """Operations; and finance, with a price, where a deal is below the floor."""
    return _own_deal(deal, by) or (None if side_countering(deal, by) else _("This is for operations."))


def side_countering(deal: Deal, by: Member) -> Side | None:
    """The side for which a person counters; None who may not."""
    if by.may_act_as(Role.OPERATIONS):
        return Side.OPERATIONS
    asked = [step.side for step in deal.proposal.steps if step.side in ABOVE and step.asks(by)] if deal.is_open else []
    return min(asked, key=lambda side: not by.may_act_as(Role(side)), default=None)


def _who_sends_back(deal: Deal, by: Member) -> str | None:
    """Finance and leadership, and whoever is asked by name."""
    if is_asked_beside(deal, by):
        return None
    return _own_deal(deal, by) or _lacks(by, _("This is for finance and leadership."), Role.FINANCE, Role.LEADERSHIP)


def _operations_only(deal: Deal, by: Member) -> str | None:
    return _own_deal(deal, by) or _lacks(by, _("This is for operations."), Role.OPERATIONS)


def _operations_or_leadership(deal: Deal, by: Member) -> str | None:
    return _own_deal(deal, by) or _lacks(
        by, _("This is for operations and leadership."), Role.OPERATIONS, Role.LEADERSHIP
    )


def _who_approves(deal: Deal, by: Member) -> str | None:
    if not by.represents(deal.seller_id) and any(step.asks(by) for step in deal.proposal.steps):
        return None
    if set(speaks_for(deal, by)) - {Side.SALES}:
        return None
    return _own_deal(deal, by) or _("Operations approve deals; finance or leadership those below the floor.")


def _who_declines(deal: Deal, by: Member) -> str | None:
    if not by.represents(deal.seller_id) and side_countering(deal, by) in ABOVE:
        return None
    return _operations_or_leadership(deal, by)


def _who_asks(deal: Deal, by: Member) -> str | None:
    return None if speaks_for(deal, by) else _("Questions are for the two sides of this deal.")


def _own_deal(deal: Deal, by: Member) -> str | None:
    return _("Nobody decides on their own deal.") if by.represents(deal.seller_id) else None


def _lacks(by: Member, sentence: str, *roles: Role) -> str | None:
    return None if by.may_act_as(*roles) else sentence


def _who_hands_over(deal: Deal, by: Member) -> str | None:
    """The seller, whoever leads sales, or leadership: also when the seller has left."""
    if by.id == deal.seller_id or by.has(Role.LEADERSHIP) or by.leads_now(Side.SALES):
        return None
    return _("Only {name}, the lead of sales or leadership can hand this deal over.", name=deal.seller.name)


def _who_attaches(deal: Deal, by: Member) -> str | None:
    return None if speaks_for(deal, by) else _("Files are attached by the two sides of this deal.")


def _nobody(deal: Deal, by: Member) -> str | None:
    return _("Only the clock does this, to deal #{number}, not {name}.", number=deal.number, name=by.name)


def _who_answers(deal: Deal, by: Member) -> str | None:
    if not by.represents(deal.seller_id) and any(step.asks(by) for step in deal.proposal.steps):
        return None
    return _own_deal(deal, by) or _("This is for who is asked to agree to this deal.")


def _who_adds(deal: Deal, by: Member) -> str | None:
    """Whoever is asked, and leadership."""
    return None if not by.represents(deal.seller_id) and by.has(Role.LEADERSHIP) else _who_answers(deal, by)


def _who_meets(deal: Deal, by: Member) -> str | None:
    """Who is to fulfil a condition, or who set it."""
    is_theirs = any(may_settle(one, by) for one in deal.conditions)
    return None if is_theirs else _("This is for who fulfils a condition of this deal, and who set it.")


def may_settle(condition: Condition, by: Member) -> bool:
    """Whether a person says that a condition is met: who fulfils it, or who set it; a seller only the former."""
    if by.represents(condition.owner_id):
        return True
    set_it = any(by.represents(key) for key in condition.decision.people if key is not None)
    return set_it and not by.represents(condition.deal.seller_id)


def _who_waives(deal: Deal, by: Member) -> str | None:
    """Who set a condition; leadership, too, but for their own deals."""
    own = _own_deal(deal, by)
    if own or any(by.id in one.decision.people for one in deal.conditions):
        return own
    return _lacks(by, _("A condition is waived by who set it, or by leadership."), Role.LEADERSHIP)


WHO: Mapping[Move, Rule] = {
    Move.REVISE: _seller_only,
    Move.COUNTER: _who_counters,
    Move.COUNTER_BACK: _seller_only,
    Move.APPROVE: _who_approves,
    Move.ACCEPT: _seller_only,
    Move.COMMIT: _nobody,
    Move.UNDO: _operations_only,
    Move.DECLINE: _who_declines,
    Move.DECLINE_CHANGE: _who_declines,
    Move.WITHDRAW: _seller_only,
    Move.KEEP: _seller_only,
    Move.CHANGE: _seller_only,
    Move.WIN: _seller_only,
    Move.LOSE: _seller_only,
    Move.CANCEL: _seller_only,
    Move.DELIVER: _operations_only,
    Move.DELIVER_PART: _nobody,
    Move.OBJECT: _seller_only,
    Move.HAND_OVER: _who_hands_over,
    Move.EDIT: _seller_only,
    Move.ATTACH: _who_attaches,
    Move.ASK: _who_asks,
    Move.ANSWER: _who_asks,
    Move.JOIN_CALL: _operations_or_leadership,
    Move.SET_CALL: _seller_only,
    Move.EXTEND: _operations_only,
    Move.SEND_BACK: _who_sends_back,
    Move.TAKE_BACK: _who_answers,
    Move.RECALL: _seller_only,
    Move.ABSTAIN: _who_answers,
    Move.ADD_APPROVER: _who_adds,
    Move.REASSIGN: _who_answers,
    Move.MEET: _who_meets,
    Move.WAIVE: _who_waives,
    Move.LAPSE: _nobody,
    Move.STEP_ASIDE: _nobody,
    Move.BREAK: _nobody,
    Move.RESUME: _nobody,
    Move.SET_WIN_BY: _seller_only,
    Move.EXPIRE: _nobody,
}
