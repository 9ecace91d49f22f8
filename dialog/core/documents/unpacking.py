"""How much a container may hold before it is one that was made to fill a disk."""

from typing import Final

from dialog.core.documents.kinds import MEGABYTE, Fault, UnfitError

ENTRIES: Final = 5_000
UNPACKED: Final = 300 * MEGABYTE
RATIO: Final = 100  # unpacked to packed, of all together
SMALL: Final = 20 * MEGABYTE  # unpacked; below it any ratio does no harm


def check_size(*, entries: int, packed: int, unpacked: int) -> None:
    """Raises UnfitError for a bomb. The figures are first what the container says, and then what
    came out so far: it may lie.
    """
    if entries > ENTRIES or unpacked > UNPACKED:
        raise UnfitError(Fault.BOMB)
    if unpacked > SMALL and unpacked > RATIO * max(1, packed):
        raise UnfitError(Fault.BOMB)
