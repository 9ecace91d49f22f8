"""The ballot box: an application of its own that keeps sealed ballots and knows nobody."""

from flask import Flask


def create_box() -> Flask:
    """(replaced) The ballot box, ready to serve."""
    return Flask(__name__)
