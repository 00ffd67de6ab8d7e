"""One call from the wire to its method: faults, token, scopes, arguments, answer, and the record of it all."""

import inspect
import json
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.api.arguments import ARGUMENTS, REQUIRED
from sandbox.api.call import METHODS, Call, Rule
from sandbox.outcome import Outcome, under_faults
from sandbox.rows import App
from sandbox.site import Site
from sandbox.wire import Json, SlackError, Violation

# Bolt's client names the team in every call, which Slack takes everywhere
ALWAYS = {"team_id"}


async def answer_call(site: Site, name: str, request: Request) -> Outcome:
    """Answer one call of the Web API and write it down."""
    try:
        args = await _read(request)
    except SlackError as error:
        return Outcome(error.answer())
    token = _token(request, args)
    time = site.ws.now().isoformat()

    async def answer() -> Outcome:
        return Outcome(await _answer(site, name, args, token))

    outcome = await under_faults(site.ws.faults, name, answer)
    caller = _owner(site, token)
    site.ws.journal.call(
        {
            "method": name,
            "args": args,
            "status": outcome.status,
            "answer": outcome.body,
            "lost": outcome.lost,
            "app_id": caller.app_id if caller else None,
            "time": time,
        }
    )
    return outcome


async def _answer(site: Site, name: str, args: Json, token: str) -> Json:
    try:
        call = Call(site, name, args)
        rule = _admit(call, token)
        _check_arguments(call)
        answer = rule.run(call)
        return {"ok": True, **(await answer if inspect.isawaitable(answer) else answer)}
    except SlackError as error:
        if isinstance(error, Violation):
            site.ws.violate(error.error, name, messages=error.messages, args=args)
        return error.answer()


def _admit(call: Call, token: str) -> Rule:
    rule = METHODS.get(call.method)
    if rule is None:
        raise Violation("unknown_method", req_method=call.method)
    if rule.token == "none":  # noqa: S105 - the kind of a token
        return rule
    if not token:
        raise SlackError("not_authed")
    call.caller = _owner(call.site, token)
    if call.caller is None:
        raise SlackError("invalid_auth")
    if not call.caller.installed:
        raise SlackError("account_inactive")
    if (token == call.caller.app_token) != (rule.token == "app"):  # noqa: S105 - the kind of a token
        raise SlackError("not_allowed_token_type")
    for scope in rule.scopes:
        call.need(scope)
    return rule


def _check_arguments(call: Call) -> None:
    known = {*ARGUMENTS[call.method].split(), *ALWAYS}
    required = REQUIRED.get(call.method, "").split()
    problems = [f"undocumented argument: {name}" for name in call.args if name not in known]
    problems += [f"missing required field: {name}" for name in required if call.args.get(name) in (None, "")]
    if problems:
        raise Violation("invalid_arguments", problems)


def _owner(site: Site, token: str) -> App | None:
    return next((app for app in site.ws.apps.values() if token and token in {app.bot_token, app.app_token}), None)


def _token(request: Request, args: Json) -> str:
    sent = str(args.pop("token", "") or "")
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" else sent


async def _read(request: Request) -> Json:
    args: Json = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        return args | _json_arguments(await request.body())
    return args | dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))


def _json_arguments(body: bytes) -> Json:
    try:
        sent = json.loads(body or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(sent, dict):
        raise SlackError("json_not_object")
    return sent
