"""What every table has in common: one metadata, named constraints, identity, checked choices."""

from enum import Enum
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """A row of the staff database. Two row objects are equal only if they are the same object:
    pydantic's equality makes `list.remove` take out the wrong row.
    """

    # Rows are not validated. What it would take is built when it is asked for, if ever: for every
    # table at once it is a sixth of the time in which a process starts.
    model_config = {"defer_build": True}

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def primary_key() -> Any:
    """A random UUID: no order of arrival in any key."""
    return Field(default_factory=uuid4, primary_key=True)


def choice(
    kind: type[Enum], *, name: str, default: Any = ..., index: bool = False, primary: bool = False
) -> Any:
    """A column that holds the value of a member of `kind`, checked by Python and the database."""
    column = sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
        length=40,
    )
    return Field(default=default, sa_type=column, index=index, primary_key=primary)


def reference(column: str, *, index: bool = True, primary: bool = False) -> Any:
    """A foreign key to `table.column`; rows are never deleted along a key by accident."""
    return Field(foreign_key=column, index=index, primary_key=primary)


__all__ = ["NAMING", "UUID", "Row", "choice", "primary_key", "reference"]
