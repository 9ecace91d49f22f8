"""A role's password, set without the server's log or its list of processes ever seeing it.

What is sent is the verifier that the server keeps anyway (RFC 5802 and 7677), computed here.
"""

import base64
import hashlib
import hmac
import re
from typing import Final

from psycopg import Connection

from dialog.databases.roles import name, text

_VERIFIER: Final = re.compile(r"SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)")


def set_password(server: Connection, *, role: str, password: str) -> bool:
    """Make `password` the role's. False if it was that already, as far as we may look."""
    if fits(kept(server, role=role), password):
        return False
    verifier = server.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    server.execute(f"ALTER ROLE {name(role)} PASSWORD {text(verifier.decode())}".encode())
    return True


def kept(server: Connection, *, role: str) -> str:
    """What the server keeps of the role's password; empty if none, or if we may not see it."""
    allowed = server.execute("SELECT has_table_privilege('pg_authid', 'SELECT')").fetchone()
    if not allowed or not allowed[0]:
        return ""
    found = server.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (role,))
    row = found.fetchone()
    return str(row[0] or "") if row else ""


def fits(verifier: str, password: str) -> bool:
    """Whether `verifier` was made from `password`."""
    parts = _VERIFIER.fullmatch(verifier)
    if parts is None:
        return False
    rounds, salt, stored = int(parts[1]), base64.b64decode(parts[2]), base64.b64decode(parts[3])
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    client_key = hmac.digest(salted, b"Client Key", hashlib.sha256)
    return hmac.compare_digest(hashlib.sha256(client_key).digest(), stored)
