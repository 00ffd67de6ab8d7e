"""Steps for Slack's Workflow Builder: propose a deal, check one. A person is named; nothing is posted without them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from handlers.api.deal_writing import act_words
from handlers.api.drafts import NOTHING_SOLD, Draft, in_words
from handlers.deals.answers import verdict_on
from handlers.slack.listening import listens
from handlers.slack.text import plain
from handlers.slack.web_calls import Call
from models.base.errors import Refused
from models.base.language import _, reading
from models.deals.card_messages import link_of
from models.deals.executions import StepDone, begin_execution, end_step
from models.deals.rows import Deal
from models.deals.rules import check_may_propose, check_sees_deals
from models.promise.check import Verdict
from models.workspace.history import History
from models.workspace.members import Member, find_member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

MOST_WORDS = 1000
Event = Mapping[str, Any]


@listens(event="function_executed")
def carry_out(workspace: Workspace, now: datetime, event: Event) -> None:
    """A workflow has come to a step of ours: what cannot be done is said to the workflow at once."""
    key, inputs = str(event["function_execution_id"]), event["inputs"]
    step = STEPS.get(event["function"]["callback_id"])
    with reading(workspace.language):
        try:
            if step is None:
                raise Refused(_("Belay has no such step any more: take it out of the workflow."))
            step(workspace, key, find_member(workspace, str(inputs.get("person"))), _deal_in(inputs), now)
        except Refused as refused:
            end_step(workspace, StepDone(key, error=refused.sentence), now=now)


def render_done(session: Session, row: Outbox, _now: datetime) -> Call:
    """What Slack is told of a step: its outputs, or why it could not be done."""
    done = StepDone.of(row)
    about = {"function_execution_id": done.key}
    if done.error:
        return Call("functions.completeError", {**about, "error": done.error})
    act = session.get(History, row.history_id) if row.history_id else None
    outputs = _decision(session, act) if act else {"fits": bool(done.fits), "sentence": done.sentence}
    return Call("functions.completeSuccess", {**about, "outputs": outputs})


def _decision(session: Session, act: History) -> dict[str, Any]:
    deal = session.get_one(Deal, act.subject_id)
    return {
        "number": deal.number,
        "decision": act.to_state,
        "sentence": act_words(deal, act),
        "link": link_of(deal) or "",
    }


def _propose(workspace: Workspace, key: str, person: Member, words: str, now: datetime) -> None:
    """The draft waits for its seller; the step ends when what comes of it is decided."""
    check_may_propose(person)
    in_words(person, words, now)
    if begin_execution(workspace, key, member=person, now=now):
        sent = Draft(words=words, by=_("a workflow"), execution=key)
        queue(workspace, News.DRAFT, stream=person.user_id, member_id=person.id, payload=sent, now=now)


def _check(workspace: Workspace, key: str, person: Member, words: str, now: datetime) -> None:
    """Whether it fits, for somebody who may know; no money is said."""
    check_sees_deals(person)
    found = verdict_on(workspace, person, now, words)
    if found is None:
        raise Refused(_(NOTHING_SOLD))
    verdict, sentence = found
    fits = verdict is not Verdict.SHORT
    if begin_execution(workspace, key, member=person, now=now):
        end_step(workspace, StepDone(key, sentence=plain(sentence), fits=int(fits)), now=now)


def _deal_in(inputs: Mapping[str, Any]) -> str:
    words = str(inputs.get("deal") or "").strip()
    if not 0 < len(words) <= MOST_WORDS:
        raise Refused(_("Say which deal, in one line of at most {most} characters.", most=MOST_WORDS))
    return words


STEPS: Mapping[str, Callable[[Workspace, str, Member, str, datetime], None]] = {
    "propose_deal_step": _propose,
    "check_deal_step": _check,
}
