"""At which moment a move is possible, beyond what the table of states says."""

from collections.abc import Mapping

from models.base.language import _
from models.deals.conditions import Before
from models.deals.decisions import Decision
from models.deals.rows import Deal
from models.deals.speaking import may_stand_in_for_seller, speaks_for, step_to_answer
from models.deals.states import Move
from models.deals.who_may import Rule
from models.workspace.members import Member
from models.workspace.roles import Role, Side

MOST_EXTENSIONS = 2


def any_moment(_deal: Deal, _by: Member) -> str | None:
    """Whenever the state allows it."""
    return None


def _before_a_decision(deal: Deal, _by: Member) -> str | None:
    return (
        _("Somebody has decided on these terms already; withdraw, or wait for the answer.")
        if deal.has_decision and not deal.is_sent_back
        else None
    )


def _when_asked(deal: Deal, by: Member) -> str | None:
    if deal.is_recalled:
        return _("{name} is changing these terms; wait for the new ones.", name=deal.seller.name)
    return None if step_to_answer(deal, by) else _not_now(deal, by)


def _when_given(deal: Deal, by: Member) -> str | None:
    own = own_agreement(deal, by)
    if own is None:
        return _("There is no yes of yours on these terms to take back.")
    rank = next((step.rank for step in deal.proposal.steps if step.id == own.step_id), 0)
    later = [one for step in deal.proposal.steps if step.rank > rank for one in step.agreements if one.by_id != by.id]
    return (
        _(
            "{name} has gone on from it; ask them, or {seller_name}.",
            name=later[0].by.name,
            seller_name=deal.seller.name,
        )
        if later
        else None
    )


def own_agreement(deal: Deal, by: Member) -> Decision | None:
    """The yes that a person gave to the present terms, or their deputy for them."""
    given = [one for one in deal.proposal.agreements if one.step_id is not None and by.id in one.people]
    return given[-1] if given else None


def _once_decided(deal: Deal, _by: Member) -> str | None:
    if deal.proposal.side != Side.SALES or deal.is_sent_back:
        return _("These terms wait for you already.")
    return None if deal.has_decision else _("Nobody has decided on these terms yet: change them at once.")


def _when_seller_is_missing(deal: Deal, by: Member) -> str | None:
    if not deal.proposal.seller_missing:
        return _not_now(deal, by)
    if may_stand_in_for_seller(deal, by):
        return None
    return _(
        "You have spoken for these terms already: {name} accepts them, or whoever leads sales hands over.",
        name=deal.seller.name,
    )


def _not_now(deal: Deal, by: Member) -> str:
    if any(step.waits_for(by) for step in deal.proposal.open_steps):
        return _("You have agreed to these terms already, and one person speaks for one side only.")
    return _("Not your turn: {given}; the deal waits for {waits_for}.", given=_given(deal), waits_for=waits_for(deal))


def waits_for(deal: Deal) -> str:
    """Whom a deal waits for, in words."""
    sales = tuple(deal.proposal.seller_missing)
    return _(" and ").join([*sales, *(step.name or _(step.side) for step in deal.proposal.open_steps)])


def _counter_first(deal: Deal, by: Member) -> str | None:
    if by.has(Role.LEADERSHIP) or deal.was_countered or deal.is_without_a_way:
        return None
    return _("Counter first: operations can decline once a counter-proposal was made, or no way to yes exists.")


def _promise_stands(deal: Deal, _by: Member) -> str | None:
    if deal.is_open or deal.broken_at:
        return None
    return _(
        "Deal #{number} is promised, and the promise can be kept; only {name} can ask for a change.",
        number=deal.number,
        name=deal.seller.name,
    )


def _somebody_beside_is_missing(deal: Deal, by: Member) -> str | None:
    if any(step.side is not Side.OPERATIONS and step.waits_for(by) for step in deal.proposal.open_steps):
        return _("It was sent back already.") if deal.is_sent_back else None
    return _("Nothing of this waits for you.") if deal.proposal.steps else _("Nothing of this waits for finance.")


def _twice_at_most(deal: Deal, _by: Member) -> str | None:
    if deal.extensions < MOST_EXTENSIONS:
        return None
    return _("This hold was extended twice already. A new counter holds anew.")


def _new_deal_declined(deal: Deal, by: Member) -> str | None:
    return _without_promise(deal, by) or _counter_first(deal, by)


def _change_declined(deal: Deal, by: Member) -> str | None:
    return _with_promise(deal, by) or _counter_first(deal, by)


def _without_promise(deal: Deal, _by: Member) -> str | None:
    return (
        _("Deal #{number} is promised already; only the change can be taken back.", number=deal.number)
        if deal.promised_id
        else None
    )


def _with_promise(deal: Deal, _by: Member) -> str | None:
    return None if deal.promised_id else _("Deal #{number} has no earlier terms to keep.", number=deal.number)


def _made_on_the_spot(deal: Deal, _by: Member) -> str | None:
    if deal.proposal.is_on_the_spot:
        return None
    return _("People agreed to deal #{number}; what was not approved on the spot is not undone.", number=deal.number)


def _question_waits(deal: Deal, by: Member) -> str | None:
    if any(question.to_side in speaks_for(deal, by) for question in deal.open_questions):
        return None
    return _("No question waits for your answer.")


def _not_yet_on_the_call(deal: Deal, by: Member) -> str | None:
    return _("You are on the call already.") if any(guest.member_id == by.id for guest in deal.guests) else None


def _conditions_are_met(before: Before) -> Rule:
    def rule(deal: Deal, _by: Member) -> str | None:
        one = deal.holds_up(before)
        if one is None:
            return None
        setter = one.decision.principal.name
        return _(
            "First “{text}”: {name} says when it is met, or {setter} waives it.",
            text=one.text[:200],
            name=one.owner.name,
            setter=setter,
        )

    return rule


def _has_conditions(deal: Deal, _by: Member) -> str | None:
    return None if deal.open_conditions else _("No condition of this deal is open.")


MOMENT: Mapping[Move, Rule] = {
    Move.WIN: _conditions_are_met(Before.WINNING),
    Move.DELIVER: _conditions_are_met(Before.DELIVERY),
    Move.MEET: _has_conditions,
    Move.WAIVE: _has_conditions,
    Move.REVISE: _before_a_decision,
    Move.COUNTER: _promise_stands,
    Move.EXTEND: _twice_at_most,
    Move.APPROVE: _when_asked,
    Move.ACCEPT: _when_seller_is_missing,
    Move.DECLINE: _new_deal_declined,
    Move.WITHDRAW: _without_promise,
    Move.DECLINE_CHANGE: _change_declined,
    Move.KEEP: _with_promise,
    Move.UNDO: _made_on_the_spot,
    Move.ABSTAIN: _when_asked,
    Move.REASSIGN: _when_asked,
    Move.TAKE_BACK: _when_given,
    Move.RECALL: _once_decided,
    Move.SEND_BACK: _somebody_beside_is_missing,
    Move.ANSWER: _question_waits,
    Move.JOIN_CALL: _not_yet_on_the_call,
}


def _given(deal: Deal) -> str:
    given = [
        _("{signed} agreed for {side}", signed=decision.signed, side=_(decision.side))
        for decision in deal.proposal.agreements
    ]
    return ", ".join(given) or _("{name} made this proposal", name=deal.proposal.author.name)
