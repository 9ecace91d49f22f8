"""The rules of a release: the attacker here reads published groups and nothing else."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.core.disclosure.policy import LEVELS, Place, Policy
from dialog.core.disclosure.protection import Protection
from dialog.core.disclosure.sums import Pattern
from dialog.core.published import PublishedGroup, dump, load, one_decimal, percent
from dialog.core.tabulation import tabulate
from dialog.core.tree import Numbers, Tree, make_tree
from tests.core.disclosure import attackers
from tests.core.forms import ANSWERS, complete, form
from tests.core.trees import Parents, trees

FORM = form()
Row = tuple[str, str, dict[str, Any]]


def release(rows: list[Row], tree: Tree, **policy: int) -> dict[tuple[str, str], PublishedGroup]:
    table = tabulate(rows, questionnaire=FORM, tree=tree, levels=LEVELS)
    places = {code: Place(name=code, invited=len(rows) + 5) for code in tree.codes}
    made = Protection(table, questionnaire=FORM, policy=Policy(**policy), places=places)
    return {(group.unit, group.level): group for group in made.groups()}


def everybody(answers: dict[str, Any], n: int, unit: str = "V", level: str = "staff") -> list[Row]:
    return [(unit, level, answers)] * n


ONE = make_tree({"R": None, "F": "R", "V": "F", "W": "F"})


@pytest.mark.parametrize("n", [10, 50])
def test_where_all_agree_neither_share_nor_mean_nor_score_says_so(n: int) -> None:
    group = release(everybody({"fel": "a5", "asikt": "a1", "hjalp": "a5", "betyg": 10}, n), ONE)[
        ("V", "")
    ]
    for name in ("fel", "asikt", "hjalp", "betyg"):
        item = group.items[name]
        assert (item.n, item.mean, item.coarsened) == (n, None, True)
        assert {one.bound for one in item.categories} == {">=90", "<=10"}
        assert all(one.n is None and one.share is None for one in item.categories)
    assert group.scores == {}


def test_nine_in_ten_are_coarsened_and_less_is_not() -> None:
    mixed = everybody({"tigit": "ja"}, 9) + everybody({"tigit": "nej"}, 1)
    assert (
        release(mixed, ONE)[("V", "")].items.get("tigit") is None
        or release(mixed, ONE)[("V", "")].items["tigit"].coarsened
    )
    varied = everybody({"fel": "a5"}, 8) + everybody({"fel": "a1"}, 2)
    item = release(varied, ONE)[("V", "")].items["fel"]
    assert [one.share for one in item.categories] == [20, 0, 0, 0, 80]
    assert item.mean == 4.2


def test_several_answers_are_coarsened_one_by_one() -> None:
    group = release(everybody({"vad": ["stod"]}, 12), ONE)[("V", "")]
    assert [(c.n, c.bound) for c in group.items["vad"].categories] == [
        (None, ">=90"),
        (0, ""),
        (0, ""),
    ]


def test_a_number_that_nearly_all_gave_has_no_mean() -> None:
    same = everybody({"antal": 3}, 19) + everybody({"antal": 90}, 1)
    assert release(same, ONE)[("V", "")].items["antal"].mean is None
    varied = everybody({"antal": 3}, 10) + everybody({"antal": 4}, 10)
    assert release(varied, ONE)[("V", "")].items["antal"].mean == 3.5


def test_a_date_is_counted_and_says_nothing_more() -> None:
    item = release(everybody({"dag": "2026-01-02"}, 12), ONE)[("V", "")].items["dag"]
    assert (item.n, item.mean, item.categories) == (12, None, ())


def test_one_answer_in_a_group_of_twelve_is_hidden() -> None:
    rows = everybody({"betyg": 3}, 11) + everybody({"betyg": 4, "fel": "a1"}, 1)
    group = release(rows, ONE)[("V", "")]
    assert group.n == 12
    assert "fel" not in group.items
    assert "betyg" in group.items


def test_a_question_is_hidden_where_the_rest_of_the_parent_is_too_few() -> None:
    rows = everybody({"fel": "a1"}, 15) + everybody({"fel": "a4"}, 3, unit="W")
    rows += everybody({}, 20, unit="W")
    groups = release(rows, ONE)
    assert groups[("W", "")].n == 23
    assert "fel" in groups[("F", "")].items
    assert "fel" not in groups[("V", "")].items
    assert "fel" not in groups[("W", "")].items


def test_a_sensitive_question_needs_twenty() -> None:
    rows = everybody({"tigit": "ja", "radsla": "ja", "tid": "nej"}, 7)
    rows += everybody({"tigit": "ja", "radsla": "nej", "tid": "ja"}, 8)
    rows += everybody({"tigit": "nej"}, 15)
    group = release(rows, ONE)[("V", "")]
    assert "radsla" not in group.items
    assert group.items["tid"].n == 15
    assert group.items["tigit"].n == 30


def test_a_filter_with_few_yes_is_hidden_with_its_follow_ups() -> None:
    rows = everybody({"tigit": "ja", "tid": "nej", "fel": "a1"}, 4)
    rows += everybody({"tigit": "nej", "fel": "a4"}, 26)
    group = release(rows, ONE)[("V", "")]
    assert "fel" in group.items
    assert not {"tigit", "tid", "radsla"} & set(group.items)


def test_where_a_filter_is_coarsened_its_follow_ups_do_not_give_the_share_away() -> None:
    rows = everybody({"tigit": "ja", "tid": "nej", "radsla": "ja"}, 12)
    rows += everybody({"tigit": "ja", "tid": "ja", "radsla": "nej"}, 12)
    rows += everybody({"tigit": "nej"}, 1)
    group = release(rows, ONE)[("V", "")]
    assert group.items["tigit"].coarsened
    assert not {"tid", "radsla"} & set(group.items)


def test_a_score_is_published_with_its_items_only() -> None:
    rows = everybody({"fel": "a1", "asikt": "a2", "hjalp": "a3"}, 8)
    rows += everybody({"fel": "a4", "asikt": "a5", "hjalp": "a5"}, 8)
    score = release(rows, ONE)[("V", "")].scores["trygghet"]
    assert (score.n, score.mean) == (16, one_decimal((8 * 8 / 3 + 8 * 10 / 3) / 16))
    without = [(unit, level, {**a, "hjalp": "a5"}) for unit, level, a in rows]
    assert release(without, ONE)[("V", "")].scores == {}


def test_the_list_of_groups_does_not_depend_on_the_answers() -> None:
    assert list(release([], ONE)) == list(release(everybody({"fel": "a1"}, 40), ONE))
    assert all(group.protected for group in release([], ONE).values())


def test_elected_representatives_are_shown_for_the_whole_region_only() -> None:
    groups = release(everybody({"fel": "a1"}, 40, unit="F", level="elected"), ONE)
    assert [place for place in groups if place[1] == "elected"] == [("R", "elected")]


def test_figures_are_written_and_read_without_change() -> None:
    rows = everybody({"fel": "a5", "vad": ["stod"], "antal": 2.5, "betyg": 3}, 30)
    rows += everybody({"fel": "a2", "asikt": "a3", "hjalp": "a5", "betyg": 9}, 20)
    for group in release(rows, ONE).values():
        place = {
            name: getattr(group, name) for name in ("unit", "name", "parent", "depth", "level")
        }
        assert load(dump(group), **place) == group


@pytest.mark.parametrize(("part", "share"), [(1, 8), (3, 25), (1.5, 13), (12, 100)])
def test_shares_are_whole_percents_halves_upwards(part: float, share: int) -> None:
    assert percent(int(part * 2), 24) == share


@pytest.mark.parametrize(("number", "rounded"), [(2.25, 2.3), (4.95, 5.0), (-2.25, -2.3), (3, 3.0)])
def test_means_have_one_decimal_halves_upwards(number: float, rounded: float) -> None:
    assert one_decimal(number) == rounded


def _pattern(tree: Tree, groups: dict[tuple[str, str], PublishedGroup], shown: Any) -> Pattern:
    units = np.array([shown(groups[(code, "")]) for code in tree.codes])
    levels = np.array(
        [
            [(code, level) in groups and shown(groups[(code, level)]) for level in LEVELS]
            for code in tree.codes
        ]
    )
    return Pattern(units, levels)


def _own(tree: Tree, rows: list[Row], who: Any) -> Numbers:
    own = np.zeros((len(tree), len(LEVELS) + 1), dtype=np.int64)
    for unit, level, answers in rows:
        if who(answers):
            own[tree.position[unit], LEVELS.index(level)] += 1
    return own


def _safe(tree: Tree, own: Numbers, pattern: Pattern, k: int) -> bool:
    known = attackers.published(tree, own, pattern)
    subtracted = [one.count for one in attackers.subtract(known)]
    bounds = attackers.largest(known, own)
    return (
        not any(0 < count < k for count in subtracted) and not ((bounds > 0) & (bounds < k)).any()
    )


@settings(deadline=None, max_examples=15)
@given(st.data(), trees(largest=10), st.sampled_from([(5, 10), (5, 20)]))
def test_nothing_published_of_groups_questions_or_filters_gives_few_away(
    data: st.DataObject, parents: Parents, ks: tuple[int, int]
) -> None:
    tree = make_tree(parents)
    k, k_sensitive = ks
    places = st.tuples(
        st.sampled_from(sorted(parents)),
        st.sampled_from(["staff", "staff", "manager-1", "elected"]),
    )
    several = data.draw(st.lists(st.tuples(places, ANSWERS, st.integers(1, 14)), max_size=14))
    rows = [
        (unit, level, complete(answers))
        for (unit, level), answers, times in several
        for _ in range(times)
    ]
    groups = release(rows, tree, k=k, k_sensitive=k_sensitive)
    everyone = _pattern(tree, groups, lambda group: not group.protected)
    assert _safe(tree, _own(tree, rows, lambda _: True), everyone, k)
    for name, least in (("fel", k), ("tigit", k), ("radsla", k_sensitive)):
        shown = _pattern(tree, groups, lambda group, name=name: name in group.items)
        answered = _own(tree, rows, lambda answers, name=name: answers.get(name, "_")[0] != "_")
        assert _safe(tree, answered, shown, least)
    filtering = _pattern(tree, groups, lambda group: "tigit" in group.items)
    assert _safe(tree, _own(tree, rows, lambda a: a.get("tigit") == "ja"), filtering, k)


def _counts(group: PublishedGroup, name: str) -> list[int] | None:
    """The answers' counts, if all of them are published."""
    item = group.items.get(name)
    if item is None or any(one.n is None for one in item.categories):
        return None
    return [one.n or 0 for one in item.categories]


def test_nobody_can_subtract_to_a_group_of_one_answer() -> None:
    varied = [(5, "a1"), (9, "a3"), (6, "a5")]
    rows = [row for n, answer in varied for row in everybody({"fel": answer}, n, unit="V")]
    rows += everybody({"fel": "a5"}, 12, unit="W")
    groups = release(rows, ONE)
    assert _counts(groups[("F", "")], "fel") == [5, 0, 9, 0, 18]
    assert groups[("W", "")].items["fel"].coarsened
    assert "fel" not in groups[("V", "")].items  # F less V would be W


@settings(deadline=None, max_examples=20)
@given(st.data(), trees(largest=8))
def test_what_is_left_of_a_group_is_never_of_one_answer(
    data: st.DataObject, parents: Parents
) -> None:
    tree = make_tree(parents)
    places = st.tuples(st.sampled_from(sorted(parents)), st.sampled_from(["staff", "manager-1"]))
    answer = st.sampled_from(["a1", "a5", "a5", "a5"])
    several = data.draw(
        st.lists(st.tuples(places, answer, st.integers(1, 20)), min_size=1, max_size=14)
    )
    rows = [
        (unit, level, {"fel": given_}) for (unit, level), given_, n in several for _ in range(n)
    ]
    groups = release(rows, tree, k=5)
    for code in tree.codes:
        whole = _counts(groups[(code, "")], "fel")
        if whole is None:
            continue
        for parts in (_nearest(tree, groups, code), _levels(groups, code)):
            left = [a - sum(part[at] for part in parts) for at, a in enumerate(whole)]
            assert not parts or sum(left) == 0 or max(left) * 10 < sum(left) * 9


def _nearest(
    tree: Tree, groups: dict[tuple[str, str], PublishedGroup], code: str
) -> list[list[int]]:
    found: list[list[int]] = []
    for child in tree.children[tree.position[code]]:
        below = tree.codes[int(child)]
        counts = _counts(groups[(below, "")], "fel")
        found += [counts] if counts is not None else _nearest(tree, groups, below)
    return found


def _levels(groups: dict[tuple[str, str], PublishedGroup], code: str) -> list[list[int]]:
    levels = (groups[(code, level)] for level in LEVELS if (code, level) in groups)
    return [counts for each in levels if (counts := _counts(each, "fel")) is not None]


def test_a_record_says_whether_values_were_audited_and_claims_no_more_than_that() -> None:
    rows = everybody({"fel": "a5"}, 20) + everybody({"fel": "a1"}, 20, unit="W")
    table = tabulate(rows, questionnaire=FORM, tree=ONE, levels=LEVELS)
    places = {code: Place(name=code, invited=50) for code in ONE.codes}
    records = [
        Protection(
            table, questionnaire=FORM, policy=Policy(), places=places, values=values
        ).record.as_json()
        for values in (True, False)
    ]
    audited, counted = records
    assert audited["values_audited"] is True
    assert "mean_range_at_least" in audited["proved"]
    assert counted["values_audited"] is False
    assert "mean_range_at_least" not in counted["proved"]
    assert "values" not in counted["proved"]["known_exactly"]
    assert not any("mean_range_at_least" in check for check in counted["checks"])
    assert [c["item"] for c in audited["checks"]] == [c["item"] for c in counted["checks"]]
