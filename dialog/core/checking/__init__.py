"""Faults of a questionnaire: what must be mended before it can be approved.

`questionnaire.load` sees to the form of each part; here is what only shows when parts are put
together. `faults` lists it, `worded` says it to people.
"""

from dialog.core.checking.fault import Fault
from dialog.core.checking.form import faults
from dialog.core.checking.words import worded

__all__ = ["Fault", "faults", "worded"]
