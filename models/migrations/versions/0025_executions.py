"""steps of workflows"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "execution",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("deal_id", KEY, nullable=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_execution_deal_id_deal")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_execution_member_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_execution_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_execution")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_execution_workspace_id_key")),
    )
    op.create_index(op.f("ix_execution_deal_id"), "execution", ["deal_id"])
    op.create_index(op.f("ix_execution_workspace_id"), "execution", ["workspace_id"])


def downgrade() -> None:
    op.drop_table("execution")
