"""The script that seals answers in the browser: hashed into a round's manifest, and kept for it.

An open round keeps its script across upgrades, so that what was pinned is what is served.
"""

import hashlib
from pathlib import Path

from dialog.settings import Settings
from dialog.storage.files import write_whole
from dialog.web.static_files import FOLDER

NAME = "answer/answer.js"  # built from frontend/, in dialog/web/static


def keep(settings: Settings) -> str:
    """Copy the present script to where open rounds find it; gives its SHA-256 in hex."""
    content = (FOLDER / NAME).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if not path(settings, digest=digest).exists():
        write_whole(path(settings, digest=digest), [content])
    return digest


def path(settings: Settings, *, digest: str) -> Path:
    """Where the script with this SHA-256 is kept."""
    return settings.instance / "scripts" / f"{digest}.js"
