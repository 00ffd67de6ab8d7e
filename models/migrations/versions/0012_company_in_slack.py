"""customers, what is not sold any more, and who is led through the set-up"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "customer",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=40), nullable=True),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name=op.f("fk_customer_owner_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_customer_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_customer_workspace_id_name")),
    )
    op.create_index(op.f("ix_customer_workspace_id"), "customer", ["workspace_id"])
    op.create_table(
        "guide",
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=40), nullable=True),
        sa.Column("shown", sa.String(length=40), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_guide_member_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_guide_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide")),
        sa.UniqueConstraint("workspace_id", name=op.f("uq_guide_workspace_id")),
    )
    op.create_index(op.f("ix_guide_workspace_id"), "guide", ["workspace_id"])
    op.create_table(
        "table_shape",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("titles", sa.String(length=40), nullable=False),
        sa.Column("answers", DOCUMENT, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_table_shape_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_shape")),
        sa.UniqueConstraint("workspace_id", "kind", "titles", name=op.f("uq_table_shape_workspace_id_kind_titles")),
    )
    op.create_index(op.f("ix_table_shape_workspace_id"), "table_shape", ["workspace_id"])
    for table in ("offer", "resource"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in ("resource", "offer"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("retired_at")
    op.drop_index(op.f("ix_table_shape_workspace_id"), table_name="table_shape")
    op.drop_table("table_shape")
    op.drop_index(op.f("ix_guide_workspace_id"), table_name="guide")
    op.drop_table("guide")
    op.drop_index(op.f("ix_customer_workspace_id"), table_name="customer")
    op.drop_table("customer")
