"""The two applications as WSGI callables: `wsgi:staff()` and `wsgi:box()`."""

from flask import Flask


def staff() -> Flask:
    from dialog.application import create_app  # noqa: PLC0415 - each process loads only its own side

    return create_app()


def box() -> Flask:
    from dialog.ballotbox import create_box  # noqa: PLC0415 - each process loads only its own side

    return create_box()
