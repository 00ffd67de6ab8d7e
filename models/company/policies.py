"""The policy of a workspace, in versions: a proposal names the one by which it was asked of whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base.columns import Document
from models.base.declarative import Base
from models.policy.documents import rule_document, rule_in
from models.policy.rules import Rule, check_rules
from models.policy.standard import standard_rules
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace


class PolicyVersion(OfWorkspace, Base):
    """Rules as they were saved; afterwards only names change. `made_by` None: the command line."""

    __tablename__ = "policy"
    __table_args__ = (UniqueConstraint("workspace_id", "version"),)

    version: Mapped[int]
    rules: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]


@dataclass(frozen=True)
class Policy:
    """Rules in force; version 0 is the standard that nobody has changed."""

    version: int
    rules: tuple[Rule, ...]


def policy_of(workspace: Workspace, *, version: int | None = None) -> Policy:
    """The rules in force, or those of a version, by which something was asked."""
    row = _row(workspace, version) if version != 0 else None
    if row is None:
        return Policy(0, standard_rules(workspace.places))
    return Policy(row.version, tuple(rule_in(document) for document in row.rules))


def set_policy(workspace: Workspace, rules: Sequence[Rule], *, by: Member | None, now: datetime) -> Policy:
    """These rules are in force from now on, for what is put forward from now on."""
    check_rules(rules)
    workspace.lock()
    before = policy_of(workspace)
    if tuple(rules) == before.rules:
        return before
    documents = [rule_document(rule) for rule in rules]
    row = PolicyVersion(workspace=workspace, version=before.version + 1, rules=documents, made_at=now)
    row.made_by_id = by.id if by else None
    workspace.session.add(row)
    workspace.session.flush()
    record(workspace, "set_policy", by=by, now=now, details={"version": row.version, "rules": documents})
    return Policy(row.version, tuple(rules))


def rename_in_rules(workspace: Workspace, criterion: str, was: str, name: str) -> None:
    """What a rule is about has another name, in the rules in force and in those by which something was asked."""
    rows = select(PolicyVersion).where(PolicyVersion.workspace_id == workspace.id)
    for row in workspace.session.scalars(rows.order_by(PolicyVersion.version)):
        row.rules = [_renamed(document, criterion, was.strip().lower(), name) for document in row.rules]


def _renamed(document: dict[str, Any], criterion: str, was: str, name: str) -> dict[str, Any]:
    named = document["when"].get(criterion)
    if not isinstance(named, list):
        return document
    names = [name if str(one).strip().lower() == was else one for one in named]
    return document | {"when": document["when"] | {criterion: names}}


def _row(workspace: Workspace, version: int | None) -> PolicyVersion | None:
    rows = select(PolicyVersion).where(PolicyVersion.workspace_id == workspace.id)
    if version is not None:
        rows = rows.where(PolicyVersion.version == version)
    return workspace.session.scalar(rows.order_by(PolicyVersion.version.desc()).limit(1))
