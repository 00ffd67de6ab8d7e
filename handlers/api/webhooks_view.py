"""Webhooks as an admin sees them: a list, the form of a new one, its secret once, and its log."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, Option, PlainTextInputElement, StaticMultiSelectElement
from slack_sdk.models.views import View

from handlers.api.targets import WebhookTarget
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Code, Sentence, When, clip
from handlers.slack.view_parts import actions, button, confirmation, field, fixed, line, modal, small
from models.api.webhooks import LONGEST, MOST_NAME, MOST_WEBHOOKS, Announcement, Event, Webhook
from models.base.language import _
from models.workspace.outbox import Outbox

MOST_HOST, MOST_ERROR = 100, 100


def webhooks_view(rows: Sequence[Webhook]) -> View:
    """Where each leads, and of what it is told."""
    blocks: list[Block] = [line((_("Other tools are told of deals, capacity and plans as they happen."),))]
    for row in rows:
        target = WebhookTarget(webhook=row.id)
        sure = confirmation(
            _("Remove it?"), _("It is told of nothing any more, nor of what waits for it."), _("Remove")
        )
        resume = button(Act.RESUME_WEBHOOK, _("Tell it again"), target) if row.stopped_at else None
        blocks.append(line(*_webhook(row)))
        remove = button(Act.REMOVE_WEBHOOK, _("Remove"), target, confirm=sure, style="danger")
        blocks += actions([button(Act.WEBHOOK_LOG, _("Log"), target), resume, remove])
    if not rows:
        blocks.append(line((_("There is none yet."),)))
    if len(rows) < MOST_WEBHOOKS:
        blocks += actions([button(Act.NEW_WEBHOOK, _("Add a webhook…"), WebhookTarget(), style="primary")])
    return modal(Callback.WEBHOOKS, _("Webhooks"), blocks, submit=None)


def _webhook(row: Webhook) -> list[Sentence]:
    stopped: Sentence = ()
    if row.stopped_at:
        stopped = (
            " · ",
            Bold(_("Its receiver wants nothing any more")),
            f" ({row.stopped_why}), ",
            When(row.stopped_at),
        )
    return [(Bold(clip(row.name, MOST_NAME)), f" · {clip(row.host, MOST_HOST)}", *stopped), (", ".join(row.events),)]


def new_webhook_view() -> View:
    """Where to, and of what."""
    name = PlainTextInputElement(action_id=Act.EDIT, max_length=MOST_NAME, placeholder=_("Salesforce"))
    address = "https://crm.example.com/belay"
    url = PlainTextInputElement(action_id=Act.EDIT, max_length=LONGEST, placeholder=address)
    options = [Option(text=event.replace(".", ": "), value=event) for event in Event]
    blocks = [
        field("name", _("What is it for?"), name),
        field("url", _("Address"), url),
        field("events", _("Tell it of"), StaticMultiSelectElement(action_id=Act.EDIT, options=options)),
        small(_("Costs and margins are never sent.")),
    ]
    return modal(Callback.NEW_WEBHOOK, _("A new webhook"), blocks, submit=_("Add it"))


def made_view(row: Webhook) -> View:
    """Its secret, this once."""
    blocks = [
        line(
            (Bold(clip(row.name, MOST_NAME)), _(" is told from now on. Its receiver checks the signature with this:"))
        ),
        fixed([row.secret]),
        line((_("By the Standard Webhooks specification: "), Code("webhook-id"), ", ", Code("webhook-signature"), ".")),
        small(_("Copy it now: it is not shown again.")),
    ]
    return modal(Callback.WEBHOOKS, _("The new webhook"), blocks, submit=None)


def log_view(row: Webhook, told: Sequence[Outbox], *, count_given_up: int = 0) -> View:
    """What it was told lately, the latest first; above it what was given up for good, where its receiver wants it."""
    blocks: list[Block] = [line((Bold(clip(row.name, MOST_NAME)), f" · {clip(row.host, MOST_HOST)}"))]
    if count_given_up and not row.stopped_at:
        text = _("Send again what was given up: {count}", count=count_given_up)
        blocks += actions([button(Act.SEND_ALL_AGAIN, text, WebhookTarget(webhook=row.id))])
    for one in told:
        target = WebhookTarget(webhook=row.id, row=one.id)
        blocks.append(line(_told(one)))
        blocks += actions([button(Act.SEND_AGAIN, _("Send again"), target) if one.settled_at else None])
    if not told:
        blocks.append(line((_("Nothing has happened yet that it is told of."),)))
    blocks += actions([button(Act.WEBHOOK_LOG, _("Look again"), WebhookTarget(webhook=row.id))])
    return modal(Callback.WEBHOOKS, _("What it was told"), blocks, submit=None)


def _told(one: Outbox) -> Sentence:
    what = Announcement.of(one).event
    about = one.stream.split(":", 2)[-1].replace("deal:", "#").replace("capacity", "").replace("plan", "")
    title = Bold(" ".join(filter(None, (what, about))))
    error = clip(one.error or "", MOST_ERROR)
    if one.settled_at and not error:
        return (title, _(" · arrived "), When(one.settled_at))
    if one.settled_at:
        return (title, _(" · given up: {error} · ", error=error), When(one.settled_at))
    if one.attempts:
        return (
            title,
            _(" · tried {attempts} times: {error} · again ", attempts=one.attempts, error=error or _("under way")),
            When(one.not_before),
        )
    return (title, _(" · waits"))
