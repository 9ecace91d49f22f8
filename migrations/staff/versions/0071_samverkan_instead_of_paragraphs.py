"""samverkan instead of paragraphs"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("replaces_11", "replaces_12", "replaces_19"):  # what was said replaces nothing
        op.add_column(
            "mbl_agreement",
            sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()),
        )


def downgrade() -> None:
    for column in ("replaces_19", "replaces_12", "replaces_11"):
        op.drop_column("mbl_agreement", column)
