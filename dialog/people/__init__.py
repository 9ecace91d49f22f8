"""The URL map of people: signing in, one's own account, and the administrator's list."""

from flask import Blueprint

from dialog.people import administration_views as administration
from dialog.people import views

bp = Blueprint("people", __name__, template_folder="templates")

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")

bp.add_url_rule("/logga-in", "sign_in", views.sign_in, methods=BOTH)
bp.add_url_rule("/logga-ut", "sign_out", views.sign_out, methods=POST)
bp.add_url_rule("/glomt-losenordet", "forgot", views.forgot, methods=BOTH)
bp.add_url_rule("/glomt-losenordet/skickat", "link_sent", views.link_sent, methods=GET)
bp.add_url_rule("/valj-losenord", "choose_password", views.choose_password, methods=BOTH)

bp.add_url_rule("/konto", "account", views.account, methods=GET)
bp.add_url_rule("/konto/losenord", "change_password", views.change_password, methods=BOTH)
bp.add_url_rule("/konto/avsluta", "end_session", views.end_session, methods=POST)

PERSON = "/personer/<uuid:person_id>"
bp.add_url_rule("/personer", "people", administration.people, methods=GET)
bp.add_url_rule("/personer/ny", "add", administration.add, methods=BOTH)
bp.add_url_rule(PERSON, "person", administration.person, methods=GET)
bp.add_url_rule(f"{PERSON}/roller", "set_roles", administration.set_roles, methods=POST)
bp.add_url_rule(f"{PERSON}/lank", "send_link", administration.send_link, methods=POST)
bp.add_url_rule(f"{PERSON}/logga-ut", "end_sessions", administration.end_sessions, methods=POST)
bp.add_url_rule(f"{PERSON}/stang", "close_account", administration.close_account, methods=POST)
bp.add_url_rule(f"{PERSON}/oppna", "open_account", administration.open_account, methods=POST)
