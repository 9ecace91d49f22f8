"""Questionnaires from and to XLSForm: the spreadsheets of ODK, KoboToolbox and their relatives.

`reading.read` takes what can be taken and accounts for the rest, `writing.write` loses nothing.
Import them where they are used: their libraries are slow to load, and few pages need them.
"""
