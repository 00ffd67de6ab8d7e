"""What those who are asked do besides saying yes or no: take it back, abstain, ask one more, reassign it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import select

from models.base.errors import Refused
from models.base.language import _, in_each_language
from models.company.approvers import names_of
from models.deals.asked import asked_in
from models.deals.card_steps import name_of
from models.deals.moments import own_agreement
from models.deals.on_the_spot import approve_on_the_spot
from models.deals.rows import Deal
from models.deals.speaking import step_to_answer
from models.deals.states import OPEN, Move
from models.deals.steps import Step
from models.deals.transitions import advance, decide, enter
from models.deals.turns import turns_of
from models.policy.facts import EVERYTHING
from models.policy.rules import ANY
from models.workspace.members import Member
from models.workspace.roles import Role, Side


def take_back(deal: Deal, *, by: Member, now: datetime, version: int | None = None) -> None:
    """Whoever agreed takes it back, until the next step has gone on from it: their step waits again."""
    enter(deal, Move.TAKE_BACK, by=by, version=version)
    for own in [decision for decision in deal.proposal.agreements if by.id in decision.people]:
        own.taken_back_at = now
    advance(deal, Move.TAKE_BACK, by=by, now=now)


def recall(deal: Deal, *, by: Member, now: datetime, version: int | None = None) -> None:
    """The seller wants to change terms that somebody has agreed to already: they ask nobody meanwhile."""
    enter(deal, Move.RECALL, by=by, version=version)
    decide(deal, Move.RECALL, side=Side.SALES, by=by, now=now)
    advance(deal, Move.RECALL, by=by, now=now)


def abstain(deal: Deal, *, by: Member, now: datetime, why: str, version: int | None = None) -> None:
    """Somebody does not answer, and says why; never the last one who could."""
    step = _own_step(deal, Move.ABSTAIN, by, version)
    if not why.strip():
        raise Refused(_("Say in a sentence why."), field="why")
    left = len(_others(deal, step, by)) + len(step.agreed)
    needed = min(step.need, len(set(step.people) - step.abstained) - 1) if step.people and step.need else step.need
    if not _others(deal, step, by) or left < max(1, needed):
        raise Refused(_("You are the last who can answer this. Reassign it to somebody else instead."), field="why")
    decide(deal, Move.ABSTAIN, side=step.side, step=step, by=by, now=now, why=why.strip())
    advance(deal, Move.ABSTAIN, by=by, now=now, why=why.strip(), details={"side": step.side})


def add_approver(deal: Deal, to: Member, *, by: Member, now: datetime, why: str, version: int | None = None) -> None:
    """One more person has to agree, beside those who are asked now."""
    enter(deal, Move.ADD_APPROVER, by=by, version=version)
    _check_can_answer(deal, to)
    if any(step.role is None and step.asks(to) for step in deal.proposal.steps):
        raise Refused(_("{name} is asked already.", name=to.name), field="to")
    rank = min((step.rank for step in deal.proposal.open_steps), default=1)
    step = Step(workspace=deal.workspace, rank=rank, side=Side.APPROVERS, role=None, need=ANY, name=to.name)
    step.people = step.asked_people = [to.id]
    step.kept_people = []
    step.reasons = [in_each_language(partial(_asked_by, by.name, why.strip()))]
    step.looks, step.seen, step.is_about_margin, step.added_by = sorted(EVERYTHING), "", False, by
    deal.proposal.all_steps.append(step)
    deal.session.flush()
    advance(deal, Move.ADD_APPROVER, by=by, now=now, why=why.strip() or None, details={"to": to.user_id})


def reassign(deal: Deal, to: Member, *, by: Member, now: datetime, why: str, version: int | None = None) -> None:
    """Somebody else answers in one's place: for a role, too."""
    step = _own_step(deal, Move.REASSIGN, by, version)
    _check_can_answer(deal, to)
    if to.id == by.id or (step.people and to.id in step.people):
        raise Refused(_("{name} is asked already.", name=to.name), field="to")
    spoken = {decision.by_id for decision in deal.proposal.agreements}
    if any(to.id in other.agreed | spoken | set(other.kept_people) for other in deal.proposal.steps):
        raise Refused(
            _("{name} has agreed for somebody else already. Choose another person.", name=to.name), field="to"
        )
    if not step.people and step.need > 1:
        raise Refused(
            _(
                "{need} of {role} are asked, whoever they are. Ask one more instead.",
                need=step.need,
                role=_(step.role or step.side),
            ),
            field="to",
        )
    principal = step.principal_of(by) or by
    step.people = [to.id if key == principal.id else key for key in step.people] or [to.id]
    step.role, step.side, step.name = None, Side.APPROVERS, _names(deal, step.people)
    for turn in turns_of(deal):
        # Their own time to answer begins.
        turn.ended_at = now if turn.step_id == step.id else turn.ended_at
    deal.session.flush()
    advance(deal, Move.REASSIGN, by=by, now=now, why=why.strip() or None, details={"to": to.user_id})


def step_aside(member: Member, *, now: datetime) -> None:
    """Somebody has left: the others who are asked by name answer without them, and leadership where nobody is left."""
    open_ = select(Deal).where(Deal.workspace_id == member.workspace_id, Deal.state.in_(OPEN)).order_by(Deal.id)
    for deal in member.session.scalars(open_.with_for_update(of=Deal, key_share=True)).all():
        for step in [step for step in deal.proposal.steps if member.id in step.people and not step.is_done]:
            _leave_out(deal, step, member, now)
            advance(deal, Move.STEP_ASIDE, by=None, now=now, details={"who": member.name, "asked": name_of(step)})
            # Where they were the last who was missing, all have agreed.
            approve_on_the_spot(deal, now=now)


def _leave_out(deal: Deal, step: Step, member: Member, now: datetime) -> None:
    """Whom the policy asks from now on: it asks nobody who has left, and leadership where it finds nobody."""
    step.people, step.asked_people = (
        [key for key in people if key != member.id] for people in (step.people, step.asked_people)
    )
    if not step.people:
        step.role = step.asked_role = Role.LEADERSHIP
        step.side, step.name, step.need, step.asked_group = Side.LEADERSHIP, "", ANY, None
    elif not step.asked_group:
        step.name = _names(deal, step.people)
    if any(other.key == step.key and other is not step for other in deal.proposal.steps):
        step.dropped_at = now


def _own_step(deal: Deal, move: Move, by: Member, version: int | None) -> Step:
    enter(deal, move, by=by, version=version)
    step = step_to_answer(deal, by)
    if step is None or (step.is_by_name and own_agreement(deal, by)):
        raise Refused(_("Nothing of this waits for you."))
    return step


def _others(deal: Deal, step: Step, by: Member) -> Sequence[Member]:
    known = {*(one.id for one in by.principals), deal.seller_id, deal.proposal.author_id, *step.agreed}
    return [member for member in asked_in(step) if member.id not in known]


def _check_can_answer(deal: Deal, to: Member) -> None:
    if to.represents(deal.seller_id) or to.represents(deal.proposal.author_id):
        raise Refused(_("Nobody decides on their own deal. Choose somebody else."), field="to")
    if to.is_outsider:
        raise Refused(
            _("{name} is a guest or from another organisation. Choose somebody else.", name=to.name), field="to"
        )


def _names(deal: Deal, people: Sequence[int]) -> str:
    rows = select(Member).where(Member.id.in_(people)).order_by(Member.id)
    return names_of(deal.session.scalars(rows).all())[:200]


def _asked_by(name: str, why: str) -> str:
    return _("asked by {name}: {why}", name=name, why=why) if why else _("asked by {name}", name=name)
