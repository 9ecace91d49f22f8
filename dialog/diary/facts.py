"""What an entry says of a document, and the values that its commitments are made to."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dialog.core.diary.numbers import DiaryNumber
from dialog.diary.models import Direction


@dataclass(frozen=True)
class Facts:
    """What the law asks of an entry (OSL 5:2) and what goes with it. `public_…` is what everybody
    is shown, None where it is withheld.
    """

    subject: str
    public_subject: str | None
    arrived_on: date
    correspondent: str = ""
    public_correspondent: str | None = ""
    direction: Direction | None = None
    secrecy: str = ""

    def values(self, *, number: DiaryNumber, at: datetime, by: UUID | None) -> dict[str, str]:
        """By name, as text: what is committed to. What is empty is left out, but for what
        everybody is shown: left out it is withheld.
        """
        given = {
            "number": str(number),
            "arrived": self.arrived_on.isoformat(),
            "registered": at.isoformat(),
            "direction": str(self.direction or ""),
            "correspondent": self.correspondent,
            "subject": self.subject,
            "secrecy": self.secrecy,
            "by": str(by or ""),
        }
        shown = {
            "public_correspondent": self.public_correspondent,
            "public_subject": self.public_subject,
        }
        return {name: text for name, text in given.items() if text} | {
            name: text for name, text in shown.items() if text is not None
        }
