"""The policy as a view: each rule in words, and what a change would have done."""

from collections.abc import Callable, Iterator, Sequence

from babel import Locale
from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from handlers.policy.targets import PolicyTarget
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import NO_TARGET, actions, button, line, modal, small
from models.base.language import _, ngettext
from models.base.words import HasCurrency
from models.company.policies import Policy
from models.deals.policy_trial import TRIED, Trial
from models.policy.rules import MOST_RULES, Rule
from models.policy.words import rule_words, who_words

MOST_RULE = 400
MOST_ASKED = 12
Called = Callable[[str], str]


def policy_view(policy: Policy, company: HasCurrency, locale: Locale, called: Called, *, is_changing: bool) -> View:
    """The rules, each with its buttons for who changes them."""
    blocks: list[Block] = [line((_standing(policy.rules),))]
    for number, rule in enumerate(policy.rules, 1):
        target = PolicyTarget(version=policy.version, number=number)
        blocks.append(line((Bold(f"{number}. "), *_rule(rule, policy.rules, company, locale, called))))
        if is_changing:
            change, drop = button(Act.RULE, _("Change…"), target), button(Act.DROP_RULE, _("Remove…"), target)
            blocks += actions([change, drop])
    if is_changing:
        blocks += [DividerBlock(), *_more(policy)]
    blocks.append(
        small(_("Version {version}. What was posted keeps the version by which it was asked.", version=policy.version))
    )
    return modal(Callback.POLICY, _("Who must agree"), blocks, submit=None)


def tried_view(sentences: Sequence[Sentence], target: PolicyTarget) -> View:
    """The rules that go and come, and what they would have done to the deals of the last 90 days."""
    return modal(
        Callback.TRIED, _("Tried"), [line(sentence) for sentence in sentences], target=target, submit=_("Save")
    )


def rule_sentences(
    lost: Sequence[Rule], new: Sequence[Rule], company: HasCurrency, locale: Locale, called: Called
) -> list[Sentence]:
    """The rules that go, and those that come."""
    sentences: list[Sentence] = [
        (Bold(label), *_rule(rule, rules, company, locale, called))
        for label, rules in ((_("Removed: "), lost), (_("New: "), new))
        for rule in rules
    ]
    return sentences or [(_("Nothing changes."),)]


def _standing(rules: Sequence[Rule]) -> str:
    if any(not rule.when for rule in rules):
        return _("Every deal is looked at. Whom several rules mean is asked once.")
    return _(
        "A deal that no rule is about is approved on the spot: it fits, within standard terms. "
        "Whom several rules mean is asked once."
    )


def _rule(
    rule: Rule, rules: Sequence[Rule], company: HasCurrency, locale: Locale, called: Called
) -> Iterator[str | Bold]:
    earlier = dict.fromkeys(who_words(one.who, 1, called) for one in rules if one.order < rule.order)
    words = rule_words(rule, company, locale, names=called, after=earlier)
    deals, _colon, who = words.partition(": ")
    yield f"{clip(deals, MOST_RULE)}: "
    yield Bold(clip(who, MOST_RULE))


def _more(policy: Policy) -> list[Block]:
    new = PolicyTarget(version=policy.version)
    standard = PolicyTarget(version=policy.version, standard=1)
    add = button(Act.RULE, _("Add a rule…"), new, style="primary") if len(policy.rules) < MOST_RULES else None
    clauses = button(Act.CLAUSES, _("Other terms of deals…"), NO_TARGET)
    table = button(Act.BRING_RULES, _("As a table…"), NO_TARGET)
    return actions([add, table, clauses, button(Act.STANDARD_POLICY, _("Back to the standard policy…"), standard)])


def tried_sentences(before: Trial, after: Trial) -> Iterator[Sentence]:
    """What the rules would have done, and what those of before did."""
    if not after.deals:
        yield (_("No deal was posted in the last 90 days to try it with."),)
        return
    yield (
        ngettext(
            "Of the {count} deal of the last {days} days:",
            "Of the {count} deals of the last {days} days:",
            after.deals,
            count=after.deals,
            days=TRIED.days,
        ),
    )
    names = sorted({*before.asked, *after.asked}, key=lambda name: (-after.asked.get(name, 0), name))
    for name in names[:MOST_ASKED]:
        now, was = after.asked.get(name, 0), before.asked.get(name, 0)
        yield (
            "• ",
            Bold(clip(name, 80)),
            _(" would have been asked {times}{instead}", times=_times(now), instead=_instead(now, was)),
        )
    spot, was = after.on_the_spot, before.on_the_spot
    yield (
        _(
            "• {spot} would have gone straight through{before}",
            spot=spot,
            before=_(", as now") if spot == was else _(", instead of {was}", was=was),
        ),
    )
    yield (_("Whether it fitted is taken from what was agreed; where nothing was, as if it had."),)


def _times(count: int) -> str:
    return {0: _("never"), 1: _("once"), 2: _("twice")}.get(count, _("{count} times", count=count))


def _instead(now: int, was: int) -> str:
    return _(", instead of {times}", times=_times(was)) if now != was else _(", as now")
