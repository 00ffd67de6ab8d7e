"""Terms beyond the lines of a deal, as an admin defines them: payment terms, warranty, penalties, contract length."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base.columns import Document, Name
from models.base.declarative import Base
from models.base.errors import NotFound, Refused
from models.base.language import N_, _
from models.company.policies import policy_of
from models.policy.clauses import ClauseKind, GivenClause, check_clause
from models.policy.rules import Rule
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace

KIND_WORDS = {
    ClauseKind.CHOICE: N_("choice"),
    ClauseKind.NUMBER: N_("number"),
    ClauseKind.DATE: N_("date"),
    ClauseKind.TEXT: N_("text"),
}
MOST_CLAUSES = 8


class ClauseRow(OfWorkspace, Base):
    """A term that every deal has besides its lines, with the value that is standard; empty: nothing is.

    Retired, it stays in the deals that name it.
    """

    __tablename__ = "clause"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: Mapped[Name]
    kind: Mapped[ClauseKind]
    standard: Mapped[str] = mapped_column(Text, default="")
    choices: Mapped[list[str]] = mapped_column(Document, default=list)
    retired_at: Mapped[datetime | None]


def clauses_of(workspace: Workspace) -> Sequence[ClauseRow]:
    """The clauses that deals have now, in the order in which they were defined."""
    rows = select(ClauseRow).where(ClauseRow.workspace_id == workspace.id, ClauseRow.retired_at.is_(None))
    return workspace.session.scalars(rows.order_by(ClauseRow.id)).all()


def all_clauses(workspace: Workspace) -> Sequence[ClauseRow]:
    """The same with those that are retired, which deals may still have."""
    rows = select(ClauseRow).where(ClauseRow.workspace_id == workspace.id)
    return workspace.session.scalars(rows.order_by(ClauseRow.id)).all()


def find_clause(workspace: Workspace, clause_id: int) -> ClauseRow:
    """A clause that deals have now."""
    row = next((one for one in clauses_of(workspace) if one.id == clause_id), None)
    if row is None:
        raise NotFound(_("That term is not there any more."))
    return row


def define_clause(workspace: Workspace, given: GivenClause, *, by: Member | None, now: datetime) -> ClauseRow:
    """Deals have this term from now on, or with another standard; what was posted keeps its own value.

    A name means one kind for good. `by` None: the command line.
    """
    check_clause(given)
    workspace.lock()
    called = func.lower(ClauseRow.name) == given.name.strip().lower()
    row = workspace.session.scalar(select(ClauseRow).where(ClauseRow.workspace_id == workspace.id, called))
    if row is not None and row.kind != given.kind:
        raise Refused(
            _(
                "{name} was a {kind} in deals that have it. Give this one another name.",
                name=row.name,
                kind=_(KIND_WORDS[row.kind]),
            ),
            field="name",
        )
    if (row is None or row.retired_at) and len(clauses_of(workspace)) >= MOST_CLAUSES:
        raise Refused(_("A deal has at most {most_clauses} such terms.", most_clauses=MOST_CLAUSES), field="name")
    if row is not None and row.retired_at is None and given == given_of(row):
        return row
    row = row or ClauseRow(workspace=workspace)
    row.name, row.kind, row.retired_at = given.name.strip(), given.kind, None
    row.standard, row.choices = given.standard, list(given.choices)
    workspace.session.add(row)
    workspace.session.flush()
    details = {"name": row.name, "kind": row.kind, "standard": row.standard, "choices": row.choices}
    record(workspace, "define_clause", by=by, now=now, details=details)
    return row


def retire_clause(workspace: Workspace, clause_id: int, *, by: Member, now: datetime) -> None:
    """Deals do not have this term any more; those that name it keep it."""
    workspace.lock()
    row = find_clause(workspace, clause_id)
    if any(_names(rule, row.name) for rule in policy_of(workspace).rules):
        raise Refused(_("A rule asks about {name}. Change or remove it first, with `/belay policy`.", name=row.name))
    row.retired_at = now
    record(workspace, "retire_clause", by=by, now=now, details={"name": row.name})


def _names(rule: Rule, term: str) -> bool:
    words = [word for name, value in rule.when if name == "term" and isinstance(value, tuple) for word in value]
    return term.lower() in {word.strip().lower() for word in words}


def given_of(row: ClauseRow) -> GivenClause:
    """A clause as somebody has defined it."""
    return GivenClause(row.name, row.kind, row.standard, tuple(row.choices))
