"""users.* and usergroups.*: people and their groups."""

from sandbox.api.call import Call, method
from sandbox.api.paging import page
from sandbox.rows import Person
from sandbox.shapes import group_shape, person_shape
from sandbox.wire import Json, SlackError


@method("users.info", "users:read")
def info(call: Call) -> Json:
    """Answer who somebody is."""
    person = call.ws.people.get(call.text("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": _shape(call, person)}


@method("users.list", "users:read")
def list_all(call: Call) -> Json:
    """List everybody."""
    shown, cursor = page(call, list(call.ws.people.values()), lambda person: person.id, most=1000)
    return {
        "members": [_shape(call, person) for person in shown],
        "cache_ts": int(call.ws.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


@method("usergroups.list", "usergroups:read")
def list_groups(call: Call) -> Json:
    """List the user groups."""
    users = call.flag("include_users")
    return {"usergroups": [group_shape(call.ws, group, users=users) for group in call.ws.groups.values()]}


@method("usergroups.users.list", "usergroups:read")
def list_group_users(call: Call) -> Json:
    """List who is in a user group."""
    group = call.ws.groups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


def _shape(call: Call, person: Person) -> Json:
    email = "users:read.email" in call.app.scopes
    return person_shape(call.ws, person, locale=call.flag("include_locale"), email=email)
