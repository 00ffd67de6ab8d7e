"""tokens of the API, what they were answered, and what other systems call a deal"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("scopes", DOCUMENT, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("begins", sa.String(40), nullable=False),
        sa.Column("made_by_id", KEY, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_api_token_member_id_member")),
        sa.ForeignKeyConstraint(["made_by_id"], ["member.id"], name=op.f("fk_api_token_made_by_id_member")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_api_token_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    op.create_index(op.f("ix_api_token_workspace_id"), "api_token", ["workspace_id"])
    op.create_table(
        "api_answer",
        sa.Column("token_id", KEY, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", DOCUMENT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name=op.f("fk_api_answer_token_id_api_token")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_api_answer_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_answer")),
        sa.UniqueConstraint("token_id", "key", name=op.f("uq_api_answer_token_id_key")),
    )
    op.create_index(op.f("ix_api_answer_workspace_id"), "api_answer", ["workspace_id"])
    op.create_index(op.f("ix_api_answer_answered_at"), "api_answer", ["answered_at"])
    op.create_table(
        "deal_reference",
        sa.Column("deal_id", KEY, nullable=False),
        sa.Column("system", sa.String(40), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_deal_reference_deal_id_deal")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_deal_reference_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_reference")),
        sa.UniqueConstraint(
            "workspace_id", "system", "external_id", name=op.f("uq_deal_reference_workspace_id_system_external_id")
        ),
        sa.UniqueConstraint("deal_id", "system", name=op.f("uq_deal_reference_deal_id_system")),
    )
    op.create_index(op.f("ix_deal_reference_workspace_id"), "deal_reference", ["workspace_id"])


def downgrade() -> None:
    op.drop_table("deal_reference")
    op.drop_table("api_answer")
    op.drop_table("api_token")
