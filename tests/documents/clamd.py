"""A virus scanner for tests: it speaks clamd's protocol and finds what holds a word."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIGN = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
LONGEST = 40_000_000  # StreamMaxLength


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM\0":
            self.wfile.write(self._scan())

    def _scan(self) -> bytes:
        seen = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            seen += self.rfile.read(length)
            if len(seen) > LONGEST:
                return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if SIGN in seen else b"stream: OK\0"


class _Tcp(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def clamd(at: Path | None = None) -> Iterator[str]:
    """Serve at a socket file, or at a port of this machine; gives what DIALOG_SCANNER says."""
    server = _Unix(str(at), _Handler) if at else _Tcp(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"unix://{at}" if at else f"tcp://127.0.0.1:{server.socket.getsockname()[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
