"""Several workspaces behind one Web API, as Slack's is: a token says which; people install an app by OAuth."""

import asyncio
import secrets
import threading
from base64 import b64decode
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.client import Sandbox
from sandbox.rows import mint
from sandbox.seen import App
from sandbox.server import KEEP_ALIVE, listen
from sandbox.wire import Json

HALF_A_DAY = 43_200


@dataclass
class Gateway:
    """One app that workspaces install; whoever comes with a token is led to its workspace."""

    manifest: Json
    sandboxes: dict[str, Sandbox]
    request_url: str
    is_rotating: bool = False
    organisation: str | None = None
    app_id: str = field(default_factory=lambda: mint("A"))
    client_id: str = field(default_factory=lambda: f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}")
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    codes: dict[str, str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    refreshing: dict[str, str] = field(default_factory=dict)
    bot_users: dict[str, str] = field(default_factory=dict)
    exchanged: int = 0
    http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=30, trust_env=False))

    async def authorize(self, request: Request) -> Response:
        """The page of Slack's on which somebody chooses a workspace, and allows the app or not."""
        asked = dict(request.query_params)
        if asked.get("client_id") != self.client_id:
            return HTMLResponse("invalid_client_id", 400)
        team = asked.get("team")
        if team in self.sandboxes:
            code = secrets.token_urlsafe(12)
            self.codes[code] = team
            return RedirectResponse(
                f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302
            )
        links = [f'<li><a href="?{urlencode(asked | {"team": each})}">{each}</a></li>' for each in self.sandboxes]
        denied = f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        return HTMLResponse(f'<h1>Belay asks for access</h1><ul>{"".join(links)}</ul><a href="{denied}">Cancel</a>')

    async def access(self, request: Request) -> Response:
        """A token for a code, or another one for a refresh token; each is good once."""
        form = dict(parse_qsl((await request.body()).decode()))
        if _credentials(request) != f"{self.client_id}:{self.client_secret}":
            return _error("bad_client_secret")
        is_refresh = form.get("grant_type") == "refresh_token"
        known, word = (self.refreshing, "refresh_token") if is_refresh else (self.codes, "code")
        team = known.pop(form.get(word, ""), None)
        if team is None:
            return _error(f"invalid_{word}")
        self.exchanged += is_refresh
        return JSONResponse({"ok": True, **await asyncio.to_thread(self._grant, team)})

    async def call(self, request: Request) -> Response:
        """Any other method: the workspace of the token answers."""
        token = request.headers.get("authorization", "").partition(" ")[2]
        if token not in self.homes:
            return _error("invalid_auth" if token else "not_authed")
        answer = await self._ask(self.homes[token], request)
        for team in self.sandboxes if self.organisation else ():
            # Its ids are not of one workspace: whoever knows what is named answers.
            if b'"ok":true' not in answer.body:
                answer = await self._ask(team, request)
        return answer

    async def _ask(self, team: str, request: Request) -> Response:
        base = str(self.sandboxes[team].http.base_url).rstrip("/")
        sent = ("authorization", "content-type")
        try:
            answer = await self.http.request(
                request.method,
                f"{base}/api/{request.path_params['method']}?{request.url.query}",
                content=await request.body(),
                headers={name: request.headers[name] for name in sent if name in request.headers},
            )
        except httpx.TransportError:
            # A reply that got lost on its way is lost here too.
            return Response(status_code=502)
        passed = {name: answer.headers[name] for name in ("content-type", "retry-after") if name in answer.headers}
        return Response(answer.content, answer.status_code, passed)

    def _grant(self, team: str) -> Json:
        """An organisation's token is good in all of its workspaces."""
        teams = list(self.sandboxes) if self.organisation else [team]
        token = f"xoxb-{secrets.token_hex(16)}"
        apps = {each: self._install(each, token) for each in teams}
        app = apps[team]
        granted: Json = {
            "app_id": app.app_id,
            "access_token": app.bot_token,
            "token_type": "bot",
            "scope": ",".join(self.manifest["oauth_config"]["scopes"]["bot"]),
            "bot_user_id": app.bot_user_id,
            "team": None if self.organisation else {"id": team, "name": team},
            "enterprise": {"id": self.organisation, "name": "Acme"} if self.organisation else None,
            "is_enterprise_install": bool(self.organisation),
            "authed_user": {"id": self.sandboxes[team].people()[0]["id"]},
        }
        if self.is_rotating:
            refresh = f"xoxe-1-{secrets.token_hex(12)}"
            self.refreshing[refresh] = team
            granted |= {"refresh_token": refresh, "expires_in": HALF_A_DAY}
        return granted

    def _install(self, team: str, token: str) -> App:
        known = {"app_id": self.app_id, "signing_secret": self.signing_secret, "bot_token": token}
        app = self.sandboxes[team].install(self.manifest, self.request_url, **known)
        self.bot_users[team], self.homes[app.bot_token] = app.bot_user_id, team
        return app


@dataclass
class RunningGateway:
    """A gateway that is up."""

    url: str
    gateway: Gateway
    server: uvicorn.Server
    thread: threading.Thread

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()


def open_gateway(gateway: Gateway) -> RunningGateway:
    """Serve a gateway on any port."""
    door = listen(0)
    routes = [
        Route("/oauth/v2/authorize", gateway.authorize),
        Route("/api/oauth.v2.access", gateway.access, methods=["POST"]),
        Route("/api/{method}", gateway.call, methods=["GET", "POST"]),
    ]
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=routes), log_level="warning", lifespan="off", timeout_keep_alive=KEEP_ALIVE)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    return RunningGateway(f"http://127.0.0.1:{door.getsockname()[1]}", gateway, server, thread)


def _credentials(request: Request) -> str:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    return b64decode(encoded).decode() if scheme.lower() == "basic" else ""


def _error(name: str) -> Response:
    return JSONResponse({"ok": False, "error": name})
