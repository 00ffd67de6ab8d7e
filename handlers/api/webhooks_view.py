"""Webhooks as an admin sees them: a list, the form of a new one, its secret once, and its log."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, Option, PlainTextInputElement, StaticMultiSelectElement
from slack_sdk.models.views import View

from handlers.api.targets import WebhookTarget
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Code, Sentence, When, clip
from handlers.slack.view_parts import actions, button, confirmation, field, fixed, line, modal, small
from models.api.webhooks import LONGEST, MOST_NAME, MOST_WEBHOOKS, Announcement, Event, Webhook
from models.workspace.outbox import Outbox

MOST_HOST, MOST_ERROR = 100, 100


def webhooks_view(rows: Sequence[Webhook]) -> View:
    """Where each leads, and of what it is told."""
    blocks: list[Block] = [line(("Other tools are told of deals, capacity and plans as they happen.",))]
    for row in rows:
        target = WebhookTarget(webhook=row.id)
        sure = confirmation("Remove it?", "It is told of nothing any more, nor of what waits for it.", "Remove")
        resume = button(Act.RESUME_WEBHOOK, "Tell it again", target) if row.stopped_at else None
        blocks.append(line(*_webhook(row)))
        remove = button(Act.REMOVE_WEBHOOK, "Remove", target, confirm=sure, style="danger")
        blocks += actions([button(Act.WEBHOOK_LOG, "Log", target), resume, remove])
    if not rows:
        blocks.append(line(("There is none yet.",)))
    if len(rows) < MOST_WEBHOOKS:
        blocks += actions([button(Act.NEW_WEBHOOK, "Add a webhook…", WebhookTarget(), style="primary")])
    return modal(Callback.WEBHOOKS, "Webhooks", blocks, submit=None)


def _webhook(row: Webhook) -> list[Sentence]:
    stopped: Sentence = ()
    if row.stopped_at:
        stopped = (" · ", Bold("Its receiver wants nothing any more"), f" ({row.stopped_why}), ", When(row.stopped_at))
    return [(Bold(clip(row.name, MOST_NAME)), f" · {clip(row.host, MOST_HOST)}", *stopped), (", ".join(row.events),)]


def new_webhook_view() -> View:
    """Where to, and of what."""
    name = PlainTextInputElement(action_id=Act.EDIT, max_length=MOST_NAME, placeholder="Salesforce")
    address = "https://crm.example.com/belay"
    url = PlainTextInputElement(action_id=Act.EDIT, max_length=LONGEST, placeholder=address)
    options = [Option(text=event.replace(".", ": "), value=event) for event in Event]
    blocks = [
        field("name", "What is it for?", name),
        field("url", "Address", url),
        field("events", "Tell it of", StaticMultiSelectElement(action_id=Act.EDIT, options=options)),
        small("Costs and margins are never sent."),
    ]
    return modal(Callback.NEW_WEBHOOK, "A new webhook", blocks, submit="Add it")


def made_view(row: Webhook) -> View:
    """Its secret, this once."""
    blocks = [
        line((Bold(clip(row.name, MOST_NAME)), " is told from now on. Its receiver checks the signature with this:")),
        fixed([row.secret]),
        line(("By the Standard Webhooks specification: ", Code("webhook-id"), ", ", Code("webhook-signature"), ".")),
        small("Copy it now: it is not shown again."),
    ]
    return modal(Callback.WEBHOOKS, "The new webhook", blocks, submit=None)


def log_view(row: Webhook, told: Sequence[Outbox]) -> View:
    """What it was told lately, the latest first."""
    blocks: list[Block] = [line((Bold(clip(row.name, MOST_NAME)), f" · {clip(row.host, MOST_HOST)}"))]
    for one in told:
        target = WebhookTarget(webhook=row.id, row=one.id)
        blocks.append(line(_told(one)))
        blocks += actions([button(Act.SEND_AGAIN, "Send again", target) if one.settled_at else None])
    if not told:
        blocks.append(line(("Nothing has happened yet that it is told of.",)))
    blocks += actions([button(Act.WEBHOOK_LOG, "Look again", WebhookTarget(webhook=row.id))])
    return modal(Callback.WEBHOOKS, "What it was told", blocks, submit=None)


def _told(one: Outbox) -> Sentence:
    what = Announcement.of(one).event
    about = one.stream.split(":", 2)[-1].replace("deal:", "#").replace("capacity", "").replace("plan", "")
    title = Bold(" ".join(filter(None, (what, about))))
    error = clip(one.error or "", MOST_ERROR)
    if one.settled_at and not error:
        return (title, " · arrived ", When(one.settled_at))
    if one.settled_at:
        return (title, f" · given up: {error} · ", When(one.settled_at))
    if one.attempts:
        return (title, f" · tried {one.attempts} times: {error or 'under way'} · again ", When(one.not_before))
    return (title, " · waits")
