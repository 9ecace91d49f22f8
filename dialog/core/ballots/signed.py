"""Signatures on the files that the two applications hand each other: Ed25519 over a SHA-256."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dialog.core.ballots.encoding import decode, encode


def _statement(name: str, digest: bytes) -> bytes:
    """What is signed: the file's name goes in, so that no file can stand in for another."""
    return b"dialog file 1\0" + name.encode() + b"\0" + digest


def sign(key: Ed25519PrivateKey, *, name: str, digest: bytes) -> bytes:
    """The content of `name`.sig, for a file with this SHA-256."""
    return encode(key.sign(_statement(name, digest))).encode() + b"\n"


def verify(key: Ed25519PublicKey, *, name: str, digest: bytes, signature: bytes) -> bool:
    try:
        key.verify(decode(signature.decode().strip()), _statement(name, digest))
    except (InvalidSignature, ValueError):
        return False
    return True
