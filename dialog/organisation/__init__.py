"""(replaced by the feature) The URL map of organisation."""

from flask import Blueprint

bp = Blueprint("organisation", __name__, template_folder="templates")
