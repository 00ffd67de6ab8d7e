"""hours that are kept for a customer tier or a campaign until a date; people as resources, and when they are away"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("deal") as batch:
        batch.add_column(sa.Column("campaign", sa.String(80), nullable=True))
    op.create_table(
        "reserve",
        sa.Column("resource_id", KEY, nullable=False),
        sa.Column("first_week", sa.Date(), nullable=False),
        sa.Column("last_week", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("tier", sa.String(40), nullable=True),
        sa.Column("campaign", sa.String(80), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_reserve_by_id_member")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_reserve_resource_id_resource")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_reserve_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserve")),
    )
    op.create_index(op.f("ix_reserve_resource_id"), "reserve", ["resource_id"])
    op.create_index(op.f("ix_reserve_workspace_id"), "reserve", ["workspace_id"])
    with op.batch_alter_table("resource") as batch:
        batch.add_column(sa.Column("member_id", KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_resource_member_id_member"), "member", ["member_id"], ["id"])
    op.create_table(
        "mend_request",
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_mend_request_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mend_request")),
    )
    op.create_index(op.f("ix_mend_request_workspace_id"), "mend_request", ["workspace_id"])
    op.create_table(
        "absence",
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_absence_member_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_absence_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_member_id"), "absence", ["member_id"])
    op.create_index(op.f("ix_absence_workspace_id"), "absence", ["workspace_id"])


def downgrade() -> None:
    op.drop_table("absence")
    op.drop_table("mend_request")
    with op.batch_alter_table("resource") as batch:
        batch.drop_constraint(op.f("fk_resource_member_id_member"), type_="foreignkey")
        batch.drop_column("member_id")
    op.drop_table("reserve")
    with op.batch_alter_table("deal") as batch:
        batch.drop_column("campaign")
