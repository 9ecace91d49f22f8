"""What the application of every test would compile anew, compiled once a test process.

Werkzeug writes two small Python functions for every address. They depend on the address alone, and
writing them is nine tenths of the time that making an application takes. SQLAlchemy keeps with each
engine what it has compiled of statements, by the engine's dialect; every test has an engine of its
own, and compiling is a fifth of what most tests do.
"""

import tempfile
from collections.abc import Callable

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache
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


def keep_statements(patch: pytest.MonkeyPatch) -> None:
    """Have a statement that was compiled for one engine serve others of its kind too: all are made
    alike and speak to the same server, so one dialect is as good as another.
    """
    kept: LRUCache[object, object] = LRUCache(10_000)
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        patch.setattr(kind, "__eq__", _of_one_kind)
        patch.setattr(kind, "__hash__", lambda dialect: hash(type(dialect)))
    shared = property(lambda _engine: kept, lambda _engine, _own: None)
    patch.setattr(Engine, "_compiled_cache", shared, raising=False)


def _of_one_kind(dialect: Dialect, other: object) -> bool:
    return type(dialect) is type(other)
