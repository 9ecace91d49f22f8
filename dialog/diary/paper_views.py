"""What leaves the diary as a whole: a register on paper, and packages for the archive."""

import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from flask import abort, current_app, render_template, request, send_file
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.diary import printing, queries
from dialog.diary.archive import matters, package
from dialog.diary.forms import RegisterForm
from dialog.people.permissions import may
from dialog.people.signing_in import actor, permitted
from dialog.settings import Settings
from dialog.storage.clock import now, today
from dialog.storage.private import own_folder
from dialog.web import downloads
from dialog.web.database import session
from dialog.web.forms import refuse, status

MOST: Final = 300 * 2**20  # bytes of files in a package that a browser is sent
YEARS: Final = 10_000


@permitted("diary.see")
def register() -> Any:
    """The form, and with a period the register itself: its address can be kept and sent."""
    boards = queries.authorities(session())
    asked = request.args or None
    form = RegisterForm(asked, fran=today().replace(month=1, day=1), till=today())
    form.offer(boards)
    if asked and boards and form.validate():
        period = form.period(boards)
        try:
            made = printing.pdf(session(), period=period, keeps=may(actor(), "diary.keep"))
        except RefusedError as refused:
            refuse(form.fran, refused.sentence)
        else:
            return downloads.paper(made, f"diarieforteckning-{period.authority.letters}")
    return render_template("diary/register.html", form=form, boards=boards), status(form)


@permitted("diary.keep")
def archive() -> Any:
    """What there is to deliver, by authority and year."""
    boards = queries.authorities(session())
    years = [(each, matters.extents(session(), authority=each)) for each in boards]
    return render_template("diary/archive.html", years=years, most=MOST)


@permitted("diary.keep")
def archive_file(letters: str, year: int) -> Any:
    """A year's package as a zip file, made now and kept nowhere."""
    board = next((e for e in queries.authorities(session()) if e.letters == letters), None)
    if board is None or year not in range(YEARS):
        abort(404)
    sizes = {each.year: each.size for each in matters.extents(session(), authority=board)}
    if sizes.get(year, 0) > MOST:
        raise RefusedError(_("Årets filer är för stora att hämta här. Använd kommandot."))
    settings: Settings = current_app.extensions["settings"]
    own_folder(settings.files)
    with tempfile.TemporaryDirectory(dir=settings.files) as folder:
        made = package.deliver(
            session(), authority=board, year=year, into=Path(folder), at=now(),
            documents=settings.documents,
        )  # fmt: skip
        name = made.folder.name
        zipped = shutil.make_archive(str(Path(folder) / name), "zip", folder, name)
        file = Path(zipped).open("rb")  # noqa: SIM115 - it is read after the folder is gone
    return send_file(file, "application/zip", as_attachment=True, download_name=f"{name}.zip")
