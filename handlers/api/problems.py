"""Refusals as problem details (RFC 9457), with the sentences that stand in Slack."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from models.api.repeats import OtherRequest
from models.api.tokens import NoToken
from models.base.errors import BadForm, Busy, NotFound, NotYours, Refused, TooLate

log = logging.getLogger("belay.api")
MEDIA = "application/problem+json"
AGAIN_SECONDS = 1


class FieldProblem(BaseModel):
    """A mistake in one field of the request."""

    field: str = Field(description="Where it stands, such as lines.0.quantity.")
    detail: str = Field(description="What is wrong, in a sentence.")


class Problem(BaseModel):
    """Why a request was not carried out; nothing was changed."""

    type: str = Field(description="Its kind, as an address that names it.", examples=["urn:belay:too-late"])
    title: str = Field(description="Its kind in words.")
    status: int
    detail: str = Field(description="The sentence that a person would read in Slack.")
    errors: list[FieldProblem] = Field(default_factory=list, description="Mistakes by field, where there are any.")
    reference: str = Field(default="", description="What to tell whoever runs Belay, where it is Belay's mistake.")


class TooMany(Refused):
    """More requests than a token may make in a minute."""


class OtherState(Refused):
    """What the sender has seen is not how it is now."""


# The most special first.
KINDS: Sequence[tuple[type[Refused], int, str, str]] = (
    (NoToken, 401, "no-token", "No token that is good"),
    (NotYours, 403, "not-yours", "Not allowed"),
    (NotFound, 404, "not-found", "Not there"),
    (TooLate, 409, "too-late", "Not possible in this state"),
    (OtherState, 412, "other-state", "It is not as you saw it"),
    (TooMany, 429, "too-many", "Too many requests"),
    (Busy, 503, "busy", "Busy just now"),
    (OtherRequest, 422, "other-request", "The key belongs to another request"),
    (Refused, 422, "refused", "Not possible as it is"),
)
HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": "Bearer"},
    429: {"Retry-After": "60"},
    503: {"Retry-After": str(AGAIN_SECONDS)},
}
# Of a deal's lines, what a form calls otherwise.
LINE: Mapping[str, str] = {"offer": "offer", "quantity": "quantity", "price": "unit_price", "date": "by"}
# What any request may be answered besides what it asks for.
STATUSES = (400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 503)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How problems stand in the description of an endpoint."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    titles = {status: title for _, status, _, title in reversed(KINDS)}
    titles |= {400: "Not JSON", 413: "Too large", 500: "A mistake of Belay's"}
    return {status: {"description": titles[status], "content": {MEDIA: schema}} for status in statuses}


def refused_answer(refused: Refused) -> Response:
    """A refusal of the firm's."""
    status, kind, title = next((s, k, t) for error, s, k, t in KINDS if isinstance(refused, error))
    errors = refused.errors if isinstance(refused, BadForm) else {}
    if refused.field and not errors:
        errors = {_place(refused.field): refused.sentence}
    return answer(status, kind, title, refused.sentence, errors)


def _place(field: str) -> str:
    """Where a field of a form stands in a request."""
    name, _, number = field.partition(".")
    return f"lines.{number}.{LINE[name]}" if number and name in LINE else field


def problem_of(error: Exception) -> Response:
    """What went wrong with a request, as its sender reads it."""
    match error:
        case Refused():
            return refused_answer(error)
        case RequestValidationError():
            return _malformed(error)
        case HTTPException():
            return answer(error.status_code, "http", error.detail, error.detail, {}, error.headers)
    return broken_answer(error)


def _malformed(error: RequestValidationError) -> Response:
    """A request that is not of the shape which the description says."""
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return answer(400, "not-json", "Not JSON", "The body is not JSON.", {})
    errors = {".".join(map(str, one["loc"][1:] or one["loc"])): _sentence(str(one["msg"])) for one in found}
    detail = " ".join(f"{field}: {sentence}" for field, sentence in errors.items())
    return answer(422, "malformed", "Not of the shape that is described", detail, errors)


def broken_answer(error: Exception) -> Response:
    """Anything unforeseen: a reference number to the sender, the traceback to the log."""
    reference = uuid.uuid4().hex[:8]
    log.error("reference %s", reference, exc_info=error)
    detail = f"Something went wrong on our side, and nothing was changed. Reference {reference}."
    return answer(500, "broken", "A mistake of Belay's", detail, {}, reference=reference)


def answer(
    status: int,
    kind: str,
    title: str,
    detail: str,
    errors: Mapping[str, str],
    headers: Mapping[str, str] | None = None,
    reference: str = "",
) -> Response:
    """A problem as it is sent."""
    by_field = [FieldProblem(field=field, detail=sentence) for field, sentence in errors.items()]
    problem = Problem(
        type=f"urn:belay:{kind}", title=title, status=status, detail=detail, errors=by_field, reference=reference
    )
    more = {**HEADERS.get(status, {}), **(headers or {})}
    return JSONResponse(problem.model_dump(), status, headers=more, media_type=MEDIA)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
