"""2,000 signed clicks of 200 people in a minute on PostgreSQL; and how many a second, beside a bare Bolt listener."""

import asyncio
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import cycle
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import func, select

from bot.database import Database
from handlers.deals.targets import DealTarget
from handlers.slack.ids import Act, action_id
from models.company.offers import EVERY_FAMILY, OfferRow
from models.deals.proposing import propose_deal
from models.deals.questions import CallGuest
from models.deals.rows import Deal
from models.deals.terms import TermLine, Terms
from models.files import read_company
from models.setup.channels import set_channels
from models.setup.importing import import_company
from models.workspace.members import Member, learn_member, meet_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace, meet_workspace
from sandbox.server import listen
from tests.places import ROOT
from tests.postgres import fresh_database
from tests.world import COMPANY

# The first half of the deals for the minute, the other for how many a second.
PEOPLE, DEALS, MINUTE = 200, 1000, 60.0
# So many other deals are clicked between two clicks of one.
BETWEEN = 50
AT_ONCE, BARE_CLICKS = 16, 2000
SECRET = secrets.token_hex()
Click = tuple[str, Act, int]


def main() -> None:
    """Print the share of clicks that were answered, how fast, and the ratio."""
    with tempfile.TemporaryDirectory() as home, _bot(Path(home)) as (port, url):
        clicks = _furnish(url)
        half = len(clicks) // 2
        paced = asyncio.run(_send(port, clicks[:half], seconds=MINUTE))
        full = asyncio.run(_send(port, clicks[half:], seconds=0.0))
        done = _done(url)
    with _process([sys.executable, "-m", "tests.bench.bare", fresh_database(), SECRET]) as port:
        bare = asyncio.run(_send(port, [("U0", Act.JOIN_CALL, n) for n in range(BARE_CLICKS)], seconds=0.0))
    statuses = Counter(status for status, _ in (*paced.answers, *full.answers))
    p99 = statistics.quantiles([seconds for _, seconds in paced.answers], n=100)[-1]
    print(f"load: {len(clicks)} clicks of {PEOPLE} people, {dict(statuses)}, done {done}")
    print(f"load: {half} of them in a minute: p99 {p99:.3f} s")
    print(
        f"load: {full.rate:.0f} a second, bare Bolt with one INSERT {bare.rate:.0f}: ratio {full.rate / bare.rate:.2f}"
    )


class Sent:
    """Answers of clicks, with their seconds."""

    def __init__(self, answers: Sequence[tuple[int, float]], seconds: float) -> None:
        self.answers, self.rate = answers, len(answers) / seconds


async def _send(port: int, clicks: Sequence[Click], *, seconds: float) -> Sent:
    """At an even pace over so many seconds; or, with none, so many at once as one after the other is answered."""
    answers: list[tuple[int, float]] = []
    # Signed before: Slack's own work is not measured.
    queue = iter(enumerate([_signed(click) for click in clicks]))

    async def one(request: bytes) -> None:
        begun = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        answers.append((int(answer.split(maxsplit=2)[1]), time.perf_counter() - begun))

    async def line() -> None:
        for _, request in queue:
            await one(request)

    begun = time.perf_counter()
    if seconds:
        tasks = []
        for number, request in queue:
            await asyncio.sleep(max(0.0, begun + number * seconds / len(clicks) - time.perf_counter()))
            tasks.append(asyncio.create_task(one(request)))
        await asyncio.gather(*tasks)
    else:
        await asyncio.gather(*(line() for _ in range(AT_ONCE)))
    return Sent(answers, time.perf_counter() - begun)


def _signed(click: Click) -> bytes:
    """A whole request: a client of HTTP would take as much of the machine as the bot."""
    user, act, deal = click
    target = DealTarget(deal=deal, version=1)
    button = {"type": "button", "block_id": "b", "action_ts": "1.1", "value": target.encode()}
    payload: dict[str, Any] = {
        "type": "block_actions",
        "team": {"id": "T1", "domain": "load"},
        "user": {"id": user, "team_id": "T1"},
        "channel": {"id": "C0LOAD"},
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C0LOAD"},
        "message": {"ts": "1.1", "text": ""},
        "trigger_id": secrets.token_hex(8),
        "response_url": "http://127.0.0.1:1/nobody",
        "actions": [button | {"action_id": action_id(act, deal)}],
    }
    content = urlencode({"payload": json.dumps(payload)})
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=content) or ""
    head = (
        "POST /slack/events HTTP/1.1",
        "host: 127.0.0.1",
        "connection: close",
        "content-type: application/x-www-form-urlencoded",
        f"content-length: {len(content)}",
        f"x-slack-request-timestamp: {at}",
        f"x-slack-signature: {signature}",
    )
    return "\r\n".join([*head, "", content]).encode()


def _furnish(url: str) -> list[Click]:
    """People, deals that fit, and four clicks for each: two join the customer's call, one approves, one wins."""
    database = Database(url)
    # Nothing is due meanwhile.
    now = datetime.now(UTC)
    with database.writing() as session:
        workspace = meet_workspace(session, team_id="T1", name="Load", bot_id="B1", bot_user_id="UBOT")
        import_company(workspace, read_company(COMPANY), by=None, now=now)
        set_channels(workspace, {EVERY_FAMILY: "C0LOAD"}, by=None, now=now)
        sellers = [_person(workspace, f"US{n}", Role.SALES, now) for n in range(PEOPLE // 2)]
        planners = [_person(workspace, f"UO{n}", Role.OPERATIONS, now) for n in range(PEOPLE // 2)]
        offer = session.scalars(select(OfferRow).where(~OfferRow.needs.any())).first()
        assert offer
        terms = Terms((TermLine(offer.id, 1, offer.list_price, date(2027, 2, 1)),))
        turns = cycle(zip(sellers, planners, planners[1:] + planners[:1], strict=True))
        clicks: list[tuple[int, Click]] = []
        for number, (seller, planner, guest) in zip(range(DEALS), turns, strict=False):
            deal = propose_deal(workspace, by=seller, now=now, customer=f"Customer {number}", terms=terms)
            clicks += [
                (number + BETWEEN * turn, (who.user_id, act, deal.id))
                for turn, (who, act) in enumerate(
                    [(guest, Act.JOIN_CALL), (planner, Act.JOIN_CALL), (planner, Act.APPROVE), (seller, Act.WIN)]
                )
            ]
    database.close()
    return [click for _, click in sorted(clicks, key=itemgetter(0))]


def _person(workspace: Workspace, user: str, role: Role, now: datetime) -> Member:
    learn_member(workspace, user, name=user, timezone="UTC", locale="en-US", is_outsider=False, is_slack_admin=False)
    member = meet_member(workspace, user)
    set_roles(member, {role}, by=None, now=now)
    return member


def _done(url: str) -> dict[str, int]:
    """What stands in the rows afterwards."""
    database = Database(url)
    with database.reading() as session:
        states = dict(session.execute(select(Deal.state, func.count()).group_by(Deal.state)).all())
        joined = session.scalar(select(func.count(CallGuest.id))) or 0
    database.close()
    return {**{str(state): count for state, count in states.items()}, "joined": joined}


@contextmanager
def _bot(home: Path) -> Iterator[tuple[int, str]]:
    url = fresh_database()
    with _process([sys.executable, "-m", "tests.bench.slack"]) as slack:
        settings = {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
            "DATABASE_URL": url,
            "SLACK_APP_TOKEN": "",
        }
        with _process([sys.executable, "-m", "bot", "run", "--http"], home=home, **settings) as port:
            yield port, url


@contextmanager
def _process(command: list[str], *, home: Path | None = None, **settings: str) -> Iterator[int]:
    """A process that listens on a port, which it is told by its last argument and by PORT."""
    door = listen(0)
    port = door.getsockname()[1]
    door.close()
    environment = os.environ | settings | {"PORT": str(port), "PYTHONPATH": str(ROOT)}
    arguments = command if home else [*command, str(port)]
    process = subprocess.Popen(arguments, cwd=home or ROOT, env=environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    try:
        yield port
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
