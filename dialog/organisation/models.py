"""Tables of the organisation: a tree of units, and the posts people hold in them."""

from uuid import UUID

from sqlmodel import Field

from dialog.core.levels import Level
from dialog.storage.rows import Row, choice, primary_key, reference


class Unit(Row, table=True):
    """A node of the tree. `path` is the codes from the root, `/R/F01/V003/`, for whole subtrees."""

    __tablename__ = "unit"

    id: UUID = primary_key()
    code: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=200)
    parent_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    depth: int = Field(default=0, index=True)  # region 0, förvaltning 1, verksamhet 2, enhet 3
    path: str = Field(max_length=2000, index=True)
    active: bool = Field(default=True, index=True)


class Post(Row, table=True):
    """A person's place: a unit and a level. A person may hold two."""

    __tablename__ = "post"

    id: UUID = primary_key()
    person_id: UUID = reference("person.id")
    unit_id: UUID = reference("unit.id")
    level: Level = choice(Level, name="level", index=True)
