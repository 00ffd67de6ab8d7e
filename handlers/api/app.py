"""The API as an app: its endpoints, its description by OpenAPI 3.1, and problems for whatever goes wrong."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from handlers.api import capacity, checks, company, deals, drafts, tables
from handlers.api.problems import Problem, problem_of
from handlers.api.serving import attach
from handlers.slack.context import Context
from models.base.errors import Refused

PREFIX = "/api/v1"
MODULES = (capacity, checks, company, deals, drafts, tables)
LARGEST = 5_000_000
ABOUT = """Deals, capacity and the company's data, for a person of a workspace, by a token that an admin makes with
`/belay api`. A token does what its scopes say, and never more than its person may do in Slack; whatever it does stands
there as theirs. Money and amounts are strings in plain digits, days are ISO 8601, instants are UTC."""


def api_app(context: Context, is_too_fast: Callable[[str], bool]) -> FastAPI:
    """The API with its page at `/docs`, to be mounted at `/api/v1`."""
    app = FastAPI(
        title="Belay",
        version="1",
        description=ABOUT,
        middleware=[Middleware(_SaysTooLarge), Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST)],
        exception_handlers={
            Refused: _answered,
            RequestValidationError: _answered,
            HTTPException: _answered,
            Exception: _answered,
        },
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    attach(app, context, is_too_fast)
    describe = app.openapi

    def described() -> dict[str, object]:
        """The description, with the shape of problems, which no endpoint returns by itself."""
        schema = describe()
        parts = schema["components"]["schemas"]
        whole = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        parts |= whole.pop("$defs", {}) | {"Problem": whole}
        for unused in ("HTTPValidationError", "ValidationError"):
            parts.pop(unused, None)
        return schema

    app.openapi = described  # type: ignore[method-assign]
    return app


class _SaysTooLarge:
    """What says of itself that it is too large is refused as a problem; Starlette's own limit counts the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        is_too_large = length.isdecimal() and int(length) > LARGEST
        await (problem_of(HTTPException(413)) if is_too_large else self._app)(scope, receive, send)


async def _answered(_request: Request, error: Any) -> Response:
    return problem_of(error)
