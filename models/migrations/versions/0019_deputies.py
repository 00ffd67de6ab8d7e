"""who answers for somebody who is away; a decision that a deputy made says for whom"""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("member") as batch:
        batch.add_column(sa.Column("is_away", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("deputy_id", KEY, nullable=True))
        batch.add_column(sa.Column("delegate_ids", DOCUMENT, nullable=False, server_default=sa.text("'[]'")))
        batch.create_foreign_key(op.f("fk_member_deputy_id_member"), "member", ["deputy_id"], ["id"])
    with op.batch_alter_table("decision") as batch:
        batch.add_column(sa.Column("on_behalf_of_id", KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_decision_on_behalf_of_id_member"), "member", ["on_behalf_of_id"], ["id"])
    with op.batch_alter_table("proposal") as batch:
        batch.add_column(sa.Column("on_behalf_of_id", KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_proposal_on_behalf_of_id_member"), "member", ["on_behalf_of_id"], ["id"])
    with op.batch_alter_table("absence") as batch:
        batch.add_column(sa.Column("deputy_id", KEY, nullable=True))
        batch.add_column(sa.Column("begins_at", INSTANT, nullable=True))
        batch.add_column(sa.Column("ends_at", INSTANT, nullable=True))
        batch.add_column(sa.Column("has_begun", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("is_over", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_foreign_key(op.f("fk_absence_deputy_id_member"), "member", ["deputy_id"], ["id"])
    _say_when_they_begin(op.get_bind())
    with op.batch_alter_table("absence") as batch:
        batch.alter_column("begins_at", nullable=False)
        batch.alter_column("ends_at", nullable=False)
        batch.alter_column("has_begun", server_default=None)
        batch.alter_column("is_over", server_default=None)
    with op.batch_alter_table("member") as batch:
        batch.alter_column("is_away", server_default=None)
        batch.alter_column("delegate_ids", server_default=None)


def _say_when_they_begin(connection: sa.Connection) -> None:
    """To the day, in UTC: what was said before there were deputies concerns capacity only."""
    known = sa.table(
        "absence",
        sa.column("id", KEY),
        sa.column("first_day", sa.Date()),
        sa.column("last_day", sa.Date()),
        sa.column("ended_at", INSTANT),
        sa.column("begins_at", INSTANT),
        sa.column("ends_at", INSTANT),
        sa.column("is_over", sa.Boolean()),
    )
    for row in connection.execute(sa.select(known)).all():
        begins = datetime.combine(row.first_day, time.min, UTC)
        ends = datetime.combine(row.last_day + timedelta(days=1), time.min, UTC)
        values = {"begins_at": begins, "ends_at": ends, "is_over": row.ended_at is not None}
        connection.execute(known.update().where(known.c.id == row.id).values(**values))


def downgrade() -> None:
    with op.batch_alter_table("absence") as batch:
        batch.drop_constraint(op.f("fk_absence_deputy_id_member"), type_="foreignkey")
        for name in ("is_over", "has_begun", "ends_at", "begins_at", "deputy_id"):
            batch.drop_column(name)
    with op.batch_alter_table("proposal") as batch:
        batch.drop_constraint(op.f("fk_proposal_on_behalf_of_id_member"), type_="foreignkey")
        batch.drop_column("on_behalf_of_id")
    with op.batch_alter_table("decision") as batch:
        batch.drop_constraint(op.f("fk_decision_on_behalf_of_id_member"), type_="foreignkey")
        batch.drop_column("on_behalf_of_id")
    with op.batch_alter_table("member") as batch:
        batch.drop_constraint(op.f("fk_member_deputy_id_member"), type_="foreignkey")
        for name in ("delegate_ids", "deputy_id", "is_away"):
            batch.drop_column(name)
