"""The levels of an organisation that people stand on; a level is no permission."""

from enum import StrEnum


class Level(StrEnum):
    ELECTED = "elected"
    DIRECTOR = "director"
    MANAGER_3 = "manager-3"
    MANAGER_2 = "manager-2"
    MANAGER_1 = "manager-1"
    STAFF = "staff"
