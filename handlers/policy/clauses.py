"""Terms beyond the lines: what an admin defines, each with its standard."""

from datetime import datetime

from slack_sdk.models.views import View

from handlers.policy.clauses_view import clause_view, clauses_view, read_clause, read_kind
from handlers.policy.targets import ClauseTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from models.base.words import locale_of
from models.company.clauses import ClauseRow, clauses_of, define_clause, find_clause, retire_clause
from models.policy.clauses import ClauseKind
from models.workspace.members import Member, check_admin
from models.workspace.workspaces import Workspace


@opens(command="/belay terms")
def open_clauses(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """The terms that deals have besides their lines."""
    check_admin(by, admins)
    return _listed(workspace, by)


@listens(Act.CLAUSES, is_writing=False)
def show_clauses(workspace: Workspace, by: Member, admins: frozenset[str]) -> Reply:
    """The same, in the window of the policy."""
    check_admin(by, admins)
    return Show(_listed(workspace, by))


@listens(Act.CLAUSE, is_writing=False)
def open_clause(workspace: Workspace, by: Member, target: ClauseTarget, admins: frozenset[str]) -> Reply:
    """A term to change, or a new one."""
    check_admin(by, admins)
    row = _row(workspace, target)
    kind = row.kind if row else ClauseKind.CHOICE
    return Show(clause_view(target, row, kind, locale_of(by.locale)))


@listens(Act.CLAUSE_KIND, is_writing=False)
def choose_kind(by: Member, form: Filled, form_target: ClauseTarget, admins: frozenset[str]) -> Reply:
    """The field of the standard follows the kind."""
    check_admin(by, admins)
    return Show(clause_view(form_target, None, read_kind(form), locale_of(by.locale)))


@submits(Callback.CLAUSE)
def save_clause(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: ClauseTarget, admins: frozenset[str]
) -> Reply:
    """Deals have it from now on."""
    check_admin(by, admins)
    row = _row(workspace, target)
    kind = row.kind if row else read_kind(form)
    define_clause(workspace, read_clause(form, row, kind, locale_of(by.locale)), by=by, now=now)
    return Show(_listed(workspace, by))


@listens(Act.DROP_CLAUSE)
def drop_clause(workspace: Workspace, by: Member, now: datetime, target: ClauseTarget, admins: frozenset[str]) -> Reply:
    """New deals do not have it."""
    check_admin(by, admins)
    retire_clause(workspace, target.clause, by=by, now=now)
    return Show(_listed(workspace, by))


def _row(workspace: Workspace, target: ClauseTarget) -> ClauseRow | None:
    return find_clause(workspace, target.clause) if target.clause else None


def _listed(workspace: Workspace, by: Member) -> View:
    return clauses_view(clauses_of(workspace), locale_of(by.locale))
