"""What stands in every name of the house that tells of a union."""

from typing import Final

MARK: Final = "Zqvist"
DRAFT: Final = "Qvarnzund"  # in what is only in drafts of letters
UNION: Final = f"{MARK}förbundet"  # an organisation's name: public where it sends a letter
