"""(replaced by the feature) The URL map of home."""

from flask import Blueprint

bp = Blueprint("home", __name__, template_folder="templates")
