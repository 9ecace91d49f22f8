"""The URL map of home: front pages by role, information for everybody, and health."""

from flask import Blueprint

from dialog.home import information_views as information
from dialog.home import views

bp = Blueprint("home", __name__, template_folder="templates")

bp.add_url_rule("/", "front", views.front)
bp.add_url_rule("/konto/om-mig", "about_me", views.about_me)

bp.add_url_rule("/sprak/<any(sv, en):chosen>", "language", information.language)
bp.add_url_rule("/om", "about", information.about)
bp.add_url_rule("/om/anonymitet", "anonymity", information.anonymity)
bp.add_url_rule("/om/behorigheter", "who_may", information.who_may)
bp.add_url_rule("/tillganglighet", "accessibility", information.accessibility)
bp.add_url_rule("/health", "health", information.health)
