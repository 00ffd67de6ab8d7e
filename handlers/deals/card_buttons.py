"""What one can do with a deal: its buttons, and the small forms behind them."""

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.deals.targets import DealTarget
from handlers.deals.words import title
from handlers.slack.ids import Act
from handlers.slack.view_parts import actions, button, confirmation, more
from models.base.language import _
from models.base.words import money_text
from models.deals.card import Card
from models.deals.card_messages import Audience
from models.deals.states import Move
from models.promise.check import Verdict

# Slack takes no more behind the dots.
MOST_ENTRIES = 5


def deal_buttons(card: Card, moves: frozenset[Move], audience: Audience, *, sees_numbers: bool = True) -> list[Block]:
    """The buttons of an audience; those that are rarer are behind the dots."""
    target = DealTarget(deal=card.id, version=card.version)
    if audience is Audience.SELLER:
        return actions(
            [
                *_seller_row(card, moves, target),
                more([*_seller_more(moves), *(_agreeing(card) if moves else [])], target),
            ]
        )
    if audience is Audience.APPROVER:
        return actions(
            [*_approver_row(card, moves, target), more(_approver_more(card, moves, sees_numbers=sees_numbers), target)]
        )
    entries = [(Act.NUMBERS, _("Show the numbers"))]
    entries += [(Act.COMPARE, _("Compare with others"))] if card.is_broken and Move.COUNTER in moves else []
    if _is_tight(card):
        entries.append((Act.SHOW_WEEK, _("Show the week")))
    if moves & {Move.DECLINE, Move.DECLINE_CHANGE}:
        entries.append((Act.DECLINE, _("Decline…")))
    entries += [(Act.ATTACH, _("Attach…"))] if Move.ATTACH in moves else []
    entries += [(Act.HAND_OVER, _("Hand over…"))] if Move.HAND_OVER in moves else []
    entries += _steps_entry(card)
    if len(entries) > MOST_ENTRIES:
        # Files are attached from the thread and from the seller's card, too.
        entries = [entry for entry in entries if entry[0] is not Act.ATTACH]
    return actions([*_decider_row(card, moves, target), more(entries, target)])


def deciding_buttons(card: Card, moves: frozenset[Move], audience: Audience) -> list[ButtonElement | None]:
    """Only what decides, for a reminder: the rest stands on the card."""
    target = DealTarget(deal=card.id, version=card.version)
    if audience is Audience.APPROVER:
        return _approver_row(card, moves & {Move.APPROVE}, target)
    if audience is Audience.SELLER:
        return _seller_row(card, moves & {Move.ACCEPT, Move.WIN, Move.LOSE}, target)
    return _decider_row(card, moves & {Move.APPROVE, Move.DELIVER}, target)


def approve_button(card: Card, moves: frozenset[Move], target: DealTarget) -> ButtonElement | None:
    """Yes: there while it fits, and naming the overtime where it takes some."""
    if Move.APPROVE not in moves or card.check.verdict is Verdict.SHORT:
        return None
    if card.check.verdict is Verdict.FITS:
        sure = confirmation(_("Approve?"), f"{title(card)}. {_consequence(card)}", _("Approve"))
        return button(Act.APPROVE, _("Approve"), target, style="primary", confirm=sure)
    cost = money_text(card.company, card.check.overtime_cost, card.locale)
    text = _(
        "{deal}. It takes overtime for {cost}. {consequence}",
        deal=title(card),
        cost=cost,
        consequence=_consequence(card),
    )
    sure = confirmation(_("Approve with overtime?"), text, _("Approve"))
    agreed = DealTarget(deal=target.deal, version=target.version, overtime=card.check.overtime_cost)
    return button(Act.APPROVE, _("Approve with overtime"), agreed, style="primary", confirm=sure)


def accept_button(card: Card, target: DealTarget) -> ButtonElement | None:
    """The seller's yes: there while it fits."""
    sure = confirmation(
        _("Accept?"), _("{deal}. The capacity is committed on these terms.", deal=title(card)), _("Accept")
    )
    if card.check.verdict is Verdict.SHORT:
        return None
    return button(Act.ACCEPT, _("Accept"), target, style="primary", confirm=sure)


def _is_tight(card: Card) -> bool:
    """Whether a week is short or nearly full: for a deal that is negotiated, or a promise that cannot be kept."""
    tight = card.check.verdict is not Verdict.FITS or card.check.tight
    return card.is_broken or (card.is_open and tight)


def _is_contested(card: Card) -> bool:
    """Whether others want so much of the same that there is not enough for all."""
    return card.rivalry is not None and not card.rivalry.is_enough


def _consequence(card: Card) -> str:
    later = [step for step in card.steps if not step.is_done and not step.is_asked]
    if len(card.missing) == 2 and not later and not any(step.required > 1 for step in card.steps):
        return _("It takes both {missing}; the second commits the capacity.", missing=_(" and ").join(card.missing))
    if len(card.missing) > 1 or later or any(step.required > 1 for step in card.steps):
        return _("The last who agrees commits the capacity.")
    return _("The capacity is committed.")


def _decider_row(card: Card, moves: frozenset[Move], target: DealTarget) -> list[ButtonElement | None]:
    return [
        approve_button(card, moves, target),
        button(Act.COUNTER, _("Counter…"), target) if Move.COUNTER in moves else None,
        button(Act.COMPARE, _("Compare"), target) if Move.APPROVE in moves and _is_contested(card) else None,
        _answer_button(card, moves, target),
        button(Act.ASK, _("Ask…"), target) if Move.ASK in moves else None,
        button(Act.JOIN_CALL, _("Join the call"), target) if Move.JOIN_CALL in moves else None,
        button(Act.EXTEND, _("Extend the hold"), target) if Move.EXTEND in moves and card.held_until else None,
        button(Act.UNDO_DEAL, _("Undo…"), target) if Move.UNDO in moves and card.undo_until else None,
        button(Act.DELIVER, _("Delivered…"), target, style="primary") if Move.DELIVER in moves else None,
    ]


def _approver_row(card: Card, moves: frozenset[Move], target: DealTarget) -> list[ButtonElement | None]:
    return [
        button(Act.APPROVE_WHY, _("Approve…"), target, style="primary") if Move.APPROVE in moves else None,
        button(Act.COUNTER, _("Counter…"), target) if Move.COUNTER in moves else None,
        button(Act.SEND_BACK, _("Send back…"), target) if Move.SEND_BACK in moves else None,
        _answer_button(card, moves, target),
        button(Act.ASK, _("Ask…"), target) if Move.ASK in moves else None,
        button(Act.JOIN_CALL, _("Join the call"), target) if Move.JOIN_CALL in moves else None,
    ]


def _steps_entry(card: Card) -> list[tuple[Act, str]]:
    """Who agrees, and what a yes is bound to, with what one can do about it; there while it matters."""
    return _agreeing(card) or ([(Act.STEPS, _("Conditions…"))] if _is_bound(card) else [])


def _agreeing(card: Card) -> list[tuple[Act, str]]:
    return [(Act.STEPS, _("Who agrees…"))] if card.steps else []


def _is_bound(card: Card) -> bool:
    """Whether a promise is bound to conditions."""
    return bool(card.conditions) and not card.is_open and not card.is_over


def _approver_more(card: Card, moves: frozenset[Move], *, sees_numbers: bool) -> list[tuple[Act, str]]:
    entries = [(Act.NUMBERS, _("Show the numbers"))] if sees_numbers else []
    entries += [(Act.DECLINE, _("Decline…"))] if moves & {Move.DECLINE, Move.DECLINE_CHANGE} else []
    entries += [(Act.ATTACH, _("Attach…"))] if Move.ATTACH in moves else []
    entries += [(Act.HAND_OVER, _("Hand over…"))] if Move.HAND_OVER in moves else []
    return [*entries, *_steps_entry(card)]


def _seller_row(card: Card, moves: frozenset[Move], target: DealTarget) -> list[ButtonElement | None]:
    return [
        accept_button(card, target) if Move.ACCEPT in moves else None,
        button(Act.COUNTER_BACK, _("Counter back…"), target) if Move.COUNTER_BACK in moves else None,
        _answer_button(card, moves, target),
        _change_button(moves, target) if card.is_broken else None,
        _win_button(card, target) if Move.WIN in moves else None,
        button(Act.LOSE, _("Lost…"), target) if Move.LOSE in moves else None,
        button(Act.STEPS, _("Conditions…"), target) if _is_bound(card) else None,
        None if card.is_broken else _change_button(moves, target),
        button(Act.REVISE, _("Revise…"), target) if Move.REVISE in moves else None,
        _recall_button(moves, target),
        button(Act.SET_CALL, _("Set the call…"), target) if Move.SET_CALL in moves and card.guests else None,
        button(Act.ASK, _("Ask…"), target) if Move.ASK in moves else None,
        button(Act.OBJECT, _("The customer says…"), target) if Move.OBJECT in moves and card.may_object else None,
        _withdraw_button(card, moves, target),
    ]


def _change_button(moves: frozenset[Move], target: DealTarget) -> ButtonElement | None:
    """Of a promise that broke it is the way on, and stands first."""
    return button(Act.CHANGE, _("Change…"), target) if Move.CHANGE in moves else None


def _seller_more(moves: frozenset[Move]) -> list[tuple[Act, str]]:
    entries = (
        (Move.SET_WIN_BY, Act.SET_WIN_BY, _("Set when it is decided…")),
        (Move.EDIT, Act.EDIT_DEAL, _("Edit…")),
        (Move.ATTACH, Act.ATTACH, _("Attach…")),
        (Move.HAND_OVER, Act.HAND_OVER, _("Hand over…")),
        (Move.CANCEL, Act.CANCEL, _("Cancel the deal…")),
    )
    return [(act, label) for move, act, label in entries if move in moves]


def _win_button(card: Card, target: DealTarget) -> ButtonElement:
    """Within the hour in which operations may undo it, an order ends that."""
    sure = confirmation(_("Won already?"), _("Operations can still undo this yes; an order ends that."), _("It is won"))
    style = None if card.is_broken else "primary"
    return button(Act.WIN, _("Won"), target, style=style, confirm=sure if card.undo_until else None)


def _answer_button(card: Card, moves: frozenset[Move], target: DealTarget) -> ButtonElement | None:
    return button(Act.ANSWER, _("Answer…"), target) if Move.ANSWER in moves and card.questions else None


def _recall_button(moves: frozenset[Move], target: DealTarget) -> ButtonElement | None:
    if Move.RECALL not in moves:
        return None
    text = _("Nobody is asked until you have posted other terms. What nobody looked at in them stays agreed.")
    return button(Act.RECALL, _("Recall…"), target, confirm=confirmation(_("Recall to change it?"), text, _("Recall")))


def _withdraw_button(card: Card, moves: frozenset[Move], target: DealTarget) -> ButtonElement | None:
    if Move.KEEP in moves:
        sure = confirmation(_("Drop the change?"), _("The earlier promise stays as it is."), _("Drop the change"))
        return button(Act.WITHDRAW, _("Drop the change"), target, confirm=sure)
    if Move.WITHDRAW in moves:
        sure = confirmation(
            _("Withdraw?"),
            _("{deal} is taken back, and what is held for it is free.", deal=title(card)),
            _("Withdraw"),
        )
        return button(Act.WITHDRAW, _("Withdraw"), target, style="danger", confirm=sure)
    return None
