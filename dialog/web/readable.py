"""What no text of ours can hold is refused before anybody reads it: a NUL, which PostgreSQL does
not keep and no browser sends of itself.
"""

from typing import Final

from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict

NUL: Final = "\0"


def use_readable(app: Flask) -> None:
    app.before_request(_refuse)


def _refuse() -> None:
    given = (request.path, *_values(request.args), *_values(request.form))
    if any(NUL in each for each in given):
        abort(400)


def _values(of: MultiDict[str, str]) -> list[str]:
    return [each for values in of.listvalues() for each in values]
