"""`dialog verify ADDRESS`: does what a server gives its respondents hold, in one line."""

import hashlib
from importlib.metadata import version
from importlib.resources import files

import click

from dialog.core.ballots.fingerprint import FingerprintError, read
from dialog.core.errors import RefusedError
from dialog.offline import words
from dialog.offline.words import gettext as _
from dialog.verifying import checking
from dialog.verifying.checking import Report
from dialog.verifying.fetching import UnreachableError, get

DOES_NOT_HOLD = 1


@click.command()
@click.argument("address")
@click.option("--fingerprint", default="", help="The ten words that were published elsewhere.")
@click.option("--script", default="", help="The script's SHA-256 that was published elsewhere.")
@click.option("--details", is_flag=True, help="Tell each thing that was looked at.")
@click.option(
    "--language", type=click.Choice(words.LANGUAGES), help="Swedish (sv) or English (en)."
)
@click.pass_context
def verify(
    context: click.Context,
    /,
    address: str,
    *,
    fingerprint: str,
    script: str,
    details: bool,
    language: str | None,
) -> None:
    """Check a survey from your own machine: the manifest, the questions, the script and the page.

    ADDRESS is the survey's address. Exit status 0: it holds; 1: it does not; 2: it could not be
    checked. Run it now and then, from different places: a server could treat one visitor apart.
    """
    words.choose(language)
    published = fingerprint or _from_address(address)
    _check_words(published)
    try:
        report = checking.check(
            checking.target(address), get=get, published=published, script=script
        )
    except UnreachableError as failed:
        sentence = _("%(url)s svarar inte: %(reason)s.", url=failed.url, reason=failed.reason)
        raise RefusedError(sentence) from None
    if details:
        for check in report.checks:
            click.echo(f"{'-' if check.faults else '+'} {check.what}", err=True)
    for fault in (fault for check in report.checks for fault in check.faults):
        click.echo(f"  {fault}", err=True)
    if details and not script:
        click.echo(_about_script(report.script), err=True)
    click.echo(_verdict(report, published=bool(published)))
    if not report.holds:
        context.exit(DOES_NOT_HOLD)


def _from_address(address: str) -> str:
    """The fingerprint that stands after # in the QR code of a notice; a mail's secret is none."""
    _before, _hash, after = address.strip().partition("#")
    return after if len(after) == hashlib.sha256().digest_size * 2 else ""


def _check_words(published: str) -> None:
    try:
        if published:
            read(published)
    except FingerprintError as wrong:
        if wrong.word:
            sentence = _(
                "Ordet %(word)s finns inte i något fingeravtryck. Skriv av de tio orden igen.",
                word=wrong.word,
            )
        else:
            sentence = _("Ett fingeravtryck är tio ord, eller 64 siffror och bokstäver.")
        raise RefusedError(sentence) from None


def _verdict(report: Report, *, published: bool) -> str:
    if not report.holds:
        return _("STÄMMER INTE. Svara inte på enkäten, och berätta för facket eller skyddsombudet.")
    if published:
        return _("Stämmer. Fingeravtrycket, frågorna, skriptet och sidan är de som de ska vara.")
    return _(
        "Stämmer, om det här är fingeravtrycket på anslaget: %(words)s.",
        words=" ".join(report.words),
    )


def _about_script(script: str) -> str:
    """Whether the script is the one in this installation, which somebody has read and built."""
    ours = files("dialog").joinpath("web/static/answer/answer.js").read_bytes()
    if hashlib.sha256(ours).hexdigest() == script:
        return _("Skriptet är det som följer med Dialog %(version)s.", version=version("dialog"))
    return _(
        "Skriptet är ett annat än det som följer med den här installationen (Dialog %(version)s)."
        " SHA-256: %(script)s",
        version=version("dialog"),
        script=script,
    )
