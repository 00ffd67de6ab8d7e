"""Asking those who must agree: a proposal gets the steps that the policy finds for it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base.arithmetic import WEEK, monday
from models.base.language import ENGLISH, Kept, _, in_each_language
from models.base.words import company_locale
from models.company.approvers import Approvers, approvers_of, called_in
from models.company.customers import tiers_of
from models.company.policies import Policy, policy_of
from models.deals.clauses import complete_clauses, departures_of
from models.deals.figures import is_overtime_agreed
from models.deals.proposals import Proposal
from models.deals.reservations import held_until
from models.deals.rows import Deal
from models.deals.states import OPEN, Move
from models.deals.steps import SIDE_OF, Step
from models.deals.terms import NO_CLAUSES, Checked, check_deal
from models.policy.criteria import SHARE
from models.policy.facts import TERMS, Facts
from models.policy.rules import ALL, Asked, Rule, asked_of
from models.policy.standard import OPERATIONS
from models.policy.words import reason_words
from models.promise import Deal as Ask
from models.promise import Margin, Offer
from models.promise.check import Verdict
from models.workspace.members import Member
from models.workspace.roles import Role, Side
from models.workspace.workspaces import Workspace


def whom_to_ask(
    workspace: Workspace,
    checked: Checked,
    *,
    seller: Member,
    deal: Deal | None = None,
    customer: str = "",
    margin: Margin | None = None,
    clauses: Mapping[str, str] = NO_CLAUSES,
) -> list[Approvers]:
    """Whom the policy asks about terms; nobody: they may be approved on the spot.

    What was promised already, or is not standard, is never approved without anybody: operations are asked. `margin` is
    what was held, where it counts instead of today's.
    """
    whose = deal.customer if deal else customer
    values = complete_clauses(workspace, clauses, deal.proposal if deal else None)
    facts = facts_of(workspace, checked, seller=seller, customer=whose, margin=margin, clauses=values)
    return _asked(workspace, policy_of(workspace), facts, seller, deal)


def ask_approvers(deal: Deal, checked: Checked, *, now: datetime, margin: Margin | None = None) -> None:
    """Give the present proposal the steps that the policy finds for it; what was agreed to or added stays.

    A step that finds all it looks at as in a version that it agreed to is not asked again.
    """
    proposal, workspace = deal.proposal, deal.workspace
    policy = policy_of(workspace, version=proposal.policy_version)
    proposal.policy_version = policy.version
    facts = facts_of(
        workspace, checked, seller=deal.seller, customer=deal.customer, margin=margin, clauses=proposal.clauses
    )
    proposal.is_below_floor = facts.below_floor > 0
    wanted = {one.key: one for one in _asked(workspace, policy, facts, deal.seller, deal)}
    known = {step.key: step for step in proposal.all_steps}
    for step in [step for key, step in known.items() if key not in wanted and _is_unanswered(step)]:
        step.dropped_at = now
    for key, approvers in wanted.items():
        asked = known.get(key)
        if asked is None:
            proposal.all_steps.append(_step(deal, approvers, facts))
        elif asked.dropped_at or not asked.is_done or _is_stricter(approvers, asked):
            asked.dropped_at, asked.kept_version, asked.kept_people = None, None, []
            _bring_up_to_date(asked, approvers, facts)
    _carry_added(deal)
    _look_again(deal, checked, now)
    deal.session.flush()


def _look_again(deal: Deal, checked: Checked, now: datetime) -> None:
    """What operations agreed to for an earlier version does not help where it is short, or needs other overtime now.

    Where they are not asked, the others look again.
    """
    proposal, is_held = deal.proposal, held_until(deal, now=now) is not None
    if not checked.check.shortages and is_overtime_agreed(proposal, checked.check, is_held=is_held):
        return
    operations = [step for step in proposal.steps if step.side is Side.OPERATIONS]
    for step in operations or proposal.steps:
        step.kept_version, step.kept_people = None, []


def ask_missing_approvers(session: Session, *, now: datetime) -> None:
    """Open deals that an older bot has posted ask by the policy in force; what was agreed for a side counts there."""
    waiting = select(Deal).join(Deal.proposal).where(Deal.state.in_(OPEN), Proposal.policy_version.is_(None))
    waiting = waiting.with_for_update(of=Deal, skip_locked=True, key_share=True)
    for deal in session.scalars(
        waiting.order_by(Deal.id).with_for_update(of=Deal, skip_locked=True, key_share=True)
    ).all():
        ask_approvers(deal, check_deal(deal, now=now), now=now)
        for decision in deal.decisions:
            if decision.proposal_id == deal.proposal_id and decision.step_id is None and decision.move == Move.APPROVE:
                same = next((step for step in deal.proposal.steps if step.side == decision.side), None)
                decision.step_id = same.id if same else None
    session.flush()


def _is_stricter(approvers: Approvers, step: Step) -> bool:
    """Whether the policy asks for more of them now."""
    need = approvers.asked.need
    return need != step.need and (need == ALL or (step.need != ALL and need > step.need))


def _bring_up_to_date(step: Step, approvers: Approvers, facts: Facts) -> None:
    """What was asked stays asked; as many, as early and for the reasons that the policy has now."""
    asked = approvers.asked
    step.need, step.rank, step.hours = _need(approvers), asked.order, asked.hours
    step.reasons = reasons_of(step.workspace, asked.rules)
    step.is_about_margin = _is_about_margin(approvers, facts)
    if not step.agreements:
        step.looks, step.seen = sorted(asked.looks), facts.seen(asked.looks)
    if step.role is not None and step.role == approvers.role:
        # Who has lost the role is not waited for.
        present = _people(approvers)
        step.people = [member for member in step.people if member in present] or present
    elif step.asked_group and step.asked_group == approvers.group:
        # Nor is who has left the group; who came into it is asked, unless somebody else was asked in its place.
        step.people = step.asked_people = _people(approvers) if step.people == step.asked_people else step.people


def _carry_added(deal: Deal) -> None:
    """Whoever somebody asked beside the policy is asked of the next version, too."""
    earlier = [one for one in deal.proposals if one.version < deal.proposal.version]
    last = max(earlier, key=lambda one: one.version, default=None)
    if last is None or deal.promised_id == last.id:
        return
    known = {step.key for step in deal.proposal.all_steps}
    for step in [step for step in last.steps if step.added_by_id is not None and step.key not in known]:
        again = Step(workspace=deal.workspace, rank=step.rank, side=step.side, role=None, need=step.need)
        again.name, again.people, again.asked_people, again.hours = step.name, step.people, step.people, step.hours
        again.reasons, again.looks, again.seen, again.is_about_margin = step.reasons, step.looks, "", False
        again.added_by_id, again.kept_people = step.added_by_id, []
        again.given_by_id = deal.proposal.principal.id if _gives(deal.proposal, again) else None
        deal.proposal.all_steps.append(again)


def facts_of(
    workspace: Workspace,
    checked: Checked,
    *,
    seller: Member,
    customer: str,
    clauses: Mapping[str, str],
    margin: Margin | None = None,
) -> Facts:
    """What the policy looks at in checked terms."""
    check = checked.check
    return facts_of_terms(
        checked.company.offers,
        check.deal,
        money=margin or check.margin,
        verdict=check.verdict,
        overtime=check.overtime_cost,
        deviations=[one.kind for one in check.deviations],
        seller=seller.user_id,
        tier=tiers_of(workspace).get(customer.strip().lower(), ""),
        terms=[(one.name, one.value) for one in departures_of(workspace, clauses)],
    )


def facts_of_terms(
    offers: Mapping[str, Offer],
    ask: Ask,
    *,
    money: Margin,
    verdict: Verdict,
    overtime: int,
    deviations: Iterable[str],
    seller: str,
    tier: str,
    terms: Iterable[tuple[str, str]] = (),
) -> Facts:
    """The same of terms that were not checked against capacity."""
    lines, departing = ask.lines, tuple(sorted(terms))
    return Facts(
        revenue=money.revenue,
        cost=money.cost,
        floor=money.floor,
        discount=max(_off(offers[line.offer].list_price, line.unit_price) for line in lines),
        verdict=verdict,
        overtime=overtime,
        deviations=frozenset(deviations) | ({TERMS} if departing else set()),
        families=frozenset(offers[line.offer].family for line in lines),
        tier=tier,
        weeks_ahead=(max(line.week for line in lines) - monday(ask.today)) // WEEK,
        seller=seller,
        work=tuple(sorted((line.offer, line.quantity, line.week) for line in lines)),
        prices=tuple(sorted((line.offer, line.week, line.unit_price) for line in lines)),
        terms=departing,
    )


def _asked(workspace: Workspace, policy: Policy, facts: Facts, seller: Member, deal: Deal | None) -> list[Approvers]:
    asked = asked_of(policy.rules, facts)
    is_told = deal is not None and (deal.promised_id is not None or deal.was_undone)
    if not asked and (is_told or not facts.is_standard):
        asked = [Asked(OPERATIONS, 1, 1, None, (Rule(OPERATIONS),))]
    return approvers_of(workspace, asked, seller)


def _off(list_price: int, price: int) -> int:
    """A discount in ten-thousandths, rounded up: what is a little more than a limit is more."""
    return max(0, -(-(list_price - price) * SHARE // list_price)) if list_price else 0


def _is_unanswered(step: Step) -> bool:
    return step.dropped_at is None and not step.is_done and not step.agreements and step.added_by_id is None


def _step(deal: Deal, approvers: Approvers, facts: Facts) -> Step:
    asked, proposal = approvers.asked, deal.proposal
    step = Step(workspace=deal.workspace, rank=asked.order, role=approvers.role, hours=asked.hours)
    step.need = _need(approvers)
    step.side = SIDE_OF.get(approvers.role, Side.APPROVERS) if approvers.role else Side.APPROVERS
    step.people = _people(approvers)
    step.asked_role, step.asked_people, step.kept_people = approvers.role, step.people, []
    step.name, step.asked_group = "" if approvers.role else approvers.called[:200], approvers.group or None
    step.reasons = reasons_of(deal.workspace, asked.rules)
    step.looks = sorted(asked.looks)
    step.seen = facts.seen(asked.looks)
    step.is_about_margin = _is_about_margin(approvers, facts)
    step.given_by_id = proposal.principal.id if _gives(proposal, step) else None
    kept = _kept(deal, step)
    if kept is not None:
        step.kept_version = kept.version
        same = [one for one in kept.steps if one.key == step.key]
        said = {decision.by_id for one in same for decision in one.agreements}
        step.kept_people = sorted(said.union(*(one.agreed for one in same)))
        if step.side is Side.OPERATIONS:
            proposal.overtime_agreed = proposal.overtime_agreed or kept.overtime_allowed
    return step


def _need(approvers: Approvers) -> int:
    """How many have to agree: no more than there are."""
    need = approvers.asked.need
    return need if need == ALL else max(1, min(need, len(approvers.people) or 1))


def _people(approvers: Approvers) -> list[int]:
    """The certain people who are asked; none where whoever has the role is."""
    is_named = approvers.role is None or approvers.asked.need == ALL
    return [member.id for member in approvers.people] if is_named else []


def _is_about_margin(approvers: Approvers, facts: Facts) -> bool:
    """Whether whoever agrees lets a deal go below the floor, and says why."""
    is_below = approvers.role is Role.FINANCE and facts.below_floor > 0
    return is_below or any(rule.is_about_margin for rule in approvers.asked.rules)


def reasons_of(workspace: Workspace, rules: Sequence[Rule]) -> list[Kept]:
    """Why a rule asks, for everybody: how far below the floor would tell what a deal costs."""
    names = called_in(workspace)
    reasons = [in_each_language(partial(_reason, workspace, rule, names)) for rule in rules]
    return list({reason[ENGLISH]: reason for reason in reasons}.values())


def _reason(workspace: Workspace, rule: Rule, names: Callable[[str], str]) -> str:
    locale = company_locale(workspace.country)
    words = reason_words(rule, workspace, locale, names=names, is_public=True)
    return words.removeprefix(_("deals {phrases}", phrases=""))


def _gives(proposal: Proposal, step: Step) -> bool:
    """Whether whoever put the terms forward is among those who are asked, and spoke for them."""
    if proposal.side == Side.SALES or not step.means(proposal.principal):
        return False
    return step.role is None or step.side == proposal.side


def _kept(deal: Deal, step: Step) -> Proposal | None:
    """The latest version to which the same step agreed and in which it saw the same, unless it was sent back since."""
    for earlier in sorted(deal.proposals, key=lambda proposal: -proposal.version):
        if earlier.id == deal.proposal.id:
            continue
        on_it = [decision for decision in deal.decisions if decision.proposal_id == earlier.id]
        for same in earlier.steps:
            is_same = same.key == step.key and same.seen == step.seen and same.need == step.need
            if is_same and same.agreements and same.is_done and deal.seller_id not in same.agreed:
                return earlier
        if any(decision.move == Move.SEND_BACK and decision.side == step.side for decision in on_it):
            return None
    return None
