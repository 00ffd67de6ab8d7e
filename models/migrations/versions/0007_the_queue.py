"""the queue: since when a load stands in its week; what was imported stands first, and has none"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COUNTED = ["resource_id", "week", "released_at", "deal_id", "quantity"]
COMMITMENT = sa.table("commitment", sa.column("deal_id"), sa.column("since"), sa.column("committed_at"))
HOLD = sa.table("hold", sa.column("since"), sa.column("held_at"))


def upgrade() -> None:
    for name in ("commitment", "hold"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column("since", sa.DateTime(timezone=True), nullable=True))
    # Until now nobody wrote down when a promise was first held: it has stood since it was promised.
    of_deals = sa.update(COMMITMENT).where(COMMITMENT.c.deal_id.is_not(None))
    op.execute(of_deals.values(since=COMMITMENT.c.committed_at))
    op.execute(sa.update(HOLD).values(since=HOLD.c.held_at))
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.alter_column("since", existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index("ix_commitment_counted")
        batch_op.create_index("ix_commitment_counted", [*COUNTED, "since"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index("ix_commitment_counted")
        batch_op.create_index("ix_commitment_counted", COUNTED, unique=False)
    for name in ("hold", "commitment"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column("since")
