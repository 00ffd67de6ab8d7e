"""targets for stock, the consensus, and what a cycle keeps from its opening"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "stock_target",
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("is_target_cover", sa.Boolean(), nullable=False),
        sa.Column("ceiling", sa.String(length=80), nullable=True),
        sa.Column("is_ceiling_cover", sa.Boolean(), nullable=False),
        sa.Column("tolerance", sa.String(length=80), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_stock_target_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_target")),
        sa.UniqueConstraint("workspace_id", "family", name=op.f("uq_stock_target_workspace_id_family")),
    )
    op.create_index(op.f("ix_stock_target_workspace_id"), "stock_target", ["workspace_id"])
    op.create_table(
        "consensus",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("units", DOCUMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_consensus_by_id_member")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_consensus_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_consensus_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consensus")),
        sa.UniqueConstraint("cycle_id", "family", name=op.f("uq_consensus_cycle_id_family")),
    )
    for column in ("cycle_id", "workspace_id"):
        op.create_index(op.f(f"ix_consensus_{column}"), "consensus", [column])
    op.create_table(
        "family_life",
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("like_family", sa.String(length=200), nullable=True),
        sa.Column("level", sa.String(length=80), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("ramp", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_family_life_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_life")),
        sa.UniqueConstraint("workspace_id", "family", name=op.f("uq_family_life_workspace_id_family")),
    )
    op.create_index(op.f("ix_family_life_workspace_id"), "family_life", ["workspace_id"])
    op.create_table(
        "budget",
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("revenue", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("margin", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_budget_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
        sa.UniqueConstraint("workspace_id", "family", "month", name=op.f("uq_budget_workspace_id_family_month")),
    )
    op.create_index(op.f("ix_budget_workspace_id"), "budget", ["workspace_id"])
    op.create_table(
        "scenario",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("assumption", sa.Text(), nullable=False),
        sa.Column("changes", DOCUMENT, nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_scenario_by_id_member")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_scenario_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_scenario_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint("cycle_id", "name", name=op.f("uq_scenario_cycle_id_name")),
    )
    for column in ("cycle_id", "workspace_id"):
        op.create_index(op.f(f"ix_scenario_{column}"), "scenario", [column])
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        for name in ("unknown", "economics"):
            batch_op.add_column(sa.Column(name, DOCUMENT, server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("agreed", DOCUMENT, nullable=True))
    with op.batch_alter_table("actual", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_out", sa.Text(), nullable=True))
    with op.batch_alter_table("signed", schema=None) as batch_op:
        batch_op.add_column(sa.Column("page", DOCUMENT, server_default="{}", nullable=False))
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.add_column(sa.Column("carrying_rate", sa.String(length=80), server_default="0.20", nullable=False))
        batch_op.add_column(sa.Column("shows_money", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.drop_column("shows_money")
        batch_op.drop_column("carrying_rate")
    with op.batch_alter_table("signed", schema=None) as batch_op:
        batch_op.drop_column("page")
    with op.batch_alter_table("actual", schema=None) as batch_op:
        batch_op.drop_column("left_out")
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        for name in ("agreed", "economics", "unknown"):
            batch_op.drop_column(name)
    op.drop_index(op.f("ix_family_life_workspace_id"), table_name="family_life")
    op.drop_table("family_life")
    op.drop_index(op.f("ix_budget_workspace_id"), table_name="budget")
    op.drop_table("budget")
    for table in ("scenario", "consensus"):
        for column in ("workspace_id", "cycle_id"):
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    op.drop_table("scenario")
    op.drop_table("consensus")
    op.drop_index(op.f("ix_stock_target_workspace_id"), table_name="stock_target")
    op.drop_table("stock_target")
