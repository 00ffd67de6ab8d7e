"""Compare: deals that want the same capacity side by side, the answers that are best together, and sending them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from slack_sdk.models.views import View

from handlers.compare.compare_view import LIKELIHOOD, NO_TIER, NOBODY_LATER, ComparedView, compare_view, sent_view
from handlers.compare.targets import CompareTarget
from handlers.deals.targets import ContestTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, works
from handlers.slack.refusals import explains
from handlers.slack.replies import Reply, Say, Show
from handlers.slack.text import as_sentence
from handlers.slack.values import whole
from handlers.slack.view_parts import actions, button
from models.base.errors import Refused
from models.base.language import _
from models.base.words import company_locale
from models.compare.answers import Wishes, choices_of, possible_answers
from models.compare.comparison import compare_with
from models.compare.sending import COMPARE, send_answers
from models.deals.rows import Deal
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace


@opens(Act.COMPARE)
def open_compare(deal: Deal, by: Member, now: datetime, target: ContestTarget) -> Show:
    """Side by side at once; the best choices a moment later."""
    return _shown(deal, target, by, now, Wishes(), revision=0)


@listens(Act.COMPARED, is_writing=False)
def fix_answer(deal: Deal, by: Member, now: datetime, chosen: str, target: CompareTarget) -> Reply:
    """One deal's answer is chosen, or left to Belay again; the others follow."""
    number, _, key = chosen.partition("|")
    others = {key: answer for key, answer in target.wishes.fixed.items() if key != whole(number)}
    fixed: Mapping[int, str] = {**others, whole(number) or 0: key} if key else others
    return _shown(deal, target, by, now, replace(target.wishes, fixed=fixed), revision=target.revision + 1)


@listens(Act.WEIGHED, is_writing=False)
def weigh(deal: Deal, by: Member, now: datetime, form: Filled, target: CompareTarget) -> Reply:
    """What counts is wished otherwise; the choices follow."""
    wished = form.many.get("wishes", ())
    wishes = Wishes(
        by_likelihood=LIKELIHOOD in wished,
        tier=form["tier"].removeprefix(NO_TIER),
        nobody_later=NOBODY_LATER in wished,
        fixed=target.wishes.fixed,
    )
    return _shown(deal, target, by, now, wishes, revision=target.revision + 1)


@works(Callback.COMPARE)
def send_these(workspace: Workspace, by: Member, now: datetime, target: CompareTarget) -> Reply:
    """All that was seen is sent, each with its own history and hold; or nothing is."""
    answers = target.answers
    deals = send_answers(workspace, answers, by=by, now=now)
    return Show(sent_view(deals, answers, workspace, company_locale(workspace.country)))


@explains
def explain(refused: Refused, carried: str) -> Say | None:
    """What was not sent is compared again, as it is now."""
    if refused.way_on != COMPARE:
        return None
    again = button(Act.COMPARE, _("Compare again"), ContestTarget.decode(carried), style="primary")
    return Say(as_sentence(refused.sentence), actions([again]))


def _shown(deal: Deal, target: ContestTarget, by: Member, now: datetime, wishes: Wishes, *, revision: int) -> Show:
    comparison = compare_with(deal, by=by, now=now, cell=target.cell)
    if len(comparison.deals) == 1 and not comparison.is_about_promises:
        raise Refused(_("No other deal that waits for operations wants what #{number} wants.", number=deal.number))
    locale = company_locale(deal.workspace.country)
    view = ComparedView(deal.id, comparison, wishes, locale, revision, may_send=by.has(Role.OPERATIONS))
    return Show(compare_view(view), later=partial(_with_choices, view))


def _with_choices(view: ComparedView) -> View:
    possible = possible_answers(view.comparison)
    choices = choices_of(view.comparison, possible, view.wishes)
    return compare_view(replace(view, possible=possible, choices=choices, revision=view.revision + 1))
