"""the index of the diary"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from dialog.core.diary import stretches, words

revision = '0075'
down_revision = '0069'
branch_labels = None
depends_on = None

LINES = sa.text(
    "SELECT l.authority_id, l.position, l.direction, m.year, l.subject, l.correspondent,"
    " l.public_subject, l.public_correspondent FROM diary_line l"
    " JOIN diary_matter m ON m.id = l.matter_id ORDER BY l.authority_id, l.position"
)


def upgrade() -> None:
    """Words are kept once for many lines, and words that follow each other too."""
    op.drop_table('diary_word')
    op.create_table('diary_word',
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('stretch', sa.Integer(), nullable=False),
    sa.Column('scope', sa.Enum('all', 'public', name='scope', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('word', sa.String(length=122), nullable=False),
    sa.Column('places', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('authority_id', 'stretch', 'scope', 'word', name=op.f('pk_diary_word')),
    info={'may': ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MAINTAIN')},
    sqlite_with_rowid=False
    )
    found = op.get_bind().execute(LINES.execution_options(yield_per=2_000))
    insert = sa.text(
        "INSERT INTO diary_word (scope, word, authority_id, stretch, places)"
        " VALUES (:scope, :word, :authority_id, :stretch, :places)"
    )
    for (authority_id, stretch), rows in groupby(
        found, key=lambda row: (row.authority_id, stretches.place(row.position)[0])
    ):
        bits: dict[tuple[str, str], int] = {}
        for row in rows:
            for key in _words(row):
                bits[key] = bits.get(key, 0) | stretches.place(row.position)[1]
        op.get_bind().execute(insert, [
            {"scope": scope, "word": word, "authority_id": authority_id, "stretch": stretch,
             "places": stretches.pack(each)}
            for (scope, word), each in bits.items()
        ])


def _words(row: Any) -> Iterator[tuple[str, str]]:
    marks = {f"year={row.year}"} | ({f"direction={row.direction}"} if row.direction else set())
    public = (row.public_subject or "", row.public_correspondent or "")
    for scope, texts in (("all", (row.subject, row.correspondent)), ("public", public)):
        yield from ((scope, word) for word in words.kept(texts) | marks)


def downgrade() -> None:
    """Without the words: a search finds nothing until each line was corrected."""
    op.drop_table('diary_word')
    op.create_table('diary_word',
    sa.Column('scope', sa.Enum('all', 'public', name='scope', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('word', sa.String(length=60), nullable=False),
    sa.Column('moment', sa.BigInteger(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('scope', 'word', 'moment', 'authority_id', 'position', name=op.f('pk_diary_word')),
    info={'may': ('SELECT', 'INSERT', 'DELETE', 'MAINTAIN')},
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('diary_word', schema=None) as batch_op:
        batch_op.create_index('ix_diary_word_line', ['authority_id', 'position'], unique=False)
