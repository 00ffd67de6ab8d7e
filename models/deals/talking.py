"""What the two sides say to each other besides terms: questions, answers, the customer's call."""

from datetime import datetime

from models.base.errors import NotFound, Refused
from models.base.language import _
from models.deals.questions import CallGuest, Question
from models.deals.rows import Deal
from models.deals.speaking import speaks_for
from models.deals.states import Move
from models.deals.transitions import advance, enter
from models.workspace.members import Member
from models.workspace.roles import Side


def ask(deal: Deal, text: str, *, by: Member, now: datetime) -> Question:
    """Ask the other side: it owes an answer."""
    enter(deal, Move.ASK, by=by)
    _need(text, _("What would you like to know?"), "question")
    to = Side.OPERATIONS if by.represents(deal.seller_id) else Side.SALES
    question = Question(workspace=deal.workspace, deal=deal, to_side=to, asked_by=by, asked_at=now, text=text.strip())
    deal.session.add(question)
    deal.session.flush()
    advance(deal, Move.ASK, by=by, now=now, why=question.text)
    return question


def answer(deal: Deal, question_id: int, text: str, *, by: Member, now: datetime) -> None:
    """Answer a question of the other side, once."""
    enter(deal, Move.ANSWER, by=by)
    question = next((q for q in deal.questions if q.id == question_id), None)
    if question is None or question.to_side not in speaks_for(deal, by):
        raise NotFound(_("That question is not yours to answer."))
    if question.answered_by:
        raise Refused(
            _("{name} has answered already: “{answer}”", name=question.answered_by.name, answer=question.answer)
        )
    _need(text, _("What is the answer?"), "answer")
    question.answer, question.answered_by, question.answered_at = text.strip(), by, now
    advance(
        deal, Move.ANSWER, by=by, now=now, why=question.answer, details={"question": question.text, "id": question.id}
    )


def join_call(deal: Deal, *, by: Member, now: datetime) -> None:
    """Sit in on the customer's call; the seller is told, and can set a time."""
    enter(deal, Move.JOIN_CALL, by=by)
    deal.guests.append(CallGuest(workspace=deal.workspace, member=by, joined_at=now))
    deal.session.flush()
    advance(deal, Move.JOIN_CALL, by=by, now=now)


def set_call(deal: Deal, at: datetime, *, by: Member, now: datetime) -> None:
    """The seller says when the call is."""
    enter(deal, Move.SET_CALL, by=by)
    if at <= now:
        raise Refused(_("The call should be in the future."), field="call")
    deal.call_at = at
    advance(deal, Move.SET_CALL, by=by, now=now, details={"at": at.isoformat()})


def _need(text: str, sentence: str, field: str) -> None:
    if not text.strip():
        raise Refused(sentence, field=field)
