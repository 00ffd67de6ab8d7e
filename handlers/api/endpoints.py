"""Endpoints of the API: functions that declare what they take, and make one call into the firm."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy.orm import Session

from handlers.api.problems import OtherState
from models.api.tokens import ApiToken, Scope
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

Function = TypeVar("Function", bound=Callable[..., Any])
CHANGED = "It has changed since you looked (If-Match). Read it again, and decide on what you see."


@dataclass(frozen=True)
class Act:
    """Who asks, in which workspace, when, and in which transaction; `match` is what they say they have seen."""

    session: Session
    token: ApiToken
    now: datetime
    admins: frozenset[str]
    match: str = ""

    @property
    def workspace(self) -> Workspace:
        """The workspace of the token."""
        return self.token.workspace

    @property
    def by(self) -> Member:
        """The person for whom the token acts."""
        return self.token.member

    def check_seen(self, document: BaseModel) -> None:
        """Refuse to act upon what is not as its sender has seen it, where they say what they have seen."""
        # A proxy that packs answers makes a weak tag of it.
        if self.match.removeprefix("W/") not in {"", "*", etag(document)}:
            raise OtherState(CHANGED)


@dataclass(frozen=True)
class Status:
    """An answer with another status than is usual, such as 200 for what was there already."""

    code: int
    document: BaseModel


@dataclass(frozen=True)
class Later:
    """An answer that takes long to work out: outside of the transaction."""

    work: Callable[[], BaseModel]


@dataclass(frozen=True)
class Endpoint:
    """A function with the address that it answers, what a token needs for it, and how it is called."""

    function: Callable[..., Any]
    method: str
    path: str
    scope: Scope | None
    status: int = 200
    others: Sequence[int] = ()
    is_writing: bool = True
    is_seen: bool = False
    prepare: Callable[..., Any] | None = None


ENDPOINTS: list[Endpoint] = []


def serves(
    method: str,
    path: str,
    scope: Scope | None,
    *,
    status: int = 200,
    others: Sequence[int] = (),
    is_writing: bool | None = None,
    is_seen: bool = False,
    prepare: Callable[..., Any] | None = None,
) -> Callable[[Function], Function]:
    """Answer an address; `others` are further statuses of success. What is no GET decides, unless it says otherwise.

    One that `is_seen` acts only upon what its sender has seen, where they say so. What is `prepared` is worked out
    before anything is locked, and comes by that name.
    """
    decides = method != "GET" if is_writing is None else is_writing

    def keep(function: Function) -> Function:
        ENDPOINTS.append(Endpoint(function, method, path, scope, status, others, decides, is_seen, prepare))
        return function

    return keep


def etag(document: BaseModel) -> str:
    """What tells a document from another state of it."""
    return f'"{hashlib.sha256(document.model_dump_json().encode()).hexdigest()[:32]}"'
