"""The windows of webhooks with their longest plausible data."""

from handlers.api.webhooks_view import log_view, made_view, new_webhook_view, webhooks_view
from models.api.webhooks import MOST_LOGGED, MOST_WEBHOOKS, Announcement, Event, Webhook
from models.workspace.outbox import News, Outbox
from tests.handlers.large import long
from tests.handlers.shown import Slack
from tests.world import NOW


def test_windows_keep_to_slacks_limits(slack: Slack) -> None:
    url = f"https://{'w' * 60}.example.com/{'x' * 1900}"
    rows = [
        Webhook(id=number, name=long(60), url=url, secret="whsec_" + "x" * 32, events=list(Event), stopped_at=NOW)
        for number in range(1, MOST_WEBHOOKS + 1)
    ]
    for row in rows:
        row.stopped_why = "HTTP 410"
    told = [
        Outbox(id=n, kind=News.WEBHOOK, stream=f"hook:1:deal:{n}", settled_at=NOW, error=long(400), not_before=NOW)
        for n in range(1, MOST_LOGGED + 1)
    ]
    for one in told:
        one.details, one.attempts = Announcement(1, Event.WITHDRAWN).written(), 99
    slack.show(webhooks_view(rows))
    slack.show(webhooks_view([]))
    slack.show(new_webhook_view())
    slack.show(made_view(rows[0]))
    slack.show(log_view(rows[0], told))
    rows[0].stopped_at = None
    slack.show(log_view(rows[0], told, count_given_up=10**6))
    slack.show(log_view(rows[0], []))
    assert slack.violations() == []
