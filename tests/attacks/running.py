"""The applications and their workers as operators run them, but with everything logged."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dialog import serving
from dialog.ballotbox.settings import from_environment as box_settings
from dialog.settings import Settings, from_environment
from dialog.storage.migrating import upgrade
from tests.attacks.databases import Databases
from tests.attacks.listening import Listener, Message
from tests.ports import free_ports

LOUD = {"warning": "debug", "--no-access-log": "--access-log"}
STAFF, BOX, WORKER, BOX_WORKER, STREAM = (
    "staff application",
    "ballot box",
    "worker",
    "ballot box worker",
    "stream of meetings",
)


@dataclass(frozen=True)
class Server:
    """Another application, served as one of Dialog's is."""

    part: str
    application: str

    def instead_of(
        self, ours: Mapping[str, serving.Part], environment: Mapping[str, str]
    ) -> serving.Part:
        part = ours[self.part]
        command = tuple(
            self.application if word.startswith("wsgi:") else word for word in part.command
        )
        return serving.Part(self.part, command, {**os.environ, **environment})


def server(part: str, application: str) -> Server:
    """`application` (module:factory), where Dialog's `part` would listen."""
    return Server(part, application)


@dataclass
class Instance:
    """One Dialog: its databases, its folder, its processes, and who listens in between."""

    databases: Databases
    folder: Path
    parts: dict[str, serving.Part] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)
    loud: bool = True  # every log is switched on

    def __post_init__(self) -> None:
        self.home, self.logs, self.temporary = (
            self.folder / name for name in ("instance", "logs", "temporary")
        )
        for made in (self.home, self.logs, self.temporary):
            made.mkdir(parents=True, exist_ok=True)
        staff, box, staff_behind, box_behind, stream = free_ports(5)
        self.base_url, self.box_url = f"http://localhost:{staff}", f"http://127.0.0.1:{box}"
        self.behind = {
            STAFF: f"http://localhost:{staff_behind}",
            BOX: f"http://127.0.0.1:{box_behind}",
            STREAM: f"http://localhost:{stream}",
        }
        self.listeners = [
            Listener("staff", "127.0.0.1", staff, staff_behind),
            Listener("box", "127.0.0.1", box, box_behind),
        ]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DIALOG_INSTANCE": str(self.home),
            "DIALOG_DATABASE_URL": self.databases.url("staff"),
            "DIALOG_BOX_DATABASE_URL": self.databases.url("box"),
            "DIALOG_BASE_URL": self.base_url,
            "DIALOG_BOX_URL": self.box_url,
            "DIALOG_DEMO": "0",
            "DIALOG_LOG_LEVEL": "DEBUG" if self.loud else "INFO",
            "TMPDIR": str(self.temporary),
        }

    @property
    def settings(self) -> Settings:
        return from_environment(**self.environment)

    def migrate(self) -> None:
        upgrade("staff", self.settings.database_url)
        upgrade("ballotbox", box_settings(**self.environment).database_url)

    def start(self, *wanted: "str | Server") -> None:
        """Start these parts of Dialog, or start them again; or other servers in their place."""
        environment = {**os.environ, **self.environment}
        made = serving.parts(
            environment,
            base_url=self.behind[STAFF],
            box_url=self.behind[BOX],
            stream_url=self.behind[STREAM],
        )
        ours = {part.name: part for part in made}
        names = []
        for one in wanted:
            part = ours[one] if isinstance(one, str) else one.instead_of(ours, self.environment)
            part.process = start_logged(
                part.command, part.environment, self.log(part.name), loud=self.loud
            )
            self.parts[part.name] = part
            names.append(part.name)
        urls = {name: self.behind[name] for name in names if name in self.behind}
        serving.wait_until_ready(urls, [self.parts[name] for name in names])

    def listen(self) -> None:
        for listener in self.listeners:
            listener.start()

    @property
    def heard(self) -> list[Message]:
        return [message for listener in self.listeners for message in listener.heard]

    def log(self, name: str) -> Path:
        return self.logs / f"log of the {name}"

    def stop(self, *names: str) -> None:
        """Stop these parts, the last started first; without names everything."""
        stopped = [part for part in self.parts.values() if not names or part.name in names]
        serving.stop(stopped)
        for part in stopped:
            del self.parts[part.name]
        if not names:
            for listener in self.listeners:
                listener.stop()
            self.listeners = []

    def kill(self, names: Iterable[str]) -> None:
        """End these parts with all they started, at once, as a power cut does."""
        for name in names:
            process = self.parts.pop(name).process
            if process is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def start_logged(
    command: Iterable[str], environment: Mapping[str, str], log: Path, *, loud: bool = True
) -> subprocess.Popen[bytes]:
    """Start a server or a worker that writes its log into the file `log`; `loud`: all it can."""
    with log.open("ab") as file:
        return subprocess.Popen(
            [LOUD.get(word, word) if loud else word for word in command],
            env=dict(environment),
            cwd=serving.ROOT,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=serving._end_with_parent,  # noqa: PLW1509 - one system call
        )
