"""work that may be done earlier, or on any of several resources"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("need") as batch:
        batch.add_column(sa.Column("ahead", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "need_alternative",
        sa.Column("need_id", KEY, nullable=False),
        sa.Column("resource_id", KEY, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_need_alternative_need_id_need")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_need_alternative_resource_id_resource")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_need_alternative_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_alternative")),
        sa.UniqueConstraint("need_id", "resource_id", name=op.f("uq_need_alternative_need_id_resource_id")),
    )
    op.create_index(op.f("ix_need_alternative_workspace_id"), "need_alternative", ["workspace_id"])


def downgrade() -> None:
    op.drop_table("need_alternative")
    with op.batch_alter_table("need") as batch:
        batch.drop_column("ahead")
