"""What stands on the trustees' pages, made ready for their templates and for the script there."""

from dataclasses import dataclass, field
from uuid import UUID

from flask_babel import format_decimal

from dialog.surveys.trustees.script_words import script_words

IN_BROWSER = 5_000  # ballots; more are opened by the command, which needs less memory


@dataclass(frozen=True)
class KeyPage:
    """The page of one key. `layer` is its place, from 1 to `places`; `registered` its public half
    in base64url, "" while there is none; `check_code` its eight digits.
    """

    round_id: UUID
    round_title: str
    layer: int
    places: int
    registered: str
    check_code: str
    is_deputy: bool
    deputy: str  # the deputy's name, "" while nobody is named
    own_tested: bool
    deputy_tested: bool
    is_approved: bool
    words: dict[str, str] = field(default_factory=script_words)

    @property
    def may_make(self) -> bool:
        """The holder makes the key, and a new one as long as nobody has approved the round."""
        return not self.is_deputy and not (self.registered and self.is_approved)

    @property
    def is_done(self) -> bool:
        return bool(self.registered) and self.own_tested and self.deputy_tested


@dataclass(frozen=True)
class OpeningPage:
    """The page of the one whose turn it is. `length` is the bytes of a ballot as it comes;
    `next_holder` says who opens after this one, "" when nobody does.
    """

    round_id: UUID
    round_title: str
    layer: int
    places: int
    public: str
    check_code: str
    ballots: int
    length: int
    next_holder: str
    words: dict[str, str] = field(default_factory=script_words)

    @property
    def ballots_in_words(self) -> str:
        return str(format_decimal(self.ballots))

    @property
    def in_browser(self) -> bool:
        return self.ballots <= IN_BROWSER
