"""The URL map of rehearsals: before a round opens, what somebody would get of it who asked."""

from flask import Blueprint

from dialog.rehearsing import views

bp = Blueprint("rehearsing", __name__, template_folder="templates")

bp.add_url_rule("/begaran-pa-prov/<uuid:round_id>", "rehearsal", views.rehearsal)
