"""planning: cycles, forecasts, supply, tasks, decisions, signatures, lost demand"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actual",
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("bookings", sa.Integer(), nullable=True),
        sa.Column("shipments", sa.Integer(), nullable=True),
        sa.Column("supply", sa.Integer(), nullable=True),
        sa.Column("inventory", sa.Integer(), nullable=True),
        sa.Column("backlog", sa.Integer(), nullable=True),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_actual_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actual")),
        sa.UniqueConstraint("workspace_id", "family", "month", name=op.f("uq_actual_workspace_id_family_month")),
    )
    with op.batch_alter_table("actual", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actual_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "cycle",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("baselines", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("means", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_cycle_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("workspace_id", "month", name=op.f("uq_cycle_workspace_id_month")),
    )
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cycle_step_at"), ["step_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_cycle_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "family_owner",
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_family_owner_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_family_owner_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_owner")),
        sa.UniqueConstraint("workspace_id", "family", name=op.f("uq_family_owner_workspace_id_family")),
    )
    with op.batch_alter_table("family_owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_owner_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "forecast",
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("certain", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("contingent", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("prefill", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("frozen", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_forecast_cycle_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_forecast_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_forecast_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast")),
        sa.UniqueConstraint("cycle_id", "member_id", "family", name=op.f("uq_forecast_cycle_id_member_id_family")),
    )
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forecast_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forecast_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "planning",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("coordinator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("days", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["coordinator_id"], ["member.id"], name=op.f("fk_planning_coordinator_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_planning_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planning")),
        sa.UniqueConstraint("workspace_id", name=op.f("uq_planning_workspace_id")),
    )
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planning_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_planning_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "resolution",
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["closed_by_id"], ["member.id"], name=op.f("fk_resolution_closed_by_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_resolution_cycle_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["member.id"], name=op.f("fk_resolution_made_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name=op.f("fk_resolution_owner_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_resolution_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
    )
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "signed",
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numbers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_signed_by_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_signed_cycle_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_signed_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed")),
        sa.UniqueConstraint("cycle_id", "version", name=op.f("uq_signed_cycle_id_version")),
    )
    with op.batch_alter_table("signed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "supply_plan",
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("units", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("prefill", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("limited_by", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_supply_plan_by_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_supply_plan_cycle_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_supply_plan_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_plan")),
        sa.UniqueConstraint("cycle_id", "family", name=op.f("uq_supply_plan_cycle_id_family")),
    )
    with op.batch_alter_table("supply_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supply_plan_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_supply_plan_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("escalate_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_task_cycle_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_task_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_task_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("cycle_id", "step", "member_id", name=op.f("uq_task_cycle_id_step_member_id")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_done_at_next_at"), ["done_at", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "lost_demand",
        sa.Column("deal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_lost_demand_deal_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_lost_demand_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_demand")),
        sa.UniqueConstraint("deal_id", "family", "month", name=op.f("uq_lost_demand_deal_id_family_month")),
    )
    with op.batch_alter_table("lost_demand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lost_demand_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lost_demand_workspace_id_month"), ["workspace_id", "month"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lost_demand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lost_demand_workspace_id_month"))
        batch_op.drop_index(batch_op.f("ix_lost_demand_workspace_id"))

    op.drop_table("lost_demand")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_task_done_at_next_at"))

    op.drop_table("task")
    with op.batch_alter_table("supply_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supply_plan_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_supply_plan_cycle_id"))

    op.drop_table("supply_plan")
    with op.batch_alter_table("signed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_workspace_id"))

    op.drop_table("signed")
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_workspace_id"))

    op.drop_table("resolution")
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planning_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_planning_next_at"))

    op.drop_table("planning")
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forecast_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_forecast_cycle_id"))

    op.drop_table("forecast")
    with op.batch_alter_table("family_owner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_family_owner_workspace_id"))

    op.drop_table("family_owner")
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cycle_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_cycle_step_at"))

    op.drop_table("cycle")
    with op.batch_alter_table("actual", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actual_workspace_id"))

    op.drop_table("actual")
