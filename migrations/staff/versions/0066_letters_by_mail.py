"""letters by mail"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "submission", sa.Column("sender", sa.String(300), nullable=False, server_default="")
    )
    op.add_column("submission", sa.Column("arrived_on", sa.Date(), nullable=True))
    op.add_column("submission", sa.Column("given_sha256", sa.String(64), nullable=True))
    op.create_index("uq_submission_given", "submission", ["authority_id", "given_sha256"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_submission_given", table_name="submission")
    for name in ("given_sha256", "arrived_on", "sender"):
        op.drop_column("submission", name)
