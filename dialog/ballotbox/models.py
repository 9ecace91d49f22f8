"""(to be written) Tables of the ballot box."""

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from dialog.storage.rows import NAMING


class BoxRow(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """A row of the ballot box's own database."""
