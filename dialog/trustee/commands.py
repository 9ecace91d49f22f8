"""`dialog trustee …`: makes, tries and uses a trustee's key, offline and without any settings."""

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.ballots import keyfile, recovery, trial
from dialog.core.ballots.batch import Fault
from dialog.core.ballots.encoding import decode, encode
from dialog.core.ballots.sealing import SealError, public_bytes
from dialog.core.errors import RefusedError
from dialog.offline import words
from dialog.offline.words import gettext as _
from dialog.storage.files import create_once
from dialog.trustee import batches, secrets

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
PASSPHRASE = click.option(
    "--passphrase-file",
    type=FILE,
    help="Read the passphrase from this file; otherwise it is asked.",
)
RECOVERY = click.option(
    "--recovery", is_flag=True, help="Type the key from the recovery sheet instead of KEYFILE."
)


@click.group()
@click.option(
    "--language", type=click.Choice(words.LANGUAGES), help="Swedish (sv) or English (en)."
)
def trustee(language: str | None) -> None:
    """A trustee's key: make it, try it, open a round's layer with it.

    Works on a computer that never sees the servers, and needs no settings.
    """
    words.choose(language)


def readable(command: Callable[..., None]) -> Callable[..., None]:
    """What the disk refuses is told in a sentence as well."""

    @functools.wraps(command)
    def told(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except OSError as error:
            name = Path(str(error.filename)).name if error.filename else ""
            raise RefusedError(
                _(
                    "Filen %(name)s kunde inte läsas eller skrivas: %(reason)s.",
                    name=name,
                    reason=error.strerror or type(error).__name__,
                )
            ) from None

    return told


@trustee.command()
@click.option(
    "--round", "round_id", type=click.UUID, required=True, help="The round, as its page says."
)
@click.option(
    "--place", type=click.IntRange(1, 3), required=True, help="Your place, as the page says."
)
@click.option("--folder", type=FOLDER, default=Path(), help="Where to write the key file.")
@PASSPHRASE
@readable
def keygen(round_id: UUID, place: int, folder: Path, passphrase_file: Path | None) -> None:
    """Make a key for one round: a key file, and the public key to register on the page."""
    path = folder / keyfile.name(round_id, place=place)
    if path.exists():
        raise RefusedError(_("%(name)s finns redan. Ingenting är ändrat.", name=path.name))
    passphrase = secrets.new_passphrase(passphrase_file)
    private = ec.generate_private_key(ec.SECP256R1())
    data = keyfile.lock(private, round_id=round_id, layer=place, passphrase=passphrase)
    if not create_once(path, data + b"\n"):
        raise RefusedError(_("%(name)s finns redan. Ingenting är ändrat.", name=path.name))
    public = public_bytes(private.public_key())
    click.echo(_("Nyckelfil: %(path)s", path=path))
    click.echo(_("Kontrollkod: %(code)s", code=recovery.check_code(public)))
    click.echo(_("Öppen nyckel att registrera på sidan: %(key)s", key=encode(public)))


@trustee.command()
@click.argument("key_file", type=FILE, metavar="KEYFILE")
@PASSPHRASE
@readable
def sheet(key_file: Path, passphrase_file: Path | None) -> None:
    """Print the recovery sheet of a key, to be kept on paper in a safe."""
    key = secrets.from_file(key_file, passphrase_file=passphrase_file)
    click.echo(_("Återställningsblad för omgång %(round)s", round=key.round_id))
    click.echo(_("Plats: %(place)s. Kontrollkod: %(code)s", place=key.layer, code=key.check_code))
    for number, line in enumerate(recovery.sheet(keyfile.scalar(key.private)), start=1):
        click.echo(f"  {number}   {line}")
    click.echo(_("Den som har bladet har nyckeln. Förvara det inlåst."))


@trustee.command("test")
@click.argument("paths", type=FILE, nargs=-1, metavar="[KEYFILE] TESTFILE")
@RECOVERY
@PASSPHRASE
@readable
def try_key(paths: tuple[Path, ...], *, recovery: bool, passphrase_file: Path | None) -> None:
    """Open a test ballot, and print the answer to give on the page."""
    *files, test = _files(paths, recovery=recovery)
    sealed, round_id, layer = _read_test(test)
    key = _key(files, round_id=round_id, layer=layer, passphrase_file=passphrase_file)
    try:
        answer = trial.answer(sealed, key.private, round_id=key.round_id, layer=key.layer)
    except SealError:
        raise RefusedError(
            _("Nyckeln öppnar inte provet. Hämta ett nytt prov för just den här nyckeln.")
        ) from None
    click.echo(answer)


@trustee.command("open")
@click.argument("paths", type=FILE, nargs=-1, metavar="[KEYFILE] BATCH")
@click.option("--out", type=FILE, required=True, help="The file to hand on.")
@RECOVERY
@PASSPHRASE
@readable
def open_batch(
    paths: tuple[Path, ...], *, out: Path, recovery: bool, passphrase_file: Path | None
) -> None:
    """Take your layer off BATCH, shuffle it, and write what is handed on to a new file.

    Beside it goes a record, named like it with .json: hand both in on the page. Doing it again
    gives the same bytes.
    """
    *files, path = _files(paths, recovery=recovery)
    record = out.with_name(f"{out.name}.json")
    if out.exists() or record.resolve() in {given.resolve() for given in paths}:
        raise RefusedError(_("%(name)s finns redan. Välj ett annat namn med --out.", name=out.name))
    with batches.reading(path) as batch:
        layer = batch.layers - 1
        key = _key(files, round_id=batch.round_id, layer=layer, passphrase_file=passphrase_file)
        if key.round_id != batch.round_id:
            raise RefusedError(f"{path.name}: {batches.sentence(Fault.ROUND)}")
        batches.check_turn(batch, layer=key.layer)
        with click.progressbar(
            length=2 * batch.ballots, label=_("Öppnar och blandar"), file=sys.stderr
        ) as bar:
            made = batches.open_layer(
                batch,
                key.private,
                layer=key.layer,
                out=out,
                record=record,
                progress=lambda done: bar.update(done - bar.pos),
            )
            bar.update(bar.length - bar.pos if bar.length else 0)
    click.echo(_("Svar in: %(number)s", number=made.ballots_in))
    click.echo(_("Svar ut: %(number)s", number=made.ballots_out))
    click.echo(_("Gick inte att öppna: %(number)s", number=made.blanks))
    click.echo(_("Lämna in %(out)s och %(record)s på sidan.", out=out.name, record=record.name))


@trustee.command()
@click.argument("batch", type=FILE)
@readable
def check(batch: Path) -> None:
    """Say what BATCH is, and whether it is whole and in order."""
    with batches.reading(batch) as read:
        click.echo(_("Omgång: %(round)s", round=read.round_id))
        click.echo(_("Svar: %(number)s", number=read.ballots))
        click.echo(_("Lås kvar: %(number)s", number=read.layers))
        click.echo(f"SHA-256: {batches.sha256(read)}")
    click.echo(_("Filen är hel och i ordning."))


def _files(paths: tuple[Path, ...], *, recovery: bool) -> tuple[Path, ...]:
    """A key file and another; with the sheet only the other."""
    wanted = 1 if recovery else 2
    if len(paths) != wanted:
        raise click.UsageError(
            _("Ange en fil när nyckeln skrivs från bladet.")
            if recovery
            else _("Ange nyckelfilen och sedan filen som ska öppnas.")
        )
    return paths


def _key(
    files: list[Path], *, round_id: UUID, layer: int, passphrase_file: Path | None
) -> secrets.TrusteeKey:
    if files:
        return secrets.from_file(files[0], passphrase_file=passphrase_file)
    return secrets.typed(round_id=round_id, layer=layer)


def _read_test(path: Path) -> tuple[bytes, UUID, int]:
    try:
        read = json.loads(path.read_bytes())
        return decode(read["sealed"]), UUID(read["round"]), int(read["layer"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RefusedError(
            _("%(name)s är inget prov. Hämta provet igen från sidan.", name=path.name)
        ) from None
