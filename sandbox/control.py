"""The control API: furnish the workspace, act as a person, read, turn the clock, order faults."""

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox import reading
from sandbox import seeding as furnish
from sandbox.acting import Reply
from sandbox.acts import Acts
from sandbox.clock import NotIdle
from sandbox.site import Site
from sandbox.wire import Impossible, Json

HOME_SECONDS = 3.0
Verb = Callable[..., Any]


async def open_home(acts: Acts, *, seconds: float | None = None) -> Json | None:
    """Look at the Home tab, and wait until the app has published it anew."""
    app = acts.ws.app()
    published = acts.ws.publishing(app.app_id, acts.person.id)
    if await acts.site.events.home_opened(app, acts.person.id):
        patience = HOME_SECONDS if seconds is None else seconds
        await asyncio.wait({asyncio.ensure_future(published.wait())}, timeout=patience)
    return reading.home(acts)


async def turn(site: Site, *, to: str | None = None, by: float | None = None) -> Json:
    """Turn the clock to an instant, or by so many seconds."""
    target = datetime.fromisoformat(to) if to else site.clock.now() + timedelta(seconds=by or 0)
    await site.clock.turn(target)
    return site.clock.reading()


async def settle(site: Site) -> Json:
    """Let everybody do what is due now."""
    await site.clock.settle()
    return site.clock.reading()


def fault(site: Site, *, kind: str, method: str | None = None, times: int = 1, **details: Any) -> None:
    """Order a fault."""
    site.ws.faults.order(kind, method=method, times=times, **details)


def faults_by_chance(site: Site, *, shares: dict[str, float], seed: int = 0) -> None:
    """Let a share of all calls go wrong, by kind of fault."""
    site.ws.faults.by_chance(shares, seed)


def clear_faults(site: Site) -> None:
    """Take back all faults."""
    site.ws.faults.clear()


def configure(
    site: Site, *, trigger_seconds: float | None = None, ack_seconds: float | None = None, enterprise: str | None = None
) -> None:
    """Change how long a trigger id lives, how long an app may take to answer, and of which organisation it is."""
    site.ws.enterprise_id = enterprise or site.ws.enterprise_id
    site.ws.trigger_seconds = site.ws.trigger_seconds if trigger_seconds is None else trigger_seconds
    site.ws.ack_seconds = site.ws.ack_seconds if ack_seconds is None else ack_seconds


def reset(site: Site) -> None:
    """Begin again with an empty workspace."""
    site.reset()


async def disconnect(site: Site, *, app_id: str | None = None, reason: str = "refresh_requested") -> None:
    """Make every Socket Mode connection of an app go away."""
    await site.sockets.disconnect(site.ws.app(app_id).app_id, reason)


VERBS: dict[str, Verb] = {
    verb.__name__: verb
    for verb in (
        *(furnish.add_person, furnish.add_channel, furnish.add_usergroup, furnish.invite, furnish.remove),
        *(furnish.set_usergroup, furnish.set_locale),
        *(furnish.archive, furnish.install, furnish.uninstall, furnish.welcome, furnish.run_step),
        *(reading.channel, reading.thread, reading.files, reading.calls, reading.requests, reading.violations),
        *(reading.workspace, reading.people, reading.channels, reading.followers, reading.faults, reading.executions),
        *(turn, settle, fault, faults_by_chance, clear_faults, configure, reset, disconnect),
    )
}
ACTS: dict[str, Verb] = {
    **{
        verb.__name__: verb
        for verb in (
            *(Acts.command, Acts.say, Acts.shortcut, Acts.message_shortcut, Acts.press, Acts.choose, Acts.fill),
            *(Acts.suggest, Acts.attach, Acts.detach, Acts.submit, Acts.close),
            *(reading.modals, reading.home, open_home),
        )
    },
    "channel": reading.person_channel,
    "thread": reading.person_thread,
}


async def control(site: Site, request: Request) -> Response:
    """Do one verb of the control API; its arguments are the JSON body."""
    return await _do(VERBS.get(request.path_params["verb"]), site, request)


async def act(site: Site, request: Request) -> Response:
    """Do one act as a person."""
    try:
        person = site.ws.person(request.path_params["who"])
    except Impossible as refusal:
        return _refused(409, refusal)
    return await _do(ACTS.get(request.path_params["act"]), Acts(site, person), request)


async def _do(verb: Verb | None, subject: Site | Acts, request: Request) -> Response:
    if verb is None:
        return _refused(404, f"no such verb; there are {', '.join([*VERBS, *ACTS])}")
    body = await request.body()
    try:
        arguments = await request.json() if body else {}
        inspect.signature(verb).bind(subject, **arguments)
        done = verb(subject, **arguments)
        return JSONResponse(_plain(await done if inspect.isawaitable(done) else done))
    except Impossible as refusal:
        return _refused(409, refusal)
    except NotIdle as refusal:
        return _refused(504, refusal)
    except (ValueError, TypeError, KeyError) as refusal:
        return _refused(400, refusal)


def _plain(done: Any) -> Any:
    if isinstance(done, Reply):
        return done.shape()
    return asdict(done) if is_dataclass(done) and not isinstance(done, type) else done


def _refused(status: int, why: object) -> Response:
    return JSONResponse({"error": str(why)}, status)
