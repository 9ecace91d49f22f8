"""what was tried of a programme's releases together"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('programme_check',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('releases', sa.JSON(), nullable=False),
    sa.Column('record', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_check_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_check')),
    sa.UniqueConstraint('programme_id', 'digest', name=op.f('uq_programme_check_programme_id_digest')),
    info={'may': ('SELECT', 'INSERT')}
    )
    op.create_index(op.f('ix_programme_check_programme_id'), 'programme_check', ['programme_id'])


def downgrade() -> None:
    op.drop_table('programme_check')
