"""words of polls and headings of questions"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None


KINDS = ('single', 'several', 'scale', 'words')
STATES = ('ready', 'open', 'sorting', 'closed')


def _polls(kinds: Sequence[str], states: Sequence[str]) -> None:
    """Let polls be of these kinds and in these states: a table is made anew on SQLite, checks elsewhere."""
    if op.get_bind().dialect.name != 'sqlite':
        for name, values in (('kind', kinds), ('state', states)):
            op.drop_constraint(op.f(f'ck_meeting_poll_{name}'), 'meeting_poll', type_='check')
            listed = ", ".join(f"'{value}'" for value in values)
            op.create_check_constraint(op.f(f'ck_meeting_poll_{name}'), 'meeting_poll', f"{name} IN ({listed})")
        return
    table = sa.Table(
        'meeting_poll',
        sa.MetaData(naming_convention={'ck': 'ck_%(table_name)s_%(constraint_name)s'}),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('meeting_id', sa.Uuid(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum(*kinds, name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('state', sa.Enum(*states, name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('question', sa.String(length=300), nullable=False),
        sa.Column('options', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_meeting_poll_meeting_id_meeting'),
        sa.PrimaryKeyConstraint('id', name='pk_meeting_poll'),
    )
    with op.batch_alter_table('meeting_poll', recreate='always', copy_from=table) as batch_op:
        batch_op.create_index('ix_meeting_poll_meeting_id', ['meeting_id'])


def upgrade() -> None:
    _polls(KINDS, STATES)
    op.add_column('meeting_poll', sa.Column('hidden', sa.JSON(), nullable=False, server_default='[]'))
    op.add_column('meeting_question', sa.Column('theme', sa.String(length=80), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('meeting_question') as batch_op:
        batch_op.drop_column('theme')
    with op.batch_alter_table('meeting_poll') as batch_op:
        batch_op.drop_column('hidden')
    # What the tables before cannot hold goes: clouds, and their votes.
    op.execute("DELETE FROM meeting_vote WHERE poll_id IN (SELECT id FROM meeting_poll WHERE kind = 'words')")
    op.execute("DELETE FROM meeting_poll WHERE kind = 'words'")
    _polls(KINDS[:3], ('ready', 'open', 'closed'))
