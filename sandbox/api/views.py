"""views.*: modals and Home tabs."""

from typing import Any

from sandbox.api.call import Call, method
from sandbox.shapes import view_shape
from sandbox.stacks import find_view, open_view, publish_home, push_view, update_view
from sandbox.wire import Json, SlackError, Violation


@method("views.open")
def open_(call: Call) -> Json:
    """Open a modal in front of the person whose act gave the trigger."""
    trigger = call.site.triggers.exchange(_trigger_id(call), call.app)
    return {"view": view_shape(call.ws, open_view(call.ws, call.app, trigger.user, _view(call)))}


@method("views.push")
def push(call: Call) -> Json:
    """Push a modal onto the stack of the person whose act gave the trigger."""
    trigger = call.site.triggers.exchange(_trigger_id(call), call.app)
    return {"view": view_shape(call.ws, push_view(call.ws, call.app, trigger.user, _view(call)))}


@method("views.update")
def update(call: Call) -> Json:
    """Change a view that is still open."""
    if not call.text("view_id") and not call.text("external_id"):
        raise Violation("invalid_arguments", ["missing required field: view_id or external_id"])
    view = find_view(call.ws, call.app, call.text("view_id"), call.text("external_id"))
    return {"view": view_shape(call.ws, update_view(call.ws, view, _view(call), call.text("hash")))}


@method("views.publish")
def publish(call: Call) -> Json:
    """Show somebody a Home tab."""
    if call.text("user_id") not in call.ws.people:
        raise SlackError("user_not_found")
    if not call.app.has_home:
        raise Violation("not_enabled")
    home = publish_home(call.ws, call.app, call.text("user_id"), _view(call), call.text("hash"))
    return {"view": view_shape(call.ws, home)}


def _trigger_id(call: Call) -> str:
    trigger_id = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger_id:
        raise Violation("invalid_arguments", ["missing required field: trigger_id"])
    return trigger_id


def _view(call: Call) -> Any:
    return call.object("view")
