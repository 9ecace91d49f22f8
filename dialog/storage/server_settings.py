"""What a database server would write down beyond the tables, or lose: its settings, and ours.

The promise about answers holds even with every log switched on. But what a log has copied is out of
reach of any disposal, and an hour that is kept is an hour that can be asked for.
https://www.postgresql.org/docs/current/runtime-config-logging.html
"""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

COPIED: Final = (
    "the server's log then holds addresses, opened answers and free texts that no disposal reaches"
)


@dataclass(frozen=True)
class Rule:
    """One setting: with a value of `good` (or where the server does not know it) all is well,
    otherwise `because`. One that can be set for a single database is set to `good[0]` there.
    """

    name: str
    good: tuple[str, ...]
    because: str
    settable: bool = True
    serious: bool = True


RULES: Final = (
    Rule("log_statement", ("none",), f"statements are logged, and {COPIED}"),
    Rule("log_min_duration_statement", ("-1",), f"slow statements are logged, and {COPIED}"),
    Rule("log_min_duration_sample", ("-1",), f"a sample of statements is logged, and {COPIED}"),
    Rule("log_transaction_sample_rate", ("0",), f"a sample of statements is logged, and {COPIED}"),
    Rule("log_parameter_max_length_on_error", ("0",), f"errors are logged in full, and {COPIED}"),
    Rule("log_error_verbosity", ("terse",), f"an error is logged with its row, and {COPIED}"),
    Rule("debug_print_parse", ("off",), f"statements are logged in parts, and {COPIED}"),
    Rule("debug_print_rewritten", ("off",), f"statements are logged in parts, and {COPIED}"),
    Rule("debug_print_plan", ("off",), f"statements are logged in parts, and {COPIED}"),
    Rule("auto_explain.log_min_duration", ("-1",), f"plans are logged with values, and {COPIED}",
         settable=False),
    Rule("pgaudit.log", ("none", ""), f"statements are audited, and {COPIED}", settable=False),
    Rule("track_commit_timestamp", ("off",),
         "the server keeps when each row was written: the second in which each ballot came, and in"
         " which each person was given a token", settable=False),
    Rule("synchronous_commit", ("on", "remote_apply", "remote_write", "local"),
         "a ballot that was acknowledged can be lost when the power goes", settable=False),
    Rule("fsync", ("on",), "a ballot that was acknowledged can be lost when the power goes",
         settable=False),
    Rule("full_page_writes", ("on",), "the database can be damaged when the power goes",
         settable=False),
    Rule("autovacuum", ("on",), "rows that were disposed of stay in the server's files",
         settable=False),
    Rule("archive_mode", ("off",),
         "archived log files hold what is disposed of later; delete them within the time that you"
         " keep backups", settable=False, serious=False),
    Rule("wal_level", ("replica", "minimal"),
         "changes can be sent on row by row, to where no disposal reaches; know who receives them",
         settable=False, serious=False),
)  # fmt: skip


def broken(connection: Connection) -> list[tuple[Rule, str]]:
    """The rules that do not hold in this session, each with the value that it found."""
    names = [rule.name for rule in RULES]
    query = sa.text("SELECT n, current_setting(n, true) FROM unnest(CAST(:names AS text[])) n")
    values = {str(name): value for name, value in connection.execute(query, {"names": names})}
    found = ((rule, values[rule.name]) for rule in RULES)
    return [(rule, value) for rule, value in found if value is not None and value not in rule.good]
