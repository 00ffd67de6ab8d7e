"""From a request of the API to an endpoint and back: its token, a transaction around it, an answer to everything."""

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Annotated, Any, get_args

from fastapi import Depends, FastAPI, Header
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from handlers.api.endpoints import ENDPOINTS, Act, Endpoint, Later, Status, etag
from handlers.api.problems import STATUSES, TooMany, documented, problem_of
from handlers.slack.context import Context
from models.api.repeats import MOST_KEY, begin_request, keep_answer
from models.api.tokens import NoToken, check_person, check_scope, find_token, is_use_to_be_noted, sign_acts
from models.base.errors import NotYours, Refused
from models.deals.rules import may_see_numbers
from models.workspace.attempts import record_attempt

UNKNOWN = "Say who asks: Authorization: Bearer belay_…. An admin makes a token with `/belay api`."
# What an endpoint is given besides what the request brings.
PROVIDED = frozenset({"act", "prepared"})
BEARER = HTTPBearer(auto_error=False, description="A token that an admin made with `/belay api`.")


def attach(app: FastAPI, context: Context, is_too_fast: Callable[[str], bool]) -> None:
    """Let the app answer each endpoint."""
    admit = _admission(context, is_too_fast)
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
            dependencies=[Depends(admit)],
        )


def _other(status: int, shown: type[BaseModel]) -> dict[str, Any]:
    """Another success: what is there already, or that nothing has changed since it was read."""
    if status == 304:
        return {"description": "As it was (If-None-Match)."}
    return {"description": "It was there already.", "model": shown}


def _admission(context: Context, is_too_fast: Callable[[str], bool]) -> Callable[..., None]:
    """Before anything of a request is looked at: a token that is good, and not used too often."""

    def admit(request: Request, shown: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]) -> None:
        if shown is None:
            raise NoToken(UNKNOWN)
        request.state.secret = shown.credentials
        with context.database.reading() as session:
            token = find_token(session, shown.credentials)
            if is_too_fast(f"token {token.id}"):
                raise TooMany("That is more than this token may ask in a minute. Wait a little, please.")
            is_noted = not is_use_to_be_noted(token, now=context.now())
        if not is_noted:
            _note_use(context, shown.credentials)

    return admit


def _note_use(context: Context, secret: str) -> None:
    """That a token is used is seen by an admin, who wonders whether it may go; nobody waits for that."""
    with suppress(Refused), context.database.writing() as session:
        find_token(session, secret).used_at = context.now()


def _served(endpoint: Endpoint, context: Context) -> Callable[..., Response]:
    """The function as FastAPI calls it: with what it declares, and the request."""

    def answer(request: Request, **given: Any) -> Response:
        key, match = given.pop("idempotency_key", None), given.pop("if_match", None)
        try:
            with context.work.one_more(is_person=False):
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
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in declared
        if parameter.name not in PROVIDED
    ]
    answer.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [_named("request", Request), *parameters, *_conditional(endpoint)]
    )
    answer.__name__ = endpoint.function.__name__
    return answer


def _named(name: str, kind: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)


def _conditional(endpoint: Endpoint) -> Iterator[inspect.Parameter]:
    """What a request that decides may bring along."""
    again = "The same key once more gets the same answer and does nothing, for whoever does not know what became of it."
    seen = "The ETag of what its sender has seen: where it is not so any more, nothing is done."
    if endpoint.is_writing:
        key = Header(default=None, max_length=MOST_KEY, min_length=1, description=again)
        yield _named("idempotency_key", str | None, key)
    if endpoint.is_seen:
        yield _named("if_match", str | None, Header(default=None, max_length=100, description=seen))


def _answer(
    endpoint: Endpoint, context: Context, request: Request, given: Mapping[str, Any], key: str, match: str
) -> Response:
    _refuse_nothing_text(given)
    more: dict[str, Any] = {}
    if endpoint.prepare is not None:
        with context.database.reading() as session:
            more["prepared"] = endpoint.prepare(_act(endpoint, context, session, request, match), **given)
    transaction = context.database.writing if endpoint.is_writing else context.database.reading
    with transaction() as session:
        act = _act(endpoint, context, session, request, match)
        asked = [endpoint.method, request.url.path, request.url.query, _plain(given)]
        before = begin_request(act.token, key, asked, now=act.now) if key else None
        if before is not None:
            return JSONResponse(_for(act, before.answer), before.status, headers={"Idempotent-Replayed": "true"})
        reply = endpoint.function(act, **more, **given)
        status, document = (reply.code, reply.document) if isinstance(reply, Status) else (endpoint.status, reply)
        sign_acts(act.token)
        if key:
            keep_answer(act.token, key, status, document.model_dump(mode="json"))
    if isinstance(document, Later):
        document = document.work()
    return _response(endpoint, request, status, document)


def _act(endpoint: Endpoint, context: Context, session: Session, request: Request, match: str) -> Act:
    token = find_token(session, request.state.secret)
    check_person(token)
    if endpoint.scope is not None:
        check_scope(token, endpoint.scope)
    return Act(session, token, context.now(), context.admins, match)


def _for(act: Act, answer: dict[str, Any]) -> dict[str, Any]:
    """An answer of before, without what its reader may not see any more."""
    if "money" not in answer or may_see_numbers(act.by):
        return answer
    return {**answer, "money": {**answer["money"], "numbers": None}}


def _refuse_nothing_text(given: Mapping[str, Any]) -> None:
    """A character of zero is no text: PostgreSQL keeps none."""
    if "\\u0000" in json.dumps(_plain(given), default=str):
        raise Refused("Text holds no character of zero.")


def _response(endpoint: Endpoint, request: Request, status: int, document: BaseModel) -> Response:
    headers = {"ETag": etag(document)}
    if 304 in endpoint.others and request.headers.get("if-none-match", "").removeprefix("W/") == headers["ETag"]:
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
        # The answer is the same whatever becomes of the note.
        with suppress(Refused), context.database.writing() as session:
            token = find_token(session, request.state.secret)
            record_attempt(token.member, f"api: {endpoint.function.__name__}", now=context.now())
