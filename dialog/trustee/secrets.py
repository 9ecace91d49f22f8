"""The key a trustee works with: from a file and its passphrase, or typed from the sheet."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import click
from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.ballots import keyfile, recovery
from dialog.core.ballots.keyfile import KeyFileError, WrongPassphraseError
from dialog.core.ballots.sealing import public_bytes
from dialog.core.errors import RefusedError
from dialog.offline.words import gettext as _


@dataclass(frozen=True)
class TrusteeKey:
    """A key ready to open with; `layer` is its place in the round, from 1."""

    private: ec.EllipticCurvePrivateKey
    round_id: UUID
    layer: int

    @property
    def check_code(self) -> str:
        return recovery.check_code(public_bytes(self.private.public_key()))


def new_passphrase(path: Path | None) -> str:
    """A passphrase for a new key, typed twice, or from a file. Raises RefusedError."""
    chosen = _from_file(path) if path else _ask(_("Lösenfras (minst 12 tecken)"), twice=True)
    if len(chosen) < keyfile.MIN_PASSPHRASE:
        raise RefusedError(
            _(
                "Lösenfrasen är för kort. Välj minst %(least)s tecken, till exempel fyra ord.",
                least=keyfile.MIN_PASSPHRASE,
            )
        )
    return chosen


def from_file(path: Path, *, passphrase_file: Path | None) -> TrusteeKey:
    """The key in a key file. Raises RefusedError."""
    locked = load(path)
    given = _from_file(passphrase_file) if passphrase_file else _ask(_("Lösenfras"))
    try:
        private = keyfile.unlock(locked, passphrase=given)
    except WrongPassphraseError:
        raise RefusedError(
            _(
                "Lösenfrasen öppnar inte nyckelfilen. Skriv den igen. Om den säkert är rätt är"
                " filen skadad: använd ersättarens fil eller återställningsbladet."
            )
        ) from None
    except KeyFileError:
        raise RefusedError(_damaged(path)) from None
    return TrusteeKey(private, locked.round_id, locked.layer)


def load(path: Path) -> keyfile.KeyFile:
    """A key file as it is, still locked. Raises RefusedError."""
    try:
        with path.open("rb") as file:
            return keyfile.load(file.read(keyfile.MAX_SIZE + 1))
    except KeyFileError:
        raise RefusedError(_damaged(path)) from None


def typed(*, round_id: UUID, layer: int) -> TrusteeKey:
    """The key from the recovery sheet: its lines, each asked for until it is right, and then its
    check code, which must be the key's. Raises RefusedError.
    """
    lines = [_line(number) for number in range(1, recovery.LINES + 1)]
    try:
        private = keyfile.private_key(recovery.read_sheet("\n".join(lines)))
    except (recovery.MistypedError, KeyFileError):
        raise RefusedError(_("Raderna är ingen nyckel. Jämför dem med bladet.")) from None
    key = TrusteeKey(private, round_id, layer)
    code = click.prompt(_("Kontrollkoden på bladet (åtta tecken)"), err=True)
    if "".join(str(code).split()).lower() != key.check_code.replace(" ", ""):
        raise RefusedError(
            _("Kontrollkoden hör till en annan nyckel. Är det bladet för den här omgången?")
        )
    return key


def _line(number: int) -> str:
    while True:
        line = str(click.prompt(_("Rad %(number)s på bladet", number=number), err=True))
        try:
            recovery.read_line(line, number=number)
        except recovery.MistypedError:
            click.echo(
                _("Rad %(number)s stämmer inte. Jämför tecken för tecken.", number=number), err=True
            )
        else:
            return line


def _from_file(path: Path) -> str:
    try:
        return path.read_text("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise RefusedError(_("%(name)s är ingen textfil i UTF-8.", name=path.name)) from None


def _ask(question: str, *, twice: bool = False) -> str:
    again = _("Skriv lösenfrasen en gång till") if twice else False
    return str(click.prompt(question, hide_input=True, confirmation_prompt=again, err=True))


def _damaged(path: Path) -> str:
    return _(
        "%(name)s är ingen nyckelfil, eller skadad. Använd ersättarens fil eller"
        " återställningsbladet.",
        name=path.name,
    )
