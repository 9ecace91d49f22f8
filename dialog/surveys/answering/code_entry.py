"""The way in for those whose mail filter rewrites links: type the code that stands in the mail."""

from flask import redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from dialog.people.signing_in import permitted
from dialog.surveys.answering.entering import round_of_code


class CodeForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    code = StringField(
        _l("Kod"),
        [
            InputRequired(
                _l("Skriv koden. Den står i ditt meddelande, under länken, eller på lappen.")
            )
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


@permitted("code.enter")
def enter_code() -> Response | str | tuple[str, int]:
    """Leads to the round's page, the code after #: from there on no address holds it."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("surveys/answering/code.html", form=form)
    typed = str(form.code.data).strip()
    round_id = round_of_code(typed)
    if round_id is None:
        wrong = _l(
            "Koden stämmer inte, eller så är enkäten inte öppen. Jämför med ditt meddelande eller"
            " lappen."
        )
        form.code.errors = [wrong]
        return render_template("surveys/answering/code.html", form=form), 422
    kept = "".join(character for character in typed if character.isalnum())
    return redirect(url_for("surveys.answer", round_id=round_id, _anchor=kept), code=303)
