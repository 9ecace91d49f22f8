"""Questionnaires without faults, made by hypothesis, and answers that their forms can give."""

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from dialog.core.conditions import shown
from dialog.core.levels import Level
from dialog.core.questionnaire import (
    DECLINED,
    LEVEL,
    SHORT_LENGTH,
    UNKNOWN,
    Condition,
    Item,
    Kind,
    MatrixRow,
    Option,
    Question,
    Questionnaire,
    Scale,
    Section,
    Test,
    Text,
    items,
    items_of,
)
from dialog.core.scoring import bounds

LETTERS = "abcåäö ABC 1,5;|=\"'<&>${}()[]#@/\\–😀"
words = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
maybe_words = st.one_of(st.just(""), words)
CHOICES = (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX)
OFTEN = st.integers(0, 3).map(bool)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire that `checking.faults` has nothing to say about."""
    languages = draw(st.sampled_from([("sv",), ("sv", "en")]))
    maker = _Maker(draw, english="en" in languages)
    sections = tuple(maker.section() for _ in range(draw(st.integers(1, 3))))
    assume(maker.before)  # something to answer
    return Questionnaire(
        title=maker.text(),
        description=maker.maybe_text(),
        languages=languages,
        sections=sections,
        scales=maker.scales(sections),
    )


class _Maker:
    def __init__(self, draw: st.DrawFn, *, english: bool) -> None:
        self.draw, self.english = draw, english
        self.taken: set[str] = set()
        self.before: list[Item] = []

    def text(self) -> Text:
        return Text(sv=self.draw(words), en=self.draw(words) if self.english else "")

    def maybe_text(self) -> Text:
        return self.text() if self.draw(st.booleans()) else Text()

    def name(self) -> str:
        stem: str = self.draw(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True))
        name = next(one for i in range(1000) if (one := f"{stem}{i or ''}") not in self.taken)
        self.taken.add(name)
        return name

    def section(self) -> Section:
        name, condition = self.name(), self.condition()
        questions = tuple(self.question() for _ in range(self.draw(st.integers(1, 4))))
        return Section(
            name=name,
            title=self.maybe_text(),
            intro=self.maybe_text(),
            show_if=condition,
            questions=questions,
        )

    def question(self) -> Question:
        kind = self.draw(st.sampled_from(Kind))
        closed = kind is not Kind.INFO
        made = Question(
            name=self.name(),
            kind=kind,
            text=self.text(),
            help=self.maybe_text() if closed else Text(),
            required=closed and self.draw(st.booleans()),
            unknown=closed and self.draw(st.booleans()),
            declined=closed and self.draw(st.booleans()),
            sensitive=closed and self.draw(st.booleans()),
            show_if=self.condition(),
            **self.details(kind),
        )
        self.before += items_of(made)
        return made

    def details(self, kind: Kind) -> dict[str, Any]:
        low = self.draw(st.one_of(st.none(), st.integers(-5, 4)))
        high = self.draw(st.one_of(st.none(), st.integers(5, 15)))
        if kind in CHOICES:
            return {"options": self.options(), "rows": self.rows() if kind is Kind.MATRIX else ()}
        if kind is Kind.SCALE:
            ends = {"low_text": self.maybe_text(), "high_text": self.maybe_text()}
            return {"low": low, "high": high, **ends}
        if kind is Kind.NUMBER:
            return {"low": low, "high": high, "whole": self.draw(st.booleans())}
        if kind in {Kind.SHORT, Kind.LONG}:
            first = all(item.max_length < SHORT_LENGTH for item in self.before)
            short = st.integers(1, SHORT_LENGTH - 1)  # so that all of it fits in a ballot
            return {"max_length": self.draw(st.one_of(st.none(), short) if first else short)}
        return {}

    def options(self) -> tuple[Option, ...]:
        pattern = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,5}", fullmatch=True)
        names = self.draw(st.lists(pattern, min_size=1, max_size=4, unique=True))
        values = st.one_of(st.none(), st.integers(-3, 10))
        return tuple(Option(name=n, text=self.text(), value=self.draw(values)) for n in names)

    def rows(self) -> tuple[MatrixRow, ...]:
        return tuple(
            MatrixRow(name=self.name(), text=self.text(), sensitive=self.draw(st.booleans()))
            for _ in range(self.draw(st.integers(1, 3)))
        )

    def condition(self, depth: int = 0) -> Condition | None:
        if depth == 0 and self.draw(OFTEN):
            return None
        parts: list[Test | Condition] = []
        for _ in range(self.draw(st.integers(1, 3))):
            deeper = self.condition(depth + 1) if depth < 2 and not self.draw(OFTEN) else None
            parts.append(deeper or self.test())
        return Condition(mode=self.draw(st.sampled_from(["all", "any"])), parts=tuple(parts))

    def test(self) -> Test:
        sources = self.before[-4:]
        if not sources or not self.draw(OFTEN):
            levels = self.draw(st.lists(st.sampled_from(Level), min_size=1, unique=True))
            op = self.draw(st.sampled_from(["is", "is_not"]))
            return Test(item=LEVEL, op=op, values=tuple(str(level) for level in levels))
        item = self.draw(st.sampled_from(sources))
        op, values = self.draw(st.sampled_from(_asking(item)))
        return Test(item=item.name, op=op, values=values)

    def scales(self, sections: tuple[Section, ...]) -> tuple[Scale, ...]:
        usable = {
            item.name: bounds(item)
            for section in sections
            for question in section.questions
            for item in items_of(question)
            if item.kind in {Kind.SINGLE, Kind.SCALE} and bounds(item)
        }
        made = []
        for _ in range(self.draw(st.integers(0, 2)) if usable else 0):
            chosen = self.draw(st.lists(st.sampled_from(list(usable)), min_size=1, unique=True))
            alike = len({usable[name] for name in chosen}) == 1
            turned = [name for name in chosen if self.draw(st.booleans())]
            made.append(
                Scale(
                    name=self.name(),
                    title=self.text(),
                    items=tuple(chosen),
                    reversed=tuple(turned),
                    report=self.draw(st.sampled_from(["score", "items"] if alike else ["items"])),
                )
            )
        return tuple(made)


def _asking(item: Item) -> list[tuple[str, tuple[str, ...]]]:
    """Some tests that can be asked of an item: operator and values."""
    asked: list[tuple[str, tuple[str, ...]]] = [("answered", ())]
    offered = {UNKNOWN: item.unknown, DECLINED: item.declined}
    missing = tuple(name for name, is_offered in offered.items() if is_offered)
    names = tuple(option.name for option in item.options)
    if item.kind in {Kind.SCALE, Kind.NUMBER}:
        names = ("5",)
        asked += [("at_least", ("5",)), ("at_most", ("5",))]
    elif item.kind is Kind.DATE:
        names = ("2026-10-14",)
        asked += [("at_least", names), ("at_most", names)]
    elif names and bounds(item):
        asked += [("at_least", ("2",)), ("at_most", ("2",))]
    if names or missing:
        asked += [("is", (names + missing)[:1]), ("is", (names + missing)[-2:])]
        asked += [("is_not", (names + missing)[:1]), ("is_not", names + missing)]
    return asked


@st.composite
def answered(draw: st.DrawFn, questionnaire: Questionnaire, level: str) -> dict[str, Any]:
    """Answers that the form gives to somebody on `level`: nothing hidden, what must be is there."""
    answers: dict[str, Any] = {}
    for item in items(questionnaire):
        visible = item.question in shown(questionnaire, answers, level)
        if visible and (item.required or draw(st.booleans())):
            answers[item.name] = draw(answer(item))
    return answers


def answer(item: Item) -> st.SearchStrategy[Any]:
    """Any answer to one item that is not empty."""
    offered = {UNKNOWN: item.unknown, DECLINED: item.declined}
    missing = [name for name, is_offered in offered.items() if is_offered]
    names = [option.name for option in item.options]
    low = -1000 if item.low is None else item.low
    high = 1000 if item.high is None else item.high
    given: st.SearchStrategy[Any]
    match item.kind:
        case Kind.SINGLE:
            given = st.sampled_from(names)
        case Kind.MULTIPLE:
            chosen = st.lists(st.sampled_from(names), min_size=1, unique=True)
            given = chosen.map(lambda some: [name for name in names if name in some])
        case Kind.NUMBER if not item.whole:
            given = st.floats(low, high).map(lambda x: int(x) if x.is_integer() else x)
        case Kind.SCALE | Kind.NUMBER:
            given = st.integers(low, high)
        case Kind.DATE:
            given = st.dates().map(str)
        case _:
            units = max(item.max_length // 2, 1)
            letters = 'aå€"\\' if item.max_length == 1 else 'aå€"\\😀'
            given = st.text(letters, min_size=1, max_size=units)
    return st.one_of(given, st.sampled_from(missing)) if missing else given
