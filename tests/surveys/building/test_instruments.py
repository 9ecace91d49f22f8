"""The built-in questionnaires: complete, within a ballot, and shown to those they are for."""

import pytest

from dialog.core.answers import MAX_LENGTH, check, longest
from dialog.core.checking import faults
from dialog.core.conditions import shown
from dialog.core.levels import Level
from dialog.core.questionnaire import Kind, dump, items, load, questions
from dialog.core.scoring import scores
from dialog.surveys.building.instruments import all_instruments

INSTRUMENTS = all_instruments()
CLIMATE = INSTRUMENTS["samtalsklimat"]
MANAGERS = [Level.DIRECTOR, Level.MANAGER_3, Level.MANAGER_2, Level.MANAGER_1]
ITEMS = {item.name: item for item in items(CLIMATE)}
EVERYBODY_AT_WORK = {
    "fragor_trygghet",
    "fragor_rost",
    "fragor_gensvar",
    "fragor_tystad",
    "tystnad",
    "beratta",
}


@pytest.fixture(params=INSTRUMENTS)
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_an_instrument_has_no_faults(key: str) -> None:
    assert faults(INSTRUMENTS[key]) == []


def test_an_instrument_fits_in_a_ballot(key: str) -> None:
    assert longest(INSTRUMENTS[key]) <= MAX_LENGTH


def test_an_instrument_survives_being_written_and_read(key: str) -> None:
    assert load(dump(INSTRUMENTS[key])) == INSTRUMENTS[key]


def test_an_instrument_is_in_both_languages_and_says_that_it_is_not_validated(key: str) -> None:
    instrument = INSTRUMENTS[key]
    assert instrument.languages == ("sv", "en")
    assert "egna" in instrument.description.sv
    assert "validerade" in instrument.description.sv
    assert "Pröva" in instrument.description.sv
    assert "not been validated" in instrument.description.en


def test_every_closed_question_offers_vet_ej_and_vill_inte_svara(key: str) -> None:
    for item in items(INSTRUMENTS[key]):
        if item.kind not in {Kind.SHORT, Kind.LONG}:
            assert item.unknown, item.name
            assert item.declined, item.name


def test_nothing_is_required(key: str) -> None:
    assert not any(question.required for question in questions(INSTRUMENTS[key]))


def test_agreement_and_frequency_label_all_five_points() -> None:
    agreement = ITEMS["trygghet_1"].options
    assert [option.value for option in agreement] == [1, 2, 3, 4, 5]
    assert agreement[0].text.sv == "Stämmer inte alls"
    assert agreement[-1].text.sv == "Stämmer helt"
    frequency = ITEMS["rost_1"].options
    words = [option.text.sv.lower() for option in frequency]
    assert words == ["aldrig", "sällan", "ibland", "ofta", "mycket ofta"]


@pytest.mark.parametrize(
    ("scale", "number", "turned"),
    [
        ("trygghet", 5, ["trygghet_3", "trygghet_5"]),
        ("rost", 4, []),
        ("gensvar", 5, []),
        ("namnd", 5, ["namnd_4"]),
        ("chefsled", 4, []),
    ],
)
def test_a_scale_has_its_items_and_its_reversed_ones(
    scale: str, number: int, turned: list[str]
) -> None:
    (found,) = (one for one in CLIMATE.scales if one.name == scale)
    assert len(found.items) == number
    assert list(found.reversed) == turned
    assert found.report == "score"


def test_reversed_items_are_those_that_say_the_opposite() -> None:
    turned = {name: ITEMS[name].text.sv for scale in CLIMATE.scales for name in scale.reversed}
    assert set(turned.values()) == {
        "Jag är orolig för vad som händer om jag säger vad jag tycker.",
        "Den som lyfter ett problem ses som besvärlig.",
        "Den som reserverar sig ses som illojal.",
    }


def test_the_sensitive_parts_are_reported_one_by_one_and_are_marked() -> None:
    one_by_one = {scale.name: scale.items for scale in CLIMATE.scales if scale.report == "items"}
    assert {name: len(names) for name, names in one_by_one.items()} == {"tystad": 3, "motiv": 6}
    marked = {item.name for item in items(CLIMATE) if item.sensitive}
    assert marked == {name for names in one_by_one.values() for name in names}


def test_motives_have_no_number_that_a_total_could_be_made_of() -> None:
    motives = [item for item in items(CLIMATE) if item.name.startswith("motiv_")]
    assert len(motives) == 6
    assert all(option.value is None for item in motives for option in item.options)


def test_the_codebook_words_of_the_motives_are_not_shown() -> None:
    texts = [item.text.sv for item in items(CLIMATE)]
    for word in ("rädsla", "uppgivenhet", "omsorg", "egennytta", "okunskap", "tidsbrist"):
        assert not any(word in text for text in texts), word


def test_motives_are_asked_of_those_who_kept_quiet() -> None:
    assert "fragor_motiv" in shown(CLIMATE, {"tystnad": "ja"}, Level.STAFF)
    for answer in ("nej", "_unknown", "_declined"):
        assert "fragor_motiv" not in shown(CLIMATE, {"tystnad": answer}, Level.STAFF)


def test_staff_see_the_scales() -> None:
    assert shown(CLIMATE, {}, Level.STAFF) == EVERYBODY_AT_WORK


@pytest.mark.parametrize("level", MANAGERS)
def test_managers_see_the_scales_and_their_own_module(level: Level) -> None:
    assert shown(CLIMATE, {}, level) == EVERYBODY_AT_WORK | {"fragor_chefsled"}


def test_the_elected_see_their_module_and_the_open_question() -> None:
    assert shown(CLIMATE, {}, Level.ELECTED) == {"fragor_namnd", "beratta"}


def test_party_is_never_asked() -> None:
    assert [item.name for item in items(CLIMATE) if "parti" in item.text.sv] == ["namnd_5"]


def test_the_safest_answers_give_the_highest_score() -> None:
    answers = {f"trygghet_{i}": "1" if i in {3, 5} else "5" for i in range(1, 6)}
    assert scores(CLIMATE, check(CLIMATE, answers, Level.STAFF)) == {"trygghet": 5.0}


def test_whoever_writes_of_a_risk_is_told_to_report_it_now() -> None:
    question = {one.name: one for one in questions(INSTRUMENTS["erfarenhetsinsamling"])}["hande"]
    assert "Skriv inga namn, personnummer eller uppgifter om patienter." in question.help.sv
    assert "Skriv en avvikelse nu" in question.help.sv
    assert question.kind is Kind.LONG


def test_the_experience_survey_asks_whether_it_may_be_quoted() -> None:
    found = {item.name: item for item in items(INSTRUMENTS["erfarenhetsinsamling"])}
    assert [o.text.sv for o in found["citat"].options] == ["Ja", "Bara sammanfattad", "Nej"]
    assert len(found["omrade"].options) == 8
    assert [o.value for o in found["helhet"].options] == [1, 2, 3, 4, 5]


def test_communication_is_followed_up_by_three_questions() -> None:
    found = items(INSTRUMENTS["kommunikationsuppfoljning"])
    assert [item.text.sv for item in found] == [
        "Jag har fått den information jag behöver.",
        "Jag förstår vad det innebär för mig.",
        "Jag känner mig delaktig.",
    ]
