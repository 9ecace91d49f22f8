"""review programmes, and rounds that belong to one"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
revision = '0035'
down_revision = '0001'
branch_labels = None
depends_on = None

MAY = {
    'programme': ('SELECT', 'INSERT', 'UPDATE'),
    'programme_person': ('SELECT', 'INSERT', 'DELETE'),
    'review_person': ('SELECT', 'INSERT'),
}


def upgrade() -> None:
    op.create_table('programme',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('principal', sa.String(length=200), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_programme_author_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('name', name=op.f('uq_programme_name')),
    info={'may': MAY['programme']}
    )
    op.create_index(op.f('ix_programme_author_id'), 'programme', ['author_id'])
    op.create_table('programme_person',
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('added_by', sa.Uuid(), nullable=False),
    sa.Column('added_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], name=op.f('fk_programme_person_added_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_programme_person_person_id_person')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_person_programme_id_programme')),
    sa.PrimaryKeyConstraint('programme_id', 'person_id', name=op.f('pk_programme_person')),
    info={'may': MAY['programme_person']}
    )
    op.create_index(op.f('ix_programme_person_person_id'), 'programme_person', ['person_id'])
    op.create_index(op.f('ix_programme_person_added_by'), 'programme_person', ['added_by'])
    op.create_table('review_person',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_review_person_person_id_person')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_review_person_round_id_round')),
    sa.PrimaryKeyConstraint('round_id', 'person_id', name=op.f('pk_review_person')),
    info={'may': MAY['review_person']}
    )
    op.create_index(op.f('ix_review_person_person_id'), 'review_person', ['person_id'])
    # Written out: SQLite adds a column with its constraints as they stand, where alembic would copy
    # the table, which other tables refer to.
    uuid = sa.Uuid().compile(dialect=op.get_bind().dialect)
    for column in (
        f"programme_id {uuid} CONSTRAINT fk_round_programme_id_programme REFERENCES programme (id)",
        "sub_study VARCHAR(40) CONSTRAINT ck_round_sub_study CHECK (sub_study IN ('d1', 'd2', 'd3'))",
        "released_from DATE",
    ):
        op.execute(f"ALTER TABLE round ADD COLUMN {column}")
    op.create_index(op.f('ix_round_programme_id'), 'round', ['programme_id'])


def downgrade() -> None:
    raise NotImplementedError("A review's rounds are not made ordinary ones.")
