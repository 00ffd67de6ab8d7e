"""`/belay api`: an admin makes a token for a person, sees it once, and revokes it."""

from datetime import datetime

from slack_sdk.models.views import View

from handlers.api.access import Access, tell_of_access
from handlers.api.targets import TokenTarget
from handlers.api.tokens_view import new_token_view, secret_view, tokens_view
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from models.api.tokens import Scope, make_token, revoke_token, tokens_of
from models.workspace.members import Member, check_admin, find_member
from models.workspace.workspaces import Workspace


@opens(command="/belay api")
def open_tokens(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """The tokens that are good."""
    check_admin(by, admins)
    return tokens_view(tokens_of(workspace))


@listens(Act.NEW_ACCESS, is_writing=False)
def open_new_token(by: Member, admins: frozenset[str]) -> Reply:
    """For whom, and for what."""
    check_admin(by, admins)
    return Show(new_token_view(by.user_id))


@submits(Callback.NEW_ACCESS)
def save_token(workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]) -> Reply:
    """The token, which nobody sees again."""
    check_admin(by, admins)
    member = find_member(workspace, form["person"])
    scopes = [scope for scope in Scope if scope in form.many.get("scopes", ())]
    made = make_token(workspace, name=form["name"], member=member, scopes=scopes, by=by, now=now)
    if member.id != by.id:
        tell_of_access(member, Access(token=made.id), now=now)
    return Show(secret_view(form["name"], member.name, made.secret))


@listens(Act.REVOKE_ACCESS)
def revoke(workspace: Workspace, by: Member, now: datetime, target: TokenTarget, admins: frozenset[str]) -> Reply:
    """It opens nothing from now on."""
    check_admin(by, admins)
    revoke_token(workspace, target.token, by=by, now=now)
    return Show(tokens_view(tokens_of(workspace)))
