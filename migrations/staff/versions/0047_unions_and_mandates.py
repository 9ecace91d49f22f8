"""unions and mandates"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None

ROLES_BEFORE = (
    'administrator', 'analyst', 'approver', 'communicator', 'facilitator', 'secretary', 'registrar',
    'handler', 'researcher', 'trustee', 'reviewer',
)
ROLES = (*ROLES_BEFORE, 'negotiator')


def _roles(roles: tuple[str, ...]) -> None:
    """Let these roles be granted: a table is made anew on SQLite, a check elsewhere."""
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('ck_role_grant_role'), 'role_grant', type_='check')
        listed = ", ".join(f"'{role}'" for role in roles)
        op.create_check_constraint(op.f('ck_role_grant_role'), 'role_grant', f"role IN ({listed})")
        return
    table = sa.Table(
        'role_grant',
        sa.MetaData(naming_convention={'ck': 'ck_%(table_name)s_%(constraint_name)s'}),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('role', sa.Enum(*roles, name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('granted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('granted_by', sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(['granted_by'], ['person.id'], name='fk_role_grant_granted_by_person'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_role_grant_person_id_person'),
        sa.PrimaryKeyConstraint('person_id', 'role', name='pk_role_grant'),
    )
    with op.batch_alter_table('role_grant', recreate='always', copy_from=table):
        pass


def _with_body(table: str) -> None:
    """A column that refers; not in a batch, which would make SQLite copy a table without checks."""
    name = f'fk_{table}_body_id_union_body'
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(f'ALTER TABLE {table} ADD COLUMN body_id CHAR(32) CONSTRAINT {name} REFERENCES union_body (id)')
    else:
        op.add_column(table, sa.Column('body_id', sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(name), table, 'union_body', ['body_id'], ['id'])
    op.create_index(op.f(f'ix_{table}_body_id'), table, ['body_id'], unique=False)


def upgrade() -> None:
    op.create_table('union_organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('short_name', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_union_organisation')),
    sa.UniqueConstraint('name', name=op.f('uq_union_organisation_name')),
    info={'may': ('SELECT', 'INSERT', 'UPDATE')}
    )
    op.create_table('union_body',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.Enum('central', 'reference', 'cooperation', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('secretary_id', sa.Uuid(), nullable=False),
    sa.Column('keep_months', sa.Integer(), nullable=True),
    sa.Column('keep_decision', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(keep_months IS NULL) = (keep_decision = '')", name=op.f('ck_union_body_keep')),
    sa.ForeignKeyConstraint(['secretary_id'], ['person.id'], name=op.f('fk_union_body_secretary_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_union_body_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_union_body')),
    sa.UniqueConstraint('name', name=op.f('uq_union_body_name')),
    info={'may': ('SELECT', 'INSERT', 'UPDATE')}
    )
    with op.batch_alter_table('union_body', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_union_body_secretary_id'), ['secretary_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_union_body_unit_id'), ['unit_id'], unique=False)

    op.create_table('mandate',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('deputy', sa.Boolean(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('notified_on', sa.Date(), nullable=False),
    sa.Column('notice_email', sa.String(length=254), nullable=False),
    sa.Column('mail_problem', sa.String(length=200), nullable=False),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_mandate_ends_after_start')),
    sa.ForeignKeyConstraint(['body_id'], ['union_body.id'], name=op.f('fk_mandate_body_id_union_body')),
    sa.ForeignKeyConstraint(['organisation_id'], ['union_organisation.id'], name=op.f('fk_mandate_organisation_id_union_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mandate_person_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_mandate_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mandate')),
    info={'may': ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MAINTAIN')}
    )
    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mandate_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_ends_on'), ['ends_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_unit_id'), ['unit_id'], unique=False)

    op.create_table('acting',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('mandate_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['mandate_id'], ['mandate.id'], name=op.f('fk_acting_mandate_id_mandate')),
    sa.ForeignKeyConstraint(['token_hash'], ['sign_in.token_hash'], name=op.f('fk_acting_token_hash_sign_in'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_acting')),
    info={'may': ('SELECT', 'INSERT', 'UPDATE', 'DELETE')}
    )
    with op.batch_alter_table('acting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_acting_mandate_id'), ['mandate_id'], unique=False)

    op.create_table('mandate_step',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('mandate_id', sa.Uuid(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('action', sa.Enum('recorded', 'changed', 'ended', 'resigned', name='action', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_mandate_step_by_id_person')),
    sa.ForeignKeyConstraint(['mandate_id'], ['mandate.id'], name=op.f('fk_mandate_step_mandate_id_mandate')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mandate_step')),
    info={'may': ('SELECT', 'INSERT', 'DELETE', 'MAINTAIN')}
    )
    with op.batch_alter_table('mandate_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mandate_step_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mandate_step_mandate_id'), ['mandate_id'], unique=False)

    op.create_table('notice_address',
    sa.Column('mandate_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('nonce', sa.String(length=32), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['mandate_id'], ['mandate.id'], name=op.f('fk_notice_address_mandate_id_mandate')),
    sa.PrimaryKeyConstraint('mandate_id', name=op.f('pk_notice_address')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_notice_address_secret_hash')),
    info={'may': ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MAINTAIN')}
    )
    with op.batch_alter_table('notice_address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_address_asked_on'), ['asked_on'], unique=False)

    for table in ('meeting', 'meeting_invitation'):
        _with_body(table)
    _roles(ROLES)



def downgrade() -> None:
    op.execute("DELETE FROM role_grant WHERE role = 'negotiator'")
    _roles(ROLES_BEFORE)
    with op.batch_alter_table('meeting_invitation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_meeting_invitation_body_id_union_body'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_meeting_invitation_body_id'))
        batch_op.drop_column('body_id')

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_meeting_body_id_union_body'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_meeting_body_id'))
        batch_op.drop_column('body_id')

    with op.batch_alter_table('notice_address', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_address_asked_on'))

    op.drop_table('notice_address')
    with op.batch_alter_table('mandate_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mandate_step_mandate_id'))
        batch_op.drop_index(batch_op.f('ix_mandate_step_by_id'))

    op.drop_table('mandate_step')
    with op.batch_alter_table('acting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_acting_mandate_id'))

    op.drop_table('acting')
    with op.batch_alter_table('mandate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mandate_unit_id'))
        batch_op.drop_index(batch_op.f('ix_mandate_person_id'))
        batch_op.drop_index(batch_op.f('ix_mandate_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_mandate_ends_on'))
        batch_op.drop_index(batch_op.f('ix_mandate_body_id'))

    op.drop_table('mandate')
    with op.batch_alter_table('union_body', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_union_body_unit_id'))
        batch_op.drop_index(batch_op.f('ix_union_body_secretary_id'))

    op.drop_table('union_body')
    op.drop_table('union_organisation')
