"""Letters to an authority in words: how they stand, and what can be done with them."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from dialog.core.submissions import Action, Signing, State

STATES: Final[dict[State, Any]] = {
    State.DRAFT: _l("utkast"),
    State.RECEIVED: _l("inkommen"),
    State.REGISTERED: _l("diarieförd"),
    State.ASSIGNED: _l("tilldelad"),
    State.PREPARING: _l("under beredning"),
    State.SUPPLEMENT: _l("väntar på komplettering"),
    State.REPLIED: _l("besvarad"),
    State.CLOSED: _l("avslutad"),
    State.JOINED: _l("förd till ett annat ärende"),
    State.FORWARDED: _l("överlämnad till en annan myndighet"),
}
DOING: Final[dict[Action, Any]] = {
    Action.SUBMIT: _l("lämna in skrivelsen"),
    Action.REGISTER: _l("diarieföra skrivelsen"),
    Action.ASSIGN: _l("tilldela en handläggare"),
    Action.REASSIGN: _l("byta handläggare"),
    Action.PREPARE: _l("bereda ärendet"),
    Action.ASK_SUPPLEMENT: _l("begära en komplettering"),
    Action.GIVE_SUPPLEMENT: _l("lämna kompletteringen"),
    Action.REPLY: _l("skicka svaret"),
    Action.CLOSE: _l("avsluta ärendet"),
    Action.JOIN: _l("föra skrivelsen till ett annat ärende"),
    Action.FORWARD: _l("lämna över skrivelsen till en annan myndighet"),
    Action.SET_ASIDE: _l("lägga brevet åt sidan"),
}
SIGNING: Final[dict[Signing, Any]] = {
    Signing.WAITING: _l("har inte svarat"),
    Signing.CONFIRMED: _l("undertecknar"),
    Signing.OUTDATED: _l("behöver läsa den ändrade texten"),
    Signing.DECLINED: _l("undertecknar inte"),
}
ASKED: Final[dict[Signing, Any]] = {
    Signing.WAITING: _l("väntar på ert svar"),
    Signing.CONFIRMED: _l("ni undertecknar"),
    Signing.OUTDATED: _l("ändrad sedan ni undertecknade"),
    Signing.DECLINED: _l("ni undertecknar inte"),
}
