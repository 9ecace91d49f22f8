"""What an audit found out about small groups, as a line that people can read."""

from dataclasses import dataclass

from dialog.auditing.reading import Cell


@dataclass(frozen=True)
class Finding:
    """`what` can be derived of a cell and an item, from the files `where`. `if_somebody`: only by
    whoever knows that somebody there has answered, for the files leave it open.
    """

    where: str
    item: str
    cell: Cell
    what: str
    if_somebody: bool = False

    def __str__(self) -> str:
        unit, level = self.cell
        named = [unit, level or "alla nivåer", self.item or "antal svarande"]
        return f"{self.where}: {' · '.join(named)}: {self.what}"
