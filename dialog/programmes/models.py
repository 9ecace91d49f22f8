"""Table of what was tried of a programme's releases together."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, primary_key, reference


class ProgrammeCheck(Row, table=True):
    """A set of releases that was tried together: `digest` names the set, `record` is what was
    found (checking.check). Kept, also those that did not pass.
    """

    __tablename__ = "programme_check"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "digest"),
        may("SELECT", "INSERT"),
    )

    id: UUID = primary_key()
    programme_id: UUID = reference("programme.id")
    digest: str = Field(max_length=64)
    passed: bool
    made_at: datetime = Field(default_factory=now)
    releases: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # their ids, the set
    record: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
