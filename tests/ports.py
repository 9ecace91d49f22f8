"""Ports for servers that a test starts.

They lie below those that the system gives to outgoing connections: one of those may be taken, by
anybody's request to anybody, in the moment before the server listens on it.
"""

import random
import socket
from typing import Final

PORTS: Final = range(20_000, 32_000)


def free_ports(number: int) -> list[int]:
    """Ports that nobody uses at the moment."""
    found: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == number:
            return found
    raise RuntimeError("every port is in use")
