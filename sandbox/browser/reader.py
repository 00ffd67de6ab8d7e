"""The one who looks: names, zone and texts as this person meets them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from sandbox.browser import dates
from sandbox.browser.markdown import markdown
from sandbox.browser.markup import tagged
from sandbox.browser.mrkdwn import link, mrkdwn, plain
from sandbox.browser.rich import rich
from sandbox.rows import Channel, Person
from sandbox.wire import Json
from sandbox.workspace import Workspace

TONES = 8


@dataclass(frozen=True)
class Reader:
    """A person in front of the page."""

    ws: Workspace
    person: Person
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "now", self.local(self.ws.now()))

    @property
    def base(self) -> str:
        """Where this person's pages are."""
        return f"/as/{self.person.id}"

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.person.tz))

    def at(self, ts: str | float) -> datetime:
        """The instant of a message or a timestamp."""
        return self.local(datetime.fromtimestamp(float(ts), UTC))

    def name(self, user: str) -> str:
        person = self.ws.people.get(user)
        return person.name if person else user

    def tone(self, user: str) -> int:
        """The colour by which somebody is known."""
        return list(self.ws.people).index(user) % TONES if user in self.ws.people else 0

    def place(self, channel: Channel) -> str:
        """What a conversation is called."""
        return f"#{channel.name}" if channel.name else self.name(self.other(channel))

    def other(self, channel: Channel) -> str:
        """Whom a direct message is with."""
        return next((one for one in channel.members if one != self.person.id), self.person.id)

    def html(self, text: Json | None) -> Markup:
        """A text object."""
        if not text:
            return Markup("")
        return self.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else plain(text["text"])

    def mrkdwn(self, text: str) -> Markup:
        return mrkdwn(text, self.reference)

    def markdown(self, text: str) -> Markup:
        return markdown(text)

    def rich(self, block: Json) -> Markup:
        return rich(block, self)

    def reference(self, token: str) -> Markup:
        """What stands in angle brackets: somebody, a channel, a group, a date, everybody."""
        what, _, words = token.partition("|")
        if what.startswith("@"):
            return self.mention(what[1:])
        if what.startswith("#"):
            return self.channel(what[1:], words)
        kind, *rest = what[1:].split("^")
        if kind == "date" and len(rest) > 1:
            return self.date(float(rest[0]), rest[1], rest[2] if len(rest) > 2 else "")
        if kind == "subteam" and rest:
            return self.group(rest[0])
        return _mention(" mention-all", f"@{kind}")

    def mention(self, user: str) -> Markup:
        return _mention(" mention-me" if user == self.person.id else "", f"@{self.name(user)}")

    def group(self, group: str) -> Markup:
        known = self.ws.groups.get(group)
        mark = " mention-me" if known and self.person.id in known.users else ""
        return _mention(mark, f"@{known.handle if known else group}")

    def channel(self, which: str, words: str = "") -> Markup:
        channel = self.ws.channels.get(which)
        if channel is None or (channel.kind != "public_channel" and self.person.id not in channel.members):
            return _mention("", f"#{words}" if words else "🔒 private channel")
        href = f"{self.base}/c/{channel.id}"
        return Markup('<a class="mention" href="{}" data-go>{}</a>').format(href, self.place(channel))

    def date(self, timestamp: float, wanted: str, url: str = "") -> Markup:
        at = self.at(timestamp)
        words = dates.date_words(at, wanted, self.now)
        shown = tagged("time", words, datetime=at.isoformat(), title=dates.moment(at))
        return link(url, shown) if url else shown

    def clock(self, ts: str) -> str:
        return dates.clock(self.at(ts))

    def moment(self, ts: str) -> str:
        return dates.moment(self.at(ts))


def _mention(more: str, words: str) -> Markup:
    return tagged("span", words, class_=f"mention{more}")
