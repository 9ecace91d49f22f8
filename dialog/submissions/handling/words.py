"""What the authority's pages call things."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from dialog.core.submissions import Action
from dialog.submissions.handling.figures import Group
from dialog.submissions.handling_models import ReplyState
from dialog.submissions.models import Kind

PROPOSE: Final = "propose-reply"  # steps that are kept beside those of the table
SEND_BACK: Final = "send-back-reply"
TAKE_UP: Final = "take-up"
# What goes into the diary is in Swedish, whoever writes it there.
ANONYMOUS: Final = "Anonym"
QUESTION: Final = "Begäran om komplettering"
SUPPLEMENT: Final = "Komplettering"
REPLY: Final = "Svar"
FORWARDED: Final = "Överlämnad skrivelse"
REPLIES: Final[dict[ReplyState, Any]] = {
    ReplyState.DRAFTING: _l("under arbete"),
    ReplyState.PROPOSED: _l("väntar på godkännande"),
    ReplyState.SENT: _l("skickat"),
}
KINDS: Final[dict[Kind, Any]] = {
    Kind.UNION: _l("Från fackliga organisationer"),
    Kind.STAFF: _l("Från medarbetare"),
    Kind.ANONYMOUS: _l("Från någon okänd"),
    Kind.MAIL: _l("Med post eller e-post"),
}
GROUPS: Final[dict[Group, Any]] = {
    Group.ALL: _l("Alla skrivelser"),
    Group.BOARD: _l("Per myndighet"),
    Group.SENDER: _l("Per avsändare"),
    Group.BODY: _l("Per facklig grupp"),
}
MEASURES: Final = (
    ("registered", _l("Till diarieföring")),
    ("heard", _l("Till första besked")),
    ("replied", _l("Till svar")),
)
HAPPENED: Final[dict[str, Any]] = {
    Action.SUBMIT: _l("Kom in"),
    Action.REGISTER: _l("Diariefördes"),
    Action.ASSIGN: _l("Tilldelades en handläggare"),
    Action.REASSIGN: _l("Ny handläggare eller dag"),
    Action.PREPARE: _l("Svaret började skrivas"),
    Action.ASK_SUPPLEMENT: _l("Komplettering begärdes"),
    Action.GIVE_SUPPLEMENT: _l("Komplettering kom in"),
    PROPOSE: _l("Svaret lämnades till godkännande"),
    SEND_BACK: _l("Svaret skickades tillbaka"),
    Action.REPLY: _l("Svaret godkändes och skickades"),
    Action.JOIN: _l("Fördes till ett annat ärende"),
    Action.FORWARD: _l("Lämnades över till en annan myndighet"),
    Action.CLOSE: _l("Ärendet avslutades"),
    Action.SET_ASIDE: _l("Lades åt sidan utan att diarieföras"),
    TAKE_UP: _l("Togs upp igen, med ett nytt nummer"),
}
