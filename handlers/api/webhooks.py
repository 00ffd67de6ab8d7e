"""Webhooks, as an admin makes them, looks at their log, sends something again, and removes them."""

from datetime import datetime

from slack_sdk.models.views import View

from handlers.api.targets import WebhookTarget
from handlers.api.webhooks_view import log_view, made_view, new_webhook_view, webhooks_view
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, submits
from handlers.slack.replies import Reply, Show
from models.api.webhooks import (
    Event,
    find_webhook,
    given_up,
    log_of,
    make_webhook,
    remove_webhook,
    resume_webhook,
    send_again,
    send_given_up_again,
    webhooks_of,
)
from models.workspace.members import Member, check_admin
from models.workspace.workspaces import Workspace


@listens(Act.WEBHOOKS, is_writing=False)
def show_webhooks(workspace: Workspace, by: Member, admins: frozenset[str]) -> Reply:
    """Those that there are."""
    check_admin(by, admins)
    return Show(webhooks_view(webhooks_of(workspace)))


@listens(Act.NEW_WEBHOOK, is_writing=False)
def open_new_webhook(by: Member, admins: frozenset[str]) -> Reply:
    """Where to, and of what."""
    check_admin(by, admins)
    return Show(new_webhook_view())


@submits(Callback.NEW_WEBHOOK)
def save_webhook(
    workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str], has_private_webhooks: bool
) -> Reply:
    """It is told from now on; the secret that signs is shown this once."""
    check_admin(by, admins)
    events = [event for event in Event if event in form.many.get("events", ())]
    row = make_webhook(
        workspace,
        name=form["name"],
        url=form["url"],
        events=events,
        by=by,
        now=now,
        may_be_private=has_private_webhooks,
    )
    return Show(made_view(row))


@listens(Act.REMOVE_WEBHOOK)
def remove(workspace: Workspace, by: Member, now: datetime, target: WebhookTarget, admins: frozenset[str]) -> Reply:
    """It is told of nothing any more."""
    check_admin(by, admins)
    remove_webhook(workspace, target.webhook, by=by, now=now)
    return Show(webhooks_view(webhooks_of(workspace)))


@listens(Act.RESUME_WEBHOOK)
def resume(workspace: Workspace, by: Member, now: datetime, target: WebhookTarget, admins: frozenset[str]) -> Reply:
    """Its receiver wants to be told again."""
    check_admin(by, admins)
    resume_webhook(workspace, target.webhook, by=by, now=now)
    return Show(webhooks_view(webhooks_of(workspace)))


@listens(Act.WEBHOOK_LOG, is_writing=False)
def show_log(workspace: Workspace, by: Member, target: WebhookTarget, admins: frozenset[str]) -> Reply:
    """What it was told lately, and what became of it."""
    check_admin(by, admins)
    return Show(_log(workspace, target))


@listens(Act.SEND_AGAIN)
def again(workspace: Workspace, by: Member, now: datetime, target: WebhookTarget, admins: frozenset[str]) -> Reply:
    """Once more, under the same id."""
    check_admin(by, admins)
    send_again(workspace, target.webhook, target.row, now=now)
    return Show(_log(workspace, target))


@listens(Act.SEND_ALL_AGAIN)
def all_again(workspace: Workspace, by: Member, now: datetime, target: WebhookTarget, admins: frozenset[str]) -> Reply:
    """All that was given up, once more."""
    check_admin(by, admins)
    send_given_up_again(workspace, target.webhook, now=now)
    return Show(_log(workspace, target))


def _log(workspace: Workspace, target: WebhookTarget) -> View:
    row = find_webhook(workspace, target.webhook)
    return log_view(row, log_of(row), count_given_up=len(given_up(row)))
