"""what was listed for disposal"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "disposal_item", sa.Column("latest", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    op.drop_column("disposal_item", "latest")
