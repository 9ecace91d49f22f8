"""A round in words: where it stands since when, what happens next, and what has happened."""

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.surveys import result_tables
from dialog.surveys.models import Access, KeyHolder, Round, RoundState, RoundStep
from dialog.surveys.rounds.publishing import Progress
from dialog.surveys.rounds.steps import embargo_sentence, is_under_embargo
from dialog.web.i18n import day, moment

S = RoundState
MARKS: Final = {
    S.REVIEW: "waiting",
    S.PAUSED: "waiting",
    S.UNOPENED: "ended",
    S.ARCHIVED: "ended",
    S.CANCELLED: "ended",
}
STEPS: Final[dict[str, Any]] = {
    "create": _l("Omgången skapades"),
    "plan": _l("En medarbetare ändrade i planen"),
    "submit": _l("Lämnades till granskning"),
    "withdraw": _l("Togs tillbaka från granskning"),
    "send-back": _l("Skickades tillbaka för ändring"),
    "approve": _l("Godkändes"),
    "open": _l("Öppnades för svar"),
    "pause": _l("Pausades"),
    "resume": _l("Fortsatte efter pausen"),
    "extend": _l("Svarstiden förlängdes"),
    "close": _l("Stängdes"),
    "count": _l("Deltagandet räknades en sista gång"),
    "unseal": _l("Svaren öppnades"),
    "end": _l("Avslutades utan att svaren öppnades"),
    "release": _l("Resultatet publicerades"),
    "correct": _l("Ett rättat resultat publicerades"),
    "archive": _l("Arkiverades"),
    "cancel": _l("Avbröts"),
    "restore": _l("Databasen återställdes från en säkerhetskopia"),
    "reconcile": _l("Stämdes av: vilka som redan har svarat"),
    "confirm-questions": _l("Lärosätet bekräftade frågorna"),
    "key-made": _l("En nyckel registrerades"),
    "key-tested": _l("En kopia av en nyckel provades"),
    "key-opened": _l("Ett lås öppnades"),
    "key-lost": _l("En nyckel anmäldes som förlorad"),
    "key-found": _l("En nyckel anmäldes som användbar igen"),
    "key-destroyed": _l("En nyckel bekräftades som förstörd"),
    "codes": _l("Koder på papper gjordes"),
    "codes-withdrawn": _l("En hög med koder drogs tillbaka"),
    "dispose-list": _l("Deltagarlistan gallrades"),
    "dispose-unit": _l("Enheten på svaren gallrades"),
    "dispose-texts": _l("Fritexterna gallrades"),
    "dispose-rows": _l("Svaren gallrades"),
}


def mark(state: RoundState) -> str:
    """The class of the mark that shows the state."""
    return f"status-{MARKS[state]}" if state in MARKS else ""


def step_words(step: RoundStep) -> str:
    if step.action.startswith("remind-"):
        return str(_("Påminnelser skickades"))
    return str(STEPS.get(step.action, step.action))


def standing(round_: Round, steps: list[RoundStep]) -> str:
    """The state with its date: "Öppen för svar sedan 3 oktober, stänger 17 oktober kl. 17.00"."""
    changes = [step.at for step in steps if step.after != step.before]
    since = day(changes[-1] if changes else steps[0].at) if steps else "–"
    closes = moment(round_.closes_at) if round_.closes_at else "–"
    words = {
        S.DRAFT: _("Utkast sedan %(since)s", since=since),
        S.REVIEW: _("Väntar på granskning sedan %(since)s", since=since),
        S.APPROVED: _("Godkänd %(since)s", since=since),
        S.OPEN: _("Öppen för svar sedan %(since)s, stänger %(closes)s", since=since, closes=closes),
        S.PAUSED: _("Pausad sedan %(since)s, skulle stänga %(closes)s", since=since, closes=closes),
        S.CLOSED: _("Stängd %(since)s", since=since),
        S.OPENED: _("Svaren öppnades %(since)s", since=since),
        S.UNOPENED: _("Avslutad %(since)s utan att svaren öppnades", since=since),
        S.RELEASED: _("Resultatet publicerades %(since)s", since=since),
        S.ARCHIVED: _("Arkiverad %(since)s", since=since),
        S.CANCELLED: _("Avbruten %(since)s", since=since),
    }
    return str(words[round_.state])


def next_step(round_: Round, *, opening: str = "", making: Progress | None = None) -> str:
    """What happens now, and who does it. `opening` is the trustee whose turn it is, `making` how
    far the result has come.
    """
    if making is not None and not making.stuck:
        if making.of:
            return str(
                _("Resultatet granskas: fråga %(at)s av %(of)s.", at=making.at, of=making.of)
            )
        return str(_("Resultatet ska granskas. Det börjar strax."))
    if opening:
        return str(
            _(
                "Nyckelhållarna öppnar sina lås i tur och ordning. Nu väntar svaren på %(who)s.",
                who=opening,
            )
        )
    if round_.reconcile_since is not None:
        return str(_restored(round_))
    if round_.state is S.OPENED and is_under_embargo(round_):
        return embargo_sentence(round_)
    words = {
        S.DRAFT: _("Planera klart och lämna omgången till granskning."),
        S.REVIEW: _(
            "Nyckelhållarna gör och provar sina nycklar. Sedan läser en godkännare som inte har"
            " arbetat med omgången planen, och godkänner den eller skickar tillbaka den."
        )
        if round_.key_holder is KeyHolder.TRUSTEES
        else _(
            "En godkännare som inte har arbetat med omgången läser planen. Hon eller han"
            " godkänner den eller skickar tillbaka den."
        ),
        S.APPROVED: _(
            "Omgången öppnas av sig själv %(when)s kl. 8. Den kan också öppnas nu.",
            when=day(round_.opens_on),
        )
        if round_.opens_on
        else _("Öppna omgången när ni är redo."),
        S.OPEN: _(
            "Mejl skickas och svar tas emot. Ingen kan läsa svaren förrän omgången har stängt."
        )
        if round_.access.mails
        else _("Svar tas emot. Ingen kan läsa dem förrän omgången har stängt."),
        S.PAUSED: _(
            "Inga svar tas emot och inga mejl skickas. Låt omgången fortsätta, eller stäng den."
        ),
        S.CLOSED: _(
            "Valurnan lämnar över de krypterade svaren inom en timme. Sedan öppnar nyckelhållarna"
            " sina lås i tur och ordning, och sist öppnar plattformen."
        )
        if round_.key_holder is KeyHolder.TRUSTEES
        else _(
            "Valurnan lämnar över de krypterade svaren inom en timme. Sedan blandas och öppnas"
            " de av sig själva."
        ),
        S.OPENED: _(
            "En analytiker granskar och publicerar resultatet. Till dess kan ingen se några"
            " siffror."
        ),
        S.UNOPENED: _("Berätta för dem som svarade att svaren inte lästes, och varför."),
        S.RELEASED: _(
            "Det som har sparats gallras enligt beslutet. Arkivera omgången när arbetet är klart."
        ),
        S.ARCHIVED: _("Det som har sparats gallras enligt beslutet."),
        S.CANCELLED: _("Inget mer händer. Planera en ny omgång om enkäten ändå ska göras."),
    }
    if round_.standing_plan is not None:
        by_itself = _(
            "Nyckelhållarna gör och provar sina nycklar. Sedan godkänns omgången efter planen,"
            " och öppnas när det den handlar om är över."
        )
        words |= dict.fromkeys((S.DRAFT, S.REVIEW, S.APPROVED), by_itself)
        words[S.OPENED] = _("Resultatet görs av sig självt.")
    return str(words[round_.state])


def _restored(round_: Round) -> Any:
    if round_.state is S.PAUSED:
        words = _(
            "Databasen är återställd från en säkerhetskopia, och omgången pausades. Inga svar tas"
            " emot. När du låter den fortsätta hämtas först uppgiften om vilka som redan har"
            " svarat, så att ingen kan svara två gånger."
        )
        if round_.access.prints:
            words += " " + _(
                "Högar med koder som gjordes efter säkerhetskopian finns inte kvar, och deras"
                " koder gäller inte längre. Samla in lapparna och gör nya högar."
            )
        return words
    return _(
        "Databasen är återställd från en säkerhetskopia som gjordes innan omgången öppnades."
        " Inbjudningarna finns inte kvar. Avbryt omgången och planera en ny."
    )


def access_words(round_: Round) -> str:
    words = {
        Access.INVITED: _("Personlig inbjudan med mejl"),
        Access.CODES: _("Koder på papper som delas ut"),
        Access.BOTH: _("Personlig inbjudan med mejl, och koder på papper"),
        Access.LINK: _("En öppen länk för alla"),
    }
    return str(words[round_.access])


def weakness(round_: Round) -> str:
    """What the way in does not protect from, compared with a personal invitation; may be empty."""
    words = {
        Access.CODES: _("Den som får tag i flera lappar kan svara flera gånger."),
        Access.BOTH: _("Den som har fått ett mejl och dessutom tar en lapp kan svara två gånger."),
        Access.LINK: _("Svagare skydd: samma person kan svara flera gånger."),
    }
    return str(words.get(round_.access, ""))


def tables_words(round_: Round) -> str:
    if result_tables.is_whole(round_.tables):
        return str(_("alla svar tillsammans"))
    chosen = []
    tables = result_tables.of(round_)
    if tables.units:
        chosen.append(_("varje enhet, verksamhet och förvaltning"))
    if tables.levels:
        chosen.append(_("varje nivå inom varje verksamhet"))
    return ", ".join(str(each) for each in chosen) or "–"
