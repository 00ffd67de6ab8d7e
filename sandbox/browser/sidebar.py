"""What stands beside a conversation: channels, direct messages, apps and people, each with what is unread."""

from dataclasses import dataclass

from sandbox.browser.place import Place, direct
from sandbox.browser.unread import unread
from sandbox.rows import App, Channel, Person


@dataclass(frozen=True)
class Entry:
    """A line of the left column."""

    name: str
    href: str
    is_here: bool
    unread: int = 0
    mark: str = "#"
    is_member: bool = True
    user: str = ""


@dataclass(frozen=True)
class AppEntry:
    """An app with its Home and Messages tabs."""

    app: App
    home: Entry | None
    messages: Entry | None


def channel_entries(place: Place) -> list[Entry]:
    """The channels that somebody is in, then the open ones."""
    channels = [channel for channel in place.ws.channels.values() if channel.name and _may_see(place, channel)]
    channels.sort(key=lambda channel: (place.person.id not in channel.members, channel.archived, channel.name))
    return [_channel_entry(place, channel) for channel in channels]


def direct_entries(place: Place) -> list[Entry]:
    """Everybody one can write to."""
    return [_direct_entry(place, one, one.name) for one in members(place) if one is not place.person]


def app_entries(place: Place) -> list[AppEntry]:
    """The apps that are installed."""
    entries = []
    for app in place.ws.apps.values():
        if app.installed:
            href = f"/as/{place.person.id}/app/{app.app_id}"
            home = Entry("Home", href, place.kind == "home" and place.app is app) if app.has_home else None
            bot = place.ws.people[app.bot_user_id]
            entries.append(AppEntry(app, home, _direct_entry(place, bot, "Messages") if app.shows_messages else None))
    return entries


def members(place: Place) -> list[Person]:
    """The people of the house, without its bots."""
    return [person for person in place.ws.people.values() if not person.bot_app and not person.deleted]


def total_unread(place: Place) -> int:
    """How many conversations of this person hold something new."""
    joined = [c for c in place.ws.channels.values() if place.person.id in c.members]
    return sum(bool(unread(place.ws, place.person, channel)) for channel in joined)


def _may_see(place: Place, channel: Channel) -> bool:
    return place.person.id in channel.members or not (channel.private or channel.archived)


def _channel_entry(place: Place, channel: Channel) -> Entry:
    is_member = place.person.id in channel.members
    number = len(unread(place.ws, place.person, channel)) if is_member else 0
    mark = "lock" if channel.private else "hash"
    href = f"/as/{place.person.id}/c/{channel.id}"
    return Entry(channel.name, href, place.channel is channel, number, mark, is_member)


def _direct_entry(place: Place, partner: Person, name: str) -> Entry:
    channel = direct(place.ws, place.person, partner).channel
    number = len(unread(place.ws, place.person, channel)) if channel else 0
    href = f"/as/{place.person.id}/d/{partner.id}"
    return Entry(name, href, place.partner is partner, number, user=partner.id)
