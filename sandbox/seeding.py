"""Furnishing the workspace: people, channels, groups, apps."""

import secrets
from zoneinfo import ZoneInfo

from sandbox.manifest import manifest_problems
from sandbox.rows import App, Channel, Execution, Greeting, Person, Try, UserGroup, mint
from sandbox.site import Site
from sandbox.wire import Impossible, Json

GUESTS = {None, "restricted", "ultra", "stranger"}


def add_person(
    site: Site,
    *,
    name: str,
    tz: str = "UTC",
    admin: bool = False,
    owner: bool = False,
    guest: str | None = None,
    team: str | None = None,
    locale: str = "en-US",
) -> Person:
    """Let somebody into the workspace, or into sight from the organisation `team`."""
    if guest not in GUESTS:
        raise Impossible(f"a guest is restricted, ultra or stranger, not {guest}")
    ZoneInfo(tz)
    person = Person(mint("U"), name, tz, team or site.ws.team_id, admin, owner, guest, locale)
    site.ws.people[person.id] = person
    return person


async def set_locale(site: Site, *, user: str, locale: str) -> Person:
    """Somebody chooses the language in which they use Slack."""
    person = site.ws.person(user)
    person.locale = locale
    await site.events.person_changed(person)
    return person


def add_channel(
    site: Site, *, name: str, members: list[str] | None = None, private: bool = False, shared: bool = False
) -> Channel:
    """Open a channel with these members."""
    if any(channel.name == name for channel in site.ws.channels.values()):
        raise Impossible(f"there is a channel {name} already")
    ids = [site.ws.person(member).id for member in members or []]
    created = int(site.ws.now().timestamp())
    channel = Channel(mint("C"), name, created, private=private, shared=shared, members=ids)
    site.ws.channels[channel.id] = channel
    return channel


async def add_usergroup(site: Site, *, handle: str, name: str, users: list[str]) -> UserGroup:
    """Form a user group."""
    group = UserGroup(mint("S"), handle, name, [site.ws.person(user).id for user in users])
    site.ws.groups[group.id] = group
    await site.events.group_changed(group, is_new=True)
    return group


async def set_usergroup(site: Site, *, group: str, users: list[str]) -> UserGroup:
    """Say who is in a user group."""
    known = site.ws.groups[group]
    known.users = [site.ws.person(user).id for user in users]
    await site.events.group_changed(known, is_new=False)
    return known


async def invite(site: Site, *, channel: str, user: str) -> None:
    """Bring somebody, or an app's bot user, into a channel."""
    place, person = site.ws.channel(channel), site.ws.person(user)
    if person.id not in place.members:
        place.members.append(person.id)
        await site.events.member_joined(place, person.id)


def remove(site: Site, *, channel: str, user: str) -> None:
    """Take somebody out of a channel."""
    place, person = site.ws.channel(channel), site.ws.person(user)
    if person.id in place.members:
        place.members.remove(person.id)


def archive(site: Site, *, channel: str) -> None:
    """Archive a channel."""
    site.ws.channel(channel).archived = True


def install(
    site: Site,
    *,
    manifest: Json,
    request_url: str | None = None,
    app_id: str | None = None,
    signing_secret: str | None = None,
    bot_token: str | None = None,
) -> App:
    """Install an app; its manifest says what it may do and wants to hear.

    One that is in other workspaces too has its id and its secret from there, and its token, where an organisation has
    installed it; one that was here before gets a new token.
    """
    app_id, bot_token = app_id or mint("A"), bot_token or f"xoxb-{secrets.token_hex(16)}"
    if app_id in site.ws.apps:
        again = site.ws.apps[app_id]
        again.bot_token, again.installed = bot_token, True
        return again
    name = str((manifest.get("display_information") or {}).get("name", "app"))
    bot = Person(mint("U"), name, "UTC", site.ws.team_id, bot_app=app_id)
    app = App(
        app_id=app_id,
        bot_id=mint("B"),
        bot_user_id=bot.id,
        team_id=site.ws.team_id,
        bot_token=bot_token,
        app_token=f"xapp-1-{app_id}-{secrets.token_hex(16)}",
        signing_secret=signing_secret or secrets.token_hex(16),
        manifest=manifest,
        request_url=request_url,
    )
    if problems := list(manifest_problems(app)):
        raise Impossible("invalid_manifest: " + "; ".join(problems))
    site.ws.people[bot.id] = bot
    site.ws.apps[app_id] = app
    return app


async def run_step(site: Site, *, callback_id: str, inputs: Json, app_id: str | None = None) -> Execution:
    """A workflow comes to a step of an app, with what its author has filled in."""
    app = site.ws.app(app_id)
    about = (app.manifest.get("functions") or {}).get(callback_id)
    if about is None:
        raise Impossible(f"the app has no step {callback_id}")
    wanted = about["input_parameters"]
    if not set(wanted.get("required", ())) <= inputs.keys() <= wanted["properties"].keys():
        raise Impossible(f"the step takes {sorted(wanted['properties'])}, not {sorted(inputs)}")
    execution = Execution(mint("Fx"), app.app_id, callback_id, inputs)
    site.ws.executions[execution.id] = execution
    await site.events.step_reached(app, execution)
    return execution


async def uninstall(site: Site, *, app_id: str) -> None:
    """Remove an app: its tokens are void, its views are gone, and it is told."""
    app = site.ws.app(app_id)
    app.installed = False
    for person, stack in site.ws.stacks.items():
        site.ws.stacks[person] = [view for view in stack if view.app_id != app_id]
    site.ws.homes = {key: view for key, view in site.ws.homes.items() if key[0] != app_id}
    await site.events.uninstalled(app)


def welcome(
    site: Site,
    *,
    title: str,
    text: str = "",
    people: list[Json] | None = None,
    tries: list[Json] | None = None,
    workspace: str | None = None,
) -> None:
    """Greet whoever opens the page: who is who, and what to try, each as somebody and somewhere."""
    roles = {site.ws.person(one["who"]).id: str(one.get("role", "")) for one in people or []}
    begun = [Try(person=site.ws.person(one["as"]).id, **_without(one, "as")) for one in tries or []]
    site.ws.greeting = Greeting(title, text, roles, begun)
    site.ws.name = workspace or site.ws.name


def _without(one: Json, key: str) -> Json:
    return {name: value for name, value in one.items() if name != key}
