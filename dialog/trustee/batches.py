"""Batches in files: read piece by piece, so that a gigabyte does not have to fit in memory, and
written whole or not at all.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.hazmat.primitives.asymmetric import ec

from dialog.core.ballots import batch as batches
from dialog.core.ballots import peeling
from dialog.core.ballots.batch import Batch, BatchError, Fault
from dialog.core.errors import RefusedError
from dialog.offline.words import gettext as _
from dialog.storage.files import write_whole

Progress = Callable[[int], None]
CHUNK: Final = 1 << 20


class OpenFile:
    """An open file as bytes of which parts are read; a map of it would count as memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = file.seek(0, 2)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, _step = part.indices(self._length)
        self._file.seek(start)
        return self._file.read(stop - start)


def sentence(fault: Fault) -> str:
    """What is wrong with a batch and what to do, for its reader."""
    words = {
        Fault.HEADER: _("Filen är ingen omgång svar från Dialog. Hämta den igen från sidan."),
        Fault.ROUND: _("Filen hör till en annan omgång än nyckeln. Välj omgångens egen fil."),
        Fault.LENGTH: _("Svaren i filen har fel längd. Hämta filen igen från sidan."),
        Fault.LAYERS: _("Filen har ett annat antal lås än den ska ha när det är din tur."),
        Fault.CUT: _("Filen är avhuggen eller för lång. Hämta den igen från sidan."),
        Fault.ORDER: _("Svaren i filen står i fel ordning, eller ett av dem två gånger."),
    }
    return words[fault]


@contextmanager
def reading(path: Path) -> Iterator[Batch]:
    """The batch in the file at `path`, whole and in order. Raises RefusedError."""
    try:
        with path.open("rb") as file:
            batch = batches.read(OpenFile(file))
            batches.check_order(batch)
            yield batch
    except BatchError as wrong:
        raise RefusedError(f"{path.name}: {sentence(wrong.fault)}") from None


def sha256(batch: Batch) -> str:
    digest = hashlib.sha256()
    for at in range(0, len(batch.data), CHUNK):
        digest.update(batch.data[at : at + CHUNK])
    return digest.hexdigest()


def check_turn(batch: Batch, *, layer: int) -> None:
    """Refuse a batch that it is not this key's turn to open. Raises RefusedError."""
    if batch.layers == layer + 1:
        return
    if batch.layers > layer + 1:
        raise RefusedError(
            _(
                "Det är inte din tur än. Svaren har %(layers)s lås kvar, och ditt är nummer"
                " %(layer)s inifrån räknat. De utanför öppnas först.",
                layers=batch.layers,
                layer=layer + 1,
            )
        )
    raise RefusedError(
        _(
            "Ditt lås är redan öppnat i den här filen: svaren har %(layers)s lås kvar. Det är"
            " filen som ska lämnas vidare.",
            layers=batch.layers,
        )
    )


def open_layer(
    batch: Batch,
    private: ec.EllipticCurvePrivateKey,
    *,
    layer: int,
    out: Path,
    record: Path,
    progress: Progress,
) -> peeling.Record:
    """Write the batch without its layer to `out`, and the record of that to `record`: the record
    first, then the batch under its name, in one step. Raises RefusedError if the key opens nothing.
    """
    try:
        peeled = peeling.peel(batch, private, layer=layer, progress=progress)
    except peeling.WrongKeyError:
        raise RefusedError(
            _(
                "Nyckeln öppnar inget svar i filen. Är det rätt nyckel för den här omgången?"
                " Ingenting är ändrat."
            )
        ) from None
    made: list[peeling.Record] = []

    def parts() -> Iterator[bytes]:
        digest = hashlib.sha256()
        for part in peeling.parts(
            peeled, private, progress=lambda done: progress(batch.ballots + done)
        ):
            digest.update(part)
            yield part
        made.append(peeling.record(peeled, out_sha256=digest.hexdigest()))
        write_whole(record, [peeling.dump(made[0]), b"\n"])

    write_whole(out, parts())
    return made[0]
