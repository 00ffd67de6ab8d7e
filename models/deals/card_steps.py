"""The steps of a proposal as a card shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from models.base.language import _, as_read
from models.company.approvers import Approvers, called_in
from models.company.policies import policy_of
from models.deals.approvals import reasons_of
from models.deals.rows import Deal
from models.deals.steps import Step
from models.policy.rules import ALL, ANY
from models.policy.words import who_words
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace

NOT_DUE: Mapping[int, datetime] = MappingProxyType({})


@dataclass(frozen=True)
class CardStep:
    """Who is asked, why, who of them has agreed, and how many have to, until when.

    `kept_version` is what they had agreed to.
    """

    name: str
    rank: int
    reasons: tuple[str, ...]
    agreed: tuple[str, ...]
    required: int
    is_done: bool
    is_asked: bool
    is_by_name: bool
    kept_version: int | None
    abstained: tuple[str, ...] = ()
    due_at: datetime | None = None


def foreseen_steps(workspace: Workspace, asked: Sequence[Approvers], *, sees_numbers: bool) -> tuple[CardStep, ...]:
    """The steps that terms would have if they were put forward now.

    Who may not see margins learns that somebody is asked about this one, and not who of several: while one types a
    price, a second edge would tell cost and floor.
    """
    steps = tuple(
        CardStep(
            name=one.called,
            rank=one.asked.order,
            reasons=tuple(map(as_read, reasons_of(workspace, one.asked.rules))),
            agreed=(),
            required=len(one.people) if one.asked.need == ALL else one.asked.need,
            is_done=False,
            is_asked=False,
            is_by_name=one.role is None,
            kept_version=None,
        )
        for one in asked
        if sees_numbers or not all(rule.is_about_margin for rule in one.asked.rules)
    )
    hidden = [one for one in asked if not sees_numbers and all(rule.is_about_margin for rule in one.asked.rules)]
    return (*steps, _margin_step(workspace)) if hidden else steps


def _margin_step(workspace: Workspace) -> CardStep:
    """Whoever may be asked about a margin, by any rule."""
    rules = [rule for rule in policy_of(workspace).rules if rule.is_about_margin]
    names = dict.fromkeys(who_words(rule.who, ANY, called_in(workspace)) for rule in rules)
    return CardStep(_(" or ").join(names), 1, (_("below the floor"),), (), 1, False, False, False, None)


def steps_of(deal: Deal, due: Mapping[int, datetime] = NOT_DUE) -> tuple[CardStep, ...]:
    """The steps of the present terms, in their order; `due` is when the answer of each is."""
    asked = {step.id for step in deal.asked_steps}
    return tuple(_step(step, due, is_asked=step.id in asked) for step in deal.proposal.steps)


def turn_names(deal: Deal) -> tuple[str, ...]:
    """Whose turn it is, as people call them: the seller by name."""
    return _names(deal, deal.turn or (() if deal.is_open else deal.awaiting))


def missing_names(deal: Deal) -> tuple[str, ...]:
    """Whose agreement is missing now."""
    return _names(deal, deal.awaiting)


def name_of(step: Step) -> str:
    """What a step is called: its role, or its people."""
    return step.name or _(step.role or step.side)


def _names(deal: Deal, sides: tuple[Side, ...]) -> tuple[str, ...]:
    steps = deal.proposal.open_steps if deal.is_open else []
    names: dict[str, None] = {}
    for side in sides:
        named = [name_of(step) for step in steps if step.side == side]
        names |= dict.fromkeys(named or [deal.seller.name if side is Side.SALES else _(side)])
    return tuple(names)


def _step(step: Step, due: Mapping[int, datetime], *, is_asked: bool) -> CardStep:
    agreed = [decision.signed for decision in step.agreements]
    given = [step.given_by.name] if step.given_by else []
    return CardStep(
        name=name_of(step),
        rank=step.rank,
        reasons=tuple(map(as_read, step.reasons)),
        agreed=tuple(dict.fromkeys([*given, *agreed])),
        required=step.required,
        is_done=step.is_done,
        is_asked=is_asked,
        is_by_name=step.role is None,
        kept_version=step.kept_version,
        abstained=tuple(d.signed for d in step.abstentions),
        due_at=due.get(step.id),
    )
