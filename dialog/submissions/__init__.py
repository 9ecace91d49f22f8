"""The URL map of letters to an authority: written for a union, signed, submitted, answered."""

from flask import Blueprint

from dialog.submissions import draft_views, sign_views, views
from dialog.submissions.handling import (
    overview_views,
    promise_views,
    reply_views,
    step_views,
    supplement_views,
)
from dialog.submissions.handling import views as handling_views
from dialog.submissions.intake import batch_views
from dialog.submissions.intake import views as intake_views
from dialog.submissions.staff import read_views as staff_reading
from dialog.submissions.staff import send_views as staff_sending

bp = Blueprint("submissions", __name__, template_folder="templates")
_pages = ["GET", "POST"]
_post = ["POST"]

# For who acts for an organisation.
_all = "/skrivelser"
bp.add_url_rule(_all, view_func=views.submissions)
bp.add_url_rule(f"{_all}/ny", view_func=draft_views.new, methods=_pages)
_one = f"{_all}/<uuid:submission_id>"
bp.add_url_rule(_one, view_func=views.submission)
bp.add_url_rule(f"{_one}/skriv", view_func=draft_views.write, methods=_pages)
bp.add_url_rule(f"{_one}/ta-bort", view_func=draft_views.withdraw, methods=_pages)
bp.add_url_rule(f"{_one}/underskrifter", view_func=sign_views.signers, methods=_pages)
bp.add_url_rule(
    f"{_one}/underskrifter/<uuid:organisation_id>/ta-bort",
    view_func=sign_views.take_back,
    methods=_post,
)
bp.add_url_rule(f"{_one}/underteckna", view_func=sign_views.sign, methods=_pages)
bp.add_url_rule(f"{_one}/lamna-in", view_func=views.submit, methods=_pages)
bp.add_url_rule(f"{_one}/kvitto", view_func=views.receipt)
bp.add_url_rule(f"{_one}/kvitto.pdf", view_func=views.receipt_file)

# From staff, by name or not; what they read by the code begins at /kvittens.
_send = f"{_all}/skicka"
bp.add_url_rule(_send, view_func=staff_sending.send, methods=_pages)
bp.add_url_rule(f"{_send}/med-namn", view_func=staff_sending.send_named, methods=_pages)
bp.add_url_rule(f"{_send}/svara", "staff_supplement", staff_reading.supplement, methods=_post)
bp.add_url_rule(f"{_send}/fil", "staff_file", staff_reading.file_, methods=_post)
bp.add_url_rule(f"{_one}/komplettera", view_func=supplement_views.supplement, methods=_pages)

# For the authority.
_incoming = "/inkomna-skrivelser"
bp.add_url_rule(_incoming, view_func=handling_views.incoming)
bp.add_url_rule(f"{_incoming}/ta-emot", view_func=intake_views.take_in, methods=_pages)
_batch = f"{_incoming}/bunt/<uuid:batch_id>"
bp.add_url_rule(_batch, view_func=batch_views.cut, methods=_pages)
bp.add_url_rule(f"{_batch}/slang", view_func=batch_views.throw_away, methods=_post)
bp.add_url_rule("/skrivelser/oversikt", view_func=overview_views.overview)
_letter = f"{_incoming}/<uuid:submission_id>"
bp.add_url_rule(_letter, view_func=handling_views.letter)
bp.add_url_rule(f"{_letter}/diariefor", view_func=handling_views.register, methods=_pages)
bp.add_url_rule(f"{_letter}/svar", view_func=reply_views.reply, methods=_pages)
bp.add_url_rule(f"{_letter}/svar/godkann", "approve_reply", reply_views.approve, methods=_pages)
bp.add_url_rule(
    f"{_letter}/svar/skicka-tillbaka", "send_back_reply", reply_views.send_back, methods=_pages
)
bp.add_url_rule(f"{_letter}/atagande", view_func=promise_views.promise, methods=_pages)
bp.add_url_rule(f"{_letter}/ta-upp", view_func=intake_views.take_up, methods=_post)
bp.add_url_rule(f"{_letter}/<slug>", view_func=step_views.step, methods=_pages)
