"""That nobody can subtract their way to a group in which (nearly) all gave the same answer.

`values` publishes only a bound where one answer holds 90 % of a group. But the counts of the
parent less those of the other parts would give the group's own counts back. So the rule of the
remainder is applied to answers too: what is left of a group, when its parts with full figures
are taken out, must not be a group of one answer. Where it is, the question is hidden in the
smallest of the parts, and what is left grows. Looked at are units within units (all levels, and
each level for itself) and the levels within a unit.

Of fewer than ten people "minst 90 %" says that it was all of them. There, where k is below ten,
the question is hidden instead.
"""

import numpy as np

from dialog.core.disclosure.sums import Pattern
from dialog.core.disclosure.suppression import nearest_shown
from dialog.core.tree import Flags, Numbers, Tree

VAGUE_FROM = 10  # people: nine of ten is at least 90 %, and not all


def hide_homogeneous(tree: Tree, n: Numbers, answers: Numbers, *, pattern: Pattern) -> Pattern:
    """The part of `pattern` where a question may be shown. `n[u, l]` answered, and of them
    `answers[u, l, c]` with category c; the last level column is those without a level.
    """
    whole_n, whole = n.sum(axis=1), answers.sum(axis=1)
    units = pattern.units & ~_all_of_few(whole_n, whole)
    levels = pattern.levels & ~_all_of_few(n, answers)[:, : pattern.levels.shape[1]]
    changed = True
    while changed:
        changed = _in_tree(tree, whole_n, whole, units)
        for level in range(levels.shape[1]):
            changed |= _in_tree(tree, n[:, level], answers[:, level], levels[:, level])
        changed |= _in_levels(n, answers, units, levels)
    return Pattern(units, levels)


def alike(n: Numbers, answers: Numbers) -> Flags:
    """Where there is somebody, and one answer holds at least 90 %."""
    most = answers.max(axis=-1, initial=0)
    return np.asarray((n > 0) & (most * 10 >= n * 9))


def _all_of_few(n: Numbers, answers: Numbers) -> Flags:
    """Where a bound of 90 % would tell the answer of each of the group."""
    return alike(n, answers) & (n < VAGUE_FROM)


def _in_tree(tree: Tree, n: Numbers, answers: Numbers, shown: Flags) -> bool:
    """Hide, in place, what would leave a group of one answer within a unit."""
    changed = False
    while True:
        full = shown & ~alike(n, answers)
        below_n, below = np.zeros_like(n), np.zeros_like(answers)
        for layer in reversed(tree.layers[1:]):
            known_n = np.where(full[layer], n[layer], below_n[layer])
            known = np.where(full[layer][:, None], answers[layer], below[layer])
            np.add.at(below_n, tree.parent[layer], known_n)
            np.add.at(below, tree.parent[layer], known)
        wrong = full & (below_n > 0) & alike(n - below_n, answers - below)
        if not wrong.any():
            return changed
        for unit in np.flatnonzero(wrong & (tree.depth == tree.depth[wrong].max())):
            parts = [part for part in nearest_shown(tree, int(unit), full) if n[part] > 0]
            shown[min(parts, key=lambda part: (n[part], part))] = False
        changed = True


def _in_levels(n: Numbers, answers: Numbers, units: Flags, levels: Flags) -> bool:
    """Hide, in place, what would leave a group of one answer among a unit's levels."""
    changed = False
    whole_n, whole = n.sum(axis=1), answers.sum(axis=1)
    while True:
        full = levels & ~alike(n[:, :-1], answers[:, :-1])
        rest_n = whole_n - np.where(full, n[:, :-1], 0).sum(axis=1)
        rest = whole - np.where(full[:, :, None], answers[:, :-1], 0).sum(axis=1)
        seen = units & ~alike(whole_n, whole) & full.any(axis=1)
        wrong = np.flatnonzero(seen & alike(rest_n, rest))
        if not len(wrong):
            return changed
        for unit in wrong:
            mine = np.flatnonzero(full[unit])
            levels[unit, mine[np.argmin(n[unit, mine])]] = False
        changed = True
