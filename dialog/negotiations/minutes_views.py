"""From a matter to the minutes of its negotiation: begun by the employer's side, read by those who
represent in the body once they were sent round.
"""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from dialog.minutes import queries, writing
from dialog.negotiations import documenting, words
from dialog.negotiations import page as pages
from dialog.negotiations.forms import ButtonForm
from dialog.people.signing_in import me, permitted
from dialog.web.database import session


@permitted("matter.own")
def minutes(matter_id: UUID) -> Any:
    found = queries.minutes_of(session(), about=documenting.ABOUT, about_id=matter_id)
    shown = pages.existing(matter_id, "matter.see" if found else "matter.keep")
    if found is not None:
        return redirect(url_for("minutes.minutes", minutes_id=found.id))
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_template("negotiations/minutes.html", form=form, **pages.frame(shown))
    made = writing.begin(
        session(), about=documenting.ABOUT, about_id=matter_id,
        title=words.titled(shown.matter, shown.stands.rules),
        lines=documenting.lines(session(), matter_id), by=me(),
    )  # fmt: skip
    return redirect(url_for("minutes.write", minutes_id=made.id))
