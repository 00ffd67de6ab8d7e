"""The guide through the set-up: what its buttons do, and its message."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from babel.dates import format_skeleton
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.deals.proposing import open_deal
from handlers.setup.guide_view import StepTarget, channel_view, guide_blocks, guide_text
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, prepares
from handlers.slack.replies import Reply, Say, Show
from handlers.slack.slack_checks import SlackChecks
from handlers.slack.text import as_sentence
from handlers.slack.view_parts import notice
from handlers.slack.web_calls import Call, digest_of, message
from models.base.errors import Refused
from models.base.language import N_, _
from models.base.words import locale_of
from models.company.offers import EVERY_FAMILY, families, family_channels, first_offer
from models.digests.schedules import Digest, Pattern, Rhythm, ScheduleSettings, add_schedule
from models.files import read_company
from models.setup.channels import set_channels
from models.setup.importing import import_company
from models.setup.progress import setup_state
from models.setup.samples import sample_file
from models.workspace.guides import begin_guide, guide_of
from models.workspace.members import Member, admins_of, check_admin, members_with, set_roles
from models.workspace.outbox import Outbox
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

SAMPLE = "maker"
AT = time(9)
TRIED, AFTER = N_("Acme"), timedelta(weeks=8)
MOST_TRIED = 20


def render_guide(_session: Session, row: Outbox, _now: datetime) -> Call | None:
    """The guide as it stands: a message at first, later the same one made true."""
    guide = guide_of(row.workspace)
    if guide is None:
        return None
    state = setup_state(row.workspace)
    blocks = [block.to_dict() for block in guide_blocks(state)]
    shown = digest_of(blocks)
    if guide.ts is None:
        return message(row, guide.channel, guide_text(state), blocks, shown=shown)
    if guide.shown == shown:
        return None
    where = {"channel": guide.channel, "ts": guide.ts}
    return Call("chat.update", {**where, "text": guide_text(state), "blocks": blocks}, shown)


def lead_through(workspace: Workspace, wished: Collection[str], *, now: datetime) -> None:
    """Begin the guide where there is no company yet: for whoever installed Belay, else for the first admin."""
    if families(workspace):
        return
    admins = admins_of(workspace, frozenset(wished))
    led = next((member for member in admins if member.user_id in wished), admins[0] if admins else None)
    if led is not None:
        # Where nobody has said anything else, the company is where its first person is.
        workspace.timezone = led.timezone if workspace.timezone == "UTC" else workspace.timezone
        begin_guide(workspace, member_id=led.id, user_id=led.user_id, now=now)


@listens(Act.DO_IT)
def do_it(workspace: Workspace, by: Member, now: datetime, target: StepTarget, admins: frozenset[str]) -> Reply:
    """A step that Belay can do by itself."""
    check_admin(by, admins)
    if target.step not in STEPS:
        raise Refused(_("That step has to be done by hand."))
    workspace.lock()
    return Say(as_sentence(STEPS[target.step](workspace, by, now)))


@opens(Act.MAKE_CHANNEL)
def open_channel(by: Member, admins: frozenset[str]) -> View:
    """A new channel, by its name."""
    check_admin(by, admins)
    return channel_view()


def make_channel(body: Mapping[str, Any], client: WebClient) -> str:
    """Make a channel in Slack, with whoever asked for it; its id."""
    values = body["view"]["state"]["values"]
    typed = next(element.get("value") or "" for element in values.get("name", {"": {}}).values())
    name = "-".join(str(typed).lower().removeprefix("#").split())
    try:
        channel = str(client.conversations_create(name=name)["channel"]["id"])
        client.conversations_invite(channel=channel, users=body["user"]["id"])
    except SlackApiError as error:
        code = str(error.response["error"])
        raise Refused(_(WHY_NOT.get(code, OTHERWISE), code=code)) from error
    return channel


OTHERWISE = N_("Slack did not make it: {code}.")
WHY_NOT = {
    "name_taken": N_("There is a channel of that name already. Choose it with Choose…, or take another name."),
    "missing_scope": N_("Belay may not make channels here: install it again, or choose a channel that you have."),
    "invalid_name_specials": N_("Small letters, digits and hyphens only, such as deals-ops."),
    "invalid_name": N_("Small letters, digits and hyphens only, such as deals-ops."),
    "restricted_action": N_("Your workspace lets only some people make channels. Choose one that you have."),
}


@prepares(Callback.NEW_CHANNEL, make_channel)
def keep_channel(
    workspace: Workspace, by: Member, now: datetime, prepared: str, checks: SlackChecks, admins: frozenset[str]
) -> Reply:
    """All deals go there from now on; whoever answers them is invited."""
    check_admin(by, admins)
    set_channels(workspace, {EVERY_FAMILY: prepared}, by=by, now=now)
    people = [member.user_id for member in members_with(workspace, Role.OPERATIONS) if member.id != by.id]
    told = _("The channel is there, and deals go to it.")
    if not people:
        return Show(notice((_("{told} Invite operations.", told=told),)))
    return Show(notice((told,)), later=partial(_invited, checks, prepared, people, told))


def _invited(checks: SlackChecks, channel: str, people: Sequence[str], told: str) -> View:
    is_done = checks.invite(channel, people)
    follows = _("Operations are in it.") if is_done else _("Invite operations.")
    return notice((f"{told} {follows}",))


@opens(Act.TRY_DEAL)
def try_deal(workspace: Workspace, by: Member, now: datetime) -> Show:
    """The form of a deal, filled in with something that there is."""
    offer = first_offer(workspace)
    if offer is None:
        raise Refused(_("There is nothing to sell yet: the company comes first."))
    if not by.has(Role.SALES):
        raise Refused(_("A deal is proposed by somebody in sales: they type `/deal`. Step 2 says who that is."))
    day = format_skeleton("MMMd", workspace.today(now) + AFTER, locale=locale_of(by.locale))
    quantity = max(offer.min_lot, MOST_TRIED)
    return open_deal(
        workspace,
        by,
        now,
        _("{tried} {quantity} {name} by {day}", tried=TRIED, quantity=quantity, name=offer.name, day=day),
    )


def _do_company(workspace: Workspace, by: Member, now: datetime) -> str:
    if families(workspace):
        return _("There is a company already.")
    import_company(workspace, read_company(sample_file(SAMPLE)), by=by, now=now)
    return _("A sample maker of tents is in. Change it, or erase it later, with `/belay company` and `/belay data`.")


def _do_people(workspace: Workspace, by: Member, now: datetime) -> str:
    set_roles(by, {*by.granted, Role.OPERATIONS, Role.LEADERSHIP}, by=by, now=now)
    del workspace
    return _("You are operations and leadership now. Somebody else has to be sales: nobody decides on their own deal.")


def _do_schedules(workspace: Workspace, by: Member, now: datetime) -> str:
    channels = family_channels(workspace)
    channel = channels.get(EVERY_FAMILY) or next(iter(channels.values()), "")
    if not channel:
        return _("Choose a channel first: step 3.")
    rhythm = Rhythm(Pattern.WORKING_DAYS, AT, workspace.timezone, country=workspace.country)
    add_schedule(workspace, ScheduleSettings(Digest.PIPELINE, channel, rhythm), by=by, now=now)
    return _("The channel hears of the open deals on working days at 9 from now on.")


STEPS: Mapping[str, Callable[[Workspace, Member, datetime], str]] = {
    "company": _do_company,
    "people": _do_people,
    "schedules": _do_schedules,
}
