"""How good forecasts were."""

from datetime import datetime

from slack_sdk.models.views import View

from handlers.slack.listening import opens
from handlers.sop.accuracy_view import accuracy_view
from models.base.words import locale_of
from models.deals.rules import check_sees_deals
from models.sop.accuracy_report import accuracy_report, lag_of
from models.sop.rules import check_sees_accuracy
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@opens(command="/sop accuracy")
def open_accuracy(workspace: Workspace, by: Member, now: datetime) -> View:
    """One's own; leadership sees all."""
    check_sees_deals(by)
    check_sees_accuracy(by)
    return accuracy_view(accuracy_report(by, now=now), lag_of(workspace), workspace, locale_of(by.locale))
