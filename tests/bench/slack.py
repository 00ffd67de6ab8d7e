"""A Slack that takes everything at once: for measuring what is behind it."""

import sys
from itertools import count

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

NUMBERS = count(1)
WHO = {"team": "Load", "team_id": "T1", "bot_id": "B1", "user_id": "UBOT", "url": "https://load.slack.com/"}


async def answer(request: Request) -> JSONResponse:
    """Whatever was asked, it is done."""
    number = next(NUMBERS)
    told = {"ts": f"1795449600.{number:06}", "channel": "C0LOAD", "members": [], "messages": [], "view": {"id": "V1"}}
    return JSONResponse({"ok": True, **told, **(WHO if request.path_params["method"] == "auth.test" else {})})


if __name__ == "__main__":
    app = Starlette(routes=[Route("/api/{method}", answer, methods=["GET", "POST"])])
    uvicorn.run(app, port=int(sys.argv[1]), log_level="error")
