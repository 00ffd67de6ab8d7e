"""`/belay`: how far the set-up is, who has which role, which channel answers for which family."""

from collections.abc import Iterable
from datetime import datetime

from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View

from handlers.setup.guide_view import guide_blocks
from handlers.setup.setup_view import (
    NO_COUNTRY,
    belay_help,
    channels_view,
    hours_view,
    settings_view,
    state_sentences,
)
from handlers.setup.undelivered import given_up_blocks
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Say, Suggest
from handlers.slack.text import clip
from handlers.slack.values import read_time, read_whole
from handlers.slack.view_parts import line
from models.base.countries import search_countries
from models.base.errors import Refused
from models.base.language import _
from models.base.words import locale_of
from models.base.working_time import WorkingHours
from models.capacity.leaving import work_hours
from models.company.offers import families, family_channels
from models.deals.rules import check_sees_deals
from models.deals.stepping import step_aside
from models.setup.channels import set_channels
from models.setup.progress import setup_state
from models.setup.settings import Conversation, keep
from models.workspace.installations import leave_place
from models.workspace.leads import lead_of
from models.workspace.members import (
    Member,
    check_admin,
    find_member,
    is_admin,
    learn_member,
    meet_member,
)
from models.workspace.roles import LED
from models.workspace.undelivered import given_up
from models.workspace.user_groups import GivenGroup, learn_group
from models.workspace.workspaces import Workspace

OUTSIDERS = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")


@listens(command="/belay", is_writing=False)
def show_state(workspace: Workspace, by: Member, now: datetime, admins: frozenset[str]) -> Reply:
    """What is there and what is missing; for admins with the steps to do, and what Slack did not take."""
    state = setup_state(workspace)
    sentence = state_sentences(state)
    if not is_admin(by, admins):
        return Say(sentence)
    lost = given_up(workspace, now=now)
    return Say(sentence, [line(sentence), *guide_blocks(state), *(given_up_blocks(lost) if lost else [])])


@listens(command="/belay help", is_writing=False)
def help_with_setup() -> Reply:
    """What one can type."""
    return Say(belay_help())


@opens(Act.CHANNELS, command="/belay channels")
def open_channels(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """Which channel answers for which family."""
    check_admin(by, admins)
    return channels_view(families(workspace), family_channels(workspace))


@submits(Callback.CHANNELS)
def choose_channels(workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]) -> None:
    """These channels answer from now on."""
    check_admin(by, admins)
    shown = ["*", *families(workspace)]
    chosen = {family: form[f"channel.{n}"] for n, family in enumerate(shown) if form[f"channel.{n}"]}
    if not chosen:
        raise Refused(_("Choose at least one channel."), field="channel.0")
    set_channels(workspace, chosen, by=by, now=now)


@opens(command="/belay hours")
def open_hours(by: Member) -> View:
    """When the person works."""
    check_sees_deals(by)
    return hours_view(by.hours, locale_of(by.locale))


@listens(suggests=Act.COUNTRY)
def suggest_countries(by: Member, text: str) -> Reply:
    """Countries whose public holidays are known."""
    countries = search_countries(text, locale_of(by.locale))
    return Suggest([Option(text=clip(name, 75), value=code or NO_COUNTRY) for code, name in countries])


@submits(Callback.HOURS)
def keep_hours(by: Member, now: datetime, form: Filled) -> None:
    """Time to answer is counted in these hours from now on."""
    check_sees_deals(by)
    country = form["country"] if form["country"] != NO_COUNTRY else ""
    hours = WorkingHours(
        by.timezone, country or None, read_time(form["opens"], "opens"), read_time(form["closes"], "closes")
    )
    work_hours(by, hours, now=now)


@opens(command="/belay settings")
def open_settings(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """The company's hours, the time to answer, who leads each side, and whether words in threads are read."""
    check_admin(by, admins)
    return settings_view(workspace, {side: lead_of(workspace, side) for side in LED})


@submits(Callback.SETTINGS)
def keep_settings(workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]) -> None:
    """These count from now on; a turn that has begun keeps its time."""
    check_admin(by, admins)
    hours = read_time(form["opens"], "opens"), read_time(form["closes"], "closes")
    answer = read_whole(form["answer_hours"], "answer_hours", most=80)
    leads = {side: find_member(workspace, form[side]) if form[side] else None for side in LED}
    said = Conversation(form["language"], is_reading_threads="threads" in form.many.get("threads", ()))
    keep(workspace, hours=hours, answer_hours=answer, conversation=said, leads=leads, by=by, now=now)


@listens(event="user_change")
@listens(event="team_join")
def learn_person(workspace: Workspace, now: datetime, event: dict[str, dict[str, object]]) -> None:
    """Slack says that a person is new or has changed; deals do not wait for who has left."""
    if isinstance(event.get("user"), dict) and event["user"].get("id"):
        learn_slack_user(workspace, event["user"], now=now)


@listens(event="subteam_created")
@listens(event="subteam_updated")
def learn_user_group(workspace: Workspace, event: dict[str, dict[str, object]]) -> None:
    """Slack says that a user group is new, or that it or its people have changed."""
    if isinstance(event.get("subteam"), dict) and event["subteam"].get("id"):
        learn_group(workspace, as_group(event["subteam"]))


def as_group(group: dict[str, object]) -> GivenGroup:
    """A user group as Slack describes it."""
    users, handle = group.get("users"), str(group.get("handle") or "")
    return GivenGroup(
        group_id=str(group["id"]),
        handle=handle,
        name=str(group.get("name") or handle),
        people=tuple(str(user) for user in users) if isinstance(users, list) else (),
        is_gone=bool(group.get("date_delete")),
    )


def is_of_the_bot(event: dict[str, object]) -> bool:
    """Whether the bot's own token was revoked; people's tokens are not used."""
    tokens = event.get("tokens")
    return bool(tokens.get("bot")) if isinstance(tokens, dict) else False


@listens(event="app_uninstalled")
def note_uninstalled(workspace: Workspace, is_of_an_organisation: bool, now: datetime) -> None:
    """Nothing is sent any more; everything is kept for who installs it again."""
    leave_place(workspace, is_organisation=is_of_an_organisation, now=now)


@listens(event="tokens_revoked", concerns=is_of_the_bot)
def note_revoked(workspace: Workspace, is_of_an_organisation: bool, now: datetime) -> None:
    """As when it is uninstalled: whatever Belay said, Slack would refuse it."""
    leave_place(workspace, is_organisation=is_of_an_organisation, now=now)


def learn_slack_user(workspace: Workspace, user: dict[str, object], *, now: datetime) -> None:
    """Take over a person as Slack describes them; who has left is asked nothing any more."""
    was_here = not meet_member(workspace, str(user["id"])).is_outsider
    profile = user.get("profile")
    shown = profile.get("display_name") or profile.get("real_name") if isinstance(profile, dict) else None
    member = learn_member(
        workspace,
        str(user["id"]),
        name=str(shown or user.get("real_name") or user.get("name") or user["id"]),
        timezone=str(user.get("tz") or workspace.timezone),
        locale=str(user.get("locale") or "") or None,
        is_outsider=any(user.get(key) for key in OUTSIDERS) or not _belongs(user, workspace),
        is_slack_admin=bool(user.get("is_admin") or user.get("is_owner")),
    )
    if was_here and member.is_outsider:
        step_aside(member, now=now)


def _belongs(user: dict[str, object], workspace: Workspace) -> bool:
    """Whether a person is of this workspace: in an enterprise the team is another one of it, or the organisation."""
    home, enterprise = user.get("team_id"), user.get("enterprise_user")
    teams = enterprise.get("teams") if isinstance(enterprise, dict) else None
    is_of_an_organisation = isinstance(home, str) and home.startswith("E")
    return home in {None, workspace.team_id} or is_of_an_organisation or workspace.team_id in (teams or ())


def learn_slack_users(workspace: Workspace, users: Iterable[dict[str, object]], *, now: datetime) -> None:
    """Take over everybody whom Slack lists."""
    for user in users:
        learn_slack_user(workspace, user, now=now)
