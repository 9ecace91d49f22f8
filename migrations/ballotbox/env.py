"""Alembic's environment of the ballot box's database."""

from alembic import context

from dialog.ballotbox.models import BoxRow
from dialog.storage.migrating import run_environment

run_environment(context, BoxRow.metadata)
