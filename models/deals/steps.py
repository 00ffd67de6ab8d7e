"""The steps of a proposal: who is asked to agree, in which order, and who has."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Document, Name, SlackId, Word
from models.base.declarative import Base
from models.base.language import Kept
from models.deals.states import Move
from models.policy.rules import ALL
from models.workspace.members import Member
from models.workspace.roles import Role, Side
from models.workspace.workspaces import OfWorkspace

if TYPE_CHECKING:
    from models.deals.decisions import Decision
    from models.deals.proposals import Proposal

# The side for which a role answers; others answer for themselves.
SIDE_OF = {Role.OPERATIONS: Side.OPERATIONS, Role.FINANCE: Side.FINANCE, Role.LEADERSHIP: Side.LEADERSHIP}
# Who may answer for a role: leadership for finance, too.
SPEAKERS: Mapping[Role, tuple[Role, ...]] = {
    Role.SALES: (Role.SALES,),
    Role.OPERATIONS: (Role.OPERATIONS,),
    Role.FINANCE: (Role.FINANCE, Role.LEADERSHIP),
    Role.LEADERSHIP: (Role.LEADERSHIP,),
}


# How the reason of a step begins that somebody has added, in English.
ASKED_BY = "asked by "


class Step(OfWorkspace, Base):
    """Somebody is asked to agree to a proposal: a role, or certain people (by their ids), `need` of them or all.

    Those of the lowest `rank` are asked first. `looks` is what of the deal they look at, `seen` a digest of it: where
    an earlier version looked the same, what they said of it stands (`kept_version`). `asked_role`, `asked_group` and
    `asked_people` are whom the policy asked, whoever answers for them; `given_by` put the terms forward; `added_by`
    asked for the step beside the policy. `dropped_at`: the policy does not ask it any more; what points at it stays.
    `kept_people` are those whose yes of an earlier version stands.
    """

    __tablename__ = "step"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    rank: Mapped[int]
    side: Mapped[Side]
    role: Mapped[Role | None]
    asked_role: Mapped[Role | None]
    asked_people: Mapped[list[int]] = mapped_column(Document)
    asked_group: Mapped[SlackId | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    people: Mapped[list[int]] = mapped_column(Document)
    name: Mapped[Name] = mapped_column(default="")
    need: Mapped[int]
    hours: Mapped[int | None]
    reasons: Mapped[Sequence[Kept | str]] = mapped_column(Document)
    looks: Mapped[list[str]] = mapped_column(Document)
    seen: Mapped[Word] = mapped_column(String(40))
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    kept_version: Mapped[int | None]
    kept_people: Mapped[list[int]] = mapped_column(Document, default=list)
    dropped_at: Mapped[datetime | None]
    is_about_margin: Mapped[bool]
    proposal: Mapped["Proposal"] = relationship(back_populates="all_steps")
    given_by: Mapped[Member | None] = relationship(foreign_keys=given_by_id)
    added_by: Mapped[Member | None] = relationship(foreign_keys=added_by_id)

    @property
    def key(self) -> tuple[Role | None, str, frozenset[int]]:
        """What makes the step of another version the same one: whom the policy asked, whoever answers for them."""
        is_by_name = not self.asked_role and not self.asked_group
        return self.asked_role, self.asked_group or "", frozenset(self.asked_people if is_by_name else ())

    @property
    def agreements(self) -> list["Decision"]:
        """Decisions that agreed to these terms here, or in another step that asked the same person.

        Nobody is asked twice; only roles are apart: one person does not speak for two of them.
        """
        return [decision for decision in self.proposal.agreements if self._counts(decision)]

    @property
    def agreed(self) -> frozenset[int]:
        """Who has agreed; whoever put the terms forward does so by that."""
        given = {self.given_by_id} - {None}
        return frozenset({decision.principal.id for decision in self.agreements} | {key for key in given if key})

    @property
    def abstentions(self) -> list["Decision"]:
        """Who does not answer here, and why."""
        return [d for d in self.proposal.deal.decisions if d.step_id == self.id and d.move == Move.ABSTAIN]

    @property
    def abstained(self) -> frozenset[int]:
        """Who does not answer here."""
        return frozenset(decision.principal.id for decision in self.abstentions)

    @property
    def required(self) -> int:
        """How many have to agree; of certain people no more than have not abstained."""
        left = len(set(self.people) - self.abstained)
        if not self.people:
            return max(1, self.need)
        return max(1, left if self.need == ALL else min(self.need, left))

    @property
    def is_done(self) -> bool:
        """Whether nobody of them is waited for any more."""
        return self.kept_version is not None or len(self.agreed) >= self.required

    def _counts(self, decision: "Decision") -> bool:
        if decision.step_id == self.id:
            return True
        given_in = next((step for step in self.proposal.steps if step.id == decision.step_id), None)
        person = decision.principal
        if given_in is None or not self.means(person) or not (self.is_by_name or given_in.is_by_name):
            return False
        asking = [step for step in self.proposal.steps if not step.is_by_name and step.means(person)]
        return self.is_by_name or asking == [self]

    @property
    def is_by_name(self) -> bool:
        """Whether the policy, or somebody, asks certain people; a role stays a role, whoever answers for it."""
        return self.asked_role is None

    def asks(self, member: Member) -> bool:
        """Whether a person can answer here, for themselves or for who is away: not whether it is their turn."""
        return any(self.means(one) for one in member.principals)

    def waits_for(self, member: Member) -> bool:
        """Whether this person's answer would count."""
        return self.principal_of(member) is not None

    def principal_of(self, member: Member) -> Member | None:
        """For whom a person's answer would count: once, whomever they stand in for.

        Themselves before others; who has the role that is asked before who may only speak for it.
        """
        if self.is_done or member.id in {decision.by_id for decision in self.agreements}:
            return None
        answered = self.agreed | self.abstained
        meant = [one for one in member.principals if self.means(one) and one.id not in answered]
        return min(meant, key=lambda one: self.role is not None and not one.has(self.role), default=None)

    def means(self, member: Member) -> bool:
        """Whether it is this person who is asked, whoever answers for them."""
        if member.is_outsider:
            return False
        if self.people or self.role is None:
            return member.id in self.people
        return member.has(*SPEAKERS[self.role])
