"""`/belay roles`: who speaks for which side, many at once; and who has no role asks for one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException

from babel.dates import format_skeleton
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.views import View
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.setup.roles_view import (
    MOST_SHOWN,
    AskedTarget,
    RolesTarget,
    ask_blocks,
    asked_blocks,
    roles_view,
    welcome_sentences,
)
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, digest
from handlers.slack.listening import listens, opens, submits
from handlers.slack.refusals import explains
from handlers.slack.replies import Reply, Say, Show
from handlers.slack.slack_checks import SlackChecks
from handlers.slack.text import Bold, as_sentence, clip, escape, plain
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, message
from models.base.errors import NotFound, NotYours, Refused
from models.base.language import N_, _
from models.base.words import locale_of
from models.company.offers import first_offer
from models.workspace.history import History, record
from models.workspace.members import (
    ASK_ROLE,
    Member,
    admins_of,
    check_admin,
    members_with,
    set_roles,
    share_out_roles,
)
from models.workspace.outbox import News, Outbox, Payload, queue
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

# How user groups are called, by the role of their people.
GROUPS: Mapping[Role, Sequence[str]] = {
    Role.SALES: ("sales", "seller", "account", "vertrieb"),
    Role.OPERATIONS: ("ops", "operation", "plan", "produc", "supply", "produktion"),
    Role.FINANCE: ("financ", "controll", "finanz"),
    Role.LEADERSHIP: ("lead", "manage", "exec", "geschaeft", "board"),
}
# A deal as an example: how many, by when.
TRIED, AFTER, MOST_OFFER = 20, timedelta(weeks=8), 80
ASKED, ONCE = "ask_role", timedelta(days=1)
CHANGED = N_("Somebody has changed roles meanwhile. This is how they stand now; nothing was saved.")


@opens(Act.ROLES, command="/belay roles")
def open_roles(workspace: Workspace, by: Member, checks: SlackChecks, admins: frozenset[str]) -> Show:
    """Who is in sales, operations, finance and leadership; user groups are offered once they are known to serve."""
    check_admin(by, admins)
    people = _people(workspace)

    def later() -> View:
        return roles_view(people, digest(people), has_groups=_has_groups(checks))

    return Show(roles_view(people, digest(people)), later=later)


@listens(Act.FROM_GROUPS, is_writing=False)
def fill_in_from_groups(
    by: Member,
    form: Filled,
    target: RolesTarget,
    form_target: RolesTarget,
    checks: SlackChecks,
    admins: frozenset[str],
) -> Reply:
    """The people of user groups that are named after a role, besides those who are there; nothing is saved yet."""
    check_admin(by, admins)
    typed = {role: list(form.many.get(role.name.lower(), ())) for role in Role}
    shown = roles_view(typed, form_target.seen, target.revision + 1, [(_("One moment…"),)], has_groups=True)

    def later() -> View:
        people, told = _with_groups(typed, checks)
        return roles_view(people, form_target.seen, target.revision + 2, [(told,)], has_groups=True)

    return Show(shown, later=later)


@submits(Callback.ROLES)
def give_roles(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: RolesTarget, admins: frozenset[str]
) -> Show | None:
    """Everybody has exactly these roles, unless somebody has changed them since the form was opened."""
    check_admin(by, admins)
    workspace.lock()
    people = _people(workspace)
    if digest(people) != target.seen:
        return Show(roles_view(people, digest(people), target.revision + 1, [(Bold(_(CHANGED)),)]))
    share_out_roles(workspace, _wanted(people, form), by=by, now=now)
    return None


def _wanted(people: Mapping[Role, Sequence[str]], form: Filled) -> dict[str, set[Role]]:
    """The roles of everybody who had one or is to have one."""
    wanted: dict[str, set[Role]] = {user: set() for users in people.values() for user in users}
    for role, users in people.items():
        # A select shows no more: who is not seen there keeps the role.
        for user in [*users[MOST_SHOWN:], *form.many.get(role.name.lower(), ())]:
            wanted.setdefault(user, set()).add(role)
    return wanted


@explains
def offer_to_ask(refused: Refused, _carried: str) -> Say | None:
    """Who has no role can ask for one with a button."""
    if isinstance(refused, NotYours) and refused.way_on == ASK_ROLE:
        return Say(as_sentence(refused.sentence), ask_blocks())
    return None


@listens(Act.ASK_ROLE)
def ask_for_a_role(workspace: Workspace, by: Member, now: datetime, admins: frozenset[str]) -> Reply:
    """The admins hear of it, once a day."""
    if by.is_outsider:
        raise NotYours(_("Guests and people of other organisations have no roles."))
    if by.granted:
        return Say((_("You have a role already: {granted}.", granted=", ".join(sorted(map(_, by.granted)))),))
    asked = select(History.id).where(History.workspace_id == workspace.id, History.subject == Member.__tablename__)
    asked = asked.where(History.subject_id == by.id, History.move == ASKED, History.at > now - ONCE)
    if workspace.session.scalar(asked.limit(1)) is None:
        record(by, ASKED, by=by, now=now)
        for admin in admins_of(workspace, admins):
            asking = RoleAsked(member=by.id)
            queue(workspace, News.ROLE_ASKED, stream=admin.user_id, member_id=admin.id, payload=asking, now=now)
    return Say((_("Your admins know. You hear from me as soon as you have a role."),))


@listens(Act.GIVE_ROLE)
def give_role(workspace: Workspace, by: Member, now: datetime, target: AskedTarget, admins: frozenset[str]) -> Reply:
    """An admin gives who asked the role that they choose, besides those that they have."""
    check_admin(by, admins)
    rows = select(Member).where(Member.workspace_id == workspace.id, Member.id == target.member)
    member = workspace.session.scalar(rows)
    if member is None or target.role not in set(Role):
        raise NotFound(_("That person is not here any more."))
    role = Role(target.role)
    if role in member.granted:
        return Say((_("{name} has that role already: {role}.", name=member.name, role=_(role)),))
    set_roles(member, {*member.granted, role}, by=by, now=now)
    return Say((_("{name} has the role {role} now, and was told what to do with it.", name=member.name, role=_(role)),))


@dataclass(frozen=True)
class RoleAsked(Payload):
    """Who asks for a role."""

    member: int = 0


def render_welcome(session: Session, row: Outbox, now: datetime) -> Call | None:
    """What a person can do now; nothing where the roles went again meanwhile."""
    member = session.get_one(Member, row.member_id)
    if not member.granted:
        return None
    roles = [role for role in Role if role in member.granted]
    sentences = welcome_sentences(roles, _example(member, now=now))
    return message(row, row.stream, plain(sentences[0]), [line(*sentences).to_dict()])


def _example(member: Member, *, now: datetime) -> str:
    """A deal to type, of what stands first in the price list; nothing where nothing is sold yet."""
    offer = first_offer(member.workspace)
    if offer is None:
        return ""
    day = format_skeleton("MMMd", member.workspace.today(now) + AFTER, locale=locale_of(member.locale))
    return _(
        "/deal {min_lot} {name} for Acme by {day}",
        min_lot=max(offer.min_lot, TRIED),
        name=clip(offer.name, MOST_OFFER),
        day=day,
    )


def render_asked(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """Who would like a role; nothing where they have one meanwhile."""
    member = session.get_one(Member, RoleAsked.of(row).member)
    if member.granted or member.is_outsider:
        return None
    blocks = [block.to_dict() for block in asked_blocks(member.name, member.id)]
    return message(row, row.stream, escape(_("{name} would like a role in Belay.", name=member.name)), blocks)


def _people(workspace: Workspace) -> dict[Role, list[str]]:
    return {role: [member.user_id for member in members_with(workspace, role)] for role in Role}


def _has_groups(checks: SlackChecks) -> bool:
    """Whether any user group is named after a role; not where Slack does not show them."""
    try:
        return any(users and any(_roles_of(name)) for name, users in checks.groups())
    except (SlackClientError, OSError, HTTPException):
        return False


def _with_groups(typed: Mapping[Role, Sequence[str]], checks: SlackChecks) -> tuple[dict[Role, list[str]], str]:
    """People with those of the groups that are named after a role; and what was found."""
    people = {role: list(users) for role, users in typed.items()}
    try:
        groups = checks.groups()
    except SlackApiError as error:
        missing = error.response["error"] == "missing_scope"
        why = _("install Belay again, with the scope usergroups:read") if missing else str(error.response["error"])
        return people, _("Slack does not show the user groups: {why}.", why=why)
    except (SlackClientError, OSError, HTTPException):
        return people, _("Slack does not show the user groups just now. Once more, please.")
    taken: list[str] = []
    for name, users in groups:
        for role in _roles_of(name):
            people[role] = list(dict.fromkeys([*people[role], *users]))
            taken.append(f"{name} → {role}")
    if not taken:
        return people, _("No user group has a name such as Sales or Operations any more. Choose people by hand.")
    return people, _("Filled in from {taken}. Nothing is saved yet.", taken=", ".join(taken))


def _roles_of(name: str) -> Iterable[Role]:
    return (role for role, words in GROUPS.items() if any(word in name.lower() for word in words))
