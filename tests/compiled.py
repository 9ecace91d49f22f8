"""What the application of every test would compile anew, compiled once a test process.

Werkzeug writes two small Python functions for every address. They depend on the address alone, and
writing them is nine tenths of the time that making an application takes.
"""

import tempfile
from collections.abc import Callable

import pytest
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]

TEMPLATES = FileSystemBytecodeCache(tempfile.mkdtemp())


def keep_addresses(patch: pytest.MonkeyPatch) -> None:
    """Have an address that was compiled for one application serve the others too."""
    kept: dict[object, Builder] = {}
    compile_builder = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002 - theirs
        if rule.defaults:  # their values are written into the function
            return compile_builder(rule, append_unknown)
        key = rule.rule, tuple(rule._trace), append_unknown
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    patch.setattr(Rule, "_compile_builder", once)
