"""The private RSA operation without padding, by the OpenSSL that Python itself was built with.

`cryptography` does not offer it, and blind signatures need it: what is signed was padded by the
respondent. OpenSSL blinds the exponentiation, runs it in constant time and checks the result of
the Chinese remainders, and it is more than twice as fast as any other way measured (see
docs/decisions). Where Python brings no OpenSSL 3 that can be reached, `load` gives None.
"""

import ctypes
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

NO_PADDING = 3  # RSA_NO_PADDING of openssl/rsa.h
Operation = Callable[[bytes], bytes]
_POINTER, _BYTES, _LENGTH = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
# Name: what it returns, and what it takes; all are of the public interface of OpenSSL 3.
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "d2i_AutoPrivateKey": (
        _POINTER,
        (_POINTER, ctypes.POINTER(ctypes.c_char_p), ctypes.c_long),
    ),
    "EVP_PKEY_free": (None, (_POINTER,)),
    "EVP_PKEY_CTX_new_from_pkey": (_POINTER, (_POINTER, _POINTER, _BYTES)),
    "EVP_PKEY_CTX_free": (None, (_POINTER,)),
    "EVP_PKEY_decrypt_init": (ctypes.c_int, (_POINTER,)),
    "EVP_PKEY_CTX_set_rsa_padding": (ctypes.c_int, (_POINTER, ctypes.c_int)),
    "EVP_PKEY_decrypt": (
        ctypes.c_int,
        (_POINTER, _BYTES, ctypes.POINTER(_LENGTH), _BYTES, _LENGTH),
    ),
    "ERR_clear_error": (None, ()),
}


class RawRsaError(ValueError):
    """OpenSSL would not take the key or the block."""


@cache
def _openssl() -> ctypes.CDLL | None:
    """OpenSSL as Python's own `_hashlib` is linked to it: a search by name could find another."""
    spec = find_spec("_hashlib")
    try:
        library = ctypes.CDLL(spec.origin if spec else None)
        for name, (gives, takes) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = gives, takes
    except (OSError, AttributeError):
        return None
    return library


class _Key:
    """A private key inside OpenSSL. Any number of threads may use it at once."""

    def __init__(self, library: ctypes.CDLL, der: bytes, size: int) -> None:
        self._library, self._size = library, size
        start = ctypes.c_char_p(der)
        self._key = library.d2i_AutoPrivateKey(None, ctypes.byref(start), len(der))
        if not self._key:
            library.ERR_clear_error()
            raise RawRsaError("OpenSSL does not take the key")

    def __del__(self) -> None:
        self._library.EVP_PKEY_free(self._key)

    def __call__(self, block: bytes) -> bytes:
        library, length = self._library, ctypes.c_size_t(self._size)
        result = ctypes.create_string_buffer(self._size)
        context = library.EVP_PKEY_CTX_new_from_pkey(None, self._key, None)
        try:
            done = (
                library.EVP_PKEY_decrypt_init(context) == 1
                and library.EVP_PKEY_CTX_set_rsa_padding(context, NO_PADDING) == 1
                and library.EVP_PKEY_decrypt(
                    context, result, ctypes.byref(length), block, len(block)
                )
                == 1
            )
        finally:
            library.EVP_PKEY_CTX_free(context)
        if not done or length.value != self._size:
            library.ERR_clear_error()
            raise RawRsaError("OpenSSL does not take the block")
        return result.raw


def load(private: rsa.RSAPrivateKey) -> Operation | None:
    """The operation block → block^d mod n on big-endian blocks of the modulus' size, each smaller
    than it; None where OpenSSL cannot be reached. The operation raises RawRsaError.
    """
    library = _openssl()
    if library is None:
        return None
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return _Key(library, der, -(-private.key_size // 8))
