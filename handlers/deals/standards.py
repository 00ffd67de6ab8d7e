"""`/belay standards`: what customers keep asking for, and making it standard."""

from datetime import datetime

from slack_sdk.models.views import View

from handlers.deals.standards_view import Standards, standard_view, standards_view
from handlers.deals.targets import StandardTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.values import read_percent, read_whole
from models.base.words import company_locale, locale_of
from models.company.offers import offers_by_id
from models.deals.rules import check_sees_deals
from models.deals.standards import Beyond, candidates, check_may_make_standard, find_candidate, make_standard
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

MOST_WEEKS = 52


@opens(command="/belay standards")
def open_standards(workspace: Workspace, by: Member, now: datetime) -> View:
    """What was asked for three times or more in the last quarter."""
    check_sees_deals(by)
    return _standards(workspace, by, now)


@opens(Act.STANDARD)
def open_standard(workspace: Workspace, by: Member, now: datetime, target: StandardTarget) -> View:
    """From where on it is standard."""
    check_may_make_standard(by)
    return standard_view(find_candidate(workspace, target.offer, target.kind, now=now), locale_of(by.locale))


@submits(Callback.STANDARD)
def keep_standard(workspace: Workspace, by: Member, now: datetime, form: Filled, target: StandardTarget) -> Reply:
    """What was often asked for becomes standard: the catalogue changes, and deals are checked by it."""
    kind = Beyond(target.kind)
    offer = offers_by_id(workspace, [target.offer])[target.offer]
    make_standard(offer, kind, _value(kind, form, by), by=by, now=now)
    return Show(_standards(workspace, by, now), below=_standards(workspace, by, now))


def _standards(workspace: Workspace, by: Member, now: datetime) -> View:
    asked = candidates(workspace, now=now)
    locale = company_locale(workspace.country)
    return standards_view(Standards(asked, workspace, locale, may_decide=by.has(Role.LEADERSHIP)))


def _value(kind: Beyond, form: Filled, by: Member) -> int:
    match kind:
        case Beyond.DISCOUNT:
            return read_percent(form["value"], locale_of(by.locale), "value")
        case Beyond.LEAD_TIME:
            return 0 if form["value"] == "0" else read_whole(form["value"], "value", most=MOST_WEEKS)
        case Beyond.LOT:
            return read_whole(form["value"], "value", most=10**9)
        case Beyond.NOT_STANDARD:
            return 0
