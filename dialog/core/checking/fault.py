"""One fault of a questionnaire: what is wrong where."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """What is wrong where. `place` is the name of a section, question, matrix row or scale, empty
    for the whole; `code` is one of the words below; `about` is what the sentence needs to name.

    Whole: no_questions, too_long (about bytes, limit).
    Names: duplicate_name (about name).
    Texts: missing_text (about part, language), long_text (about part, language).
    Questions: no_options, duplicate_option (name), no_rows, wrong_limits, too_many_steps, unused
    (field): a setting that this kind of question has no use for, empty_section.
    Conditions: empty_condition, deep_condition, unknown_item (name), later_item (name): it comes
    after, or is the question itself; unknown_value (name, value), cannot_compare (name),
    no_values (name).
    Scales: unknown_item (name), empty_scale, no_numbers (name): an item that gives no number;
    reversed_outside (name), mixed_ends: items with different ends make no score together.
    """

    place: str
    code: str
    about: dict[str, str] = field(default_factory=dict)
