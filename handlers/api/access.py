"""What a person hears of access by other tools: that a token acts as them, that a webhook of theirs reaches nobody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.slack.text import Bold, Code, Sentence, as_sentence, clip, escape, plain
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, message
from models.api.tokens import ApiToken
from models.api.webhooks import Webhook
from models.base.language import _
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, Payload, queue

MOST_NAME, MOST_ERROR = 60, 100


@dataclass(frozen=True)
class Access(Payload):
    """A token that was made, or a webhook that has stopped, by its id; with an `error`, one that reaches nobody."""

    token: int = 0
    webhook: int = 0
    error: str = ""


def tell_of_access(member: Member, access: Access, *, now: datetime) -> None:
    """Let somebody know, in their messages."""
    queue(member.workspace, News.ACCESS, stream=member.user_id, member_id=member.id, payload=access, now=now)


def render_access(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """Nothing where it is over already."""
    access = Access.of(row)
    sentence = _of_token(session, row, access.token) if access.token else _of_webhook(session, row, access)
    if sentence is None:
        return None
    return message(row, row.stream, escape(plain(sentence)), [line(sentence).to_dict()])


def _of_token(session: Session, row: Outbox, key: int) -> Sentence | None:
    token = session.get(ApiToken, key)
    if token is None or token.workspace_id != row.workspace_id or token.revoked_at is not None:
        return None
    made = _("{name} has made a token by which another tool acts as you: ", name=token.made_by.name)
    return (made, Bold(clip(token.name, MOST_NAME)), _(". What it does stands as yours; an admin can revoke it."))


def _of_webhook(session: Session, row: Outbox, access: Access) -> Sentence | None:
    hook = session.get(Webhook, access.webhook)
    if hook is None or hook.workspace_id != row.workspace_id or hook.removed_at:
        return None
    name = Bold(clip(hook.name, MOST_NAME))
    if access.error:
        down = _(" has taken nothing for a day ({error}). ", error=clip(access.error, MOST_ERROR))
        what = as_sentence(_("Belay tries for three days more; the log in `/belay api` sends again what is given up."))
        return (_("The receiver of the webhook "), name, down, *what)
    if not hook.stopped_at:
        return None
    why = _(" wants to be told of nothing any more ({stopped_why}). ", stopped_why=hook.stopped_why)
    return (_("The receiver of the webhook "), name, why, Code("/belay api"), _(" tells it again."))
