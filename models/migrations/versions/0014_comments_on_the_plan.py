"""comments on gaps and families, companies without stock, and what a scenario assumes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "plan_comment",
        sa.Column("cycle_id", KEY, nullable=False),
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_plan_comment_by_id_member")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_plan_comment_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_plan_comment_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_comment")),
    )
    for column in ("cycle_id", "workspace_id"):
        op.create_index(op.f(f"ix_plan_comment_{column}"), "plan_comment", [column])
    with op.batch_alter_table("cycle") as batch:
        batch.add_column(sa.Column("thread", sa.String(length=40), nullable=True))
    with op.batch_alter_table("scenario") as batch:
        batch.add_column(sa.Column("assumed", DOCUMENT, server_default="{}", nullable=False))
    with op.batch_alter_table("workspace") as batch:
        batch.add_column(sa.Column("keeps_stock", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("workspace") as batch:
        batch.drop_column("keeps_stock")
    with op.batch_alter_table("scenario") as batch:
        batch.drop_column("assumed")
    with op.batch_alter_table("cycle") as batch:
        batch.drop_column("thread")
    op.drop_table("plan_comment")
