import pytest

from dialog.core import questionnaire
from dialog.core.questionnaire import (
    Condition,
    Kind,
    MatrixRow,
    Option,
    Question,
    Questionnaire,
    Scale,
    Section,
    Text,
    questions,
)
from dialog.surveys.building import editing, renaming, scales_editing
from dialog.surveys.building.variable_names import variable_name


def question(name: str, **more: object) -> Question:
    fields = {"kind": Kind.SHORT, "text": Text(sv=name.upper()), **more}
    return Question.model_validate({"name": name, **fields})


@pytest.fixture
def form() -> Questionnaire:
    asks_a = Condition(parts=(Condition(parts=(questionnaire.Test(item="a", values=("ja",)),)),))
    return Questionnaire(
        title=Text(sv="Enkät"),
        sections=(
            Section(
                name="s1", title=Text(sv="Ett"), questions=tuple(map(question, ("a", "b", "c")))
            ),
            Section(name="s2", title=Text(sv="Två"), questions=(question("d", show_if=asks_a),)),
        ),
        scales=(Scale(name="skala", title=Text(sv="S"), items=("a", "d"), reversed=("a",)),),
    )


def order(form: Questionnaire) -> list[list[str]]:
    return [[question.name for question in section.questions] for section in form.sections]


def test_a_question_moves_up_within_its_section(form: Questionnaire) -> None:
    assert order(editing.shift_question(form, "c", step=-1)) == [["a", "c", "b"], ["d"]]


def test_the_last_question_of_a_section_moves_down_into_the_next(form: Questionnaire) -> None:
    assert order(editing.shift_question(form, "c", step=1)) == [["a", "b"], ["c", "d"]]


def test_the_first_question_of_a_section_moves_up_to_the_end_of_the_one_before(
    form: Questionnaire,
) -> None:
    assert order(editing.shift_question(form, "d", step=-1)) == [["a", "b", "c", "d"], []]


def test_at_the_ends_of_the_form_nothing_moves(form: Questionnaire) -> None:
    assert editing.shift_question(form, "a", step=-1) == form
    assert editing.shift_question(form, "d", step=1) == form


@pytest.mark.parametrize(
    ("section", "to", "expected"),
    [
        ("s1", 0, [["b", "a", "c"], ["d"]]),
        ("s1", 2, [["a", "c", "b"], ["d"]]),
        ("s2", 0, [["a", "c"], ["b", "d"]]),
        ("s2", None, [["a", "c"], ["d", "b"]]),
    ],
)
def test_a_question_can_be_put_anywhere(
    form: Questionnaire, section: str, to: int | None, expected: list[list[str]]
) -> None:
    assert order(editing.move_question(form, "b", section=section, to=to)) == expected


def test_sections_change_places(form: Questionnaire) -> None:
    assert order(editing.shift_section(form, "s2", step=-1)) == [["d"], ["a", "b", "c"]]
    assert editing.shift_section(form, "s1", step=-1) == form


def test_a_removed_question_leaves_its_scales_but_conditions_on_it_stay(
    form: Questionnaire,
) -> None:
    changed = editing.remove_question(form, "a")
    assert changed.scales[0].items == ("d",)
    assert changed.scales[0].reversed == ()
    assert editing.question_named(changed, "d").show_if is not None


def test_a_removed_section_takes_its_questions_along(form: Questionnaire) -> None:
    changed = editing.remove_section(form, "s1")
    assert order(changed) == [["d"]]
    assert changed.scales[0].items == ("d",)


def test_a_new_name_is_followed_into_conditions_and_scales(form: Questionnaire) -> None:
    changed = renaming.rename_items(form, {"a": "tystnad"})
    shown_if = editing.question_named(changed, "d").show_if
    assert shown_if == Condition(
        parts=(Condition(parts=(questionnaire.Test(item="tystnad", values=("ja",)),)),)
    )
    assert changed.scales[0].items == ("tystnad", "d")
    assert changed.scales[0].reversed == ("tystnad",)


def test_a_new_option_name_is_followed_only_where_that_question_is_asked_for(
    form: Questionnaire,
) -> None:
    changed = renaming.rename_options(form, frozenset({"a"}), {"ja": "yes"})
    shown_if = editing.question_named(changed, "d").show_if
    assert shown_if == Condition(
        parts=(Condition(parts=(questionnaire.Test(item="a", values=("yes",)),)),)
    )
    assert renaming.rename_options(form, frozenset({"b"}), {"ja": "yes"}) == form


def test_a_copied_question_has_names_of_its_own_and_stands_after_the_first() -> None:
    matrix = question(
        "m",
        kind=Kind.MATRIX,
        rows=(MatrixRow(name="rad", text=Text(sv="Rad")),),
        options=(Option(name="1", text=Text(sv="Ett")),),
    )
    form = Questionnaire(
        title=Text(sv="E"),
        sections=(Section(name="s", title=Text(), questions=(matrix, question("z"))),),
    )
    changed, copy = editing.copy_question(form, "m")
    assert [each.name for each in questions(changed)] == ["m", copy.name, "z"]
    assert (copy.name, copy.rows[0].name) == ("m_2", "rad_2")


def test_a_scale_is_replaced_where_it_stands(form: Questionnaire) -> None:
    more = scales_editing.add_scale(form, form.scales[0].model_copy(update={"name": "till"}))
    changed = scales_editing.replace_scale(
        more, "skala", form.scales[0].model_copy(update={"name": "ny"})
    )
    assert [scale.name for scale in changed.scales] == ["ny", "till"]
    assert [s.name for s in scales_editing.shift_scale(changed, "ny", step=1).scales] == [
        "till",
        "ny",
    ]


def test_what_is_not_there_cannot_be_changed(form: Questionnaire) -> None:
    with pytest.raises(editing.MissingPartError):
        editing.remove_question(form, "finns_inte")
    with pytest.raises(editing.MissingPartError):
        editing.replace_section(form, "finns_inte", form.sections[0])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Är det lätt att be om hjälp?", "ar_det_latt_att_be_om_hjalp"),
        ("Åtta Öl, café", "atta_ol_cafe"),
        ("10 i topp", "f_10_i_topp"),
        ("???", "f"),
        ("Jag kan berätta om egna misstag utan att det används", "jag_kan_beratta_om_egna_misstag"),
    ],
)
def test_names_are_made_of_the_words(text: str, name: str) -> None:
    assert variable_name(text, taken=()) == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert variable_name("Ja", taken={"ja", "ja_2"}) == "ja_3"
