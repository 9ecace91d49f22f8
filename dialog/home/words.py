"""Words of the front pages: where a round stands, and what is to be done next."""

from typing import Any, Final

from flask_babel import lazy_gettext

from dialog.surveys.models import RoundState

# state: (its name, what is to be done next, the kind of mark beside it)
ROUNDS: Final[dict[RoundState, tuple[Any, Any, str]]] = {
    RoundState.DRAFT: (
        lazy_gettext("Utkast"),
        lazy_gettext("Planera klart och lämna för granskning."),
        "waiting",
    ),
    RoundState.REVIEW: (
        lazy_gettext("Granskas"),
        lazy_gettext("Väntar på att någon annan än författaren godkänner."),
        "waiting",
    ),
    RoundState.APPROVED: (
        lazy_gettext("Godkänd"),
        lazy_gettext("Öppnas på sin dag, eller när du öppnar den."),
        "",
    ),
    RoundState.OPEN: (lazy_gettext("Öppen"), lazy_gettext("Svar tas emot."), ""),
    RoundState.PAUSED: (
        lazy_gettext("Pausad"),
        lazy_gettext("Inga svar tas emot. Fortsätt när orsaken är utredd."),
        "waiting",
    ),
    RoundState.CLOSED: (
        lazy_gettext("Stängd"),
        lazy_gettext("Svaren blandas och öppnas av sig själva."),
        "",
    ),
    RoundState.OPENED: (
        lazy_gettext("Öppnad"),
        lazy_gettext("Granska och publicera resultatet."),
        "waiting",
    ),
    RoundState.UNOPENED: (
        lazy_gettext("Avslutad oöppnad"),
        lazy_gettext("Berätta för dem som svarade. Svaren kan inte läsas."),
        "ended",
    ),
}

DUTIES: Final[dict[str, Any]] = {
    "round.announce": lazy_gettext("Besked till valurnan"),
    "release.make": lazy_gettext("Resultat"),
    "release.correct": lazy_gettext("Rättade resultat"),
    "mail.password": lazy_gettext("Mejl om lösenord"),
    "mail.invitation": lazy_gettext("Inbjudningar"),
    "mail.reminder": lazy_gettext("Påminnelser"),
    "mail.application": lazy_gettext("Mejl om ansökningar"),
    "research.prepare": lazy_gettext("Omkodning för forskning"),
    "research.package": lazy_gettext("Paket för forskning"),
    "programme.check": lazy_gettext("Prövning av en granskning"),
    "mail.meeting": lazy_gettext("Kallelser till möten, och besked om ändringar"),
    "mail.meeting-reminder": lazy_gettext("Påminnelser om möten"),
    "mail.meeting-answer": lazy_gettext("Svar på frågor som ställdes på möten"),
    "meeting.relay": lazy_gettext("Ny ordning på rader efter en del av ett möte"),
    "mail.meeting-seat": lazy_gettext("Besked om plats på ett möte"),
    "mail.commitment": lazy_gettext("Mejl om åtaganden"),
    "mail.submission-handler": lazy_gettext("Mejl till handläggare av skrivelser"),
    "mail.request-handler": lazy_gettext("Mejl till handläggare av begäranden om handlingar"),
    "commitment.news": lazy_gettext("Nyheter om åtaganden"),
    "mail.commitment-news": lazy_gettext("Nyheter om åtaganden till dem som följer"),
    "mail.follow": lazy_gettext("Mejl till dem som vill följa åtaganden"),
    "mail.minutes": lazy_gettext("Mejl om anteckningar att läsa eller justera"),
    "mail.negotiation": lazy_gettext("Mejl om att något är nytt i en förhandling"),
    "mail.notice-address": lazy_gettext("Mejl om att bekräfta en adress"),
    "mail.submission": lazy_gettext("Mejl om skrivelser till dem som har undertecknat"),
    "submission.scrub": lazy_gettext("Städning efter raderade utkast"),
    "retention.carry-out": lazy_gettext("Gallring som två personer har godkänt"),
    "document.forget": lazy_gettext("Filer ur utkast som ska bort"),
    "mail.trustee": lazy_gettext("Mejl till nyckelhållare"),
}
