"""What somebody does on the page, as acts of the sandbox; each answers what is to be said, and where to go next."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sandbox import seeding as furnish
from sandbox.acting import Reply
from sandbox.acts import Acts
from sandbox.browser import place as places
from sandbox.browser.reader import Reader
from sandbox.browser.shown import timestamp
from sandbox.browser.wording import wire_text
from sandbox.lookup import Target, find_field, surfaces, visible
from sandbox.render import buttons_in
from sandbox.rows import Try
from sandbox.wire import Impossible, Json

TIMEOUT = "The app did not answer within 3 seconds."
FAILED = "The app's answer was not what Slack expects (status {status})."
Deed = Callable[[Acts, Json], Awaitable[Json | None]]


async def send(acts: Acts, content: Json) -> Json | None:
    """Write a message or a command, as a composer sends it."""
    channel = content.get("channel") or _direct(acts, content["partner"])
    text = str(content["text"]).strip()
    if text.startswith("/") and not text.startswith("//"):
        return told(await acts.command(channel, text), text.split()[0])
    if text:
        await acts.say(channel, wire_text(acts.ws, text), content.get("thread") or None)
    return None


async def press(acts: Acts, content: Json) -> Json | None:
    """Press a button."""
    await _enter_typed(acts, content)
    return told(await acts.press(content["action"], content["where"], block_id=content["block"]))


async def choose(acts: Acts, content: Json) -> Json | None:
    """Choose in a menu, a select, a picker; or press Enter in a field."""
    await _enter_typed(acts, content)
    return told(await _enter(acts, content["where"], content, enter=bool(content.get("enter"))))


async def attach(acts: Acts, content: Json) -> Json | None:
    """Choose files in a field."""
    await _enter_typed(acts, content)
    acts.attach(content["block"], content["files"], content["where"], action_id=content["action"])
    return None


async def detach(acts: Acts, content: Json) -> Json | None:
    """Take back a file that was chosen."""
    await _enter_typed(acts, content)
    acts.detach(content["block"], content["file"], content["where"], action_id=content["action"])
    return None


async def submit(acts: Acts, content: Json) -> Json | None:
    """Send the modal."""
    await _enter_typed(acts, content)
    return told(await acts.submit(content.get("shown") or ""))


async def close(acts: Acts, content: Json) -> Json | None:
    """Close the modal."""
    await _enter_typed(acts, content)
    return told(await acts.close())


async def shortcut(acts: Acts, content: Json) -> Json | None:
    """Use a shortcut, of a message when one is named."""
    if content.get("ts"):
        return told(await acts.message_shortcut(content["callback"], content["channel"], content["ts"]))
    return told(await acts.shortcut(content["callback"]))


async def dismiss(acts: Acts, content: Json) -> Json | None:
    """Take away a message that only this person sees."""
    message = acts.place(content["channel"]).messages.get(content["ts"])
    if message and message.only_for == acts.person.id:
        acts.ws.unpost(message)
    return None


async def turn(acts: Acts, content: Json) -> Json | None:
    """Turn the clock by hours, or to an instant, which without a zone is the reader's."""
    clock = acts.site.clock
    if content.get("hours"):
        await clock.turn(clock.now() + timedelta(hours=float(content["hours"])))
        return None
    to = datetime.fromisoformat(str(content["to"]))
    await clock.turn(to if to.tzinfo else to.replace(tzinfo=Reader(acts.ws, acts.person).now.tzinfo))
    return None


async def fault(acts: Acts, content: Json) -> Json | None:
    """Order a fault."""
    details = {key: _number(content[key]) for key in ("seconds", "retry_after", "status", "error") if content.get(key)}
    details |= {key: True for key in ("effect", "together") if content.get(key)}
    acts.ws.faults.order(
        content["kind"], method=content.get("method") or None, times=int(content.get("times") or 1), **details
    )
    return None


async def heal(acts: Acts, _said: Json) -> Json | None:
    """Take back all faults."""
    acts.ws.faults.clear()
    return None


async def disconnect(acts: Acts, _said: Json) -> Json | None:
    """Send the app's connections away."""
    await acts.site.sockets.disconnect(acts.ws.app().app_id, "refresh_requested")
    return {"note": "The app's connections were closed; it has to come back by itself."}


async def invite(acts: Acts, content: Json) -> Json | None:
    """Bring somebody into a channel."""
    await furnish.invite(acts.site, channel=content["channel"], user=content.get("user") or acts.person.id)
    return None


async def add_channel(acts: Acts, content: Json) -> Json | None:
    """Open a channel."""
    name = str(content["name"]).strip().lower().replace(" ", "-").removeprefix("#")
    if not name:
        raise Impossible("a channel needs a name")
    channel = furnish.add_channel(acts.site, name=name, members=[acts.person.id], private=bool(content.get("private")))
    return {"go": f"/as/{acts.person.id}/c/{channel.id}"}


async def add_person(acts: Acts, content: Json) -> Json | None:
    """Let somebody in."""
    if not str(content["name"]).strip():
        raise Impossible("a person needs a name")
    furnish.add_person(acts.site, name=content["name"].strip(), tz=acts.person.tz, admin=bool(content.get("admin")))
    return None


async def set_locale(acts: Acts, content: Json) -> Json | None:
    """Use Slack in another language."""
    await furnish.set_locale(acts.site, user=acts.person.id, locale=content["locale"])
    return None


async def attempt(acts: Acts, content: Json) -> Json | None:
    """Begin with one of the things to try, as whoever does it."""
    greeting = acts.ws.greeting
    chosen = greeting.tries[int(content["number"])] if greeting else None
    if chosen is None:
        raise Impossible("there is nothing to try")
    other = Acts(acts.site, acts.ws.person(chosen.person))
    if chosen.hours:
        await turn(other, {"hours": chosen.hours})
    return {**((await _try(other, chosen)) or {}), "go": _address(other, chosen.channel)}


async def _try(acts: Acts, chosen: Try) -> Json | None:
    if chosen.press:
        where = "home" if chosen.channel == "home" else _newest_with(acts, chosen)
        return told(await acts.press(chosen.press, where))
    return await send(acts, {"channel": chosen.channel, "text": chosen.text}) if chosen.text else None


def _newest_with(acts: Acts, chosen: Try) -> Json:
    for message in reversed(visible(acts.place(chosen.channel), acts.person)):
        if chosen.press in buttons_in(message.blocks):
            return {"channel": message.channel, "ts": message.ts}
    raise Impossible(f"there is no button {chosen.press} now")


def _address(acts: Acts, channel: str) -> str:
    base = f"/as/{acts.person.id}"
    if channel == "home":
        return f"{base}/app/{acts.ws.app().app_id}"
    if channel in places.KINDS:
        return f"{base}/{channel}"
    return f"{base}/c/{acts.place(channel).id}"


def told(reply: Reply, what: str = "") -> Json | None:
    """What a person is told about an act: only what they do not see anyway."""
    if reply.error is None:
        return None
    words = TIMEOUT if reply.error == "operation_timeout" else FAILED.format(status=reply.status or "no connection")
    return {"note": f"{what}: {words}" if what else words}


async def _enter_typed(acts: Acts, content: Json) -> None:
    """Take over what was typed into the fields around before something is done there."""
    for typed in content.get("fields") or []:
        await _enter(acts, content["where"], typed, enter=False)


async def _enter(acts: Acts, where: Any, content: Json, *, enter: bool) -> Reply:
    target = find_field(surfaces(acts.ws, acts.person, where), content["block"], content["action"])
    value = _value(acts, target, content.get("value"))
    return await acts.choose(content["block"], value, where, action_id=content["action"], enter=enter)


def _value(acts: Acts, target: Target, value: Any) -> Any:
    if target.element["type"] == "datetimepicker" and value:
        return timestamp(str(value), Reader(acts.ws, acts.person))
    return value


def _direct(acts: Acts, partner: str) -> str:
    return acts.ws.dm(acts.ws.person(partner).id, acts.person.id).id


def _number(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


DEEDS: dict[str, Deed] = {
    deed.__name__: deed
    for deed in (
        *(send, press, choose, attach, detach, submit, close, shortcut, dismiss, turn, fault, heal, disconnect),
        *(invite, add_channel, add_person, set_locale, attempt),
    )
}
