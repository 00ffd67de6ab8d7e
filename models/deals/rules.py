"""Who may do what to a deal, and when: one question, asked by the button and by the verb."""

from collections.abc import Callable, Mapping

from models.base.errors import NotYours, Refused, TooLate
from models.base.words import instant_text, locale_of
from models.deals.rows import Deal
from models.deals.states import TRANSITIONS, Move
from models.workspace.members import Member, way_to_a_role
from models.workspace.roles import Role, Side

MOST_EXTENSIONS = 2
DECLINING = frozenset({Move.DECLINE, Move.DECLINE_CHANGE})
Rule = Callable[[Deal, Member], str | None]


def objection(deal: Deal, move: Move, *, by: Member) -> Refused | None:
    """Why a person may not make a move now; None when they may."""
    sentence = WHO[move](deal, by)
    if sentence:
        return NotYours(sentence)
    if not is_possible(deal, move):
        return TooLate(_where_it_stands(deal, by))
    late = MOMENT.get(move, _any_moment)(deal, by)
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
        needs = "Deals are proposed by sales. An admin gives roles with `/belay roles`."
        raise NotYours(needs, way_on=way_to_a_role(by))


def check_sees_numbers(by: Member) -> None:
    """Cost and margin are for operations, finance and leadership."""
    if not by.has(Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP):
        raise NotYours("Cost and margin are for operations, finance and leadership.")


def check_sees_deals(by: Member) -> None:
    """Deals are for those who have a role."""
    if not by.roles:
        needs = "Deals are for people with a role. An admin gives roles with `/belay roles`."
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
    if deal.extensions >= MOST_EXTENSIONS:
        possible -= {Move.EXTEND}
    return frozenset(possible)


def speaks_for(deal: Deal, member: Member) -> tuple[Side, ...]:
    """Sides that a person may speak for on a deal: sellers for sales on their own, others for theirs."""
    if member.id == deal.seller_id:
        return (Side.SALES,) if member.has(Role.SALES) else ()
    operations = (Side.OPERATIONS,) if member.has(Role.OPERATIONS) else ()
    return operations + ((Side.FINANCE,) if member.has(Role.FINANCE, Role.LEADERSHIP) else ())


def side_to_agree(deal: Deal, member: Member) -> Side | None:
    """The side whose missing agreement a person can give: one person speaks for one side of the same terms."""
    proposal = deal.proposal
    if member.id in {proposal.author_id} | {decision.by_id for decision in proposal.agreements}:
        return None
    return next((side for side in speaks_for(deal, member) if side in deal.awaiting), None)


def _seller_only(deal: Deal, by: Member) -> str | None:
    if Side.SALES in speaks_for(deal, by):
        return None
    return f"Only {deal.seller.name}, whose deal this is, can do this."


def _who_counters(deal: Deal, by: Member) -> str | None:
    """Operations; and finance, with a price, where a deal is below the floor."""
    return _own_deal(deal, by) or (None if _side_countering(deal, by) else "This is for operations.")


def _side_countering(deal: Deal, by: Member) -> Side | None:
    if by.has(Role.OPERATIONS):
        return Side.OPERATIONS
    return Side.FINANCE if _is_asked_of_finance(deal, by) else None


def side_countering(deal: Deal, by: Member) -> Side:
    """The side for which a person counters."""
    return _side_countering(deal, by) or Side.OPERATIONS


def _is_asked_of_finance(deal: Deal, by: Member) -> bool:
    return deal.is_open and Side.FINANCE in deal.proposal.needed and by.has(Role.FINANCE, Role.LEADERSHIP)


def _finance_only(deal: Deal, by: Member) -> str | None:
    return _own_deal(deal, by) or _lacks(by, "This is for finance and leadership.", Role.FINANCE, Role.LEADERSHIP)


def _operations_only(deal: Deal, by: Member) -> str | None:
    return _own_deal(deal, by) or _lacks(by, "This is for operations.", Role.OPERATIONS)


def _operations_or_leadership(deal: Deal, by: Member) -> str | None:
    return _own_deal(deal, by) or _lacks(by, "This is for operations and leadership.", Role.OPERATIONS, Role.LEADERSHIP)


def _who_approves(deal: Deal, by: Member) -> str | None:
    if set(speaks_for(deal, by)) - {Side.SALES}:
        return None
    return _own_deal(deal, by) or "Operations approve deals; finance or leadership those below the floor."


def _who_declines(deal: Deal, by: Member) -> str | None:
    if by.id != deal.seller_id and _is_asked_of_finance(deal, by):
        return None
    return _operations_or_leadership(deal, by)


def _who_asks(deal: Deal, by: Member) -> str | None:
    return None if speaks_for(deal, by) else "Questions are for the two sides of this deal."


def _own_deal(deal: Deal, by: Member) -> str | None:
    return "Nobody decides on their own deal." if by.id == deal.seller_id else None


def _lacks(by: Member, sentence: str, *roles: Role) -> str | None:
    return None if by.has(*roles) else sentence


def _who_hands_over(deal: Deal, by: Member) -> str | None:
    """The seller, whoever leads sales, or leadership: also when the seller has left."""
    if by.id == deal.seller_id or by.has(Role.LEADERSHIP) or by.is_lead_of(Side.SALES):
        return None
    return f"Only {deal.seller.name}, the lead of sales or leadership can hand this deal over."


def _who_attaches(deal: Deal, by: Member) -> str | None:
    return None if speaks_for(deal, by) else "Files are attached by the two sides of this deal."


def _nobody(deal: Deal, by: Member) -> str | None:
    return f"Only the clock does this, to deal #{deal.number}, not {by.name}."


OPERATIONS_MOVES = (
    Move.APPROVE,
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

WHO: Mapping[Move, Rule] = {
    Move.REVISE: _seller_only,
    Move.COUNTER: _who_counters,
    Move.COUNTER_BACK: _seller_only,
    Move.APPROVE: _who_approves,
    Move.ACCEPT: _seller_only,
    Move.COMMIT: _nobody,
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
    Move.SEND_BACK: _finance_only,
    Move.LAPSE: _nobody,
    Move.BREAK: _nobody,
    Move.RESUME: _nobody,
    Move.SET_WIN_BY: _seller_only,
    Move.EXPIRE: _nobody,
}


def _any_moment(_deal: Deal, _by: Member) -> str | None:
    return None


def _before_a_decision(deal: Deal, _by: Member) -> str | None:
    return (
        "Somebody has decided on these terms already; withdraw, or wait for the answer."
        if deal.has_decision and not deal.is_sent_back
        else None
    )


def _when_missing(deal: Deal, by: Member) -> str | None:
    if side_to_agree(deal, by):
        return None
    if not set(speaks_for(deal, by)) & set(deal.awaiting):
        waits = " and ".join(deal.awaiting)
        return f"Not your turn: {_given(deal)}; the deal waits for {waits}."
    return "You have agreed to these terms already, and one person speaks for one side only."


def _counter_first(deal: Deal, by: Member) -> str | None:
    if by.has(Role.LEADERSHIP) or deal.was_countered or deal.is_without_a_way:
        return None
    return "Counter first: operations can decline once a counter-proposal was made, or no way to yes exists."


def _promise_stands(deal: Deal, _by: Member) -> str | None:
    if deal.is_open or deal.broken_at:
        return None
    return (
        f"Deal #{deal.number} is promised, and the promise can be kept; only {deal.seller.name} can ask for a change."
    )


def _finance_is_missing(deal: Deal, _by: Member) -> str | None:
    if Side.FINANCE in deal.awaiting:
        return "It was sent back already." if deal.is_sent_back else None
    return "Nothing of this waits for finance."


def _twice_at_most(deal: Deal, _by: Member) -> str | None:
    if deal.extensions < MOST_EXTENSIONS:
        return None
    return "This hold was extended twice already. A new counter holds anew."


def _new_deal_declined(deal: Deal, by: Member) -> str | None:
    return _without_promise(deal, by) or _counter_first(deal, by)


def _change_declined(deal: Deal, by: Member) -> str | None:
    return _with_promise(deal, by) or _counter_first(deal, by)


def _without_promise(deal: Deal, _by: Member) -> str | None:
    return f"Deal #{deal.number} is promised already; only the change can be taken back." if deal.promised_id else None


def _with_promise(deal: Deal, _by: Member) -> str | None:
    return None if deal.promised_id else f"Deal #{deal.number} has no earlier terms to keep."


def _question_waits(deal: Deal, by: Member) -> str | None:
    if any(question.to_side in speaks_for(deal, by) for question in deal.open_questions):
        return None
    return "No question waits for your answer."


def _not_yet_on_the_call(deal: Deal, by: Member) -> str | None:
    return "You are on the call already." if any(guest.member_id == by.id for guest in deal.guests) else None


MOMENT: Mapping[Move, Rule] = {
    Move.REVISE: _before_a_decision,
    Move.COUNTER: _promise_stands,
    Move.EXTEND: _twice_at_most,
    Move.APPROVE: _when_missing,
    Move.ACCEPT: _when_missing,
    Move.DECLINE: _new_deal_declined,
    Move.WITHDRAW: _without_promise,
    Move.DECLINE_CHANGE: _change_declined,
    Move.KEEP: _with_promise,
    Move.SEND_BACK: _finance_is_missing,
    Move.ANSWER: _question_waits,
    Move.JOIN_CALL: _not_yet_on_the_call,
}


def _given(deal: Deal) -> str:
    given = [f"{decision.by.name} agreed for {decision.side}" for decision in deal.proposal.agreements]
    return ", ".join(given) or f"{deal.proposal.author.name} made this proposal"


def _where_it_stands(deal: Deal, by: Member) -> str:
    last = deal.decisions[-1] if deal.decisions else None
    if last is None or deal.is_open:
        return f"Deal #{deal.number} is {deal.state}: this is not possible now."
    at = instant_text(last.at, by.timezone, locale_of(by.locale))
    return f"Deal #{deal.number} is {deal.state}, by {last.by.name}, {at}: this is not possible now."
