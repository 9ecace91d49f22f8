"""`dialog protect`: from a CSV of responses to figures that may be published."""

from collections.abc import Callable
from pathlib import Path

import click

from dialog.core.disclosure.earlier import UntoldError
from dialog.core.disclosure.policy import Place, Policy
from dialog.core.disclosure.protection import Protection
from dialog.core.disclosure.repair import BeyondRepairError
from dialog.core.errors import RefusedError, WrongInputError
from dialog.core.questionnaire import Text
from dialog.core.written import SCALE
from dialog.protecting.earlier_files import read_earlier, require_asked
from dialog.protecting.preparing import Files, prepare
from dialog.protecting.reading import Was
from dialog.protecting.writing import write_release

SHOWN = 20  # units that are named
LEAST = 5  # no promise is made for smaller groups
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TOO_FEW = Text(
    sv="Inget är skrivet: färre än {k} har svarat.",
    en="Nothing was written: fewer than {k} have answered.",
)
_EITHER = Text(
    sv="Ange känsliga frågor antingen i frågeformuläret eller med --sensitive.",
    en="Say which questions are sensitive in the questionnaire or with --sensitive, not both.",
)
_CHANGED = Text(
    sv="Inget är skrivet. Färre än {k} svar har tillkommit eller tagits bort sedan den tidigare"
    " publiceringen, och skillnaden mellan dem skulle visa vilka. Vänta tills fler har ändrats,"
    " eller låt den tidigare publiceringen gälla.",
    en="Nothing was written. Fewer than {k} answers were added or removed since the earlier"
    " release, and the difference would show whose. Wait until more have changed, or let the"
    " earlier release stand.",
)
_BEYOND = Text(
    sv="Inget är skrivet. De tidigare publiceringarna visar redan grupper under {k}, vad den här än"
    " döljer. Kontrollera att de gäller samma svar.",
    en="Nothing was written. The earlier releases already show groups below {k}, whatever this one"
    " hides. Check that they are of the same responses.",
)
_EACH = Text(
    sv="Ange --was lika många gånger som --earlier, i samma ordning.",
    en="Give --was as many times as --earlier, in the same order.",
)
_UNTOLD = Text(
    sv="Inget är skrivet. Den tidigare publiceringen har enheter som inte finns längre, och det går"
    " inte att se av filerna vart deras svar har gått: {units}. Lägg till en kolumn i"
    " filen med svar, med enheten som svaret låg i då, och ange den med --was.",
    en="Nothing was written. The earlier release has units that are gone, and the files do not"
    " tell where their responses went: {units}. Add a column to the file of responses with"
    " the unit that each response was in then, and name it with --was.",
)
_DONE = Text(
    sv="{out}: {units} av {all} enheter har ett resultat. Se audit.json för vad som är bevisat.",
    en="{out}: {units} of {all} units have a result. See audit.json for what was proved.",
)
_PROGRESS = Text(
    sv="… {done} av {of} frågor och skalor är skyddade och prövade",
    en="… {done} of {of} questions and scales are protected and audited",
)
_STEPS = Text(
    sv="… steg {done} av {of} är gjort",
    en="… step {done} of {of} is done",
)


@click.command()
@click.option("--responses", required=True, type=_FILE, help="CSV: unit, level, a column an item.")
@click.option("--units", required=True, type=_FILE, help="CSV: unit, parent (empty for the root).")
@click.option("--questionnaire", type=_FILE, help="The questions in the platform's JSON form.")
@click.option("--sensitive", multiple=True, help="A column that needs --k-sensitive; repeatable.")
@click.option("--k", default=10, show_default=True, type=click.IntRange(LEAST), help="Least group.")
@click.option(
    "--k-sensitive",
    default=20,
    show_default=True,
    type=click.IntRange(LEAST),
    help="Least group for sensitive questions.",
)
@click.option(
    "--insiders",
    default=0,
    show_default=True,
    type=click.IntRange(0, 100),
    help="So many may take their own answers out and still see no smaller group.",
)
@click.option(
    "--earlier",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of an earlier release of the same responses; repeatable.",
)
@click.option(
    "--was",
    multiple=True,
    metavar="COLUMN",
    help="The column that says in which unit a response was in the earlier release; empty: in none."
    " Repeatable, in the order of --earlier.",
)
@click.option(
    "--withhold",
    multiple=True,
    help="An item that an earlier release showed and this one does not; repeatable.",
)
@click.option("--language", default="sv", type=click.Choice(["sv", "en"]), help="Of messages.")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to fill."
)
def protect(
    *,
    responses: Path,
    units: Path,
    questionnaire: Path | None,
    sensitive: tuple[str, ...],
    k: int,
    k_sensitive: int,
    insiders: int,
    earlier: tuple[Path, ...],
    was: tuple[str, ...],
    withhold: tuple[str, ...],
    language: str,
    out: Path,
) -> None:
    """Publish what can be published of RESPONSES without giving a group below k away.

    Counts by unit, and by level for the first three depths of the tree; for each item its
    categories and mean. Without --questionnaire every column but unit and level is a question
    with one answer of those found; several answers in a cell are parted by semicolons.

    Written into --out: release.csv, units.csv, release.json, and audit.json, which says what was
    proved. With wrong input every fault is listed by row, and nothing is written (status 2).

    With --earlier the release is audited together with earlier ones of the same responses, before
    corrections and reorganisations: what would betray a difference is hidden, and if that would be
    the whole, nothing is written. Say with --was where each response was then: without it, only
    units that were renamed, moved or split one by one can be followed. Every question that they
    showed must be in the file: who answered it may give few away beside the new figures. With
    --withhold nothing of it is shown.
    """
    if was and len(was) != len(earlier):
        raise WrongInputError(_EACH.in_language(language))
    if questionnaire and sensitive:
        raise WrongInputError(_EITHER.in_language(language))
    before = [read_earlier(folder, language=language) for folder in earlier]
    origins_told = [Was(column, one.parents) for column, one in zip(was, before, strict=False)]
    files = Files(responses, units, questionnaire, sensitive, origins_told)
    prepared = prepare(files, least=k + insiders, language=language)
    table, origins = prepared.table, prepared.origins
    asked = {*table.items, *(SCALE + name for name in table.scores)}
    require_asked(asked, withhold, dict(zip(earlier, before, strict=True)), language=language)
    if int(table.n[table.tree.roots].sum()) < k + insiders:
        raise RefusedError(_TOO_FEW.in_language(language).format(k=k + insiders))
    try:
        protection = Protection(
            table,
            questionnaire=prepared.form,
            policy=Policy(k, k_sensitive, insiders),
            places={code: Place(code) for code in prepared.units},
            progress=_progress(_STEPS if earlier else _PROGRESS, language),
            earlier=origins.told(before) if origins else before,
            unseen=origins.unseen if origins else (),
            withheld=withhold,
        )
    except UntoldError as untold:
        sentence = _UNTOLD.in_language(language)
        raise RefusedError(sentence.format(units=", ".join(untold.units[:SHOWN]))) from None
    except BeyondRepairError:
        raise RefusedError(_BEYOND.in_language(language).format(k=k + insiders)) from None
    if earlier and protection.whole_hidden:
        raise RefusedError(_CHANGED.in_language(language).format(k=k + insiders))
    write_release(out, protection, prepared.form, language=language)
    with_result = sum(not group.level and not group.protected for group in protection.groups())
    done = _DONE.in_language(language)
    click.echo(done.format(out=out, units=with_result, all=len(prepared.units)))


def _progress(words: Text, language: str) -> Callable[[int, int], None]:
    def show(done: int, of: int) -> None:
        click.echo(words.in_language(language).format(done=done, of=of), err=True)

    return show
