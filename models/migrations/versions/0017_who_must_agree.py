"""policies in versions; the steps of a proposal, whose turns and decisions name them"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")
# What every workspace had before: operations always, finance below the floor.
FORMER = [
    {"who": {"kind": "role", "names": ["operations"]}, "when": {}, "need": 1, "order": 1, "hours": None},
    {"who": {"kind": "role", "names": ["finance"]}, "when": {"margin_short": 0}, "need": 1, "order": 1, "hours": None},
]
LOOKS = {"operations": ["work"], "finance": ["cost", "floor", "revenue"]}


def upgrade() -> None:
    op.create_table(
        "policy",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", DOCUMENT, nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["member.id"], name=op.f("fk_policy_made_by_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_policy_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("workspace_id", "version", name=op.f("uq_policy_workspace_id_version")),
    )
    op.create_index(op.f("ix_policy_workspace_id"), "policy", ["workspace_id"])
    op.create_table(
        "step",
        sa.Column("proposal_id", KEY, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("role", sa.String(40), nullable=True),
        sa.Column("asked_role", sa.String(40), nullable=True),
        sa.Column("asked_people", DOCUMENT, nullable=False),
        sa.Column("added_by_id", KEY, nullable=True),
        sa.Column("people", DOCUMENT, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("need", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("reasons", DOCUMENT, nullable=False),
        sa.Column("looks", DOCUMENT, nullable=False),
        sa.Column("seen", sa.String(40), nullable=False),
        sa.Column("given_by_id", KEY, nullable=True),
        sa.Column("kept_version", sa.Integer(), nullable=True),
        sa.Column("kept_people", DOCUMENT, nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_about_margin", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["member.id"], name=op.f("fk_step_added_by_id_member")),
        sa.ForeignKeyConstraint(["given_by_id"], ["member.id"], name=op.f("fk_step_given_by_id_member")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_step_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_step_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index(op.f("ix_step_proposal_id"), "step", ["proposal_id"])
    op.create_index(op.f("ix_step_workspace_id"), "step", ["workspace_id"])
    with op.batch_alter_table("decision") as batch:
        batch.add_column(sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("proposal") as batch:
        batch.add_column(sa.Column("policy_version", sa.Integer(), nullable=True))
    for table in ("turn", "decision"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("step_id", KEY, nullable=True))
            batch.create_foreign_key(op.f(f"fk_{table}_step_id_step"), "step", ["step_id"], ["id"])
    op.create_index(op.f("ix_decision_step_id"), "decision", ["step_id"])
    _make_conditions()
    _keep_what_was()


def downgrade() -> None:
    op.drop_index(op.f("ix_decision_step_id"), "decision")
    for table in ("decision", "turn"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_step_id_step"), type_="foreignkey")
            batch.drop_column("step_id")
    with op.batch_alter_table("turn") as batch:
        batch.drop_constraint(op.f("fk_turn_condition_id_condition"), type_="foreignkey")
        batch.drop_column("condition_id")
    op.drop_table("condition")
    with op.batch_alter_table("proposal") as batch:
        batch.drop_column("policy_version")
    with op.batch_alter_table("decision") as batch:
        batch.drop_column("taken_back_at")
    op.drop_table("step")
    op.drop_table("policy")


def _make_conditions() -> None:
    op.create_table(
        "condition",
        sa.Column("deal_id", KEY, nullable=False),
        sa.Column("decision_id", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("before", sa.String(40), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_by_id", KEY, nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waived_by_id", KEY, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_condition_deal_id_deal")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_condition_decision_id_decision")),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name=op.f("fk_condition_owner_id_member")),
        sa.ForeignKeyConstraint(["met_by_id"], ["member.id"], name=op.f("fk_condition_met_by_id_member")),
        sa.ForeignKeyConstraint(["waived_by_id"], ["member.id"], name=op.f("fk_condition_waived_by_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_condition_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition")),
    )
    op.create_index(op.f("ix_condition_deal_id"), "condition", ["deal_id"])
    op.create_index(op.f("ix_condition_workspace_id"), "condition", ["workspace_id"])
    with op.batch_alter_table("turn") as batch:
        batch.add_column(sa.Column("condition_id", KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_turn_condition_id_condition"), "condition", ["condition_id"], ["id"])


def _keep_what_was() -> None:
    """Every workspace keeps the policy that it had, and what waits for whom."""
    connection = op.get_bind()
    policy = sa.table(
        "policy",
        *(sa.column(name) for name in ("workspace_id", "version", "made_by_id")),
        sa.column("rules", DOCUMENT),
        sa.column("made_at", sa.DateTime(timezone=True)),
    )
    for (workspace,) in connection.execute(sa.text("SELECT id FROM workspace")).all():
        values = {"workspace_id": workspace, "version": 1, "rules": FORMER, "made_at": sa.func.now()}
        connection.execute(policy.insert().values(**values))
    connection.execute(_step("operations", sa.true()))
    connection.execute(_step("finance", PROPOSAL.c.is_below_floor))
    for table, where in ((TURN, (TURN.c.awaited == "answer", TURN.c.ended_at.is_(None))), (DECISION, ())):
        own = (STEP.c.proposal_id == table.c.proposal_id, STEP.c.side == table.c.side)
        step = sa.select(STEP.c.id).where(*own).scalar_subquery()
        connection.execute(sa.update(table).where(*where).values(step_id=step))


def _step(side: str, where: sa.ColumnElement[bool]) -> sa.Insert:
    """What each open proposal waited for."""
    nobody, looks = (sa.literal(value, DOCUMENT) for value in ([], LOOKS[side]))
    given = sa.case((PROPOSAL.c.side == side, PROPOSAL.c.author_id), else_=None)
    is_margin = sa.literal(side == "finance")
    role = sa.literal(side)
    values: list[Any] = [PROPOSAL.c.workspace_id, PROPOSAL.c.id, sa.literal(1), role, role, role, *[nobody] * 3]
    values += [sa.literal(""), sa.literal(1), nobody, looks, sa.literal(""), given, is_margin]
    is_open = DEAL.c.state.in_(["proposed", "countered"])
    rows = sa.select(*values).join(DEAL, DEAL.c.proposal_id == PROPOSAL.c.id).where(is_open, where)
    return sa.insert(STEP).from_select([column.name for column in STEP.c if column.name != "id"], rows)


def _table(name: str, *columns: str) -> sa.TableClause:
    documents = {"people", "asked_people", "kept_people", "reasons", "looks"}
    return sa.table(name, *(sa.column(one, DOCUMENT if one in documents else None) for one in columns))


PROPOSAL = _table("proposal", "id", "workspace_id", "side", "author_id", "is_below_floor")
DEAL = _table("deal", "proposal_id", "state")
TURN = _table("turn", "proposal_id", "side", "awaited", "ended_at", "step_id")
DECISION = _table("decision", "proposal_id", "side", "step_id")
STEP = _table(
    "step",
    *("id", "workspace_id", "proposal_id", "rank", "side", "role", "asked_role", "asked_people", "kept_people"),
    *("people", "name", "need", "reasons", "looks", "seen", "given_by_id", "is_about_margin"),
)
