"""api.test, auth.test and apps.connections.open."""

from sandbox.api.call import Call, method
from sandbox.wire import Json, SlackError


@method("api.test", token="none")  # noqa: S106 - the kind of a token
def api_test(call: Call) -> Json:
    """Answer that somebody is there."""
    if call.text("error"):
        raise SlackError(call.text("error"))
    return {"args": call.args}


@method("auth.test")
def auth_test(call: Call) -> Json:
    """Answer whose token this is."""
    app = call.app
    return {
        "url": f"{call.ws.url}/",
        "team": call.ws.name,
        "user": call.ws.people[app.bot_user_id].handle,
        "team_id": call.ws.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": call.ws.is_of_an_organisation,
    }


@method("apps.connections.open", token="app")  # noqa: S106 - the kind of a token
def connections_open(call: Call) -> Json:
    """Hand out the address of one Socket Mode connection."""
    address = call.ws.url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={call.site.sockets.ticket(call.app.app_id)}"}
