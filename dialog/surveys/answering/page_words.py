"""What the answering script says, and what the page promises: in the words of the catalogues."""

from collections.abc import Sequence

from flask_babel import gettext as _

from dialog.surveys import result_tables
from dialog.surveys.models import Access, KeyHolder, Round
from dialog.surveys.programme_models import Programme
from dialog.web.i18n import all_of, day


def script_words() -> dict[str, str]:
    """The texts of frontend/answer by name; the script fills in what stands in braces."""
    return {
        "next": _("Nästa"),
        "to-review": _("Till sista steget"),
        "go-on": _("Fortsätt där du slutade"),
        "part": _("Del {number} av {all}"),
        "part-step": _("Del {number} av {all}, steg {step} av {steps}"),
        "units-many": _("Visar {shown} av {all} enheter. Skriv mer för att hitta rätt."),
        "units-found": _("{all} enheter hittades."),
        "units-one": _("En enhet hittades."),
        "required-choice": _("Välj ett svar."),
        "required-text": _("Skriv ett svar."),
        "date-wrong": _("Skriv ett datum som finns, till exempel 14 oktober 2026."),
        "number-wrong": _("Skriv ett tal med siffror, till exempel 12."),
        "number-whole": _("Skriv ett heltal, utan decimaler."),
        "number-low": _("Skriv ett tal som är minst {low}."),
        "number-high": _("Skriv ett tal som är högst {high}."),
        "text-long": _("Korta texten med {over} tecken."),
        "identity-number": _(
            "Ta bort personnumret. Svaret kan inte skickas så länge det står kvar."
        ),
        "contact-mail": _("Texten innehåller en e-postadress. Ta bort den om den inte behövs."),
        "contact-phone": _(
            "Texten ser ut att innehålla ett telefonnummer. Ta bort det om det inte behövs."
        ),
        "contact-both": _(
            "Texten ser ut att innehålla en e-postadress och ett telefonnummer."
            " Ta bort dem om de inte behövs."
        ),
        "left": _("{count} tecken kvar"),
        "over": _("{count} tecken för mycket"),
        "review-count": _("Du har svarat på {given} av {all} frågor."),
        "review-part": _("{title}: {left} utan svar"),
        "no-contact": _("Ingen kontakt med servern."),
        "send-network": _(
            "Ingen kontakt med servern. Inget har skickats, och dina svar finns kvar här."
            " Försök igen när du har kontakt."
        ),
        "too-long": _("Svaren är för långa för att skickas. Korta någon av fritexterna."),
        "waiting-network": _("Det finns ingen kontakt med servern just nu."),
        "waiting-server": _("Servern svarar, men kan inte ta emot svaret just nu."),
        "failed-token": _("Servern gav en underskrift som inte stämmer."),
        "failed-refused": _("Servern tog inte emot svaret (kod {code})."),
        "file-name": _("svar-att-skicka.json"),
    }


def promise(round_: Round) -> str:
    """Exactly who can see what, in one line: facts, no adjectives."""
    sealed = _("Svaren krypteras i din telefon eller dator innan de skickas.")
    seen = {
        Access.INVITED: _("Vi ser att du har svarat."),
        Access.CODES: _(
            "Vi ser att en kod från högen med lappar har använts, inte vem som fick den."
        ),
        Access.BOTH: _(
            "Kom du hit från ditt mejl ser vi att du har svarat. Kom du hit med en kod på en"
            " papperslapp ser vi att en kod från högen med lappar har använts, inte vem som fick"
            " den."
        ),
        Access.LINK: _("Länken är densamma för alla, och vi ser inte vem som har svarat."),
    }[round_.access]
    if result_tables.is_whole(round_.tables):
        opened = _("Svaren kan läsas först när enkäten har stängt, utan namn, enhet och nivå.")
    else:
        opened = _(
            "Svaren kan läsas först när enkäten har stängt, utan namn men med enhet och nivå."
        )
    return f"{sealed} {seen} {opened}"


def facts(
    round_: Round, holders: Sequence[str] = (), programme: Programme | None = None
) -> list[str]:
    """What the promise rests on: who leads it, the keys, the smallest group, and what is disposed
    of when. `holders` are the functions of those who hold keys beside the platform.
    """
    return [
        *_about_review(round_, programme),
        *_about_key(round_, holders),
        *_about_groups(round_),
        *_about_retention(round_),
    ]


def _about_review(round_: Round, programme: Programme | None) -> list[str]:
    """Who sets the questions and who gets the answers, where that is not the region."""
    if programme is None:
        return []
    lines = [
        _(
            "Enkäten hör till den oberoende granskningen ”%(name)s”, som %(principal)s leder."
            " Lärosätet har bestämt frågorna, håller en av nycklarna och kan få svaren som"
            " uppgifter för forskning: utan namn, och så grova att varje rad ser likadan ut som"
            " flera andra i det som någon kan kännas igen på. Regionen kan inte hindra det.",
            name=programme.name,
            principal=programme.principal,
        )
    ]
    if round_.released_from is not None:
        first = day(round_.released_from)
        lines.append(_("Inget resultat publiceras före %(date)s.", date=first))
    return lines


def _about_key(round_: Round, holders: Sequence[str]) -> list[str]:
    if round_.key_holder is KeyHolder.TRUSTEES:
        lines = [
            _(
                "Svaren låses med %(number)s nycklar. En har plattformen, och de andra har"
                " %(who)s. Alla behövs för att öppna svaren, när enkäten har stängt.",
                number=len(holders) + 1,
                who=all_of(holders),
            ),
            _("Den som håller en nyckel ser inga svar. Nycklarna förstörs när svaren har öppnats."),
        ]
        if round_.unopened_until is not None:
            when = day(round_.unopened_until)
            lines.append(_("Svar som inte har öppnats raderas olästa efter %(date)s.", date=when))
        return lines
    return [
        _(
            "Nyckeln som öppnar svaren ligger hos plattformen, i en fil utanför databaserna. Den"
            " raderas när svaren har öppnats; tidigare kopior kan inte uteslutas."
        )
    ]


def _about_groups(round_: Round) -> list[str]:
    if result_tables.is_whole(round_.tables):
        lines = [
            _(
                "Alla svar redovisas tillsammans, och bara om minst %(k)s har svarat. Enhet och"
                " nivå följer inte med svaret.",
                k=round_.k,
            )
        ]
        return [*lines, *_about_way_in(round_.access)]
    lines = [
        _(
            "Enhet och nivå sparas bara där minst %(k)s svar delar dem. Annars sparas enheten"
            " ovanför.",
            k=round_.k,
        )
    ]
    if round_.result_groups:
        lines.append(
            _(
                "Enheter som är små redovisas i en del fall tillsammans med sina grannar. Då sparas"
                " gruppen i stället för enheten."
            )
        )
    return [*lines, *_about_way_in(round_.access)]


def _about_way_in(access: Access) -> list[str]:
    """What each way in protects, for everybody alike: the page does not know who came by which."""
    if access is Access.LINK:
        return [_("Vem som helst med länken kan svara, också mer än en gång.")]
    lines = []
    if access.mails:
        lines.append(
            _(
                "Länken och koden i ett mejl är personliga. De gäller för ett svar, och listan"
                " visar vem som har svarat, inte vad."
            )
        )
    if access.prints:
        lines += [
            _(
                "En kod på papper gäller för ett svar och är ingens. Lapparna skrivs ut i blandad"
                " ordning, och det finns ingen lista över vem som har fått vilken. Enheten som"
                " följer med högen kan du ändra."
            ),
            _(
                "Den som skriver ut eller delar ut lapparna kan skriva av koder. Det räcker för"
                " att se om en viss kod har använts, men inte för att läsa ett svar."
            ),
        ]
    if access is Access.BOTH:
        lines.append(_("Den som har fått ett mejl och dessutom tar en lapp kan svara två gånger."))
    return lines


def _about_retention(round_: Round) -> list[str]:
    kinds = (
        (
            round_.keep_list_until,
            _("Listan över vilka som har svarat gallras %(date)s.")
            if round_.access.mails
            else _("Listan över vilka koder som har använts gallras %(date)s."),
        ),
        (round_.keep_rows_until, _("Svaren rad för rad gallras %(date)s.")),
        (
            None if result_tables.is_whole(round_.tables) else round_.keep_unit_until,
            _("Enheten på raderna gallras %(date)s."),
        ),
        (round_.keep_texts_until, _("Fritexterna i original gallras %(date)s.")),
    )
    lines = [text % {"date": day(on)} for on, text in kinds if on]
    if lines:
        lines.append(
            _("Fram till dess kan vem som helst begära ut dem som allmän handling.")
            + (f" {round_.secrecy_note}" if round_.secrecy_note else "")
        )
    return lines
