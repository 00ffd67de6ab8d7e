"""Who agrees to a deal: looked at, taken back, abstained from, asked of one more, reassigned."""

from datetime import datetime

from slack_sdk.models.views import View

from handlers.deals import steps_view as forms
from handlers.deals.small_forms_view import head_of
from handlers.deals.targets import DealTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from models.deals import stepping
from models.deals.card import card_of
from models.deals.rows import Deal
from models.deals.rules import check_may, check_sees_deals, moves_of
from models.deals.states import Move
from models.workspace.members import Member, find_member


@opens(Act.STEPS)
def open_steps(deal: Deal, by: Member, now: datetime) -> View:
    """Each step with who has answered, and what the person may do about it."""
    check_sees_deals(by)
    return steps_of_reader(deal, by, now)


@listens(Act.TAKE_BACK)
def take_back(deal: Deal, by: Member, now: datetime, target: DealTarget) -> Reply:
    """Their step waits for them again."""
    stepping.take_back(deal, by=by, now=now, version=target.version)
    return Show(steps_of_reader(deal, by, now))


@opens(Act.ABSTAIN)
def open_abstain(deal: Deal, by: Member) -> View:
    """Why somebody does not answer."""
    check_may(deal, Move.ABSTAIN, by=by)
    return forms.abstain_view(head_of(deal))


@submits(Callback.ABSTAIN)
def abstain(deal: Deal, by: Member, now: datetime, form: Filled, target: DealTarget) -> None:
    """The others answer."""
    stepping.abstain(deal, by=by, now=now, why=form["why"], version=target.version)


@opens(Act.ADD_APPROVER)
def open_add_approver(deal: Deal, by: Member) -> View:
    """Who else should agree."""
    check_may(deal, Move.ADD_APPROVER, by=by)
    return forms.add_approver_view(head_of(deal))


@submits(Callback.ADD_APPROVER)
def add_approver(deal: Deal, by: Member, now: datetime, form: Filled, target: DealTarget) -> None:
    """They are asked beside those who are asked now."""
    to = find_member(deal.workspace, form["to"])
    stepping.add_approver(deal, to, by=by, now=now, why=form["why"], version=target.version)


@opens(Act.REASSIGN)
def open_reassign(deal: Deal, by: Member) -> View:
    """Who answers in one's place."""
    check_may(deal, Move.REASSIGN, by=by)
    return forms.reassign_view(head_of(deal))


@submits(Callback.REASSIGN)
def reassign(deal: Deal, by: Member, now: datetime, form: Filled, target: DealTarget) -> None:
    """They are asked from now on."""
    to = find_member(deal.workspace, form["to"])
    stepping.reassign(deal, to, by=by, now=now, why=form["why"], version=target.version)


def steps_of_reader(deal: Deal, by: Member, now: datetime) -> View:
    """Who agrees and what the yes is bound to, with what this person may do."""
    card = card_of(deal, now=now)
    return forms.steps_view(head_of(deal), card, moves_of(deal, by), by.user_id)
