"""Views in front of people: modal stacks, Home tabs, and their hashes."""

import secrets
from typing import Any

from sandbox.contents import require_files
from sandbox.entries import carried_values, initial_values, number_blocks
from sandbox.limits.views import STACK, VIEW_BYTES, check_view, view_bytes
from sandbox.manifest import require_scope
from sandbox.rows import App, View, mint
from sandbox.wire import Json, SlackError, Violation
from sandbox.workspace import Workspace


def open_view(ws: Workspace, app: App, user: str, body: Any) -> View:
    """Show a modal; what was open before is gone."""
    view = _new_view(ws, app, user, body, "modal")
    ws.stacks[user] = [view]
    return view


def push_view(ws: Workspace, app: App, user: str, body: Any) -> View:
    """Put a modal on top of the one that is open."""
    stack = ws.stacks.get(user) or []
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= STACK:
        raise Violation("push_limit_reached")
    view = _new_view(ws, app, user, body, "modal")
    view.root_id, view.previous_id = stack[0].id, stack[-1].id
    stack.append(view)
    return view


def update_view(ws: Workspace, view: View, body: Any, expected_hash: str = "") -> View:
    """Show something else in the same view; what was entered stays where block and action id stay."""
    if expected_hash and expected_hash != view.hash:
        raise SlackError("hash_conflict")
    fit = _fit(ws, ws.apps[view.app_id], body, view.body["type"], view)
    view.values = carried_values(view.values, fit["blocks"])
    view.earlier[view.hash] = view.body
    view.body, view.hash, view.errors = fit, _new_hash(ws), {}
    return view


def publish_home(ws: Workspace, app: App, user: str, body: Any, expected_hash: str = "") -> View:
    """Show a Home tab."""
    home = ws.homes.get((app.app_id, user))
    if home:
        update_view(ws, home, body, expected_hash)
    else:
        home = ws.homes[app.app_id, user] = _new_view(ws, app, user, body, "home")
    ws.published(app.app_id, user)
    return home


def find_view(ws: Workspace, app: App, view_id: str, external_id: str) -> View:
    """An app's own view by one of its ids."""
    for view in ws.views():
        if view.app_id == app.app_id and (view.id == view_id or (external_id and view.external_id == external_id)):
            return view
    raise SlackError("not_found")


def close_top(ws: Workspace, user: str) -> View:
    """Take the topmost modal away."""
    return ws.stacks[user].pop()


def _new_view(ws: Workspace, app: App, user: str, body: Any, kind: str) -> View:
    fit = _fit(ws, app, body, kind, None)
    view = View(mint("V"), app.app_id, user, fit, _new_hash(ws), initial_values(fit["blocks"]))
    view.root_id = view.id
    return view


def _fit(ws: Workspace, app: App, body: Any, kind: str, itself: View | None) -> Json:
    problems = list(check_view(body, kind))
    if problems:
        raise Violation("invalid_arguments", problems)
    if view_bytes(body) > VIEW_BYTES:
        raise Violation("view_too_large")
    external_id = body.get("external_id")
    if external_id and any(v.external_id == external_id for v in ws.views() if v is not itself):
        raise Violation("duplicate_external_id")
    if any((block.get("element") or {}).get("type") == "file_input" for block in body["blocks"]):
        require_scope(app, "files:read")
    require_files(ws, body["blocks"])
    return {**body, "blocks": number_blocks(body["blocks"])}


def _new_hash(ws: Workspace) -> str:
    return f"{int(ws.now().timestamp())}.{secrets.token_hex(4)}"
