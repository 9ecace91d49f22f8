"""All texts of a questionnaire as a flat list with places, to translate them side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dialog.core.questionnaire import Part, Questionnaire, Text, load


@dataclass(frozen=True)
class Place:
    """A text and where it stands, for example "sections.0.questions.2.options.1.text"."""

    path: str
    text: Text

    @property
    def missing(self) -> bool:
        return not self.text.en

    @property
    def long(self) -> bool:
        return len(self.text.sv) > 60  # noqa: PLR2004 - about one line of a field

    @property
    def part(self) -> str:
        """The path of what the text belongs to: "sections.0.questions.2", or "" for the whole."""
        steps = self.path.split(".")
        depth = 4 if steps[2:3] == ["questions"] else 2
        return ".".join(steps[:depth]) if steps[0] in ("sections", "scales") else ""


def places(questionnaire: Questionnaire) -> tuple[Place, ...]:
    """Every text that has Swedish words, in the order of the form."""
    return tuple(_walk(questionnaire, ""))


def missing(questionnaire: Questionnaire) -> tuple[Place, ...]:
    """What lacks English words; nothing if the questionnaire is in Swedish only."""
    if "en" not in questionnaire.languages:
        return ()
    return tuple(place for place in places(questionnaire) if place.missing)


def to_write(questionnaire: Questionnaire) -> tuple[Place, ...]:
    """What lacks English words, each Swedish text once: its twins get the same words."""
    first: dict[str, Place] = {}
    for place in places(questionnaire):
        if place.missing:
            first.setdefault(place.text.sv, place)
    return tuple(first.values())


def translate(questionnaire: Questionnaire, english: Mapping[str, str]) -> Questionnaire:
    """Set the English words at the paths in `english`; paths that hold no text are passed over.
    A text that has no English words takes those of one with the same Swedish words.
    """
    known = {place.path: place.text for place in places(questionnaire)}
    written = {path: words.strip() for path, words in english.items() if path in known}
    twins = {known[path].sv: words for path, words in written.items() if words}
    data = questionnaire.model_dump(mode="json")
    for path, text in known.items():
        _at(data, path)["en"] = written.get(path, text.en or twins.get(text.sv, ""))
    return load(data)


def _at(data: Any, path: str) -> Any:
    for step in path.split("."):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


def _walk(part: Any, path: str) -> Iterator[Place]:
    if isinstance(part, Text):
        if part.sv:
            yield Place(path, part)
    elif isinstance(part, tuple):
        for index, inner in enumerate(part):
            yield from _walk(inner, f"{path}.{index}")
    elif isinstance(part, Part):
        for name in type(part).model_fields:
            yield from _walk(getattr(part, name), f"{path}.{name}" if path else name)
