"""Who may do what to a deal, and when: one question, asked by the button and by the verb."""

from collections.abc import Mapping

from models.base.errors import NotYours, Refused, TooLate
from models.base.language import _
from models.base.words import instant_text, locale_of
from models.deals.moments import MOMENT, MOST_EXTENSIONS, any_moment
from models.deals.rows import Deal
from models.deals.states import TRANSITIONS, Move
from models.deals.who_may import WHO
from models.workspace.members import Member, way_to_a_role
from models.workspace.roles import Role, Side

DECLINING = frozenset({Move.DECLINE, Move.DECLINE_CHANGE})


def objection(deal: Deal, move: Move, *, by: Member) -> Refused | None:
    """Why a person may not make a move now; None when they may."""
    sentence = WHO[move](deal, by)
    if sentence:
        return NotYours(sentence)
    if not is_possible(deal, move):
        return TooLate(_where_it_stands(deal, by))
    late = MOMENT.get(move, any_moment)(deal, by)
    way_on = Move.COUNTER if late and move in DECLINING and may(deal, Move.COUNTER, by=by) else None
    return TooLate(late, way_on=way_on) if late else None


def check_may(deal: Deal, move: Move, *, by: Member) -> None:
    """Refuse who may not, before a form is filled in for nothing."""
    refused = objection(deal, move, by=by)
    if refused:
        raise refused


def check_may_propose(by: Member) -> None:
    """Deals are proposed by sales."""
    if not by.has(Role.SALES):
        needs = _("Deals are proposed by sales. An admin gives roles with `/belay roles`.")
        raise NotYours(needs, way_on=way_to_a_role(by))


def check_sees_numbers(by: Member) -> None:
    """Cost and margin are for operations, finance and leadership."""
    if not may_see_numbers(by):
        raise NotYours(_("Cost and margin are for operations, finance and leadership."))


def may_see_numbers(by: Member) -> bool:
    """Whether cost and margin are for this person."""
    return by.has(Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP)


def check_sees_deals(by: Member) -> None:
    """Deals are for those who have a role."""
    if not by.roles:
        needs = _("Deals are for people with a role. An admin gives roles with `/belay roles`.")
        raise NotYours(needs, way_on=way_to_a_role(by))


def may(deal: Deal, move: Move, *, by: Member) -> bool:
    """Whether a person may make a move now."""
    return objection(deal, move, by=by) is None


def is_possible(deal: Deal, move: Move) -> bool:
    """Whether the state allows a move to anybody."""
    return (deal.state, move) in TRANSITIONS


def moves_of(deal: Deal, member: Member) -> frozenset[Move]:
    """What a person may do now."""
    return frozenset(move for move in Move if may(deal, move, by=member))


def moves_of_side(deal: Deal, side: Side) -> frozenset[Move]:
    """What the state lets a side do, whoever of it comes; what a card for a whole channel shows."""
    possible = {move for move in SIDES[side] if is_possible(deal, move)}
    if side not in deal.awaiting:
        possible -= {Move.APPROVE}
    possible -= {Move.DECLINE} if deal.promised_id else {Move.DECLINE_CHANGE}
    if not any(question.to_side == side for question in deal.open_questions):
        possible -= {Move.ANSWER}
    if not deal.is_open and not deal.broken_at:
        possible -= {Move.COUNTER}
    if not deal.proposal.is_on_the_spot:
        possible -= {Move.UNDO}
    if deal.extensions >= MOST_EXTENSIONS:
        possible -= {Move.EXTEND}
    return frozenset(possible)


def _where_it_stands(deal: Deal, by: Member) -> str:
    last = deal.decisions[-1] if deal.decisions else None
    if last is None or deal.is_open:
        return _("Deal #{number} is {state}: this is not possible now.", number=deal.number, state=_(deal.state))
    at = instant_text(last.at, by.timezone, locale_of(by.locale))
    return _(
        "Deal #{number} is {state}, by {name}, {at}: this is not possible now.",
        number=deal.number,
        state=_(deal.state),
        name=last.by.name,
        at=at,
    )


OPERATIONS_MOVES = (
    Move.APPROVE,
    Move.UNDO,
    Move.COUNTER,
    Move.ASK,
    Move.ANSWER,
    Move.JOIN_CALL,
    Move.EXTEND,
    Move.ATTACH,
    Move.DECLINE,
    Move.DECLINE_CHANGE,
)
SIDES: Mapping[Side, tuple[Move, ...]] = {Side.OPERATIONS: (*OPERATIONS_MOVES, Move.DELIVER)}
