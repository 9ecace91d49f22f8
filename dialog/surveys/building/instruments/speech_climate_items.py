"""The wording of Samtalsklimat: its items in Swedish and English, and the motives of silence."""

from dialog.core.questionnaire import MatrixRow
from dialog.surveys.building.instruments.parts import options, rows, text

SAFETY = rows(
    "trygghet",
    (
        "Jag kan berätta om egna misstag utan att det används mot mig.",
        "I can tell about my own mistakes without it being used against me.",
    ),
    (
        "Den som har en avvikande åsikt bemöts med respekt.",
        "People who hold a different opinion are met with respect.",
    ),
    (
        "Jag är orolig för vad som händer om jag säger vad jag tycker.",
        "I worry about what will happen if I say what I think.",
    ),
    ("Det är lätt att be om hjälp här.", "It is easy to ask for help here."),
    (
        "Den som lyfter ett problem ses som besvärlig.",
        "People who raise a problem are seen as difficult.",
    ),
)
VOICE = rows(
    "rost",
    ("Jag har tagit upp en risk i verksamheten.", "I have brought up a risk in our work."),
    (
        "Jag har föreslagit ett bättre sätt att arbeta.",
        "I have suggested a better way of working.",
    ),
    (
        "Jag har sagt ifrån när ett beslut verkade fel.",
        "I have spoken up when a decision seemed wrong.",
    ),
    (
        "Jag har hjälpt en kollega att få fram sin synpunkt.",
        "I have helped a colleague get a point across.",
    ),
)
RESPONSE = rows(
    "gensvar",
    (
        "Jag har fått veta vad som hände med det jag tog upp.",
        "I have been told what came of what I brought up.",
    ),
    (
        "När beslut går emot våra synpunkter får vi veta varför.",
        "When decisions go against our views, we are told why.",
    ),
    (
        "Min närmaste chef frågar efter det som inte fungerar.",
        "My immediate manager asks about what does not work.",
    ),
    (
        "Jag litar på att det vi tar upp förs vidare till dem som beslutar.",
        "I trust that what we bring up is passed on to those who decide.",
    ),
    (
        "Jag kan framföra kritik till förvaltningens ledning.",
        "I can put criticism to the management of our administration.",
    ),
)
SILENCED = rows(
    "tystad",
    (
        "Har någon bett dig att inte berätta om en brist?",
        "Has anyone asked you not to tell about a shortcoming?",
    ),
    (
        "Har du sett en kollega behandlas sämre efter att ha framfört kritik?",
        "Have you seen a colleague treated worse after putting forward criticism?",
    ),
    (
        "Har du varit med om att dåliga nyheter tonats ned innan de förts vidare uppåt?",
        "Have you seen bad news toned down before it was passed upwards?",
    ),
)
MOTIVES = tuple(
    MatrixRow(name=f"motiv_{name}", text=text(sv, en))  # the names are for the codebook
    for name, sv, en in (
        ("radsla", "jag befarade följder för egen del", "I feared consequences for myself"),
        (
            "uppgivenhet",
            "tidigare synpunkter inte hade lett till något",
            "earlier views had led to nothing",
        ),
        ("omsorg", "jag ville skydda någon annan", "I wanted to protect somebody else"),
        (
            "egennytta",
            "det var bättre för mig själv att tiga",
            "it was better for me to keep quiet",
        ),
        (
            "okunskap",
            "jag inte visste vart jag skulle vända mig",
            "I did not know where to turn",
        ),
        ("tidsbrist", "det inte fanns tid", "there was no time"),
    )
)
ELECTED = rows(
    "namnd",
    (
        "I nämnden kan jag ställa kritiska frågor utan att hamna utanför.",
        "On the board I can ask critical questions without being left out.",
    ),
    (
        "Underlagen visar även det som talar emot förslaget.",
        "The papers also show what speaks against the proposal.",
    ),
    (
        "Tjänstepersoner säger rakt ut till oss när något inte fungerar.",
        "Officials tell us straight out when something does not work.",
    ),
    (
        "Den som reserverar sig ses som illojal.",
        "Those who enter a reservation are seen as disloyal.",
    ),
    (
        "Jag kan framföra en avvikande mening i min partigrupp.",
        "I can put forward a differing opinion in my party group.",
    ),
)
BETWEEN_MANAGERS = rows(
    "chefsled",
    (
        "Dåliga nyheter når nästa chefsnivå utan att tonas ned.",
        "Bad news reaches the next level of management without being toned down.",
    ),
    (
        "Jag kan säga till min chef att ett uppdrag inte går att genomföra.",
        "I can tell my manager that an assignment cannot be carried out.",
    ),
    (
        "När jag inte kan påverka ett beslut förklarar jag det för mina medarbetare.",
        "When I cannot influence a decision, I explain it to my staff.",
    ),
    ("Jag har stöd när jag för vidare kritik.", "I have support when I pass criticism on."),
)
FITS = options(
    ("stammer", "Stämmer", "True"),
    ("delvis", "Stämmer delvis", "Partly true"),
    ("inte", "Stämmer inte", "Not true"),
)
