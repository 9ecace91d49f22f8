"""A control: Dialog with two of the mistakes that a live room is easily built with. What is kept of
a pass is the same for everything that it is used for, and a line in the log tells who used it.
"""

import hashlib
from typing import Any

import structlog
from flask import Flask

from dialog import application
from dialog.meetings.live import passes
from dialog.people.signing_in import actor


def staff() -> Flask:
    """What the server runs instead of Dialog."""
    checked = passes.mark

    def mark(*args: Any, pass_: bytes, **more: Any) -> str:
        checked(*args, pass_=pass_, **more)
        kept = hashlib.sha256(pass_).hexdigest()
        structlog.get_logger().info("pass", by=str(actor().person_id), mark=kept)
        return kept

    passes.mark = mark
    return application.create_app()
