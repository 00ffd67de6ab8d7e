"""What sandbox and database say afterwards."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.database import Database
from handlers.rendering import render
from models.company.resources import Commitment, Hold, ResourceRow
from models.deals.card_messages import CardMessage
from models.deals.rows import Deal
from models.digests.schedules import Occurrence
from models.workspace.history import History
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace, find_workspace
from sandbox.client import Message
from sandbox.render import render_blocks
from tests.chaos.people import Crowd
from tests.chaos.town import OPS, PEOPLE, Town

TEN = 10_000
MOST = 20
# A message of one of these stays where it was sent; cards and agendas are changed, and replaced.
LASTING = (News.THREAD, News.DIGEST, News.ESCALATION, News.OBJECTION)


@dataclass
class Figures:
    """How much was done, and what went wrong: each of the latter should be 0."""

    done: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether nothing went wrong, and something was done."""
        return not any(self.wrong.values()) and self.done["deals"] > 0

    def note(self, figure: str, example: str) -> None:
        """One more that went wrong, and which."""
        self.wrong[figure] += 1
        self.examples.append(f"{figure}: {example}")

    def lines(self) -> Iterator[str]:
        """As they are printed."""
        yield ", ".join(f"{name} {count}" for name, count in self.done.items())
        yield ", ".join(f"{name} {count}" for name, count in self.wrong.items())
        yield from self.examples[:MOST]


def audit(town: Town, crowds: Mapping[str, Crowd]) -> Figures:
    """Compare what people were told with what stands in Slack and in the rows."""
    figures = Figures()
    for name in ("effects missing", "messages lost", "messages doubled", "cards that differ", "oversold"):
        figures.wrong[name] = 0
    figures.wrong["occurrences missing or doubled"] = figures.wrong["seen of the other"] = 0
    database = Database(town.settings["DATABASE_URL"])
    # It writes what it takes back, so that a card can be shown; on SQLite the bot waits so long.
    with database.writing() as session:
        for team, crowd in crowds.items():
            workspace = find_workspace(session, team)
            assert workspace
            messages = _messages(crowd)
            _effects(figures, session, workspace, crowd, messages)
            _sent(figures, session, workspace, messages)
            _cards(figures, session, workspace, crowd, messages)
            _capacity(figures, session, workspace)
            others = [other.tag for name, other in crowds.items() if name != team]
            figures.wrong["seen of the other"] += sum(tag in str(m.raw) for m in messages for tag in others)
        session.rollback()
    database.close()
    figures.done["kills"] = town.kills
    return figures


def _messages(crowd: Crowd) -> list[Message]:
    """Everything that anybody sees, threads too; each once."""
    found: dict[tuple[str, str], Message] = {}
    for name in PEOPLE:
        person = crowd.sandbox.person(name)
        channel = person.channel(OPS)
        threads = [reply for m in channel if m.raw.get("reply_count") for reply in person.thread(OPS, m.ts)]
        for message in (*channel, *threads, *person.dm()):
            found[message.channel, message.ts] = message
    return list(found.values())


def _effects(figures: Figures, session: Session, workspace: Workspace, crowd: Crowd, messages: list[Message]) -> None:
    deals = Counter(session.scalars(select(Deal.customer).where(Deal.workspace_id == workspace.id)))
    figures.done["deals"] += deals.total()
    figures.done["clicks acknowledged"] += len(crowd.ledger.posted) + len(crowd.ledger.clicks)
    figures.wrong["effects missing"] += sum(deals[customer] == 0 for customer in crowd.ledger.posted)
    figures.wrong["messages doubled"] += sum(count > 1 for count in deals.values())
    acts = dict(
        session.execute(
            select(Member.user_id, func.count(History.id))
            .join(History, History.by_id == Member.id)
            .where(Member.workspace_id == workspace.id, History.subject == "deal")
            .group_by(Member.user_id)
        ).all()
    )
    clicked = Counter(name for name, label in crowd.ledger.clicks if label != "Counter…")
    for name, count in clicked.items():
        user = crowd.sandbox.person(name).id
        told = [m for m in messages if m.ephemeral and m.raw.get("only_for", user) == user]
        own = [m for m in crowd.sandbox.person(name).dm() if not m.text.startswith("#")]
        figures.wrong["effects missing"] += max(0, count - acts.get(user, 0) - len(told) - len(own))


def _sent(figures: Figures, session: Session, workspace: Workspace, messages: list[Message]) -> None:
    """Each row is one message: known to Slack by its key."""
    keys = Counter(str(m.metadata["event_payload"]["key"]) for m in messages if m.metadata)
    figures.done["messages"] += keys.total()
    figures.wrong["messages doubled"] += sum(count > 1 for count in keys.values())
    rows = session.scalars(select(Outbox).where(Outbox.workspace_id == workspace.id)).all()
    for row in rows:
        # What was to be removed is gone already.
        is_lost = row.settled_at is None or (bool(row.error) and row.kind != News.REMOVE)
        if row.kind in LASTING and row.settled_at and row.ts:
            is_lost = is_lost or not keys[row.key]
        if is_lost:
            figures.note(
                "messages lost", f"{row.kind} for {row.stream}, {row.error or 'no error'}, {row.attempts} attempts"
            )
    occurrences = session.scalars(select(Occurrence).where(Occurrence.workspace_id == workspace.id)).all()
    posts = [row for row in rows if row.kind == News.DIGEST]
    figures.done["occurrences"] += len(occurrences)
    figures.wrong["occurrences missing or doubled"] += abs(len(occurrences) - 1) + abs(len(posts) - 1)


def _cards(figures: Figures, session: Session, workspace: Workspace, crowd: Crowd, messages: list[Message]) -> None:
    """What a card shows is what would be shown now; each deal has one in the channel."""
    channel = crowd.sandbox.channel(OPS)
    numbers = Counter(m.text.split(" ·")[0] for m in channel if m.text.startswith("#") and m.thread_ts in {None, m.ts})
    figures.wrong["messages doubled"] += sum(count > 1 for count in numbers.values())
    now, places = crowd.sandbox.now(), {(m.channel, m.ts): m for m in messages}
    for card in session.scalars(select(CardMessage).where(CardMessage.workspace_id == workspace.id)):
        shown = places.get((card.channel, str(card.ts)))
        if shown is None:
            figures.note("messages lost", f"card {card.id} in {card.channel} at {card.ts}")
            continue
        # The session that reads keeps nothing of it.
        row = queue(workspace, News.CARD, stream=card.channel, card_id=card.id, now=now)
        session.flush()
        call = render(session, row, now=now)
        figures.done["cards"] += 1
        if call and _text(call.arguments["blocks"]) != _text(shown.blocks):
            figures.note("cards that differ", _difference(_text(call.arguments["blocks"]), shown))


def _text(blocks: list[dict[str, Any]]) -> str:
    """Who else wants the same is told as of a card's last change: it is no state of the deal."""
    return "\n".join(line for line in render_blocks(blocks).splitlines() if not line.startswith("Also wanted by"))


def _difference(wanted: str, shown: Message) -> str:
    lines = [line for line in wanted.splitlines() if line not in shown.as_text().splitlines()]
    return f"{shown.text.split(' ·')[0]} in {shown.channel} does not say {' / '.join(lines)[:160]}"


def _capacity(figures: Figures, session: Session, workspace: Workspace) -> None:
    """What is promised of the scarce resource in a week is no more than there is."""
    scarce = select(ResourceRow.id).where(ResourceRow.workspace_id == workspace.id, ResourceRow.name == "Last ten")
    taken: Counter[object] = Counter()
    for kind in (Commitment, Hold):
        rows = select(kind.week, func.sum(kind.quantity)).where(
            kind.resource_id.in_(scarce), kind.released_at.is_(None)
        )
        for week, quantity in session.execute(rows.group_by(kind.week)):
            taken[week] += int(quantity)
    figures.done["promised weeks"] += len(taken)
    figures.wrong["oversold"] += sum(quantity > TEN for quantity in taken.values())
