"""A deal in words, put before its seller in Slack: nothing is posted before they press the button and see the form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from handlers.api.endpoints import Act, serves
from handlers.api.given import Taken
from handlers.deals.answers import would_fit
from handlers.slack.replies import Say
from handlers.slack.text import Bold, escape, plain
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, message
from models.api.tokens import Scope
from models.base.errors import Refused
from models.base.language import N_, _, in_quotes
from models.deals.rules import check_may_propose
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, Payload, queue

MOST_WORDS = 1000
NOTHING_SOLD = N_("That names nothing that is sold. Such as: 60 Summit tent for Acme by 20 January.")


@dataclass(frozen=True)
class Draft(Payload):
    """What was written, by the token of which name, and the step of a workflow that waits for what comes of it."""

    words: str = ""
    by: str = ""
    execution: str = ""


class GivenDraft(Taken):
    """A deal as one would type it after `/deal`."""

    words: str = Field(
        min_length=1, max_length=MOST_WORDS, examples=["60 Summit tent for Acme by 20 January at 5 % off"]
    )


class Drafted(BaseModel):
    """How it was read, and that it waits for its seller in Slack."""

    sentence: str
    person: str


@serves("POST", "/drafts", Scope.PROPOSE, status=201)
def draft(act: Act, deal: GivenDraft) -> Drafted:
    """Put a deal in words before the token's person in Slack, with a button that opens the form. It posts nothing."""
    check_may_propose(act.by)
    said = in_words(act.by, deal.words, act.now)
    sent = Draft(words=deal.words, by=act.token.name)
    queue(act.workspace, News.DRAFT, stream=act.by.user_id, member_id=act.by.id, payload=sent, now=act.now)
    return Drafted(sentence=plain(said.sentence), person=act.by.name)


def render_draft(session: Session, row: Outbox, now: datetime) -> Call | None:
    """The draft with what the check says at this moment, and the button; nothing for who sells no more."""
    given, member = Draft.of(row), session.get_one(Member, row.member_id)
    try:
        check_may_propose(member)
        said = in_words(member, given.words, now, given.execution)
    except Refused:
        return None
    blocks: list[dict[str, Any]] = [
        line((Bold(_("A draft, by {by}.", by=given.by)), _(" Nothing is posted yet."))).to_dict(),
        line((in_quotes(given.words),), said.sentence).to_dict(),
        *(block.to_dict() for block in said.blocks),
    ]
    return message(row, row.stream, escape(_("A draft, by {by}: {words}", by=given.by, words=given.words)), blocks)


def in_words(member: Member, words: str, now: datetime, execution: str = "") -> Say:
    """What is said of a deal in words; Refused where they name nothing that is sold."""
    said = would_fit(member.workspace, member, now, words, execution=execution)
    if said is None:
        raise Refused(_(NOTHING_SOLD), field="words")
    return said
