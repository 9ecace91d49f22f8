"""What the application of every test would compile anew, compiled once a test process.

Werkzeug takes every address apart and writes two small Python functions for it. They depend on the
address alone, and are nearly all of the time that making an application takes. SQLAlchemy keeps
what it has compiled of statements with each engine, by the engine's dialect; every test has an
engine of its own, and compiling is a fifth of what most tests do.
"""

import tempfile
from typing import Any

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

BUILDERS = ("_build", "_build_unknown")  # methods of the rule that they were made for
COMPILED = ("_parts", "_trace", "_converters", "arguments", *BUILDERS)

TEMPLATES = FileSystemBytecodeCache(tempfile.mkdtemp())


def keep_addresses(patch: pytest.MonkeyPatch) -> None:
    """Have an address that was compiled for one application serve the others too."""
    kept: dict[object, dict[str, Any]] = {}
    compile_rule = Rule.compile

    def once(rule: Rule) -> None:
        if rule.defaults:  # their values are written into the functions
            compile_rule(rule)
            return
        key = rule.rule, rule.subdomain, rule.host, rule.merge_slashes
        if key not in kept:
            compile_rule(rule)
            kept[key] = {name: getattr(rule, name) for name in COMPILED}
        made = kept[key]
        vars(rule).update(made, arguments=set(made["arguments"]))
        for builder in BUILDERS:
            setattr(rule, builder, made[builder].__func__.__get__(rule, None))

    patch.setattr(Rule, "compile", once)


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
