"""History as a chain: each entry is bound to the one before by an HMAC, so that what is changed afterwards is found."""

import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from secrets import token_hex
from typing import Any, cast

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base.columns import Word
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _
from models.workspace.history import RECORDED, History
from models.workspace.workspaces import Workspace

AT_ONCE = 1_000
MOST_WRONG = 20
SHORT = 16


class HistoryHead(Base):
    """Where the chain of a workspace ends: the number of its last entry, and what binds the next one to it.

    `salt` is the chain's own part of the key; from the entry `keyed_from` on, BELAY_HISTORY_KEY is the other one.
    """

    __tablename__ = "history_head"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"), unique=True)
    number: Mapped[int] = mapped_column(default=0)
    chain: Mapped[str] = mapped_column(String(64), default="")
    salt: Mapped[Word] = mapped_column(String(40))
    keyed_from: Mapped[int | None]


@dataclass(frozen=True)
class Head:
    """The end of a chain, as it is published: nobody can cut or change what came before it unseen."""

    number: int
    chain: str

    def __str__(self) -> str:
        """As the weekly digest says it, and `belay doctor --history` reads it."""
        return f"{self.number}:{self.chain[:SHORT]}"


def seal(session: Session, key: bytes) -> None:
    """Chain what a transaction has recorded, at its end: the lock of the head is the last that it takes."""
    session.flush()
    by_workspace: dict[int, list[History]] = {}
    for row in _recorded(session, session.info.pop(RECORDED, ())):
        by_workspace.setdefault(row.workspace_id, []).append(row)
    # All heads before any entry: whoever comes second waits there, and nowhere else.
    heads = {workspace_id: _locked(session, workspace_id) for workspace_id in sorted(by_workspace)}
    for workspace_id, head in heads.items():
        if head.keyed_from is not None and not key:
            raise Refused(_("BELAY_HISTORY_KEY is missing here: the history of this workspace is chained with it."))
        if key and head.keyed_from is None:
            head.keyed_from = head.number + 1
        for row in sorted(by_workspace[workspace_id], key=lambda row: row.id):
            head.number, row.number = head.number + 1, head.number + 1
            head.chain = row.chain = _link(row, head, key)
    session.flush()


def _recorded(session: Session, ids: Sequence[int]) -> Iterator[History]:
    """What is there still: of what was taken back, or erased with all else, nothing is."""
    for start in range(0, len(ids), AT_ONCE):
        rows = select(History).where(History.id.in_(ids[start : start + AT_ONCE]), History.number.is_(None))
        yield from session.scalars(rows)


def head_of(workspace: Workspace) -> Head | None:
    """Where the chain of a workspace ends; None where it has not begun."""
    head = workspace.session.scalar(select(HistoryHead).where(HistoryHead.workspace_id == workspace.id))
    return Head(head.number, head.chain) if head and head.number else None


def verify(workspace: Workspace, key: bytes, published: Sequence[Head] = ()) -> list[str]:
    """What is wrong with the chain, a sentence each; `published` are heads that somebody has noted."""
    head = workspace.session.scalar(select(HistoryHead).where(HistoryHead.workspace_id == workspace.id))
    if head is None:
        return [_("There is no chain, although a head was published.")] if published else []
    if head.keyed_from and not key:
        return [
            _(
                "BELAY_HISTORY_KEY is missing: entries from {keyed_from} on were chained with it.",
                keyed_from=head.keyed_from,
            )
        ]
    wrong: list[str] = []
    noted = {one.number: one.chain for one in published}
    number, chain = 0, ""
    for row in _entries(workspace):
        number += 1
        if row.number != number:
            wrong.append(
                _(
                    "Entry {number} is missing: after {number_2} comes {row_number}.",
                    number=number,
                    number_2=number - 1,
                    row_number=row.number,
                )
            )
            number = row.number or number
        expected = _digest(_told(row), chain, _key(head, number, key))
        if not hmac.compare_digest(expected, row.chain or ""):
            wrong.append(
                _(
                    "Entry {number} is not as it was written ({subject} {subject_id}, {move}).",
                    number=number,
                    subject=row.subject,
                    subject_id=row.subject_id,
                    move=row.move,
                )
            )
        chain = row.chain or ""
        if number in noted and not chain.startswith(noted.pop(number)):
            wrong.append(_("Entry {number} is another one than the published head says.", number=number))
        if len(wrong) >= MOST_WRONG:
            return [*wrong, _("And perhaps more.")]
    if (number, chain) != (head.number, head.chain):
        wrong.append(
            _("The chain ends with {number}, and its head says {head_number}.", number=number, head_number=head.number)
        )
    wrong += [_("Entry {number} was published and is not there any more.", number=number) for number in sorted(noted)]
    wrong += _unchained(workspace)
    return wrong


def _entries(workspace: Workspace) -> Iterator[History]:
    rows = select(History).where(History.workspace_id == workspace.id, History.number.is_not(None))
    result = workspace.session.scalars(rows.order_by(History.number, History.id).execution_options(yield_per=AT_ONCE))
    yield from cast("Iterable[History]", result)


def _unchained(workspace: Workspace) -> Iterator[str]:
    """Entries from before there was a chain have no number; later ones without one were put there by somebody."""
    first = select(History.id).where(History.workspace_id == workspace.id, History.number == 1).scalar_subquery()
    rows = select(History).where(History.workspace_id == workspace.id, History.number.is_(None), History.id > first)
    for row in workspace.session.scalars(rows.order_by(History.id).limit(MOST_WRONG)):
        yield _(
            "An entry stands outside the chain ({subject} {subject_id}, {move}).",
            subject=row.subject,
            subject_id=row.subject_id,
            move=row.move,
        )


def _locked(session: Session, workspace_id: int) -> HistoryHead:
    query = select(HistoryHead).where(HistoryHead.workspace_id == workspace_id).with_for_update()
    head = session.scalar(query.execution_options(populate_existing=True))
    if head is None:
        # Two may begin the chain at once: the second one finds the first one's head.
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        values = {"workspace_id": workspace_id, "number": 0, "chain": "", "salt": token_hex(16)}
        session.execute(insert(HistoryHead).values(**values).on_conflict_do_nothing())
        head = session.scalars(query).one()
    return head


def _link(row: History, head: HistoryHead, key: bytes) -> str:
    return _digest(_told(row), head.chain, _key(head, row.number or 0, key))


def _key(head: HistoryHead, number: int, key: bytes) -> bytes:
    is_keyed = head.keyed_from is not None and number >= head.keyed_from
    return head.salt.encode() + (key if is_keyed else b"")


def _told(row: History) -> dict[str, Any]:
    """All that an entry says."""
    said = ("number", "subject", "subject_id", "move", "by_id", "from_state", "to_state", "why", "details")
    return {name: getattr(row, name) for name in said} | {"at": row.at.astimezone(UTC).isoformat()}


def _digest(told: dict[str, Any], before: str, key: bytes) -> str:
    # There and back first: what is kept as a document comes back with other types.
    plain = json.loads(json.dumps(told, default=str))
    text = json.dumps([before, plain], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, text.encode(), sha256).hexdigest()
