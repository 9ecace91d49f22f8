"""Having work done in a process of its own: started, bounded, and heard."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from dialog.core.documents.kinds import Fault, UnfitError
from dialog.core.errors import BusyError

SECONDS: Final = 30
AT_ONCE: Final = 2  # such processes for each of ours
PATIENCE: Final = 15  # seconds to wait for one's turn
_TURNS: Final = threading.BoundedSemaphore(AT_ONCE)


def have(work: str, *given: str | Path) -> Mapping[str, Any]:
    """What `dialog.apart.<work>` came to. Raises UnfitError where the file is not fit, or takes
    more time or memory than any honest one; BusyError where too much is asked at once.
    """
    if not _TURNS.acquire(timeout=PATIENCE):
        raise BusyError("")
    try:
        done = subprocess.run(  # noqa: S603 - ourselves, no shell
            [sys.executable, "-I", "-m", "dialog.apart", work, *map(str, given)],
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UnfitError(Fault.BOMB) from None
    finally:
        _TURNS.release()
    if done.returncode:
        raise UnfitError(Fault.BROKEN)
    told: dict[str, Any] = json.loads(done.stdout)
    if "fault" in told:
        raise UnfitError(Fault(told["fault"]))
    return told
