"""The ballot box: an application of its own that keeps sealed ballots and knows nobody."""

from dialog.ballotbox.application import create_box

__all__ = ["create_box"]
