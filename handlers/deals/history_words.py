"""What is told of an act in the deal's thread: one sentence-builder for all of history."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from handlers.deals.clauses_view import clause_change_sentences
from handlers.deals.words import change_sentences
from handlers.slack.text import Bold, Link, Part, Person, Sentence, When, clip
from models.base.language import N_, _, in_quotes
from models.base.words import company_locale, week_text
from models.capacity.moving import MOVE_WORK
from models.company.clauses import all_clauses
from models.deals.card_steps import missing_names
from models.deals.changes import changes_between
from models.deals.clauses import clause_changes
from models.deals.news import MEND
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.deals.states import Move
from models.workspace.history import History
from models.workspace.roles import Side

MOST_SAID = 1500
Telling = Callable[[Deal, History], Sentence]


def history_sentences(deal: Deal, act: History) -> list[Sentence]:
    """What happened, and for terms what they change."""
    sentence = TELLINGS[act.move](deal, act)
    return [sentence, *(_changed(deal, act) if act.move in PROPOSING else [])]


def _changed(deal: Deal, act: History) -> list[Sentence]:
    proposals: dict[int, Proposal] = {proposal.version: proposal for proposal in deal.proposals}
    now = proposals[act.details["version"]]
    before = proposals.get(now.version - 1)
    note: list[Sentence] = [(in_quotes(clip(now.note, MOST_SAID)),)] if now.note else []
    if before is None:
        return note
    locale = company_locale(deal.workspace.country)
    lines = change_sentences(changes_between(before, now), deal.workspace, locale)
    others = clause_changes(all_clauses(deal.workspace), before.clauses, now.clauses, locale)
    return lines + clause_change_sentences(others) + note


def _who(act: History) -> Bold:
    """Who did it, and for whom where they are a deputy."""
    principal = _(" for {name}", name=act.details["for"]) if act.details.get("for") else ""
    return Bold(f"{act.by.name}{principal}" if act.by else "Belay")


def _saying(words: str) -> Telling:
    def sentence(_deal: Deal, act: History) -> Sentence:
        return (_who(act), f" {_(words)}", *_why(act))

    return sentence


def _asking(words: str) -> Telling:
    """Whoever is asked from now on is named, so that they hear of it."""

    def sentence(_deal: Deal, act: History) -> Sentence:
        return (_who(act), f" {_(words)}", Person(str(act.details["to"])), ".", *_why(act))

    return sentence


def _stepped_aside(_deal: Deal, act: History) -> Sentence:
    return (
        Bold(clip(str(act.details["who"]), 100)),
        _(" has left; {asked} answer without them.", asked=act.details["asked"]),
    )


def _settled(words: str) -> Telling:
    def sentence(_deal: Deal, act: History) -> Sentence:
        return (_who(act), f" {_(words)} ", Bold(clip(str(act.details["condition"]), 300)), ".", *_why(act))

    return sentence


def _why(act: History) -> tuple[Part, ...]:
    return (" " + in_quotes(clip(act.why, MOST_SAID)),) if act.why else ()


def _countered_back(deal: Deal, act: History) -> Sentence:
    return (_who(act), _(" countered back. "), *_operations(deal))


def _changing(deal: Deal, act: History) -> Sentence:
    return (
        _who(act),
        _(" asks to change the deal; the earlier promise stands until then. "),
        *_operations(deal),
    )


def _operations(deal: Deal) -> tuple[Part, ...]:
    """The planner who dealt with it last: it is their turn again."""
    return (Person(deal.planner.user_id),) if deal.planner else ()


def _agreed(deal: Deal, act: History) -> Sentence:
    waits = _(" and ").join(missing_names(deal))
    rest = _("; it waits for {waits}", waits=waits) if deal.is_open and waits else ""
    side = str(act.details["side"])
    return (
        _who(act),
        _(" agreed for {side}{rest}.", side=_(side), rest=rest),
        *_why(act),
        *_bound(act),
    )


def _bound(act: History) -> tuple[Part, ...]:
    """The conditions of a yes."""
    given = [clip(str(text), 200) for text in act.details.get("conditions", ())]
    return (_(" If: {given}.", given="; ".join(given)),) if given else ()


def _committed(_deal: Deal, act: History) -> Sentence:
    if act.by is not None:
        return (_who(act), _(" agreed, and the capacity is committed."), *_bound(act))
    if act.details.get("kept"):
        return (_("All who are asked had agreed to this before. The capacity is committed."),)
    return (_("Approved on the spot: it fits, within standard terms. The capacity is committed."),)


def _undone(deal: Deal, act: History) -> Sentence:
    """The seller is named: they may have told the customer."""
    return (_who(act), _(" undid the approval, and operations look at it. "), Person(deal.seller.user_id), *_why(act))


def _answered(deal: Deal, act: History) -> Sentence:
    """Who asked is named where that is the other side: a seller reads the thread anyway."""
    question = next((one for one in deal.questions if one.id == act.details.get("id")), None)
    to: tuple[Part, ...] = ()
    if question is not None and question.to_side == Side.SALES:
        to = (" ", Person(question.asked_by.user_id))
    return (_who(act), _(" answered "), in_quotes(clip(str(act.details["question"]), 300)), ":", *_why(act), *to)


def _delivered(_deal: Deal, act: History) -> Sentence:
    return (_who(act), _(" reports the delivery: {why}", why=clip(act.why or "", MOST_SAID)))


def _handed_over(deal: Deal, act: History) -> Sentence:
    """Whoever sells it now is named, so that they hear of it."""
    return (_who(act), _(" handed this deal over to "), Person(deal.seller.user_id), ".", *_why(act))


def _edited(_deal: Deal, act: History) -> Sentence:
    words = {"told": _("what the customer told us"), "customer": _("the customer"), "likelihood": _("the likelihood")}
    words["campaign"], note = _("the campaign"), _("the note")
    changed = act.details["changed"]
    parts = [
        f"{words.get(name, note)}: {clip(str(before or '–'), 200)} → {clip(str(now or '–'), 200)}"
        for name, (before, now) in changed.items()
    ]
    return (_who(act), _(" changed {parts}", parts="; ".join(parts)))


def _attached(_deal: Deal, act: History) -> Sentence:
    return (_who(act), _(" attached "), Link(clip(act.details["title"], 100), act.details["url"]), ".")


def _broken(deal: Deal, act: History) -> Sentence:
    """Both owners are named, because the card alone notifies nobody in a channel."""
    why = (" " + in_quotes(clip(act.why, MOST_SAID)),) if act.why else ()
    return (_who(act), _(" changed capacity, and this promise can no longer be kept."), *why, " ", *_operations(deal))


def _mended(deal: Deal, act: History) -> Sentence:
    """As for a promise that breaks: whoever read that should read this."""
    if act.by is None:
        return (_("Somebody else needs less here now, and this promise can be kept again. "), *_operations(deal))
    return (
        _who(act),
        _(" changed capacity, and this promise can be kept again."),
        *_why(act),
        " ",
        *_operations(deal),
    )


def _moved_work(deal: Deal, act: History) -> Sentence:
    """Nothing that was agreed to changes, so that the seller is not called."""
    sentence = _(" changed capacity: the work of this promise was moved within its weeks. It comes as promised.")
    return (_who(act), sentence, *_why(act), " ", *_operations(deal))


def _call_set(_deal: Deal, act: History) -> Sentence:
    return (_who(act), _(" set the customer’s call for "), When(datetime.fromisoformat(act.details["at"])), ".")


def _win_by_set(deal: Deal, act: History) -> Sentence:
    day = week_text(date.fromisoformat(act.details["day"]), company_locale(deal.workspace.country))
    return (_who(act), _(" expects the customer’s decision by {day}.", day=day))


def _expired(deal: Deal, _act: History) -> Sentence:
    """Both sides are named: the capacity is free although nobody decided so."""
    seller: Sentence = (Person(deal.seller.user_id), " ")
    words = _("says: neither won nor lost was reported, so the promise has ended and the capacity is free. ")
    return (Bold("Belay"), f" {words}", *seller, *_operations(deal))


PROPOSING = frozenset({"propose", Move.REVISE, Move.COUNTER, Move.COUNTER_BACK, Move.CHANGE})
TELLINGS: Mapping[str, Telling] = {
    "propose": _saying(N_("proposed this deal.")),
    Move.REVISE: _saying(N_("revised the terms.")),
    Move.COUNTER: _saying(N_("countered, and holds the capacity.")),
    Move.COUNTER_BACK: _countered_back,
    Move.CHANGE: _changing,
    Move.APPROVE: _agreed,
    Move.ACCEPT: _agreed,
    Move.COMMIT: _committed,
    Move.UNDO: _undone,
    Move.DECLINE: _saying(N_("declined.")),
    Move.DECLINE_CHANGE: _saying(N_("declined the change; the earlier promise stands.")),
    Move.WITHDRAW: _saying(N_("withdrew the deal.")),
    Move.KEEP: _saying(N_("dropped the change; the earlier promise stands.")),
    Move.WIN: _saying(N_("won it. Operations deliver.")),
    Move.LOSE: _saying(N_("lost it; the capacity is free.")),
    Move.CANCEL: _saying(N_("cancelled the deal; the capacity is free.")),
    Move.SEND_BACK: _saying(N_("sent it back:")),
    Move.TAKE_BACK: _saying(N_("took back their yes; it waits for them again.")),
    Move.RECALL: _saying(N_("recalled the terms to change them. Nobody is asked until the new ones are here.")),
    Move.ABSTAIN: _saying(N_("abstains:")),
    Move.ADD_APPROVER: _asking(N_("wants one more to agree: ")),
    Move.MEET: _settled(N_("says that this is met:")),
    Move.WAIVE: _settled(N_("does without this condition:")),
    Move.STEP_ASIDE: _stepped_aside,
    Move.REASSIGN: _asking(N_("asks somebody else to answer instead: ")),
    Move.DELIVER: _delivered,
    Move.DELIVER_PART: _delivered,
    Move.OBJECT: _saying(N_("says that the customer sees it otherwise:")),
    Move.HAND_OVER: _handed_over,
    Move.EDIT: _edited,
    Move.ATTACH: _attached,
    Move.ASK: _saying(N_("asks:")),
    Move.ANSWER: _answered,
    Move.JOIN_CALL: _saying(N_("joins the customer’s call.")),
    Move.SET_CALL: _call_set,
    Move.EXTEND: _saying(N_("extended the hold.")),
    Move.BREAK: _broken,
    MEND: _mended,
    MOVE_WORK: _moved_work,
    Move.RESUME: _saying(N_("says: the order stands; it stays won.")),
    Move.LAPSE: _saying(N_("says: the hold has expired. Accepting checks afresh.")),
    Move.SET_WIN_BY: _win_by_set,
    Move.EXPIRE: _expired,
}
