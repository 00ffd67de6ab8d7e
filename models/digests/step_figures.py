"""Who agrees, on the scoreboard: how long each step takes, how often it changes anything, and what was let through.

A step belongs to the period in which its first answer falls; times are working hours of the company.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.base.language import N_, Kept, _, as_read, in_english
from models.deals.conditions import Condition
from models.deals.decisions import Decision
from models.deals.proposals import Proposal
from models.deals.states import Move
from models.deals.steps import ASKED_BY, Step
from models.deals.turns import Turn
from models.digests.scoreboard import Share, Speed
from models.policy.words import ALL_DEALS
from models.workspace.history import History
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace

# So many answers without a change, and a step may be dropped.
ENOUGH = 10
DECLINED = (Move.DECLINE, Move.DECLINE_CHANGE)
BY_NAME = N_("asked for by somebody")


@dataclass(frozen=True)
class StepFigures:
    """A step by its name: the times to its answers, and how many of them changed something.

    A change is a counter, a decline, a deal that was sent back, and a yes with a condition.
    """

    name: str
    times: Speed
    changed: Share

    @property
    def is_idle(self) -> bool:
        """Whether it could be dropped: it was asked often, and never changed anything."""
        return self.changed.of >= ENOUGH and not self.changed.count


@dataclass(frozen=True)
class StepBoard:
    """The steps of a period, those that were asked most often first; for which reasons promises were let through."""

    steps: tuple[StepFigures, ...] = ()
    exceptions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Answer:
    """The first answer of a step."""

    step: int
    at: datetime
    is_change: bool


def step_board(workspace: Workspace, *, since: datetime, until: datetime) -> StepBoard:
    """Work the steps of a period out; as many queries for many deals as for few."""
    answers = _answers(workspace, since, until)
    rows = {row.id: row for row in _steps(workspace, list(answers))}
    began = _began(workspace, list(answers))
    grouped: defaultdict[str, list[_Answer]] = defaultdict(list)
    for key, answer in answers.items():
        row = rows[key]
        grouped[row.name or str(row.role or row.side)].append(answer)
    steps = [_figures(workspace, name, each, began) for name, each in grouped.items()]
    ordered = sorted(steps, key=lambda one: (-one.changed.of, one.name))
    return StepBoard(tuple(ordered), _exceptions(workspace, since, until))


def _figures(workspace: Workspace, name: str, answers: Sequence[_Answer], began: Mapping[int, datetime]) -> StepFigures:
    hours = workspace.hours
    times = tuple(hours.between(began[one.step], one.at) for one in answers if one.step in began)
    return StepFigures(name, Speed(times), Share(sum(one.is_change for one in answers), len(answers)))


def _answers(workspace: Workspace, since: datetime, until: datetime) -> dict[int, _Answer]:
    """The first answer of each step that had one in the period; a change counts, whoever of several made it."""
    found: dict[int, _Answer] = {}
    for one in sorted((*_decided(workspace, since, until), *_ended(workspace, since, until)), key=lambda one: one.at):
        known = found.get(one.step)
        found[one.step] = _Answer(one.step, known.at, known.is_change or one.is_change) if known else one
    return found


def _decided(workspace: Workspace, since: datetime, until: datetime) -> Iterable[_Answer]:
    """Each yes, with a condition or without, and what was sent back."""
    bound = select(Condition.decision_id).where(Condition.workspace_id == workspace.id)
    rows = select(Decision.step_id, Decision.at, Decision.move, Decision.id.in_(bound)).where(
        Decision.workspace_id == workspace.id,
        Decision.at >= since,
        Decision.at < until,
        Decision.step_id.is_not(None),
        Decision.move.in_([Move.APPROVE, Move.SEND_BACK]),
        Decision.taken_back_at.is_(None),
    )
    for step, at, move, is_bound in workspace.session.execute(rows):
        yield _Answer(step or 0, at, move == Move.SEND_BACK or bool(is_bound))


def _ended(workspace: Workspace, since: datetime, until: datetime) -> Iterable[_Answer]:
    """What a side answered with other terms, or with no."""
    after = aliased(Proposal)
    countered = select(Step.id, after.proposed_at).join(Proposal, Proposal.id == Step.proposal_id)
    countered = countered.join(after, (after.deal_id == Proposal.deal_id) & (after.version == Proposal.version + 1))
    countered = countered.where(after.side == Step.side, after.side != Side.SALES)
    countered = countered.where(after.proposed_at >= since, after.proposed_at < until)
    declined = select(Step.id, Decision.at).join(Decision, Decision.proposal_id == Step.proposal_id)
    declined = declined.where(Decision.side == Step.side, Decision.move.in_(DECLINED))
    declined = declined.where(Decision.at >= since, Decision.at < until)
    for query in (countered, declined):
        own = query.where(Step.workspace_id == workspace.id, Step.dropped_at.is_(None))
        yield from (_Answer(step, at, is_change=True) for step, at in workspace.session.execute(own))


def _steps(workspace: Workspace, ids: Sequence[int]) -> Sequence[Step]:
    return workspace.session.scalars(select(Step).where(Step.id.in_(ids))).all() if ids else []


def _began(workspace: Workspace, ids: Sequence[int]) -> dict[int, datetime]:
    """When each was asked first."""
    rows = select(Turn.step_id, Turn.began_at).where(Turn.workspace_id == workspace.id, Turn.step_id.in_(ids))
    began: dict[int, datetime] = {}
    for step, at in workspace.session.execute(rows.order_by(Turn.id)) if ids else ():
        if step is not None:
            began.setdefault(step, at)
    return began


def _reason(kept: Kept | str) -> str:
    return _(BY_NAME) if in_english(kept).startswith(ASKED_BY) else as_read(kept)


def _exceptions(workspace: Workspace, since: datetime, until: datetime) -> dict[str, int]:
    """For which reasons somebody was asked about what became a promise, the most frequent first.

    Why everybody is asked about everything is no exception.
    """
    promised = select(History.subject_id, History.details).where(
        History.workspace_id == workspace.id,
        History.subject == "deal",
        History.move == Move.COMMIT,
        History.at >= since,
        History.at < until,
    )
    made = {(deal, details.get("version")) for deal, details in workspace.session.execute(promised)}
    rows = select(Proposal.deal_id, Proposal.version, Step.reasons).join(Step, Step.proposal_id == Proposal.id)
    rows = rows.where(Proposal.deal_id.in_({deal for deal, _ in made}), Step.dropped_at.is_(None))
    reasons: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for deal, version, why in workspace.session.execute(rows) if made else ():
        if (deal, version) in made:
            reasons[deal, version] |= {_reason(one) for one in why if in_english(one) != ALL_DEALS}
    counted = Counter(reason for each in reasons.values() for reason in each)
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
