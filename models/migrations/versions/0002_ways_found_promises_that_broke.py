"""ways found, promises that broke"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ways_found",
        sa.Column("deal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("ways", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_ways_found_deal_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_ways_found_proposal_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_ways_found_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ways_found")),
        sa.UniqueConstraint("deal_id", name=op.f("uq_ways_found_deal_id")),
    )
    with op.batch_alter_table("ways_found", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ways_found_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_resource_id_week"))
        batch_op.create_index(
            "ix_commitment_counted", ["resource_id", "week", "released_at", "deal_id", "quantity"], unique=False
        )

    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("broken_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("url", sa.String(length=200), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        batch_op.drop_column("url")

    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_column("broken_at")

    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index("ix_commitment_counted")
        batch_op.create_index(batch_op.f("ix_commitment_resource_id_week"), ["resource_id", "week"], unique=False)

    with op.batch_alter_table("ways_found", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ways_found_workspace_id"))

    op.drop_table("ways_found")
