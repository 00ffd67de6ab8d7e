"""user groups of Slack, which steps may ask"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "user_group",
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("handle", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("people", DOCUMENT, nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_user_group_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_group")),
        sa.UniqueConstraint("workspace_id", "group_id", name=op.f("uq_user_group_workspace_id_group_id")),
    )
    op.create_index(op.f("ix_user_group_workspace_id"), "user_group", ["workspace_id"])
    with op.batch_alter_table("step") as batch:
        batch.add_column(sa.Column("asked_group", sa.String(32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("step") as batch:
        batch.drop_column("asked_group")
    op.drop_table("user_group")
