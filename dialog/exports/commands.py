"""`dialog anonymise`: from any CSV, rows of which none points at fewer than k people."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from dialog.core.disclosure.microdata.demands import Demands, Distance
from dialog.core.disclosure.microdata.recoding import Method
from dialog.core.errors import WrongInputError
from dialog.core.questionnaire import Text
from dialog.exports.anonymised_files import anonymise_file
from dialog.exports.anonymising import Wish
from dialog.exports.names import Names

_NO_SENSITIVE = Text(
    sv="--l och --t gäller en känslig kolumn. Ange den med --sensitive.",
    en="--l and --t are about a sensitive column. Name it with --sensitive.",
)
_NO_QUASI = Text(
    sv="Ange minst en kolumn med --quasi.", en="Name at least one column with --quasi."
)
_DONE = Text(
    sv="{out}: {rows} rader, minst {k} lika, {lost} % av detaljerna borta. Läs {page}.",
    en="{out}: {rows} rows, at least {k} alike, {lost}% of the detail lost. Read {page}.",
)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("data", type=_FILE)
@click.option("--hierarchies", required=True, type=_FOLDER, help="Folder: one CSV a column.")
@click.option("--quasi", required=True, type=Names(), help="What people could be recognised by.")
@click.option("--sensitive", type=Names(), default=(), help="What --l and --t are about.")
@click.option("--k", default=10, show_default=True, type=click.IntRange(2), help="Fewest alike.")
@click.option("--l", default=1, type=click.IntRange(1), help="Fewest sensitive values.")
@click.option("--t", default=1.0, type=click.FloatRange(0, 1), help="Greatest distance.")
@click.option(
    "--distance",
    default="equal",
    type=click.Choice([one.value for one in Distance]),
    help="For --t.",
)
@click.option(
    "--recoding", default="local", type=click.Choice([one.value for one in Method]), help="Levels."
)
@click.option(
    "--suppression",
    default=0.05,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Greatest share of rows suppressed.",
)
@click.option("--seed", default=0, show_default=True, help="For the order of rows.")
@click.option("--population", type=click.IntRange(1), help="People that the rows come from.")
@click.option("--language", default="sv", type=click.Choice(["sv", "en"]), help="Of the report.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write."
)
def anonymise(data: Path, hierarchies: Path, out: Path, language: str, **asked: Any) -> None:
    """Anonymise DATA (a CSV file): every row looks the same as at least k-1 others.

    Each column in --quasi has its hierarchy, a line for each value: value;level 1;level 2;…;*.
    Recoding is local (each group of rows its own levels, which loses least) or global (one level
    a column). What is asked of sensitive values: at least --l different ones in each group, and a
    distribution no further than --t from that of all rows (earth mover's distance; "equal": all
    values equally far apart, "ordered": in the order of numbers). The report is written beside
    --out, as .report.json and .report.html.
    """
    wish = _wish(language, **asked)
    with_progress = _progress()
    report = anonymise_file(
        data, hierarchies, wish, out=out, language=language, progress=with_progress
    )
    lost = f"{100 * report['loss']['all']:.1f}"
    done = _DONE.in_language(language).format(
        out=out,
        rows=report["rows"],
        k=report["found_in_the_file"]["k"],
        lost=lost if language == "en" else lost.replace(".", ","),
        page=out.with_suffix(".report.html"),
    )
    click.echo(done)


def _wish(
    language: str,
    *,
    k: int,
    l: int,  # noqa: E741 - its name in the literature
    t: float,
    distance: str,
    recoding: str,
    quasi: tuple[str, ...],
    sensitive: tuple[str, ...],
    **other: Any,
) -> Wish:
    if not quasi:
        raise WrongInputError(_NO_QUASI.in_language(language))
    demands = Demands(k, l, t, Distance(distance))
    if demands.about_values and not sensitive:
        raise WrongInputError(_NO_SENSITIVE.in_language(language))
    return Wish(quasi, sensitive, demands, Method(recoding), **other)


def _progress() -> Callable[[float], None]:
    """Shows each new tenth on standard error."""
    shown = [0]

    def show(share: float) -> None:
        tenth = int(share * 10)
        if tenth > shown[0]:
            shown[0] = tenth
            click.echo(f"… {tenth * 10} %", err=True)

    return show
