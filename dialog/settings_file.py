"""Settings from a file as systemd's EnvironmentFile has them, so that no secret stands in a command
line, where every user of the machine can read it.
"""

import re
import stat
from pathlib import Path

from dialog.core.configuration import WrongSettingError

_LINE = re.compile(r"\s*([A-Z][A-Z0-9_]*)=(.*?)\s*")


def read_file(path: Path) -> dict[str, str]:
    """The variables of the file: a line NAME=VALUE each, quotes around a value are taken off.

    Raises WrongSettingError if a line is none, or if everybody may read the file.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettingError(f"{path} cannot be read ({type(error).__name__}).") from None
    if mode & stat.S_IRWXO:
        raise WrongSettingError(
            f"Everybody on this machine can read {path}, which may hold passwords: chmod o= {path}"
        )
    found = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise WrongSettingError(f"Line {number} of {path} is not NAME=VALUE.")
        name, value = parts.groups()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
        found[name] = value[1:-1] if quoted else value
    return found
