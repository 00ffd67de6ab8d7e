"""the language of channels"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("language", sa.String(40), server_default="en", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("workspace") as table:
        table.drop_column("language")
