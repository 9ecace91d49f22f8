"""Results in words: numbers as they are written, and the finding of a picture in a sentence."""

from collections.abc import Sequence
from typing import Final

from flask_babel import format_decimal, get_locale, lazy_gettext
from flask_babel import gettext as _

from dialog.core.columns import categories
from dialog.core.levels import Level
from dialog.core.published import PublishedCategory, PublishedGroup, PublishedItem
from dialog.core.questionnaire import Item, Kind, Option, Text
from dialog.core.statistics.differences import Difference
from dialog.core.statistics.means import Interval
from dialog.organisation.wording import level_name
from dialog.results.blocks import Block, Style

MINUS = "\N{MINUS SIGN}"
EFFECTS: Final = (  # Cohen 1988, Statistical Power Analysis: 0.2, 0.5 and 0.8
    (0.2, lazy_gettext("obetydlig")),
    (0.5, lazy_gettext("liten")),
    (0.8, lazy_gettext("medelstor")),
    (float("inf"), lazy_gettext("stor")),
)

Answered = Sequence[tuple[Item, PublishedItem]]


def language() -> str:
    return str(get_locale() or "sv")


def said(text: Text) -> str:
    """A questionnaire's text in the reader's language."""
    return text.in_language(language())


def answer_names(item: Item) -> tuple[str, ...]:
    """What the answers of a question are called."""
    if item.options:
        return tuple(said(option.text) for option in item.options)
    return categories(item)


def whole(number: int | None) -> str:
    """1 204."""
    return "" if number is None else str(format_decimal(number))


def decimal(number: float | None) -> str:
    """3,8."""
    return "" if number is None else str(format_decimal(number, "0.0"))


def hundredths(number: float) -> str:
    """0,82."""
    return str(format_decimal(number, "0.00"))


def signed(number: float) -> str:
    """+0,4 or −0,4; 0,0 has no sign."""
    written = str(format_decimal(abs(number), "0.0"))
    if not any(digit in written for digit in "123456789"):
        return written
    return ("+" if number > 0 else MINUS) + written


def span(interval: Interval | None, *, of_difference: bool = False) -> str:
    """3,1–3,7; of a difference −0,1 till +0,4. Empty if there is none."""
    if interval is None:
        return ""
    if of_difference:
        low, high = signed(interval.low), signed(interval.high)
        return str(_("%(low)s till %(high)s", low=low, high=high))
    return f"{decimal(interval.low)}–{decimal(interval.high)}"


def effect(found: Difference | None) -> str:
    """+0,52, medelstor: an effect size and Cohen's word for it. Empty without."""
    if found is None:
        return ""
    size = abs(found.estimate)
    word = next(word for most, word in EFFECTS if size < most)
    number = hundredths(size)
    sign = "" if number == hundredths(0) else "+" if found.estimate > 0 else MINUS
    return f"{sign}{number}, {word}"


def share(category: PublishedCategory) -> str:
    """62 %, or minst 90 %."""
    if category.bound.startswith(">"):
        return str(_("minst 90 %"))
    if category.bound:
        return str(_("högst 10 %"))
    return f"{category.share} %"


def level(group: PublishedGroup) -> str:
    return level_name(Level(group.level)) if group.level else ""


def depth_name(depth: int) -> str:
    """What units of a depth are called, several of them."""
    names = {1: _("förvaltningar"), 2: _("verksamheter")}
    return str(names.get(depth, _("enheter")))


def place(group: PublishedGroup) -> str:
    """The unit, and the level if it is of one."""
    return f"{group.name}, {level(group).lower()}" if group.level else group.name


def finding(block: Block, answered: Answered) -> str:
    """What the block's picture shows, in a sentence; empty if there is nothing to say."""
    if block.style is Style.NUMBER or block.style is Style.COLUMNS:
        return " ".join(filter(None, (_mean(item, shown) for item, shown in answered)))
    if len(block.items) == 1:
        return _most_common(*answered[0])
    options = block.items[0].options
    least = _above_middle(options) if block.style is Style.SPREAD else 0
    parts = sorted(
        (sum(one.n or 0 for one in shown.categories[least:]) * 100 / shown.n, said(item.text))
        if block.style is Style.SPREAD
        else (shown.categories[0].middle, said(item.text))
        for item, shown in answered
        if not shown.coarsened
    )
    return _most_and_fewest(said(options[least].text), parts, or_more=block.style is Style.SPREAD)


def _above_middle(options: Sequence[Option]) -> int:
    """The first option above the middle of their numbers."""
    values = [option.value or 0 for option in options]
    middle = (min(values) + max(values)) / 2
    return next(at for at, value in enumerate(values) if value > middle)


def _most_and_fewest(answer: str, parts: list[tuple[float, str]], *, or_more: bool) -> str:
    if len(parts) < 2 or parts[0][0] == parts[-1][0]:  # noqa: PLR2004 - two to compare
        return ""
    (least, last), (most, first) = parts[0], parts[-1]
    sentence = (
        _(
            "”%(answer)s” eller mer svarar flest på ”%(first)s” (%(most)s %%) och färst på"
            " ”%(last)s” (%(least)s %%)."
        )
        if or_more
        else _(
            "”%(answer)s” svarar flest på ”%(first)s” (%(most)s %%) och färst på ”%(last)s”"
            " (%(least)s %%)."
        )
    )
    words = {"first": first.rstrip("."), "last": last.rstrip("."), "answer": answer}
    shares = {"most": int(most + 0.5), "least": int(least + 0.5)}
    return _unbroken(sentence % {**words, **shares})


def _most_common(item: Item, shown: PublishedItem) -> str:
    most = max(range(len(item.options)), key=lambda at: shown.categories[at].middle)
    answer, part = said(item.options[most].text), share(shown.categories[most])
    return _unbroken(_("Vanligast är ”%(answer)s” (%(share)s).", answer=answer, share=part))


def _unbroken(sentence: str) -> str:
    """No line ends between a number and its sign."""
    return str(sentence).replace(" %", "\N{NO-BREAK SPACE}%")


def _mean(item: Item, shown: PublishedItem) -> str:
    if item.kind is Kind.DATE:
        return str(_("%(n)s har svarat. Datumen publiceras inte.", n=whole(shown.n)))
    if shown.mean is None:
        return ""
    return str(
        _(
            "Medelvärdet är %(mean)s bland %(n)s svar.",
            mean=decimal(shown.mean),
            n=whole(shown.n),
        )
    )


def scores_sentence(titles: Sequence[str], means: Sequence[float | None]) -> str:
    """The highest and the lowest of some scores."""
    known = sorted(
        ((mean, title) for mean, title in zip(means, titles, strict=True) if mean is not None),
        key=lambda pair: pair[0],
    )
    if not known:
        return ""
    if len(known) == 1:
        (only, title) = known[0]
        return str(_("%(title)s: %(mean)s.", title=title, mean=decimal(only)))
    (low, last), (high, first) = known[0], known[-1]
    if low == high:
        return str(_("Alla skalor ligger på %(mean)s.", mean=decimal(low)))
    return str(
        _(
            "Högst: %(first)s, %(high)s. Lägst: %(last)s, %(low)s.",
            first=first,
            high=decimal(high),
            last=last,
            low=decimal(low),
        )
    )


def difference_sentence(scores: Sequence[tuple[str, Sequence[tuple[str, float]]]]) -> str:
    """In which score groups differ the most, and between which; `scores` holds for each its title
    and (group, mean).
    """
    ordered = [(title, sorted(means, key=lambda pair: pair[1])) for title, means in scores]
    known = [(m[-1][1] - m[0][1], title, m[0], m[-1]) for title, m in ordered if len(m) > 1]
    if not known or max(known)[0] == 0:
        return ""
    _most, title, (last, low), (first, high) = max(known)
    return str(
        _(
            "Störst är skillnaden i %(title)s: från %(low)s (%(last)s) till %(high)s (%(first)s).",
            title=title,
            low=decimal(low),
            last=last,
            high=decimal(high),
            first=first,
        )
    )
