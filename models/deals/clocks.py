"""What a card says of those who owe something: whom it waits for until when, and what a yes is bound to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.base.language import _
from models.deals.card_steps import name_of
from models.deals.conditions import Before, Condition
from models.deals.turns import Awaited, Turn
from models.workspace.roles import Side


@dataclass(frozen=True)
class TurnClock:
    """What a side owes until when, and how much working time is left."""

    side: Side
    name: str
    awaited: Awaited
    began_at: datetime
    due_at: datetime
    left: timedelta
    release_at: datetime | None
    is_overdue: bool
    about: str = ""


@dataclass(frozen=True)
class CardCondition:
    """What a yes is bound to, by whom and when it is fulfilled; how it ended, where it has.

    `deputies` answer for them now.
    """

    id: int
    text: str
    owner: str
    owner_id: str
    set_by: str
    set_by_id: str
    due: date
    before: Before
    ending: str
    deputies: frozenset[str] = frozenset()


def clock_of(turn: Turn, *, now: datetime) -> TurnClock:
    """What is left of a turn."""
    return TurnClock(
        side=turn.side,
        name=_name(turn),
        awaited=turn.awaited,
        began_at=turn.began_at,
        due_at=turn.due_at,
        left=turn.hours.between(now, turn.due_at),
        release_at=turn.release_at,
        is_overdue=turn.is_overdue(now),
        about=turn.condition.text if turn.condition else "",
    )


def condition_of(one: Condition) -> CardCondition:
    """A condition with how it ended."""
    setter = one.decision.principal
    return CardCondition(
        id=one.id,
        text=one.text,
        owner=one.owner.name,
        owner_id=one.owner.user_id,
        set_by=setter.name,
        set_by_id=setter.user_id,
        due=one.due,
        before=one.before,
        ending=_ending(one),
        deputies=frozenset(person.user_id for person in (one.owner.acting, setter.acting, one.decision.by) if person),
    )


def _name(turn: Turn) -> str:
    if turn.condition is not None:
        return turn.condition.owner.name
    if turn.side is Side.SALES:
        return turn.deal.seller.name
    return name_of(turn.step) if turn.step else _(turn.side)


def _ending(one: Condition) -> str:
    ended = [_("met, says {name}", name=one.met_by.name)] if one.met_by else []
    ended += [_("waived by {name}", name=one.waived_by.name)] if one.waived_by else []
    return ", ".join([*ended, *([one.note] if ended and one.note else [])])
