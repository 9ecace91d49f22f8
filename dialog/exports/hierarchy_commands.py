"""`dialog hierarchies`: files to start from, for `dialog anonymise`."""

from pathlib import Path

import click

from dialog.core.disclosure.microdata.faults import worded
from dialog.core.errors import RefusedError, WrongInputError
from dialog.core.questionnaire import Text
from dialog.exports.anonymising import Wish, check_columns
from dialog.exports.delimited import Delimited, read_delimited
from dialog.exports.hierarchy_files import dump_hierarchy
from dialog.exports.names import Names
from dialog.exports.proposing import propose, read_parents

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_REFUSED = Text(
    sv="Inget är skrivet. Rätta detta först:", en="Nothing was written. Mend this first:"
)
_THERE = Text(
    sv="Det finns redan en fil {path}. Flytta den, eller välj en annan mapp.",
    en="There is a file {path} already. Move it, or choose another folder.",
)
_NO_TREE = Text(
    sv="Filen med enheter ska ha kolumnerna unit och parent, och varje parent ska vara en unit.",
    en="The file of units needs the columns unit and parent, and each parent must be a unit.",
)
_DONE = Text(
    sv="{path}: {values} värden på {levels} nivåer. Öppna filen och rätta grupperna.",
    en="{path}: {values} values at {levels} levels. Open the file and mend the groups.",
)


@click.command()
@click.argument("data", type=_FILE)
@click.option("--quasi", required=True, type=Names(), help="The columns, between commas.")
@click.option("--units", type=_FILE, help="CSV with unit and parent: the tree of --unit-column.")
@click.option("--unit-column", help="The column with units, if it is in --quasi.")
@click.option("--language", default="sv", type=click.Choice(["sv", "en"]), help="Of what is said.")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into; made if it is not there.",
)
def hierarchies(
    *,
    data: Path,
    quasi: tuple[str, ...],
    units: Path | None,
    unit_column: str | None,
    language: str,
    out: Path,
) -> None:
    """Propose a hierarchy for each column of DATA, as files to edit.

    Whole numbers are put in bands of 5, 10, 20 and so on, units under their parents; other values
    can only be shown or suppressed until somebody groups them. No file is written over.
    """
    rows = _table(data, language)
    faults = check_columns(rows, Wish(quasi))
    if faults:
        lines = tuple(f"{fault.place}: {worded(fault).in_language(language)}" for fault in faults)
        raise WrongInputError(_REFUSED.in_language(language), lines)
    parents = None if units is None else _parents(units, language)
    made = {
        out / f"{name}.csv": propose(rows.column(name), parents if name == unit_column else None)
        for name in quasi
    }
    for path in made:
        if path.exists():
            raise RefusedError(_THERE.in_language(language).format(path=path))
    out.mkdir(parents=True, exist_ok=True)
    for path, lines_ in made.items():
        path.write_bytes(dump_hierarchy(lines_))
        told = {"path": path, "values": len(lines_), "levels": len(lines_[0])}
        click.echo(_DONE.in_language(language).format(**told))


def _parents(path: Path, language: str) -> dict[str, str | None]:
    try:
        return read_parents(_table(path, language))
    except ValueError as wrong:
        raise WrongInputError(_NO_TREE.in_language(language)) from wrong


def _table(path: Path, language: str) -> Delimited:
    found, faults = read_delimited(path.read_bytes())
    if found is None:
        told = tuple(f"{path.name}: {worded(fault).in_language(language)}" for fault in faults)
        raise WrongInputError(_REFUSED.in_language(language), told)
    return found
