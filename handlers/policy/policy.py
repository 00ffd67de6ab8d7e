"""`/belay policy`: the rules in words; each is tried against the last 90 days before it is saved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.views import View

from handlers.policy.policy_view import policy_view, rule_sentences, tried_sentences, tried_view
from handlers.policy.rule_form import read_rule, rule_view
from handlers.policy.targets import PolicyTarget, carried
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Sentence
from models.base.errors import NotYours
from models.base.language import _
from models.base.words import locale_of
from models.company.approvers import called_in
from models.company.clauses import clauses_of
from models.company.customers import tiers_of
from models.company.offers import families
from models.company.policies import policy_of
from models.deals.policy_trial import check_policy, check_version, save_policy, try_policy
from models.deals.rules import may_see_numbers
from models.policy.rules import Rule
from models.policy.standard import standard_rules
from models.workspace.members import Member, check_admin, is_admin
from models.workspace.user_groups import groups_of
from models.workspace.workspaces import Workspace

MOST_TOLD = 10


@opens(Act.POLICY, command="/belay policy")
def open_policy(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """The rules in words; an admin changes them, those who may see margins read them."""
    if not is_admin(by, admins) and not may_see_numbers(by):
        raise NotYours(_("The policy is for admins, operations, finance and leadership. Each deal says whom it asks."))
    return shown_policy(workspace, by, is_changing=is_admin(by, admins))


@listens(Act.RULE, is_writing=False)
def open_rule(workspace: Workspace, by: Member, target: PolicyTarget, admins: frozenset[str]) -> Reply:
    """A rule to change, or a new one."""
    check_admin(by, admins)
    check_version(workspace, target.version)
    rules = policy_of(workspace).rules
    rule = rules[target.number - 1] if 0 < target.number <= len(rules) else None
    return Show(
        rule_view(
            rule,
            target,
            workspace,
            locale_of(by.locale),
            families=families(workspace),
            tiers=sorted(set(tiers_of(workspace).values())),
            terms=[row.name for row in clauses_of(workspace)],
            groups={row.group_id: row.name for row in groups_of(workspace)},
        )
    )


@submits(Callback.RULE)
def try_rule(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: PolicyTarget, admins: frozenset[str]
) -> Reply:
    """What the rule would have done, before it is saved."""
    check_admin(by, admins)
    rule = read_rule(form, workspace, locale_of(by.locale))
    return Show(_tried(workspace, by, now, replace(target, rule=carried(rule))))


@listens(Act.DROP_RULE, is_writing=False)
@listens(Act.STANDARD_POLICY, is_writing=False)
def try_without(workspace: Workspace, by: Member, now: datetime, target: PolicyTarget, admins: frozenset[str]) -> Reply:
    """What it would have been without a rule, or by the standard policy, before that is saved."""
    check_admin(by, admins)
    return Show(_tried(workspace, by, now, target))


@submits(Callback.TRIED)
def save(workspace: Workspace, by: Member, now: datetime, target: PolicyTarget, admins: frozenset[str]) -> Reply:
    """It is the policy from now on."""
    check_admin(by, admins)
    save_policy(workspace, _rules(workspace, target), version=target.version, by=by, now=now)
    return Show(shown_policy(workspace, by, is_changing=True))


def trial_sentences(
    workspace: Workspace, by: Member, now: datetime, before: Sequence[Rule], after: Sequence[Rule]
) -> list[Sentence]:
    """What other rules change, and what they would have done; of many rules the first ones."""
    trials = [try_policy(workspace, rules, now=now) for rules in (before, after)]
    lost, new = _without(before, after), _without(after, before)
    told = rule_sentences(lost, new, workspace, locale_of(by.locale), called_in(workspace))
    more: list[Sentence] = [(_("and {count} more", count=len(told) - MOST_TOLD),)] if len(told) > MOST_TOLD else []
    return [*told[:MOST_TOLD], *more, *tried_sentences(*trials)]


def _tried(workspace: Workspace, by: Member, now: datetime, target: PolicyTarget) -> View:
    check_version(workspace, target.version)
    before, after = policy_of(workspace).rules, _rules(workspace, target)
    check_policy(workspace, after)
    return tried_view(trial_sentences(workspace, by, now, before, after), target)


def _without(rules: Sequence[Rule], others: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule not in others]


def _rules(workspace: Workspace, target: PolicyTarget) -> tuple[Rule, ...]:
    return target.rules(policy_of(workspace).rules, standard_rules(workspace.places))


def shown_policy(workspace: Workspace, by: Member, *, is_changing: bool) -> View:
    """The rules as a person reads them."""
    policy, locale = policy_of(workspace), locale_of(by.locale)
    return policy_view(policy, workspace, locale, called_in(workspace), is_changing=is_changing)
