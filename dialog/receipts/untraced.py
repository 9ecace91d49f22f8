"""Views for whoever sends something, or has its code, without anybody knowing who: no trace.

No cookie is read or set, so there is none that another site could make use of, and a form of these
views has no token against that.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Flask

from dialog.people.signing_in import permitted
from dialog.web.anonymous import without_traces

P = ParamSpec("P")


def untraced(action: str) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """A view that needs `action`; nothing tells that it was called, whoever is signed in."""

    def decorate(view: Callable[P, Any]) -> Callable[P, Any]:
        @permitted(action, traceless=True)
        @wraps(view)
        def unseen(*args: P.args, **kwargs: P.kwargs) -> Any:
            without_traces()
            return view(*args, **kwargs)

        unseen.untraced = True  # type: ignore[attr-defined]  # read once, by the hook below
        return unseen

    return decorate


def use_untraced(app: Flask) -> None:
    """Once all views are there."""
    for view in app.view_functions.values():
        if getattr(view, "untraced", False):
            app.extensions["csrf"].exempt(view)
