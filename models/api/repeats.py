"""Requests that were answered: the same one again, by its idempotency key, gets the same answer and does nothing."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.api.tokens import ApiToken
from models.base.columns import Document, Name
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _
from models.workspace.workspaces import OfWorkspace

KEPT = timedelta(days=7)
MOST_KEY = 200


class ApiAnswer(OfWorkspace, Base):
    """What a request of a token was answered, by the key that its sender gave it; empty until its transaction ends."""

    __tablename__ = "api_answer"
    __table_args__ = (UniqueConstraint("token_id", "key"),)

    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id"))
    key: Mapped[Name]
    request: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[dict[str, Any]] = mapped_column(Document)
    answered_at: Mapped[datetime] = mapped_column(index=True)


class OtherRequest(Refused):
    """A key that was used for something else before."""


def begin_request(token: ApiToken, key: str, request: object, *, now: datetime) -> ApiAnswer | None:
    """Take a key for a request; the answer that it got before, where it comes again.

    Of two at the same instant one waits until the other's transaction ends, and finds its answer.
    """
    session, asked = token.session, _digest(request)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(ApiAnswer).values(
        workspace_id=token.workspace_id,
        token_id=token.id,
        key=key,
        request=asked,
        status=0,
        answer={},
        answered_at=now,
    )
    if session.scalar(row.on_conflict_do_nothing().returning(ApiAnswer.id)) is not None:
        return None
    before = _find(token, key)
    if before.request != asked:
        raise OtherRequest(_("That Idempotency-Key was used for another request. Give this one a key of its own."))
    return before


def keep_answer(token: ApiToken, key: str, status: int, answer: dict[str, Any]) -> None:
    """What the request is answered, for whoever sends it again."""
    row = _find(token, key)
    row.status, row.answer = status, answer


def forget_old_answers(session: Session, *, now: datetime) -> None:
    """Nobody sends a request again after a week."""
    session.execute(delete(ApiAnswer).where(ApiAnswer.answered_at < now - KEPT))


def _find(token: ApiToken, key: str) -> ApiAnswer:
    return token.session.scalars(select(ApiAnswer).where(ApiAnswer.token_id == token.id, ApiAnswer.key == key)).one()


def _digest(request: object) -> str:
    return hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
