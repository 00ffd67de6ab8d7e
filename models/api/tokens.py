"""Tokens of the API: made by an admin for a person, shown once, kept as a digest, revoked by a date."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.base.columns import Document, Name, Word
from models.base.declarative import Base
from models.base.errors import NotFound, NotYours, Refused
from models.base.language import _
from models.workspace.history import RECORDED, History, record
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace

# What tells a token of Belay from others where somebody finds one; then 256 bits that nobody guesses.
PREFIX = "belay_"
BYTES = 32
# How much of a token an admin sees afterwards: enough to tell it from others, too little to guess it.
SHOWN = len(PREFIX) + 6
# As many as fit into a window, with their buttons.
MOST_TOKENS = 45
MOST_NAME = 60
# When it was used last is not written down for each of many requests a minute.
USED_WITHIN = timedelta(minutes=10)


class Scope(StrEnum):
    """What a token may be used for, at most: what its person may do stays the limit."""

    READ_DEALS = "deals:read"
    PROPOSE = "deals:propose"
    ANSWER = "deals:answer"
    READ_CAPACITY = "capacity:read"
    WRITE_CAPACITY = "capacity:write"
    READ_COMPANY = "company:read"
    WRITE_COMPANY = "company:write"
    WRITE_PLANNING = "planning:write"


class ApiToken(OfWorkspace, Base):
    """A token by its digest: whom it acts for, what it may be used for, and who made it."""

    __tablename__ = "api_token"

    name: Mapped[Name]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    scopes: Mapped[list[str]] = mapped_column(Document)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    begins: Mapped[Word]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    member: Mapped[Member] = relationship(foreign_keys=member_id)
    made_by: Mapped[Member] = relationship(foreign_keys=made_by_id)

    def allows(self, scope: Scope) -> bool:
        """Whether the token may be used for something."""
        return scope in self.scopes


@dataclass(frozen=True)
class Made:
    """A token that was just made: its id, and the secret."""

    id: int
    secret: str = field(repr=False)


class NoToken(Refused):
    """Nothing that is asked for is told to whoever has no token that is good."""


def make_token(
    workspace: Workspace, *, name: str, member: Member, scopes: Collection[Scope], by: Member, now: datetime
) -> Made:
    """A new token for a person of the workspace, with its secret, which nobody sees again."""
    workspace.lock()
    called = " ".join(name.split())[:MOST_NAME]
    _check_new(workspace, called, member, scopes)
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    row = ApiToken(workspace=workspace, name=called, member=member, made_by=by, made_at=now)
    row.scopes, row.digest, row.begins = [scope for scope in Scope if scope in scopes], _digest(secret), secret[:SHOWN]
    workspace.session.add(row)
    workspace.session.flush()
    details = {"name": row.name, "for": member.name, "scopes": row.scopes}
    record(workspace, "make_token", by=by, now=now, details=details)
    return Made(row.id, secret)


def _check_new(workspace: Workspace, name: str, member: Member, scopes: Collection[Scope]) -> None:
    if not name:
        raise Refused(_("What is the token for? Its name tells it from others."), field="name")
    known = tokens_of(workspace)
    if name.lower() in {row.name.lower() for row in known}:
        raise Refused(_("There is a token of that name already."), field="name")
    if len(known) >= MOST_TOKENS:
        raise Refused(
            _("There are {most_tokens} tokens already. Revoke one that nobody uses.", most_tokens=MOST_TOKENS),
            field="name",
        )
    if not member.granted:
        raise Refused(_("{name} has no role, so a token for them could do nothing.", name=member.name), field="person")
    if not scopes:
        raise Refused(_("Choose at least one thing that it may be used for."), field="scopes")


def tokens_of(workspace: Workspace) -> Sequence[ApiToken]:
    """Those that are good, the first one first."""
    rows = select(ApiToken).where(ApiToken.workspace_id == workspace.id, ApiToken.revoked_at.is_(None))
    people = joinedload(ApiToken.member), joinedload(ApiToken.made_by)
    return workspace.session.scalars(rows.order_by(ApiToken.id).options(*people)).all()


def revoke_token(workspace: Workspace, token_id: int, *, by: Member, now: datetime) -> None:
    """From now on it opens nothing."""
    workspace.lock()
    row = next((one for one in tokens_of(workspace) if one.id == token_id), None)
    if row is None:
        raise NotFound(_("That token is revoked already."))
    row.revoked_at = now
    record(workspace, "revoke_token", by=by, now=now, details={"name": row.name, "for": row.member.name})


def find_token(session: Session, secret: str) -> ApiToken:
    """The token that somebody shows; refused where it is none, or not good any more."""
    known = select(ApiToken).where(ApiToken.digest == _digest(secret), ApiToken.revoked_at.is_(None))
    row = session.scalar(known.options(joinedload(ApiToken.member), joinedload(ApiToken.workspace)))
    if row is None or row.workspace.uninstalled_at is not None:
        raise NoToken(_("That token is not good (any more). An admin makes one with `/belay api`."))
    return row


def check_scope(token: ApiToken, scope: Scope) -> None:
    """A token is used for nothing but what it was made for."""
    if not token.allows(scope):
        raise NotYours(
            _(
                "The token “{name}” may not be used for {scope}. An admin makes one with `/belay api`.",
                name=token.name,
                scope=scope,
            )
        )


def check_person(token: ApiToken) -> None:
    """A token does nothing for whoever has no role any more, or has become a guest."""
    if not token.member.granted:
        raise NotYours(_("{name} has no role any more, so this token can do nothing.", name=token.member.name))


def sign_acts(token: ApiToken) -> None:
    """What was done by a token says so in the history, beside the person for whom it was done."""
    for key in token.session.info.get(RECORDED, ()):
        act = token.session.get(History, key)
        # What was only tried is not there any more.
        if act is not None:
            act.details = act.details | {"token": token.name}


def is_use_to_be_noted(token: ApiToken, *, now: datetime) -> bool:
    """Whether it was last noted some time ago that the token is used."""
    return token.used_at is None or now - token.used_at >= USED_WITHIN


def _digest(secret: str) -> str:
    """As it is kept: of 256 bits by chance, a plain hash tells nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()
