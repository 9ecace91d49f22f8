"""Pages of negotiations: those of a body, and one as it stands."""

from typing import Any, Final
from uuid import UUID

from flask import render_template, request
from flask_babel import lazy_gettext as _l

from dialog.core.negotiating.rules import Paragraph
from dialog.negotiations import agreeing, queries, words
from dialog.negotiations import page as pages
from dialog.people.signing_in import permitted
from dialog.web.database import session

FILTERS: Final = {"oppna": _l("Öppna"), "avslutade": _l("Lagda till handlingarna")}


@permitted("matter.own")
def matters(body_id: UUID) -> Any:
    body, reader = pages.body(body_id)
    chosen = request.args.get("visa", "oppna")
    chosen = chosen if chosen in FILTERS else "oppna"
    found = queries.page_of_matters(
        session(),
        body_id=body.id,
        open_=chosen == "oppna",
        keeps=reader.keeps,
        page=request.args.get("sida", 1, int),
    )
    agreement = agreeing.current(session(), body=body)
    return render_template(
        "negotiations/matters.html", body=body, reader=reader, found=found, chosen=chosen,
        filters=FILTERS, words=words, agreement=agreement,
        rules=agreeing.rules_under(Paragraph.UNION_ASKS, agreement),
    )  # fmt: skip


@permitted("matter.own")
def matter(matter_id: UUID) -> Any:
    shown = pages.existing(matter_id)
    return render_template("negotiations/matter.html", **pages.facts(shown))
