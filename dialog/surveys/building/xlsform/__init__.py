"""Questionnaires from and to XLSForm: the spreadsheets of ODK, KoboToolbox and their relatives.

`read` takes what can be taken and accounts for the rest, `write` loses nothing.
"""

from dialog.surveys.building.xlsform.findings import Finding, Imported, WrongFormError
from dialog.surveys.building.xlsform.reading import read
from dialog.surveys.building.xlsform.writing import write

__all__ = ["Finding", "Imported", "WrongFormError", "read", "write"]
