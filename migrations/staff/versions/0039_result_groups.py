"""result groups"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: a default would make SQLite copy a table that others refer to.
    op.add_column(
        "round", sa.Column("result_groups", sa.JSON(), nullable=False, server_default="[]")
    )
    op.add_column(
        "response", sa.Column("result_group", sa.String(60), nullable=False, server_default="")
    )
    op.add_column(
        "release_group",
        sa.Column("few_asked", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
