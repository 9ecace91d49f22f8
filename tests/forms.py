"""A questionnaire with every kind of question, for whoever wants to see one."""

from dialog.core.questionnaire import (
    Condition,
    Kind,
    MatrixRow,
    Option,
    Question,
    Questionnaire,
    Section,
    Test,
    Text,
)


def text(sv: str, en: str = "") -> Text:
    return Text(sv=sv, en=en)


AGREEMENT = tuple(
    Option(name=str(value), text=text(sv, en), value=value)
    for value, (sv, en) in enumerate(
        (
            ("Stämmer inte alls", "Do not agree at all"),
            ("Stämmer ganska dåligt", "Rather disagree"),
            ("Varken eller", "Neither"),
            ("Stämmer ganska bra", "Rather agree"),
            ("Stämmer helt", "Agree completely"),
        ),
        start=1,
    )
)
YES_NO = (Option(name="yes", text=text("Ja", "Yes")), Option(name="no", text=text("Nej", "No")))

EVERYTHING = Questionnaire(
    title=text("Samtalsklimat", "The climate of conversation"),
    description=text(
        "Vi vill veta hur det är att säga vad man tycker på din arbetsplats.",
        "We want to know what it is like to speak up where you work.",
    ),
    languages=("sv", "en"),
    sections=(
        Section(
            name="safety",
            title=text("Trygghet", "Safety"),
            intro=text("Tänk på de senaste sex månaderna.", "Think of the last six months."),
            questions=(
                Question(
                    name="trust",
                    kind=Kind.MATRIX,
                    text=text("Hur väl stämmer det här?", "How well does this fit?"),
                    options=AGREEMENT,
                    rows=(
                        MatrixRow(
                            name="mistakes",
                            text=text(
                                "Jag kan berätta om egna misstag utan att det används mot mig.",
                                "I can tell of my own mistakes without it being used against me.",
                            ),
                        ),
                        MatrixRow(
                            name="help",
                            text=text("Det är lätt att be om hjälp här.", "Help is easy"),
                        ),
                    ),
                    unknown=True,
                    declined=True,
                ),
            ),
        ),
        Section(
            name="silence",
            title=text("Tystnad", "Silence"),
            questions=(
                Question(
                    name="silent",
                    kind=Kind.SINGLE,
                    text=text(
                        "Har du låtit bli att ta upp något viktigt?",
                        "Have you held back something important?",
                    ),
                    options=YES_NO,
                    required=True,
                    declined=True,
                ),
                Question(
                    name="why",
                    kind=Kind.MULTIPLE,
                    text=text("Varför lät du bli?", "Why?"),
                    options=(
                        Option(name="fear", text=text("Jag befarade följder", "I feared it")),
                        Option(name="time", text=text("Det fanns inte tid", "No time")),
                    ),
                    declined=True,
                    show_if=Condition(parts=(Test(item="silent", values=("yes",)),)),
                ),
            ),
        ),
        Section(
            name="managers",
            title=text("För chefer", "For managers"),
            show_if=Condition(parts=(Test(item="@level", values=("manager-1", "manager-2")),)),
            questions=(
                Question(
                    name="upwards",
                    kind=Kind.SINGLE,
                    text=text("Når dåliga nyheter nästa nivå?", "Do bad news travel up?"),
                    options=YES_NO,
                ),
            ),
        ),
        Section(
            name="more",
            title=text("Mer om dig och din arbetsplats", "More"),
            questions=(
                Question(
                    name="mood",
                    kind=Kind.SCALE,
                    text=text("Hur är det på det hela taget?", "How is it on the whole?"),
                    low_text=text("Mycket dåligt", "Very bad"),
                    high_text=text("Mycket bra", "Very good"),
                    declined=True,
                ),
                Question(
                    name="years",
                    kind=Kind.NUMBER,
                    text=text("Hur många år har du arbetat här?", "Years here?"),
                    low=0,
                    high=60,
                    unknown=True,
                ),
                Question(name="when", kind=Kind.DATE, text=text("När hände det?", "When?")),
                Question(
                    name="word", kind=Kind.SHORT, text=text("Beskriv med ett ord", "One word")
                ),
                Question(
                    name="story",
                    kind=Kind.LONG,
                    text=text("Vad vill du berätta?", "What do you want to tell us?"),
                    help=text("Skriv inga namn och inget om patienter.", "No names, no patients."),
                    max_length=400,
                ),
            ),
        ),
    ),
)
