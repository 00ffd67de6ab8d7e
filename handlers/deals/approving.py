"""Yes with a word: why, and if what; and what became of the conditions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.deals import small_forms_view as forms
from handlers.deals.card_view import numbers_blocks
from handlers.deals.clauses_view import departure_sentence
from handlers.deals.small_forms_view import head_of
from handlers.deals.steps import steps_of_reader
from handlers.deals.targets import ApproveTarget, ConditionTarget, DealTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.values import read_choice, read_day
from models.base.errors import Refused
from models.base.language import _, as_read, in_english
from models.deals import deciding, fulfilling
from models.deals.card import Card, card_of
from models.deals.conditions import MOST_CONDITIONS, Before, GivenCondition
from models.deals.rows import Deal
from models.deals.rules import check_may, may_see_numbers
from models.deals.speaking import step_to_answer
from models.deals.states import Move
from models.deals.steps import Step
from models.policy.words import ALL_DEALS
from models.workspace.members import Member, find_member
from models.workspace.roles import Side

MOST_REASONS = 300


@opens(Act.APPROVE_WHY)
def open_approve(deal: Deal, by: Member, now: datetime, target: DealTarget) -> View:
    """What it leaves, for who may know it, above the sentence why, and a way to bind the yes."""
    check_may(deal, Move.APPROVE, by=by)
    card = card_of(deal, now=now)
    overtime = card.check.overtime_cost if _agrees_to_overtime(deal, by) else 0
    seen = ApproveTarget(deal=deal.id, version=target.version or deal.proposal.version, overtime=overtime)
    return _approve_view(deal, by, now, card, seen)


@listens(Act.ADD_CONDITION, is_writing=False)
def add_condition(deal: Deal, by: Member, now: datetime, target: ApproveTarget) -> Reply:
    """Fields for one more condition; what was typed stays."""
    check_may(deal, Move.APPROVE, by=by)
    wider = replace(target, conditions=min(target.conditions + 1, MOST_CONDITIONS))
    return Show(_approve_view(deal, by, now, card_of(deal, now=now), wider))


@submits(Callback.APPROVE_WHY)
def approve_why(deal: Deal, by: Member, now: datetime, form: Filled, target: ApproveTarget) -> None:
    """Yes, why, and if what; below the floor the why has to be said."""
    conditions = list(_conditions(deal, form, target))
    overtime = target.overtime or None
    deciding.approve(
        deal, by=by, now=now, version=target.version, overtime=overtime, why=form["why"], conditions=conditions
    )


@listens(Act.MEET)
def meet(deal: Deal, by: Member, now: datetime, target: ConditionTarget) -> Reply:
    """A condition is fulfilled."""
    fulfilling.meet(deal, target.condition, by=by, now=now)
    return Show(steps_of_reader(deal, by, now))


@opens(Act.WAIVE)
def open_waive(deal: Deal, by: Member, target: ConditionTarget) -> View:
    """Why it goes without."""
    check_may(deal, Move.WAIVE, by=by)
    text = next((one.text for one in deal.open_conditions if one.id == target.condition), None)
    if text is None:
        raise Refused(_("That condition is settled already."))
    return forms.waive_view(head_of(deal), target, text)


@submits(Callback.WAIVE)
def waive(deal: Deal, by: Member, now: datetime, form: Filled, target: ConditionTarget) -> None:
    """It holds nothing up any more."""
    fulfilling.waive(deal, target.condition, by=by, now=now, why=form["why"])


def _approve_view(deal: Deal, by: Member, now: datetime, card: Card, target: ApproveTarget) -> View:
    step = step_to_answer(deal, by)
    numbers: list[Block] = numbers_blocks(card) if may_see_numbers(by) else []
    is_about_margin = step is not None and step.is_about_margin
    today, asked = deal.workspace.today(now), list(_asked(step, card))
    head = head_of(deal)
    return forms.approve_view(head, target, numbers, is_about_margin=is_about_margin, today=today, asked=asked)


def _asked(step: Step | None, card: Card) -> Iterator[Sentence]:
    """Why somebody is asked, and the terms that are not standard."""
    if step is not None and [*map(in_english, step.reasons)] not in ([], [ALL_DEALS]):
        yield (Bold(_("You are asked because it is: ")), clip("; ".join(map(as_read, step.reasons)), MOST_REASONS))
    departing = departure_sentence(card.departures)
    if departing:
        yield departing


def _agrees_to_overtime(deal: Deal, by: Member) -> bool:
    """Operations agree to overtime; where they are not asked, whoever is."""
    step = step_to_answer(deal, by)
    return (step is not None and step.side is Side.OPERATIONS) or not deal.proposal.asks(Side.OPERATIONS)


def _conditions(deal: Deal, form: Filled, target: ApproveTarget) -> Iterator[GivenCondition]:
    """Those that were filled in: one with neither words nor a person is none."""
    for number in range(min(target.conditions, MOST_CONDITIONS)):
        if not form[f"condition.{number}"] and not form[f"owner.{number}"]:
            continue
        if not form[f"condition.{number}"]:
            raise Refused(_("What has to be fulfilled?"), field=f"condition.{number}")
        if not form[f"owner.{number}"]:
            raise Refused(_("Who sees to it?"), field=f"owner.{number}")
        yield GivenCondition(
            text=form[f"condition.{number}"],
            owner=find_member(deal.workspace, form[f"owner.{number}"]),
            due=read_day(form[f"due.{number}"], f"due.{number}"),
            before=read_choice(Before, form[f"before.{number}"], f"before.{number}"),
        )
