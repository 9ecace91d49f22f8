"""What every page shares: templates, macros, static files, languages, headers, error pages."""

from flask import Blueprint

bp = Blueprint("web", __name__, template_folder="templates")
