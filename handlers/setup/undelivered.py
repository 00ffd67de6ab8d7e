"""What Slack does not take: said once to whoever can act, and sent again when an admin asks for it."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block
from sqlalchemy.orm import Session

from handlers.slack.ids import Act, Target
from handlers.slack.listening import listens
from handlers.slack.replies import Reply, Say
from handlers.slack.text import Bold, Channel, Sentence, as_sentence, escape, plain
from handlers.slack.view_parts import actions, button, line
from handlers.slack.web_calls import Call, message
from models.base.language import _, ngettext
from models.workspace.members import Member, check_admin
from models.workspace.outbox import Outbox
from models.workspace.undelivered import GivenUp, Stuck, remedy, try_again
from models.workspace.workspaces import Workspace


def given_up_blocks(lost: Sequence[GivenUp]) -> list[Block]:
    """What was given up, with its reason, and the button that sends it again."""
    sentences: list[Sentence] = [(Bold(_("Slack did not take:")),)]
    sentences += [
        (_("• {counted} for ", counted=_counted(one.count)), *_named(one.to), f": {one.error}") for one in lost
    ]
    return [line(*sentences), *actions([button(Act.TRY_AGAIN, _("Try again"), Target())])]


@listens(Act.TRY_AGAIN)
def send_again(workspace: Workspace, by: Member, now: datetime, admins: frozenset[str]) -> Reply:
    """All of it, in its order."""
    check_admin(by, admins)
    number = try_again(workspace, by=by, now=now)
    return Say(
        (
            _("{counted} on the way again.", counted=_counted(number))
            if number
            else _("There is nothing left to send again."),
        )
    )


def render_stuck(_session: Session, row: Outbox, _now: datetime) -> Call:
    """Which messages wait, and what ends that."""
    stuck = Stuck.of(row)
    before, _name, after = remedy(stuck.to, stuck.error).partition(stuck.to)
    rest = as_sentence(_("{after} Nothing is lost: it is sent as soon as Slack takes it.", after=after))
    sentence: Sentence = (before, *_named(stuck.to), *rest)
    return message(row, row.stream, escape(plain(sentence)), [line(sentence).to_dict()])


def _named(to: str) -> Sentence:
    """A channel by its name, as Slack shows it; a person's messages by their id."""
    return (Channel(to),) if to.startswith(("C", "G")) else (to,)


def _counted(number: int) -> str:
    return ngettext("One message", "{number} messages", number, number=number)
