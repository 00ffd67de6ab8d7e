"""terms beyond the lines of a deal, with their values in each proposal"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "clause",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("choices", DOCUMENT, nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_clause_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_clause_workspace_id_name")),
    )
    op.create_index(op.f("ix_clause_workspace_id"), "clause", ["workspace_id"])
    with op.batch_alter_table("proposal") as batch:
        batch.add_column(sa.Column("clauses", DOCUMENT, nullable=False, server_default=sa.text("'{}'")))
    with op.batch_alter_table("proposal") as batch:
        batch.alter_column("clauses", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("proposal") as batch:
        batch.drop_column("clauses")
    op.drop_table("clause")
