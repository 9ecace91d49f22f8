"""What the trustees' script says, in the words of the catalogues."""

from flask_babel import gettext as _


def script_words() -> dict[str, str]:
    """The texts of frontend/trustee by name; the script fills in what stands in braces."""
    return {**_phrases(), **_keys(), **_sheet(), **_steps(), **_batches(), **_connection()}


def _phrases() -> dict[str, str]:
    return {
        "phrase-empty": _("Skriv en lösenfras, eller använd förslaget."),
        "phrase-short": _("För kort: {length} av minst 12 tecken."),
        "phrase-simple": _(
            "För enkel att gissa. Använd flera olika ord, inte bara siffror eller samma tecken."
        ),
        "phrase-fair": _("Godkänd: {length} tecken. Längre är bättre."),
        "phrase-strong": _("Stark: {length} tecken."),
        "phrase-unlike": _("De två lösenfraserna är olika. Skriv samma en gång till."),
        "passphrase-missing": _("Skriv lösenfrasen."),
    }


def _keys() -> dict[str, str]:
    return {
        "key-file-missing": _("Välj nyckelfilen."),
        "key-unreadable": _("Filen gick inte att läsa. Välj den en gång till."),
        "key-no-key-file": _(
            "Det här är ingen nyckelfil från Dialog. Nyckelfilens namn börjar med dialog-nyckel."
        ),
        "key-newer": _("Nyckelfilen är gjord av en nyare version av Dialog. Ladda om sidan."),
        "key-damaged": _("Nyckelfilen är skadad. Använd den andra kopian, eller bladet på papper."),
        "key-passphrase": _(
            "Lösenfrasen öppnar inte filen. Titta på stora och små bokstäver och försök igen."
            " Stämmer frasen ändå inte, prova den andra kopian eller bladet på papper."
        ),
        "key-other-round": _("Nyckelfilen hör till en annan omgång. Välj filen för den här."),
        "key-other-place": _(
            "Nyckelfilen hör till en annan nyckelhållare i omgången. Välj din egen."
        ),
        "key-other-key": _(
            "Det här är en annan nyckel än den som är registrerad, kanske en äldre. Välj filen"
            " med rätt nyckel."
        ),
        "paper-other-key": _(
            "Raderna är rätt skrivna men hör till en annan nyckel än den som är registrerad."
            " Jämför kontrollkoden på bladet."
        ),
    }


def _sheet() -> dict[str, str]:
    return {
        "line-empty": _("Rad {line} är tom."),
        "line-short": _("Rad {line} är för kort. Skriv alla grupper på raden."),
        "line-long": _("Rad {line} är för lång."),
        "line-letter": _("Rad {line} har ett tecken som inte finns på bladet. Läs raden igen."),
        "line-check": _("Rad {line} stämmer inte. Jämför den tecken för tecken med bladet."),
    }


def _steps() -> dict[str, str]:
    return {
        "file-first": _("Spara nyckelfilen innan du går vidare."),
        "file-saved": _("Filen {name} är sparad. Titta efter att den finns där du vill ha den."),
        "code-missing": _("Skriv kontrollkoden."),
        "code-wrong": _("Koden stämmer inte. Läs den en gång till, två grupper med fyra tecken."),
        "public-key-wrong": _(
            "Det här är ingen öppen nyckel. Kopiera hela raden som kommandot visade, 87 tecken."
        ),
        "test-answer-wrong": _("Skriv svaret som kommandot visade, 64 tecken."),
        "test-file-name": _("dialog-prov"),
        "test-opening": _("Provar kopian. Det tar några sekunder."),
    }


def _batches() -> dict[str, str]:
    return {
        "batch-header": _("Det som hämtades är ingen samling svar. Inget är ändrat."),
        "batch-other-round": _("Samlingen hör till en annan omgång. Inget är ändrat."),
        "batch-other-layer": _(
            "Samlingen har ett annat antal lås än den ska ha när det är din tur."
            " Inget är ändrat. Ladda om sidan."
        ),
        "batch-cut-off": _("Samlingen kom inte fram hel. Inget är ändrat. Försök igen."),
        "batch-order": _(
            "Svaren ligger inte i rätt ordning, eller så finns ett av dem två gånger. Inget är"
            " ändrat. Försök igen, och berätta för den som ansvarar för enkäten om felet är kvar."
        ),
        "batch-wrong-key": _(
            "Nyckeln öppnar inte ett enda svar, så det är fel nyckel. Inget är ändrat."
        ),
        "stage-download": _("Hämtar svaren: {part} procent"),
        "stage-checking": _("Kontrollerar: {part} procent"),
        "stage-opening": _("Öppnar ditt lås: {part} procent"),
        "stage-sorting": _("Blandar ordningen"),
        "stage-upload": _("Lämnar in: {part} procent"),
        "stopped": _("Du avbröt. Inget är ändrat."),
        "ballots-one": _("Ett svar kom in och ett lämnades vidare."),
        "ballots-many": _("{count} svar kom in och {count} lämnades vidare."),
        "blanks-one": _(
            "Ett av dem gick inte att öppna. Det skickas vidare som tomt och räknas som ogiltigt."
        ),
        "blanks-many": _(
            "{count} av dem gick inte att öppna. De skickas vidare som tomma och räknas som"
            " ogiltiga."
        ),
        "batch-file-name": _("dialog-upplast"),
    }


def _connection() -> dict[str, str]:
    return {
        "no-contact": _(
            "Ingen kontakt med servern. Inget är borta. Försök igen när du har kontakt."
        ),
        "signed-out": _(
            "Du är inte längre inloggad. Logga in i en ny flik, kom tillbaka hit och försök igen."
            " Inget är borta."
        ),
        "server-busy": _("Servern kan inte ta emot just nu. Vänta en minut och försök igen."),
        "refused": _("Servern tog inte emot det (kod {code}). Inget är borta."),
        "unexpected": _("Något gick fel i webbläsaren. Ladda om sidan och försök igen."),
    }
