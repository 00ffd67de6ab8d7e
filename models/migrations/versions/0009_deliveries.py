"""deliveries of won deals and what became of them; files and links of deals; what a customer wished to change"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LATE = "late"


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("deal_id", KEY, nullable=False),
        sa.Column("offer_id", KEY, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("arrived", sa.Date(), nullable=True),
        sa.Column("delivered", sa.Integer(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_by_id", KEY, nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_delivery_deal_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_delivery_offer_id")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["member.id"], name=op.f("fk_delivery_reported_by_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_delivery_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_deal_id"), "delivery", ["deal_id"])
    op.create_index(op.f("ix_delivery_workspace_id"), "delivery", ["workspace_id"])
    op.create_index(op.f("ix_delivery_workspace_id_week"), "delivery", ["workspace_id", "week"])
    op.create_table(
        "attachment",
        sa.Column("deal_id", KEY, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("added_by_id", KEY, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["member.id"], name=op.f("fk_attachment_added_by_id")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_attachment_deal_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_attachment_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_deal_id"), "attachment", ["deal_id"])
    op.create_index(op.f("ix_attachment_workspace_id"), "attachment", ["workspace_id"])
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_customers_wish", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.alter_column("is_customers_wish", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("broken_why", sa.Text(), nullable=True))
    _plan_known_deals()


def downgrade() -> None:
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_column("broken_why")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_column("is_customers_wish")
    op.drop_table("attachment")
    op.drop_table("delivery")


def _plan_known_deals() -> None:
    """What is won is owed; what was reported came in the promised week, or in the one after it when it was late."""
    meta = sa.MetaData()
    connection = op.get_bind()
    deal, line, decision, delivery = (
        sa.Table(name, meta, autoload_with=connection) for name in ("deal", "proposal_line", "decision", "delivery")
    )
    promised = sa.select(deal.c.id, deal.c.state, deal.c.workspace_id, line.c.offer_id, line.c.week, line.c.quantity)
    promised = promised.join(line, line.c.proposal_id == deal.c.promised_id)
    reports: dict[int, Any] = {}
    for row in connection.execute(sa.select(decision).where(decision.c.move == "deliver").order_by(decision.c.id)):
        reports[row.deal_id] = row
    rows = []
    for row in connection.execute(promised.where(deal.c.state.in_(["won", "delivered"])).order_by(line.c.id)):
        report = reports.get(row.id) if row.state == "delivered" else None
        owed = {"deal_id": row.id, "offer_id": row.offer_id, "week": row.week, "quantity": row.quantity}
        owed |= {"workspace_id": row.workspace_id, "arrived": None, "delivered": None, "reported_at": None}
        owed |= {"reported_by_id": None, "why": None}
        if report is not None:
            arrived = row.week + timedelta(weeks=report.code == LATE)
            owed |= {"arrived": arrived, "delivered": row.quantity, "reported_at": report.at}
            owed |= {"reported_by_id": report.by_id, "why": report.why}
        rows.append(owed)
    if rows:
        connection.execute(sa.insert(delivery), rows)
