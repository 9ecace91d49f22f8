"""Every state of every file in a folder, kept the moment it is seen, however short it lives."""

import contextlib
import shutil
import threading
from pathlib import Path

EVERY = 0.02  # seconds


class Watcher:
    """Copies each new version of each file below the folders into `into`, numbered as it came."""

    def __init__(self, folders: dict[str, Path], into: Path, *, except_for: str = "") -> None:
        self._folders, self._into, self._except = folders, into, except_for
        self._seen: dict[Path, tuple[int, int, int]] = {}
        self._number = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        into.mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()
        self.look()

    def _run(self) -> None:
        while not self._ended.wait(EVERY):
            self.look()

    def look(self) -> None:
        for name, folder in self._folders.items():
            for path in sorted(folder.rglob("*")):
                with contextlib.suppress(OSError):  # gone meanwhile
                    self._keep(name, folder, path)

    def _keep(self, name: str, folder: Path, path: Path) -> None:
        if not path.is_file() or (self._except and path.match(self._except)):
            return
        status = path.stat()
        stamp = status.st_mtime_ns, status.st_size, status.st_ino
        if self._seen.get(path) == stamp:
            return
        self._seen[path] = stamp
        self._number += 1
        inside = str(path.relative_to(folder)).replace("/", " ")
        shutil.copy(path, self._into / f"{self._number:06} {name} {inside}")
