"""each entry of history is bound to the one before; those that are there stay outside the chain"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("history") as batch:
        batch.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("chain", sa.String(64), nullable=True))
    op.create_index(op.f("ix_history_workspace_id_number"), "history", ["workspace_id", "number"])
    op.create_table(
        "history_head",
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("salt", sa.String(40), nullable=False),
        sa.Column("keyed_from", sa.Integer(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_history_head_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
        sa.UniqueConstraint("workspace_id", name=op.f("uq_history_head_workspace_id")),
    )


def downgrade() -> None:
    op.drop_table("history_head")
    op.drop_index(op.f("ix_history_workspace_id_number"), "history")
    with op.batch_alter_table("history") as batch:
        batch.drop_column("chain")
        batch.drop_column("number")
