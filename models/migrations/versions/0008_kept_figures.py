"""kept figures: what terms left when they were held or promised"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "figures",
        sa.Column("proposal_id", KEY, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("money", DOCUMENT, nullable=False),
        sa.Column("overtime", DOCUMENT, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_figures_proposal_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_figures_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_figures_proposal_id")),
    )
    op.create_index(op.f("ix_figures_workspace_id"), "figures", ["workspace_id"])


def downgrade() -> None:
    op.drop_table("figures")
