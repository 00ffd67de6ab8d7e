"""What Slack refuses in a manifest when an app is installed, and what a manifest does not allow afterwards."""

from collections.abc import Iterator

from sandbox.rows import App
from sandbox.wire import SlackError

EVENT_SCOPES = {
    "app_mention": {"app_mentions:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "subteam_created": {"usergroups:read"},
    "subteam_updated": {"usergroups:read"},
    "user_change": {"users:read"},
}


def manifest_problems(app: App) -> Iterator[str]:
    """Features and events that need a scope which the manifest does not ask for."""
    scopes = set(app.scopes)
    if (app.commands or app.shortcuts) and "commands" not in scopes:
        yield "slash commands and shortcuts need the scope commands"
    settings = app.manifest.get("settings") or {}
    if app.manifest.get("functions") and (
        settings.get("function_runtime") != "remote" or not settings.get("org_deploy_enabled")
    ):
        yield "functions need the function_runtime remote and org_deploy_enabled"
    for event in app.events:
        needed = EVENT_SCOPES.get(event, set())
        if needed and not needed & scopes:
            yield f"the event {event} needs the scope {' or '.join(sorted(needed))}"


def require_scope(app: App, *scopes: str) -> None:
    """Refuse an app without one of these scopes."""
    if not set(scopes) & set(app.scopes):
        raise SlackError("missing_scope", needed=scopes[0], provided=",".join(app.scopes))
