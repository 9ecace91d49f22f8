"""The tree of an XLSForm as sections of questions.

A group becomes a section, or a matrix. A group inside a group becomes a section after the other's
questions so far, shown when both conditions hold; what follows it continues the outer section.
"""

from dataclasses import dataclass, field

from dialog.core.questionnaire import Condition, Kind, Question, Section, Text, items_of
from dialog.surveys.building.xlsform.choices import ChoiceLists
from dialog.surveys.building.xlsform.comparing import NotTakenError, Source
from dialog.surveys.building.xlsform.lines import Line
from dialog.surveys.building.xlsform.matrices import is_matrix, matrix, matrix_rows
from dialog.surveys.building.xlsform.meaning import LEVEL_QUESTION, condition
from dialog.surveys.building.xlsform.names import Names
from dialog.surveys.building.xlsform.questions import (
    OTHER,
    WORDS,
    chosen_from,
    kind_of,
    other_question,
    question,
    saved_condition,
)
from dialog.surveys.building.xlsform.reasons import REPEATED, of_type
from dialog.surveys.building.xlsform.relevance import relevance
from dialog.surveys.building.xlsform.tree import Element

LOOSE = "del"


@dataclass
class _Group:
    """A group being walked through. Its section is made when its first question comes."""

    like: str
    show_if: Condition | None = None
    element: Element | None = None
    title: Text | None = None  # read when the section is made
    section: int | None = None


@dataclass
class Walk:
    """What has been made so far."""

    names: Names
    lists: ChoiceLists
    sections: list[Section] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)  # our names of items by the form's

    def through(self, elements: list[Element]) -> tuple[Section, ...]:
        self._children(elements, _Group(LOOSE))
        return tuple(self.sections)

    def _children(self, elements: list[Element], group: _Group) -> None:
        for element in elements:
            if element.repeated:
                _leave_all(element)
            elif is_matrix(element):
                self._matrix(element, group)
            elif element.children is not None:
                self._group(element, group)
                group.section = None  # what follows continues in a section after it
            elif element.name == LEVEL_QUESTION:
                self._level(element)
            else:
                self._question(element, group)

    def _group(self, element: Element, outer: _Group) -> None:
        line = element.line
        own = self._show_if(line)
        inner = _Group(line.use("name"), _both(outer.show_if, own), element)
        line.use("type")
        line.flags()
        if line.peek("appearance") == "field-list":
            line.use("appearance")  # a section is one page
        element.close()
        self._children(element.children or [], inner)
        words = Text(sv="Gruppen blir ett avsnitt", en="The group becomes a section")
        if inner.title is None:
            words = Text(sv="Gruppen har inga egna frågor", en="The group has no own questions")
        elif outer.element:
            words = Text(
                sv="Gruppen ligger i en annan grupp och blir ett eget avsnitt",
                en="The group is inside another and becomes a section of its own",
            )
        line.take(Text(sv=f"{words.sv}.", en=f"{words.en}."))

    def _open(self, group: _Group) -> int:
        """The section that takes the group's next question."""
        if group.section is None:
            if group.title is None:
                group.title = group.element.line.text("label") if group.element else Text()
                group.title = group.title or Text()
            name = self._section_name(group)
            self.sections.append(Section(name=name, title=group.title, show_if=group.show_if))
            group.section = len(self.sections) - 1
        return group.section

    def _section_name(self, group: _Group) -> str:
        return self.names.name(group.like) if group.element else self.names.new(group.like)

    def _add(self, group: _Group, made: Question) -> None:
        place = self._open(group)
        section = self.sections[place]
        questions = (*section.questions, made)
        self.sections[place] = section.model_copy(update={"questions": questions})

    def _matrix(self, element: Element, group: _Group) -> None:
        line = element.line
        show_if = self._show_if(line)
        self._open(group)
        name = self.names.name(line.use("name"))
        made = matrix(element, name=name, names=self.names, show_if=show_if, lists=self.lists)
        element.close()
        self._add(group, made)
        line.take(_became(made, line.peek("name")))
        for row, item in zip(matrix_rows(element), items_of(made), strict=True):
            self._remember(row, item.name, made)
            row.line.take(
                _named(Text(sv="Rad i matrisen", en="Row of the matrix"), row.name, item.name)
            )

    def _question(self, element: Element, group: _Group) -> None:
        line, kind = element.line, kind_of(element)
        if kind is None:
            line.leave_all(of_type(element.kind))
            return
        if kind is Kind.INFO and "intro" in line.peek("dialog_flags").split():
            self._intro(element, group)
            return
        show_if = self._show_if(line)
        self._open(group)
        name = self.names.name(line.use("name"))
        made = question(element, kind, name=name, show_if=show_if, lists=self.lists)
        self._add(group, made)
        self._remember(element, name, made)
        line.take(_became(made, line.peek("name")))
        if element.select and element.select.other:
            extra = other_question(made, name=self.names.new(f"{name}_{OTHER}"))
            self._add(group, extra)
            line.take(
                Text(
                    sv=f"Får alternativet Annat och följdfrågan {extra.name}.",
                    en=f"Gets the choice Other and the follow-up question {extra.name}.",
                )
            )
            self.sources[f"{element.name}_{OTHER}"] = Source(next(items_of(extra)))

    def _intro(self, element: Element, group: _Group) -> None:
        place = self._open(group)
        element.line.use("type")
        element.line.use("name")
        element.line.flags()
        intro = element.line.text("label")
        self.sections[place] = self.sections[place].model_copy(update={"intro": intro})

    def _level(self, element: Element) -> None:
        element.line.ledger.use_row(element.line.cells)
        if element.select:
            self.lists.use_levels(element.select.list_name)

    def _remember(self, element: Element, name: str, made: Question) -> None:
        """So that later conditions find it."""
        self.given[element.name] = name
        item = next((item for item in items_of(made) if item.name == name), None)
        if item:
            names = chosen_from(element, self.lists).names if element.select else {}
            if element.select and element.select.other:
                names = {**names, OTHER: OTHER}
            self.sources[element.name] = Source(item, names)

    def _show_if(self, line: Line) -> Condition | None:
        written = line.peek("relevant")
        if not written:
            return None
        kept = saved_condition(line.peek("dialog_relevant"))
        known = {source.item.name: source.item for source in self.sources.values()}
        if kept and relevance(kept, known) == written:
            line.use("dialog_relevant")
            line.use("relevant")
            return kept
        try:
            found = condition(written, self.sources)
        except NotTakenError as why:
            line.leave("relevant", _always_shown(why.reason))
            return None
        line.use("relevant")
        return found


def _leave_all(element: Element) -> None:
    element.line.leave_all(REPEATED)
    for child in element.children or []:
        _leave_all(child)
    if element.end:
        element.end.leave_all(REPEATED)


def _both(one: Condition | None, other: Condition | None) -> Condition | None:
    if one is None or other is None:
        return one or other
    return Condition(parts=(one, other))


def _became(made: Question, original: str) -> Text:
    kind = WORDS[made.kind]
    return _named(Text(sv=f"Blir {kind.sv}", en=f"Becomes {kind.en}"), original, made.name)


def _named(words: Text, original: str, name: str) -> Text:
    """With the new name where it had to change."""
    if original == name:
        return Text(sv=f"{words.sv}.", en=f"{words.en}.")
    return Text(
        sv=f"{words.sv}. Namnet {original} blir {name}.",
        en=f"{words.en}. The name {original} becomes {name}.",
    )


def _always_shown(reason: Text) -> Text:
    return Text(
        sv=f"Villkoret följer inte med, så det här visas alltid. {reason.sv}",
        en=f"The condition is not taken, so this is always shown. {reason.en}",
    )
