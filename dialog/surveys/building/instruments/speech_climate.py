"""Samtalsklimat: safety, voice, response, being silenced and silence; modules for D1 and D2.

What informed the structure, not the wording: Edmondson 1999; Van Dyne & LePine 1998; Van Dyne, Ang
& Botero 2003; Knoll & van Dick 2013; COPSOQ. Who is shown what, and why, stands in
docs/decisions (instruments: who sees what).
"""

from dialog.core.levels import Level
from dialog.core.questionnaire import (
    Condition,
    MatrixRow,
    Questionnaire,
    Scale,
    Section,
    Test,
)
from dialog.surveys.building.instruments.parts import (
    NOT_VALIDATED,
    choice,
    for_levels,
    free_text,
    matrix,
    text,
)
from dialog.surveys.building.instruments.speech_climate_items import (
    BETWEEN_MANAGERS,
    ELECTED,
    FITS,
    MOTIVES,
    RESPONSE,
    SAFETY,
    SILENCED,
    VOICE,
)
from dialog.surveys.building.presets import AGREEMENT, FREQUENCY, YES_NO

MANAGERS = (Level.DIRECTOR, Level.MANAGER_3, Level.MANAGER_2, Level.MANAGER_1)
AT_WORK = for_levels(*MANAGERS, Level.STAFF)  # everybody who has a workplace and a manager
HOW_WELL = text("Hur väl stämmer det här?", "How well does this fit?")


def _scale(name: str, sv: str, en: str, lines: tuple[MatrixRow, ...], *turned: int) -> Scale:
    names = tuple(row.name for row in lines)
    return Scale(
        name=name,
        title=text(sv, en),
        items=names,
        reversed=tuple(names[number - 1] for number in turned),
    )


def _one_by_one(name: str, sv: str, en: str, lines: tuple[MatrixRow, ...]) -> Scale:
    return Scale(
        name=name, title=text(sv, en), items=tuple(row.name for row in lines), report="items"
    )


SPEECH_CLIMATE = Questionnaire(
    title=text("Samtalsklimat", "The climate of conversation"),
    description=NOT_VALIDATED,
    languages=("sv", "en"),
    sections=(
        Section(
            name="del_trygghet",
            title=text("Trygghet", "Safety"),
            intro=text("Tänk på din arbetsplats.", "Think of your workplace."),
            show_if=AT_WORK,
            questions=(matrix("fragor_trygghet", HOW_WELL, AGREEMENT, SAFETY),),
        ),
        Section(
            name="del_rost",
            title=text("Att säga till", "Speaking up"),
            show_if=AT_WORK,
            questions=(
                matrix(
                    "fragor_rost",
                    text(
                        "Hur ofta har det hänt de senaste sex månaderna?",
                        "How often has this happened in the last six months?",
                    ),
                    FREQUENCY,
                    VOICE,
                ),
            ),
        ),
        Section(
            name="del_gensvar",
            title=text("Gensvar", "Response"),
            show_if=AT_WORK,
            questions=(matrix("fragor_gensvar", HOW_WELL, AGREEMENT, RESPONSE),),
        ),
        Section(
            name="del_namnd",
            title=text("I nämnden", "On the board"),
            show_if=for_levels(Level.ELECTED),
            questions=(matrix("fragor_namnd", HOW_WELL, AGREEMENT, ELECTED),),
        ),
        Section(
            name="del_chefsled",
            title=text("Mellan chefsnivåer", "Between levels of management"),
            intro=text("Frågor till dig som är chef.", "Questions to you as a manager."),
            show_if=for_levels(*MANAGERS),
            questions=(matrix("fragor_chefsled", HOW_WELL, AGREEMENT, BETWEEN_MANAGERS),),
        ),
        Section(
            name="del_tystad",
            title=text("Att bli tystad", "Being silenced"),
            show_if=AT_WORK,
            questions=(
                matrix(
                    "fragor_tystad",
                    text("Har du varit med om det här?", "Have you experienced this?"),
                    YES_NO,
                    SILENCED,
                    sensitive=True,
                ),
            ),
        ),
        Section(
            name="del_tystnad",
            title=text("Att låta bli", "Keeping quiet"),
            show_if=AT_WORK,
            questions=(
                choice(
                    "tystnad",
                    text(
                        "Har du under de senaste sex månaderna låtit bli att ta upp något som du "
                        "tyckte var viktigt?",
                        "In the last six months, have you refrained from bringing up something "
                        "that you thought was important?",
                    ),
                    YES_NO,
                ),
                matrix(
                    "fragor_motiv",
                    text("Jag lät bli för att …", "I refrained because …"),
                    FITS,
                    MOTIVES,
                    sensitive=True,
                    show_if=Condition(parts=(Test(item="tystnad", op="is", values=("ja",)),)),
                ),
            ),
        ),
        Section(
            name="del_oppen",
            title=text("Med egna ord", "In your own words"),
            questions=(
                free_text(
                    "beratta",
                    text(
                        "Vad vill du berätta om samtalsklimatet på din arbetsplats?",
                        "What would you like to tell about the climate of conversation at your "
                        "workplace?",
                    ),
                    help_=text(
                        "Är du förtroendevald: tänk på nämnden. Skriv inga namn, personnummer "
                        "eller uppgifter om patienter.",
                        "If you are an elected representative: think of the board. Do not write "
                        "names, personal identity numbers or anything about patients.",
                    ),
                    max_length=2000,
                ),
            ),
        ),
    ),
    scales=(
        _scale("trygghet", "Trygghet", "Safety", SAFETY, 3, 5),
        _scale("rost", "Röst", "Voice", VOICE),
        _scale("gensvar", "Gensvar", "Response", RESPONSE),
        _scale("namnd", "Nämnden (D1)", "The board (D1)", ELECTED, 4),
        _scale("chefsled", "Mellan chefsnivåer (D2)", "Between managers (D2)", BETWEEN_MANAGERS),
        _one_by_one("tystad", "Att bli tystad", "Being silenced", SILENCED),
        _one_by_one("motiv", "Skäl till tystnad", "Motives of silence", MOTIVES),
    ),
)
