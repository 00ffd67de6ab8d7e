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


async def send(acts: Acts, said: Json) -> Json | None:
    """Write a message or a command, as a composer sends it."""
    channel = said.get("channel") or _direct(acts, said["partner"])
    text = str(said["text"]).strip()
    if text.startswith("/") and not text.startswith("//"):
        return told(await acts.command(channel, text), text.split()[0])
    if text:
        await acts.say(channel, wire_text(acts.ws, text), said.get("thread") or None)
    return None


async def press(acts: Acts, said: Json) -> Json | None:
    """Press a button."""
    await _enter_typed(acts, said)
    return told(await acts.press(said["action"], said["where"], block_id=said["block"]))


async def choose(acts: Acts, said: Json) -> Json | None:
    """Choose in a menu, a select, a picker; or press Enter in a field."""
    await _enter_typed(acts, said)
    return told(await _enter(acts, said["where"], said, enter=bool(said.get("enter"))))


async def attach(acts: Acts, said: Json) -> Json | None:
    """Choose files in a field."""
    await _enter_typed(acts, said)
    acts.attach(said["block"], said["files"], said["where"], action_id=said["action"])
    return None


async def detach(acts: Acts, said: Json) -> Json | None:
    """Take back a file that was chosen."""
    await _enter_typed(acts, said)
    acts.detach(said["block"], said["file"], said["where"], action_id=said["action"])
    return None


async def submit(acts: Acts, said: Json) -> Json | None:
    """Send the modal."""
    await _enter_typed(acts, said)
    return told(await acts.submit())


async def close(acts: Acts, said: Json) -> Json | None:
    """Close the modal."""
    await _enter_typed(acts, said)
    return told(await acts.close())


async def shortcut(acts: Acts, said: Json) -> Json | None:
    """Use a shortcut, of a message when one is named."""
    if said.get("ts"):
        return told(await acts.message_shortcut(said["callback"], said["channel"], said["ts"]))
    return told(await acts.shortcut(said["callback"]))


async def dismiss(acts: Acts, said: Json) -> Json | None:
    """Take away a message that only this person sees."""
    message = acts.place(said["channel"]).messages.get(said["ts"])
    if message and message.only_for == acts.person.id:
        acts.ws.unpost(message)
    return None


async def turn(acts: Acts, said: Json) -> Json | None:
    """Turn the clock by hours, or to an instant, which without a zone is the reader's."""
    clock = acts.site.clock
    if said.get("hours"):
        await clock.turn(clock.now() + timedelta(hours=float(said["hours"])))
        return None
    to = datetime.fromisoformat(str(said["to"]))
    await clock.turn(to if to.tzinfo else to.replace(tzinfo=Reader(acts.ws, acts.person).now.tzinfo))
    return None


async def fault(acts: Acts, said: Json) -> Json | None:
    """Order a fault."""
    details = {key: _number(said[key]) for key in ("seconds", "retry_after", "status", "error") if said.get(key)}
    details |= {key: True for key in ("effect", "together") if said.get(key)}
    acts.ws.faults.order(said["kind"], method=said.get("method") or None, times=int(said.get("times") or 1), **details)
    return None


async def heal(acts: Acts, _said: Json) -> Json | None:
    """Take back all faults."""
    acts.ws.faults.clear()
    return None


async def disconnect(acts: Acts, _said: Json) -> Json | None:
    """Send the app's connections away."""
    await acts.site.sockets.disconnect(acts.ws.app().app_id, "refresh_requested")
    return {"note": "The app's connections were closed; it has to come back by itself."}


async def invite(acts: Acts, said: Json) -> Json | None:
    """Bring somebody into a channel."""
    await furnish.invite(acts.site, channel=said["channel"], user=said.get("user") or acts.person.id)
    return None


async def add_channel(acts: Acts, said: Json) -> Json | None:
    """Open a channel."""
    name = str(said["name"]).strip().lower().replace(" ", "-").removeprefix("#")
    if not name:
        raise Impossible("a channel needs a name")
    channel = furnish.add_channel(acts.site, name=name, members=[acts.person.id], private=bool(said.get("private")))
    return {"go": f"/as/{acts.person.id}/c/{channel.id}"}


async def add_person(acts: Acts, said: Json) -> Json | None:
    """Let somebody in."""
    if not str(said["name"]).strip():
        raise Impossible("a person needs a name")
    furnish.add_person(acts.site, name=said["name"].strip(), tz=acts.person.tz, admin=bool(said.get("admin")))
    return None


async def attempt(acts: Acts, said: Json) -> Json | None:
    """Begin with one of the things to try, as whoever does it."""
    greeting = acts.ws.greeting
    chosen = greeting.tries[int(said["number"])] if greeting else None
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


async def _enter_typed(acts: Acts, said: Json) -> None:
    """Take over what was typed into the fields around before something is done there."""
    for typed in said.get("fields") or []:
        await _enter(acts, said["where"], typed, enter=False)


async def _enter(acts: Acts, where: Any, said: Json, *, enter: bool) -> Reply:
    target = find_field(surfaces(acts.ws, acts.person, where), said["block"], said["action"])
    value = _value(acts, target, said.get("value"))
    return await acts.choose(said["block"], value, where, action_id=said["action"], enter=enter)


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
        *(invite, add_channel, add_person, attempt),
    )
}
