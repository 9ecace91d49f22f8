"""Pages of the import: two files, what they would change, and the confirmation."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.organisation import drafts
from dialog.organisation.comparing import Kind
from dialog.organisation.forms import ConfirmForm, ImportForm
from dialog.organisation.models import RosterDraft
from dialog.organisation.reading import read
from dialog.organisation.roster import File, Reading
from dialog.organisation.wording import kind_name, listed_faults, posts_read
from dialog.people.signing_in import actor, permitted
from dialog.web.database import abandon, let_go, session
from dialog.web.downloads import csv_file
from dialog.web.forms import status

SHOWN_FAULTS = 100


@permitted("organisation.import", fresh=True)
def import_page() -> Any:
    form = ImportForm()
    if not form.validate_on_submit():
        return _import_page(form), status(form)
    let_go()  # reading takes seconds; others may write meanwhile
    reading = read(form.units.data.read(), form.people.data.read())
    if reading.roster is None:
        return _import_page(form, reading), 422
    draft = drafts.make(session(), reading=reading, by=_who())
    return redirect(url_for("organisation.preview", draft_id=draft.id))


@permitted("organisation.import")
def preview(draft_id: UUID) -> Any:
    draft = _draft(draft_id)
    return _preview_page(draft, _confirm_form(draft))


@permitted("organisation.import", fresh=True)
def confirm(draft_id: UUID) -> Any:
    draft = _draft(draft_id)
    form = _confirm_form(draft)
    if not form.validate_on_submit():
        return _preview_page(draft, form), status(form)
    try:
        drafts.confirm(session(), draft=draft)
    except RefusedError as refused:
        abandon()
        flash(refused.sentence, "warning")
        return redirect(url_for("organisation.import_page"))
    flash(_("Organisationen är inläst."))
    return redirect(url_for("organisation.tree"))


@permitted("organisation.import")
def changes(draft_id: UUID) -> Response:
    found = drafts.changes_of(session(), draft=_draft(draft_id))
    rows = [
        (kind_name(kind), row.key, row.name, row.before, row.after)
        for kind, rows in found.by_kind.items()
        for row in rows
    ]
    headings = (_("Vad"), _("Kod eller e-post"), _("Namn"), _("Före"), _("Efter"))
    return csv_file("andringar.csv", [headings, *rows])


def _who() -> UUID:
    found = actor().person_id
    if found is None:
        abort(404)
    return found


def _draft(draft_id: UUID) -> RosterDraft:
    draft = drafts.find(session(), draft_id=draft_id, by=_who())
    if draft is None:
        flash(_("Förhandsvisningen finns inte kvar. Läs in filerna igen."), "warning")
        abort(redirect(url_for("organisation.import_page")))
    return draft


def _confirm_form(draft: RosterDraft) -> ConfirmForm:
    form = ConfirmForm()
    if draft.summary["sweeping"]:
        form.leaving = draft.summary["counts"].get(Kind.PERSON_LEFT.value, 0)
    return form


def _preview_page(draft: RosterDraft, form: ConfirmForm) -> str:
    summary = draft.summary
    lists = [
        (kind, kind_name(kind), summary["counts"][kind.value], _read(kind, rows))
        for kind, rows in ((kind, summary["lists"].get(kind.value)) for kind in Kind)
        if rows
    ]
    return render_template(
        "organisation/preview.html", draft=draft, summary=summary, lists=lists, form=form
    )


def _read(kind: Kind, rows: list[list[str]]) -> list[list[str]]:
    """Rows (key, name, before, after) with the levels of people's posts in the reader's words."""
    if not kind.value.startswith("person") or kind is Kind.PERSON_RENAMED:
        return rows
    return [[*row[:2], *map(posts_read, row[2:])] for row in rows]


def _import_page(form: ImportForm, reading: Reading | None = None) -> str:
    faults: list[tuple[str, str]] = []
    if reading is not None:
        names = {File.UNITS: form.units.data.filename, File.PEOPLE: form.people.data.filename}
        faults = listed_faults(reading, names=names, at_most=SHOWN_FAULTS)
    total = len(reading.faults) if reading else 0
    return render_template("organisation/import.html", form=form, faults=faults, total=total)
