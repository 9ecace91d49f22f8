"""Erfarenhetsinsamling: what happened, what worked, what should be done in another way."""

from dialog.core.questionnaire import Option, Questionnaire, Section, Text
from dialog.surveys.building.instruments.parts import (
    NOT_VALIDATED,
    choice,
    free_text,
    options,
    text,
)

LENGTH = 1500  # characters of each of the three texts, so that all of them fit in a ballot

TOPICS = options(
    ("systemet", "Systemet", "The system"),
    ("inforandet", "Införandet", "The introduction"),
    ("utbildning", "Utbildning", "Training"),
    ("stod", "Stöd och support", "Help and support"),
    ("ledning", "Ledning och beslut", "Management and decisions"),
    ("patientsakerhet", "Patientsäkerhet", "Patient safety"),
    ("arbetsmiljo", "Arbetsmiljö", "Working environment"),
    ("annat", "Annat", "Something else"),
)
OVERALL = tuple(
    Option(name=str(value), text=text(sv, en), value=value)
    for value, (sv, en) in enumerate(
        (
            ("Mycket dåligt", "Very bad"),
            ("Dåligt", "Bad"),
            ("Varken bra eller dåligt", "Neither good nor bad"),
            ("Bra", "Good"),
            ("Mycket bra", "Very good"),
        ),
        start=1,
    )
)
QUOTING = options(
    ("ja", "Ja", "Yes"),
    ("sammanfattad", "Bara sammanfattad", "Only as part of a summary"),
    ("nej", "Nej", "No"),
)
NO_NAMES = text(
    "Skriv inga namn, personnummer eller uppgifter om patienter.",
    "Do not write names, personal identity numbers or anything about patients.",
)

EXPERIENCES = Questionnaire(
    title=text("Erfarenhetsinsamling", "Gathering experiences"),
    description=NOT_VALIDATED,
    languages=("sv", "en"),
    sections=(
        Section(
            name="del_handelse",
            title=text("Din erfarenhet", "Your experience"),
            questions=(
                choice(
                    "omrade",
                    text("Vad gäller din erfarenhet?", "What is your experience about?"),
                    TOPICS,
                    several=True,
                ),
                free_text(
                    "hande",
                    text("Vad hände?", "What happened?"),
                    help_=Text(
                        sv=f"{NO_NAMES.sv} Risk för patient? Skriv en avvikelse nu, enkäten läses "
                        "först när den har stängt.",
                        en=f"{NO_NAMES.en} A risk to a patient? Write a deviation report now: the "
                        "survey is not read until it has closed.",
                    ),
                    max_length=LENGTH,
                ),
            ),
        ),
        Section(
            name="del_larande",
            title=text("Att lära av", "What to learn"),
            questions=(
                free_text(
                    "fungerade",
                    text("Vad fungerade?", "What worked?"),
                    help_=NO_NAMES,
                    max_length=LENGTH,
                ),
                free_text(
                    "borde",
                    text(
                        "Vad borde göras på ett annat sätt?",
                        "What should be done in another way?",
                    ),
                    help_=NO_NAMES,
                    max_length=LENGTH,
                ),
                choice(
                    "helhet",
                    text("Hur var det på det hela taget?", "How was it on the whole?"),
                    OVERALL,
                ),
                choice(
                    "citat",
                    text(
                        "Får texten citeras efter granskning?",
                        "May the text be quoted after review?",
                    ),
                    QUOTING,
                ),
            ),
        ),
    ),
)
