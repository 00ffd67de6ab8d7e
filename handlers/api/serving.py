"""From a request of the API to an endpoint and back: its token, one transaction around it, and an answer to everything.

An endpoint declares what it takes (path, query, body) and makes one call into the firm, as a listener does in Slack.
"""

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Annotated, Any, TypeVar, get_args

from fastapi import Depends, FastAPI, Header
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from handlers.api.problems import STATUSES, OtherState, TooMany, documented, problem_of
from handlers.slack.context import Context
from models.api.repeats import MOST_KEY, begin_request, keep_answer
from models.api.tokens import ApiToken, NoToken, Scope, check_scope, find_token, is_use_to_be_noted
from models.base.errors import NotYours, Refused
from models.workspace.attempts import record_attempt
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

Function = TypeVar("Function", bound=Callable[..., Any])
UNKNOWN = "Say who asks: Authorization: Bearer belay_…. An admin makes a token with `/belay api`."
BEARER = HTTPBearer(auto_error=False, description="A token that an admin made with `/belay api`.")
# What the person is told where it changed since they looked.
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
        if self.match not in {"", "*", etag(document)}:
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
    """A function with the address that it answers, and what a token needs for it."""

    function: Callable[..., Any]
    method: str
    path: str
    scope: Scope | None
    status: int = 200
    others: Sequence[int] = ()
    summary: str = field(default="")

    @property
    def is_writing(self) -> bool:
        """Whether it decides anything."""
        return self.method != "GET" and not self.function.__name__.startswith("check_")


ENDPOINTS: list[Endpoint] = []


def serves(
    method: str, path: str, scope: Scope | None, *, status: int = 200, others: Sequence[int] = ()
) -> Callable[[Function], Function]:
    """Answer an address; `others` are further statuses of success."""

    def keep(function: Function) -> Function:
        ENDPOINTS.append(Endpoint(function, method, path, scope, status, others))
        return function

    return keep


def attach(app: FastAPI, context: Context, is_too_fast: Callable[[str], bool]) -> None:
    """Let the app answer each endpoint."""
    for endpoint in ENDPOINTS:
        function = endpoint.function
        refusals = [status for status in STATUSES if endpoint.is_writing or status not in {409, 412}]
        returned = inspect.signature(function, eval_str=True).return_annotation
        shown = next(kind for kind in get_args(returned) or (returned,) if issubclass(kind, BaseModel))
        answers = documented(*refusals) | {status: _other(status, shown) for status in endpoint.others}
        app.add_api_route(
            endpoint.path,
            _served(endpoint, context),
            methods=[endpoint.method],
            status_code=endpoint.status,
            response_model=shown,
            responses=answers,
            summary=(function.__doc__ or "").strip(),
            operation_id=function.__name__,
            tags=[function.__module__.rpartition(".")[2]],
            dependencies=[Depends(partial_named(_admit, context, endpoint, is_too_fast))],
        )


def _other(status: int, shown: type[BaseModel]) -> dict[str, Any]:
    """Another success: what is there already, or that nothing has changed since it was read."""
    if status == 304:
        return {"description": "As it was (If-None-Match)."}
    return {"description": "It was there already.", "model": shown}


def partial_named(function: Callable[..., Any], *given: Any) -> Callable[..., Any]:
    """A function with its first arguments given, whose others FastAPI finds."""
    bound = partial(function, *given)
    parameters = list(inspect.signature(function, eval_str=True).parameters.values())[len(given) :]
    bound.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return bound


def etag(document: BaseModel) -> str:
    """What tells a document from another state of it."""
    return f'"{hashlib.sha256(document.model_dump_json().encode()).hexdigest()[:32]}"'


def _admit(
    context: Context,
    endpoint: Endpoint,
    is_too_fast: Callable[[str], bool],
    request: Request,
    shown: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
) -> None:
    """Before anything of a request is looked at: a token that is good, not used too often, and for this."""
    if shown is None:
        raise NoToken(UNKNOWN)
    request.state.secret = shown.credentials
    with context.database.reading() as session:
        token = find_token(session, shown.credentials)
        if is_too_fast(f"token {token.id}"):
            raise TooMany("That is more than this token may ask in a minute. Wait a little, please.")
        if endpoint.scope is not None:
            check_scope(token, endpoint.scope)


def _served(endpoint: Endpoint, context: Context) -> Callable[..., Response]:
    """The function as FastAPI calls it: with what it declares, and the request."""

    def answer(request: Request, **given: Any) -> Response:
        key, match = given.pop("idempotency_key", None), given.pop("if_match", None)
        try:
            with context.work.one_more():
                return _answer(endpoint, context, request, given, key or "", match or "")
        except Refused as refused:
            _note(context, endpoint, refused, request)
            return problem_of(refused)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever asked gets a reference
            return problem_of(error)
        finally:
            if endpoint.is_writing:
                context.wake()

    declared = inspect.signature(endpoint.function, eval_str=True).parameters.values()
    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in declared if parameter.name != "act"
    ]
    answer.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [_named("request", Request), *parameters, *(_conditional() if endpoint.is_writing else ())]
    )
    answer.__name__ = endpoint.function.__name__
    return answer


def _named(name: str, kind: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)


def _conditional() -> list[inspect.Parameter]:
    """What any request that decides may bring along."""
    again = (
        "The same key once more gets the same answer, and does nothing: for whoever does not know what became of it."
    )
    seen = "The ETag of what its sender has seen: where it is not so any more, nothing is done."
    key = Header(default=None, max_length=MOST_KEY, min_length=1, description=again)
    return [
        _named("idempotency_key", str | None, key),
        _named("if_match", str | None, Header(default=None, max_length=100, description=seen)),
    ]


def _answer(
    endpoint: Endpoint, context: Context, request: Request, given: Mapping[str, Any], key: str, match: str
) -> Response:
    transaction = context.database.writing if endpoint.is_writing else context.database.reading
    with transaction() as session:
        token = find_token(session, request.state.secret)
        if endpoint.scope is not None:
            check_scope(token, endpoint.scope)
        act = Act(session, token, context.now(), context.admins, match)
        asked = [endpoint.method, request.url.path, request.url.query, _plain(given)]
        before = begin_request(token, key, asked, now=act.now) if key and endpoint.is_writing else None
        if before is not None:
            return JSONResponse(before.answer, before.status, headers={"Idempotent-Replayed": "true"})
        reply = endpoint.function(act, **given)
        status, document = (reply.code, reply.document) if isinstance(reply, Status) else (endpoint.status, reply)
        # At last, as whoever revokes it does: in another order two would wait for each other.
        if endpoint.is_writing and is_use_to_be_noted(token, now=act.now):
            token.used_at = act.now
        if key and endpoint.is_writing:
            keep_answer(token, key, status, document.model_dump(mode="json"))
    if isinstance(document, Later):
        document = document.work()
    return _response(endpoint, request, status, document)


def _response(endpoint: Endpoint, request: Request, status: int, document: BaseModel) -> Response:
    headers = {"ETag": etag(document)}
    if not endpoint.is_writing and request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return JSONResponse(document.model_dump(mode="json"), status, headers=headers)


def _plain(given: Mapping[str, Any]) -> Any:
    return {
        name: json.loads(value.model_dump_json()) if isinstance(value, BaseModel) else value
        for name, value in given.items()
    }


def _note(context: Context, endpoint: Endpoint, refused: Refused, request: Request) -> None:
    """What somebody's token asked for and may not do is kept, as it is in Slack."""
    if isinstance(refused, NotYours):
        with context.database.writing() as session:
            token = find_token(session, request.state.secret)
            record_attempt(token.member, f"api: {endpoint.function.__name__}", now=context.now())
