"""A policy tried against the deals of the last 90 days, before it is saved."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models.base.errors import Refused
from models.base.language import N_, _
from models.base.words import company_locale
from models.company.approvers import approvers_of
from models.company.clauses import all_clauses, clauses_of
from models.company.counting import offer_facts
from models.company.customers import tiers_of
from models.company.offers import OfferRow, families
from models.company.policies import Policy, policy_of, set_policy
from models.deals.approvals import facts_of_terms
from models.deals.clauses import departures
from models.deals.proposals import Proposal, ProposalLine
from models.deals.rows import Deal
from models.policy.facts import Facts
from models.policy.holes import find_hole, hole_words
from models.policy.rules import Asked, Rule, asked_of, check_rules
from models.policy.words import DEVIATION_WORDS
from models.promise import Company
from models.promise import Deal as Ask
from models.promise.check import Verdict
from models.promise.margin import deviations, margin
from models.workspace.members import Member, members_with
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

TRIED = timedelta(days=90)
MOST_TRIED = 400
NAMED = {"family": N_("family"), "term": N_("term")}
OTHERS = {"margin": N_("below the floor"), "overtime": N_("that needs overtime"), "short": N_("that does not fit")}
NO_COMPANY = Company("", "", 0, {}, {})


def _kinds() -> dict[str, str]:
    """What a deal can have that somebody should be asked about, in words."""
    deviations = {kind: _("with {words}", words=_(words)) for kind, words in DEVIATION_WORDS.items()}
    return deviations | {kind: _(words) for kind, words in OTHERS.items()}


@dataclass(frozen=True)
class Trial:
    """How often each would have been asked, and how many deals asked nobody; of so many deals."""

    deals: int
    asked: Mapping[str, int]
    on_the_spot: int


def try_policy(workspace: Workspace, rules: Sequence[Rule], *, now: datetime) -> Trial:
    """Ask as if these rules had been in force; whether it fitted is what was agreed to, where anything was."""
    asked: Counter[str] = Counter()
    deals = on_the_spot = 0
    known: dict[tuple[tuple[Asked, ...], int], set[str]] = {}
    for deal, facts in _recent(workspace, now):
        wanted = tuple(asked_of(rules, facts))
        key = (wanted, deal.seller_id)
        if key not in known:
            known[key] = {one.called for one in approvers_of(workspace, wanted, deal.seller)}
        names = known[key]
        asked.update(names)
        deals, on_the_spot = deals + 1, on_the_spot + (not names)
    return Trial(deals, dict(asked.most_common()), on_the_spot)


def save_policy(workspace: Workspace, rules: Sequence[Rule], *, version: int, by: Member, now: datetime) -> Policy:
    """Rules that were tried become the policy, where nobody has changed it meanwhile."""
    workspace.lock()
    check_version(workspace, version)
    check_policy(workspace, rules)
    return set_policy(workspace, rules, by=by, now=now)


def check_version(workspace: Workspace, version: int) -> None:
    """Refuse what was looked at in an older policy."""
    if policy_of(workspace).version != version:
        raise Refused(_("The policy was changed meanwhile. Open `/belay policy` again."))


def check_policy(workspace: Workspace, rules: Sequence[Rule]) -> None:
    """Refuse what lets a deal beyond standard terms through unseen, or what only the seller could answer."""
    check_rules(rules)
    _check_named(workspace, rules)
    sellers = members_with(workspace, Role.SALES)
    names = {member.user_id: member.name for member in sellers}
    hole = find_hole(rules, families=families(workspace), sellers=list(names))
    if hole is not None:
        raise Refused(
            _("Nobody would be asked about {hole}. Add a rule for it.", hole=hole_words(hole, _kinds(), names))
        )
    for seller, rule in product(sellers, rules):
        asked = Asked(rule.who, rule.need, rule.order, rule.hours, (rule,))
        if not all(one.people for one in approvers_of(workspace, [asked], seller)):
            raise Refused(
                _("Nobody but {name} could agree to {name}’s own deals. Name somebody else, too.", name=seller.name)
            )


def _check_named(workspace: Workspace, rules: Sequence[Rule]) -> None:
    """Refuse a rule that is about what is not there: it would never ask anybody."""
    known = {"family": families(workspace), "term": [row.name for row in clauses_of(workspace)]}
    for name, value in (criterion for rule in rules for criterion in rule.when):
        words = {one.strip().lower() for one in known.get(name, ())}
        for word in value if isinstance(value, tuple) and name in known else ():
            if word.strip().lower() not in words:
                raise Refused(
                    _(
                        "A rule is about the {name} “{word}”, and there is none of that name.",
                        name=_(NAMED[name]),
                        word=word,
                    )
                )


def _recent(workspace: Workspace, now: datetime) -> Iterator[tuple[Deal, Facts]]:
    """The deals as they were posted, and what the policy looks at in them."""
    rows = select(Deal).where(Deal.workspace_id == workspace.id, Deal.proposed_at > now - TRIED)
    rows = rows.order_by(Deal.id.desc()).limit(MOST_TRIED)
    lines = selectinload(Proposal.lines).joinedload(ProposalLine.offer).selectinload(OfferRow.needs)
    with_terms = selectinload(Deal.proposals).options(lines, joinedload(Proposal.figures))
    deals = workspace.session.scalars(rows.options(with_terms, joinedload(Deal.seller))).all()
    tiers = tiers_of(workspace)
    clauses, locale = all_clauses(workspace), company_locale(workspace.country)
    for deal in deals:
        first = deal.proposals[0]
        terms = [(one.name, one.value) for one in departures(clauses, first.clauses, locale)]
        tier = tiers.get(deal.customer.strip().lower(), "")
        yield deal, _facts(workspace, first, deal.seller, tier, terms)


def _facts(
    workspace: Workspace, proposal: Proposal, seller: Member, tier: str, terms: Sequence[tuple[str, str]]
) -> Facts:
    offers = {line.offer.name: offer_facts(line.offer, workspace) for line in proposal.lines}
    company = replace(NO_COMPANY, offers=offers)
    ask = Ask("", workspace.today(proposal.proposed_at), proposal.terms)
    uses = proposal.figures.uses if proposal.figures else ()
    overtime = sum(use.cost for use in uses)
    money = proposal.figures.margin if proposal.figures else margin(company, ask, overtime)
    return facts_of_terms(
        offers,
        ask,
        money=money,
        verdict=Verdict.OVERTIME if uses else Verdict.FITS,
        overtime=overtime,
        deviations=[one.kind for one in deviations(company, ask, money)],
        seller=seller.user_id,
        tier=tier,
        terms=terms,
    )
