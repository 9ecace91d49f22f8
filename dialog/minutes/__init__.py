"""The URL map of minutes."""

from flask import Blueprint

from dialog.minutes import attest_views, attester_views, proposal_views, views, writing_views

bp = Blueprint("minutes", __name__, template_folder="templates", url_prefix="/anteckningar")
_pages = ["GET", "POST"]

# The text.
_minutes = "/<uuid:minutes_id>"
bp.add_url_rule(_minutes, "minutes", views.minutes_)
bp.add_url_rule(f"{_minutes}/anteckningar.pdf", view_func=views.paper_)
bp.add_url_rule(f"{_minutes}/versioner", view_func=views.versions)

# By those who write.
_write = f"{_minutes}/skriv"
bp.add_url_rule(_write, view_func=writing_views.write)
bp.add_url_rule(f"{_write}/hamta", view_func=writing_views.bring_in, methods=["POST"])
bp.add_url_rule(f"{_write}/nytt", view_func=writing_views.new_section, methods=["POST"])
bp.add_url_rule(f"{_write}/<uuid:section_id>", view_func=writing_views.save, methods=["POST"])
bp.add_url_rule(f"{_minutes}/skicka", view_func=writing_views.circulate, methods=_pages)
bp.add_url_rule(f"{_minutes}/tillagg", view_func=writing_views.addendum, methods=_pages)
bp.add_url_rule(f"{_minutes}/justerare", view_func=attester_views.attesters, methods=_pages)
bp.add_url_rule(
    f"{_minutes}/justerare/<uuid:person_id>", view_func=attester_views.replace, methods=_pages
)
bp.add_url_rule(
    f"{_minutes}/forslag/<uuid:proposal_id>", view_func=proposal_views.decide, methods=_pages
)

# By those who read and attest.
bp.add_url_rule(
    f"{_minutes}/avsnitt/<uuid:section_id>", view_func=proposal_views.propose, methods=_pages
)
bp.add_url_rule(f"{_minutes}/justera", view_func=attest_views.attest, methods=_pages)
bp.add_url_rule(f"{_minutes}/invand", "object", attest_views.object_, methods=_pages)
