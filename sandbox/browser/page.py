"""The page as a whole, and its regions, which the browser takes one by one when they change."""

import hashlib
import json
from dataclasses import dataclass
from itertools import count
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from sandbox.browser import dates, ledger, stream
from sandbox.browser import place as places
from sandbox.browser import sidebar as sight
from sandbox.browser.markup import finished, joined
from sandbox.browser.place import Place
from sandbox.browser.reader import Reader
from sandbox.browser.shown import Shown, shown_view
from sandbox.browser.unread import read
from sandbox.faults import KINDS
from sandbox.rows import View
from sandbox.site import Site
from sandbox.wire import Json

TEMPLATES = Environment(loader=PackageLoader("sandbox.browser"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
REGIONS = ("bar", "side", "main", "thread", "modal")
_numbers = count(1)
# In which somebody may use Slack here, by its locales.
TEMPLATES.globals["languages"] = {"en-US": "English", "de-DE": "Deutsch", "fr-FR": "Français", "ja-JP": "日本語"}
_render_row = TEMPLATES.get_template("message.html")


@dataclass(frozen=True)
class Page:
    """A page in front of somebody, as the templates ask for it; `new_from` is where they had stopped reading."""

    site: Site
    place: Place
    new_from: str = ""

    @property
    def reader(self) -> Reader:
        return Reader(self.place.ws, self.place.person)

    @property
    def title(self) -> str:
        unread = sight.total_unread(self.place)
        return f"{f'({unread}) ' if unread else ''}{self.heading} · {self.place.person.name} · {self.place.ws.name}"

    @property
    def heading(self) -> str:
        """What the place is called."""
        place = self.place
        if place.kind == "home" and place.app:
            return place.app.name
        if place.kind != "channel":
            return {"start": "Start here", "about": "About this house"}.get(place.kind, place.kind.capitalize())
        return self.reader.place(place.channel) if place.channel else place.partner.name if place.partner else ""

    @property
    def address(self) -> str:
        return places.address(self.place)

    @property
    def modals(self) -> list[View]:
        return self.place.ws.stacks.get(self.place.person.id, [])

    @property
    def modal(self) -> Shown | None:
        stack = self.modals
        return shown_view(stack[-1], self.reader) if stack else None

    @property
    def home(self) -> Shown | None:
        app = self.place.app
        view = self.place.ws.homes.get((app.app_id, self.place.person.id)) if app else None
        return shown_view(view, self.reader) if view else None

    @property
    def messages(self) -> tuple[Markup, bool]:
        """The conversation, and whether there is more of it."""
        if self.place.channel is None:
            return Markup(""), False
        shown, is_more = stream.latest(self.place.channel, self.reader, self.place.shown)
        return self._rows(stream.rows(shown, self.reader, new_from=self.new_from)), is_more

    @property
    def thread(self) -> Markup | None:
        """The thread that is open."""
        if not (self.place.channel and self.place.thread):
            return None
        shown = stream.in_thread(self.place.channel, self.reader, self.place.thread)
        return self._rows(stream.rows(shown, self.reader, thread=True)) if shown else None

    @property
    def typing_words(self) -> str:
        """What a composer suggests: commands, people and channels."""
        ws = self.place.ws
        apps = [app for app in ws.apps.values() if app.installed]
        commands = [
            {"word": c["command"], "hint": c.get("usage_hint", ""), "note": f"{c.get('description', '')} · {app.name}"}
            for app in apps
            for c in app.commands.values()
        ]
        people = [{"word": f"@{p.handle}", "hint": p.name, "note": ""} for p in ws.people.values() if not p.deleted]
        channels = [{"word": f"#{e.name}", "hint": "", "note": ""} for e in sight.channel_entries(self.place)]
        return json.dumps([*commands, *people, *channels])

    @property
    def global_shortcuts(self) -> list[tuple[str, str, str]]:
        apps = [app for app in self.place.ws.apps.values() if app.installed]
        offered = [(app.name, entry) for app in apps for entry in app.shortcuts.values() if entry["type"] == "global"]
        return [(entry["callback_id"], entry["name"], f"{entry.get('description', '')} · {n}") for n, entry in offered]

    @property
    def next_monday(self) -> str:
        return dates.next_monday(self.reader.now).isoformat()

    @property
    def journal(self) -> list[ledger.Line]:
        return ledger.lines(self.place.ws, self.place.filter)

    def _rows(self, rows: Any) -> Markup:
        return joined(finished(stream.rendered(row, _message)) for row in rows)


def whole(page: Page) -> str:
    """The page as a document."""
    parts = {name: finished(_region(page, name)) for name in REGIONS}
    return TEMPLATES.get_template("page.html").render(
        page=page, regions=parts, prints={name: _print(part) for name, part in parts.items()}, number=next(_numbers)
    )


def news(page: Page, prints: dict[str, str], **more: Any) -> Json:
    """The regions that read differently from what the browser has; `number` tells which answer is the later one."""
    parts = {name: _region(page, name) for name in REGIONS}
    changed = {name: part for name, part in parts.items() if _print(part) != prints.get(name)}
    return {
        "number": next(_numbers),
        "title": page.title,
        "place": page.place.key,
        "regions": {name: {"print": _print(part), "html": part} for name, part in changed.items()},
        **more,
    }


def opened(site: Site, place: Place) -> Page:
    """A page that somebody opens: what is new there begins where they had stopped, and Home is told."""
    page = Page(site, place, _read_until(place))
    if place.channel:
        read(place.ws, place.person, place.channel)
    if place.kind == "home" and place.app:
        site.clock.keep_busy(_tell_home(site, page))
    return page


def looked_at(site: Site, place: Place, new_from: str, *, is_away: bool) -> Page:
    """A page that stays open; who looks at it, reads what comes."""
    if place.channel and not is_away:
        read(place.ws, place.person, place.channel)
    return Page(site, place, new_from)


async def _tell_home(site: Site, page: Page) -> None:
    if page.place.app:
        await site.events.home_opened(page.place.app, page.place.person.id)


def _read_until(place: Place) -> str:
    return place.ws.read_until.get((place.person.id, place.channel.id), "") if place.channel else ""


def _message(row: stream.Row) -> str:
    return _render_row.render(row=row)


def _region(page: Page, name: str) -> str:
    common: dict[str, Any] = {"sight": sight, "filters": ledger.FILTERS, "kinds": sorted(KINDS)}
    return TEMPLATES.get_template(f"{name}.html").render(
        page=page, place=page.place, reader=page.reader, me=page.place.person, ws=page.place.ws, **common
    )


def _print(part: str) -> str:
    return hashlib.blake2s(part.encode(), digest_size=8).hexdigest()
