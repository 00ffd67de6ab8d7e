"""`/belay`: how far the set-up is, who has which role, which channel answers for which family."""

from collections.abc import Iterable
from datetime import datetime

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.blocks.help import belay_help
from handlers.blocks.setup import channels_view, roles_view, state_sentences
from handlers.forms import Filled
from handlers.ids import Act, Callback
from handlers.listening import listens, opens, submits
from handlers.replies import Reply, Say, Show
from models.catalog import families, family_channels
from models.channels import set_channels
from models.errors import Refused
from models.members import Member, Role, check_admin, find_member, learn_member, members_with, set_roles
from models.setup import setup_state
from models.workspaces import Workspace

OUTSIDERS = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")


@listens(command="/belay", is_writing=False)
def show_state(workspace: Workspace) -> Reply:
    """What is there and what is missing."""
    return Say(state_sentences(setup_state(workspace)))


@listens(command="/belay help", is_writing=False)
def help_with_setup() -> Reply:
    """What one can type."""
    return Say(belay_help())


@opens(command="/belay roles")
def open_roles(session: Session, workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """Who speaks for whom."""
    check_admin(by, admins)
    return roles_view({role: members_with(session, workspace, role) for role in Role})


@listens(Act.ROLES_OF, is_writing=False)
def show_roles_of(session: Session, workspace: Workspace, by: Member, form: Filled, admins: frozenset[str]) -> Reply:
    """The roles of the person who was chosen."""
    check_admin(by, admins)
    chosen = find_member(session, workspace, form["person"])
    people = {role: members_with(session, workspace, role) for role in Role}
    return Show(roles_view(people, chosen, form.target.revision + 1))


@submits(Callback.ROLES)
def give_roles(
    session: Session, workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]
) -> None:
    """The person has exactly these roles."""
    check_admin(by, admins)
    roles = [Role(role) for role in form.many.get("roles", ()) if role in set(Role)]
    set_roles(find_member(session, workspace, form["person"]), roles, by=by, now=now)


@opens(command="/belay channels")
def open_channels(session: Session, workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """Which channel answers for which family."""
    check_admin(by, admins)
    return channels_view(families(session, workspace), family_channels(session, workspace))


@submits(Callback.CHANNELS)
def choose_channels(
    session: Session, workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]
) -> None:
    """These channels answer from now on."""
    check_admin(by, admins)
    shown = ["*", *families(session, workspace)]
    chosen = {family: form[f"channel.{n}"] for n, family in enumerate(shown) if form[f"channel.{n}"]}
    if not chosen:
        raise Refused("Choose at least one channel.", field="channel.0")
    set_channels(workspace, chosen, by=by, now=now)


@listens(event="user_change")
@listens(event="team_join")
def learn_person(workspace: Workspace, event: dict[str, dict[str, object]]) -> None:
    """Slack says that a person is new or has changed."""
    learn_slack_user(workspace, event["user"])


def learn_slack_user(workspace: Workspace, user: dict[str, object]) -> None:
    """Take over a person as Slack describes them."""
    profile = user.get("profile")
    shown = profile.get("display_name") or profile.get("real_name") if isinstance(profile, dict) else None
    learn_member(
        workspace,
        str(user["id"]),
        name=str(shown or user.get("real_name") or user.get("name") or user["id"]),
        timezone=str(user.get("tz") or workspace.timezone),
        locale=str(user.get("locale") or "en-US"),
        is_outsider=any(user.get(key) for key in OUTSIDERS) or user.get("team_id") not in {None, workspace.team_id},
        is_slack_admin=bool(user.get("is_admin") or user.get("is_owner")),
    )


def learn_slack_users(workspace: Workspace, users: Iterable[dict[str, object]]) -> None:
    """Take over everybody whom Slack lists."""
    for user in users:
        learn_slack_user(workspace, user)
