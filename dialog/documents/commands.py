"""`dialog files …`: whether every document has its file, and every file its document."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from dialog.documents import folder as folders
from dialog.documents import queries
from dialog.documents.models import ScanState, StoredFile
from dialog.settings import from_environment
from dialog.storage.engine import session_at

HOUR: Final = 3600


@click.group()
def files() -> None:
    """The documents that people have handed in."""


@files.command()
@click.option("--mend", is_flag=True, help="Remove files that no document has had for a day.")
@click.option("--hours", type=click.IntRange(1), default=24, show_default=True,
              help="How old a file without a document must be to be spoken of.")  # fmt: skip
def check(*, mend: bool, hours: int) -> None:
    """Read every file and compare it with what the database says of it.

    Dialog may be running. A file without a document was left by a process that was killed while
    it was taking the file in; --mend removes it. A document without its file, or with another
    content, is to be fetched from a backup. The exit status is 1 when there is such a one.
    """
    settings = from_environment()
    with session_at(settings.database_url) as session:
        rows = queries.files(session)
        counts = queries.counts(session)
    wrong = list(_wrong(settings.documents, rows))
    for sentence in wrong:
        click.echo(sentence, err=True)
    known = {row.sha256 for row in rows if row.scan is not ScanState.INFECTED}
    _say_left_over(settings.documents, known, mend=mend, seconds=hours * HOUR)
    click.echo(f"{len(rows)} files, {len(wrong)} of them lost or damaged.")
    unseen = counts.get(ScanState.UNSCANNED, 0) + counts.get(ScanState.WAITING, 0)
    if unseen:
        click.echo(f"{unseen} have not been seen by a virus scanner.")
    if wrong:
        sys.exit(1)


def _wrong(folder: Path, rows: list[StoredFile]) -> Iterator[str]:
    for row in rows:
        path = folders.path_of(folder, row.sha256)
        if row.scan is ScanState.INFECTED:
            continue
        if not path.exists():
            yield f"{row.sha256} is missing. Fetch it from a backup."
        elif folders.measure(path).sha256 != row.sha256:
            yield f"{row.sha256} is damaged. Fetch it from a backup."


def _say_left_over(folder: Path, known: set[str], *, mend: bool, seconds: float) -> None:
    for left in folders.left_over(folder, known, older_than=seconds):
        name = left.relative_to(folder)
        if not mend:
            click.echo(f"{name} belongs to no document. --mend removes it.")
        elif folders.clear(left, older_than=seconds):
            click.echo(f"{name} belonged to no document and is removed.")
