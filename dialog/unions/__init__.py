"""The URL map of unions: groups, organisations, mandates, and a representative's own pages."""

from flask import Blueprint

from dialog.unions import body_views, mandate_views, organisation_views, own_views

bp = Blueprint("unions", __name__, template_folder="templates")
_pages = ["GET", "POST"]
_post = ["POST"]

_all = "/facklig-samverkan"
bp.add_url_rule(_all, view_func=body_views.bodies)
bp.add_url_rule(f"{_all}/ny", view_func=body_views.new_body, methods=_pages)
bp.add_url_rule(f"{_all}/<uuid:body_id>", view_func=body_views.body)
bp.add_url_rule(f"{_all}/<uuid:body_id>/andra", view_func=body_views.edit_body, methods=_pages)
bp.add_url_rule(
    f"{_all}/<uuid:body_id>/uppdrag", view_func=mandate_views.new_mandate, methods=_pages
)
_organisations = f"{_all}/organisationer"
bp.add_url_rule(_organisations, view_func=organisation_views.organisations)
bp.add_url_rule(
    f"{_organisations}/ny", view_func=organisation_views.new_organisation, methods=_pages
)
bp.add_url_rule(
    f"{_organisations}/<uuid:organisation_id>",
    view_func=organisation_views.edit_organisation,
    methods=_pages,
)
_mandate = f"{_all}/uppdrag/<uuid:mandate_id>"
bp.add_url_rule(_mandate, view_func=mandate_views.mandate, methods=_pages)
bp.add_url_rule(f"{_mandate}/ta-bort", view_func=mandate_views.remove, methods=_pages)

_mine = "/mina-uppdrag"
bp.add_url_rule(_mine, view_func=own_views.mine)
bp.add_url_rule(f"{_mine}/sluta", view_func=own_views.stop, methods=_post)
_own = f"{_mine}/<uuid:mandate_id>"
bp.add_url_rule(f"{_own}/foretrad", view_func=own_views.act, methods=_post)
bp.add_url_rule(f"{_own}/adress", view_func=own_views.address, methods=_pages)
bp.add_url_rule(f"{_own}/avsluta", view_func=own_views.resign, methods=_pages)

# The link in a mail to an address that is to be confirmed.
bp.add_url_rule("/uppdragsadress/klart", view_func=own_views.address_confirmed)
bp.add_url_rule("/uppdragsadress/<secret>", view_func=own_views.confirm_address, methods=_pages)
