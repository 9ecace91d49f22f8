"""Asking a virus scanner: clamd's INSTREAM over a socket (clamd(8), "COMMANDS")."""

import socket
import struct
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dialog.documents.models import ScanState

CHUNK: Final = 2**16
SECONDS: Final = 60
REPLY: Final = 4096


def scan(path: Path, *, scanner: str) -> ScanState:
    """`scanner` is DIALOG_SCANNER. UNSCANNED without one, WAITING where it is away."""
    if not scanner:
        return ScanState.UNSCANNED
    try:
        reply = _ask(path, scanner)
    except OSError:
        return ScanState.WAITING
    if reply.endswith(" FOUND"):
        return ScanState.INFECTED
    return ScanState.CLEAN if reply == "stream: OK" else ScanState.WAITING


def ping(scanner: str) -> bool:
    """Whether the scanner answers."""
    try:
        with _connected(scanner) as connection:
            connection.sendall(b"zPING\0")
            return _reply(connection) == "PONG"
    except OSError:
        return False


def _ask(path: Path, scanner: str) -> str:
    with path.open("rb") as file, _connected(scanner) as connection:
        try:
            connection.sendall(b"zINSTREAM\0")
            while part := file.read(CHUNK):
                connection.sendall(struct.pack("!L", len(part)) + part)
            connection.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it may have said why before it hung up: longer than its StreamMaxLength
        return _reply(connection)


def _connected(scanner: str) -> socket.socket:
    address = urlsplit(scanner)
    if address.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(address.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((address.hostname or "", address.port or 3310), SECONDS)


def _reply(connection: socket.socket) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < REPLY:
        part = connection.recv(REPLY)
        if not part:
            break
        reply += part
    return reply.rstrip(b"\0").decode("utf-8", "replace").strip()
