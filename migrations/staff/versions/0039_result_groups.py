"""result groups"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("round") as batch:
        batch.add_column(
            sa.Column("result_groups", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
    with op.batch_alter_table("response") as batch:
        batch.add_column(
            sa.Column("result_group", sa.String(60), nullable=False, server_default="")
        )
    with op.batch_alter_table("release_group") as batch:
        batch.add_column(
            sa.Column("few_asked", sa.Boolean(), nullable=False, server_default=sa.false())
        )
