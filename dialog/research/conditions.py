"""What a researcher accepts, and what a refusal says: words that stand on pages and in packages."""

from typing import Final

from dialog.core.questionnaire import Text

CONDITIONS: Final = (
    Text(
        sv="Uppgifterna används bara till det ändamål som står i ansökan.",
        en="The data are used only for the purpose in the application.",
    ),
    Text(
        sv="Ingen försöker ta reda på vem som har svarat, och uppgifterna kopplas inte ihop med"
        " andra uppgifter om personer.",
        en="Nobody tries to find out who has answered, and the data are not joined with other data"
        " about people.",
    ),
    Text(
        sv="Bara de som står i ansökan ser uppgifterna. De förvaras så att ingen annan kommer åt"
        " dem.",
        en="Only the people named in the application see the data. They are kept so that nobody"
        " else can reach them.",
    ),
    Text(
        sv="Inget resultat publiceras om färre än så många personer som skyddet kräver.",
        en="No result is published about fewer people than the protection demands.",
    ),
    Text(
        sv="Skulle någon ändå kännas igen meddelas den som lämnat ut uppgifterna genast.",
        en="Should somebody be recognised all the same, whoever released the data is told at once.",
    ),
    Text(
        sv="När tiden är slut arkiveras eller förstörs uppgifterna enligt huvudmannens beslut, och"
        " det redovisas här.",
        en="When the time is up the data are archived or destroyed by the principal's decision, and"
        " that is reported here.",
    ),
)
# Proposals for the paragraph of a refusal; the official may write another.
PARAGRAPHS: Final = (
    "OSL 24 kap. 8 §",
    "OSL 39 kap. 2 §",
    "OSL 21 kap. 7 §",
    "TF 2 kap. 15 §",
)


def conditions_in_one() -> Text:
    return Text(
        sv=" ".join(each.sv for each in CONDITIONS), en=" ".join(each.en for each in CONDITIONS)
    )
