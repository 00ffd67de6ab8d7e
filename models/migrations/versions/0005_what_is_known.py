"""what is known: families whose last months are unknown, how far ahead forecasts are judged"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LIST = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stale", LIST, nullable=False, server_default="[]"))
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lag", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    with op.batch_alter_table("planning", schema=None) as batch_op:
        batch_op.drop_column("lag")
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.drop_column("stale")
