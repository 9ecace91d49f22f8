"""Proof that everything published together gives no group of 1 to k-1 away.

For each class that holds somebody, but fewer than k, the largest count is found that an attacker
must consider possible who knows every published sum and solves all equations at once. Fewer than
k, and the class is *betrayed*. By duality the bound is at least k exactly when every sum that can
be derived and holds the class covers at least k people; so nothing has to be listed but classes.
A class that holds nobody needs no program: were its bound 1 to k-1, then so were that of some
class with somebody in it (nested families of sums make a network, whose derived sums take a class
whole or not at all). Over two releases a derived sum may take a class by half, and so keep an empty
one below k; but then those whom it covers are at least k, and nobody is in the other.

Most classes need no program either, see `pools`: the truth itself is a table in which their pool
has k. That is what makes the audit fast.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from dialog.core.disclosure.programs import Equation, Programs
from dialog.core.disclosure.sums import Layer
from dialog.core.tree import Flags, Numbers

SOLVER = f"HiGHS {highspy.Highs().version()}"  # type: ignore[no-untyped-call]  # has no types


@dataclass(frozen=True)
class Betrayed:
    """A class of a layer that the attacker knows to be `most` at the most, fewer than k: that of
    `place` and `level`, and all that cannot be told from it.

    `equations` are those that together say so (the support of the dual solution).
    """

    layer: int
    place: int
    level: int
    most: int
    equations: tuple[Equation, ...]


@dataclass(frozen=True)
class Proof:
    """What an audit found. `hidden` counts the classes of 1 to k-1 people that it is about;
    `programs` the linear programs solved; `least` is the smallest bound met among classes that
    needed a program, None if none did; `exact` how many classes are known exactly. `doubtful[l]`:
    the classes of layer l that something betrays.
    """

    hidden: int
    programs: int
    least: int | None
    exact: int
    betrayed: tuple[Betrayed, ...]
    doubtful: tuple[Flags, ...] = ()


def audit(layers: Sequence[Layer], *, among: Sequence[Flags] | None = None) -> Proof:
    """`layers` are nested, each counting some of those of the one before. With `among`, flags for
    the classes of each layer, only these are looked at.
    """
    programs = Programs(layers)
    bounds: list[int] = []
    betrayed: list[Betrayed] = []
    exact = 0
    doubtful = [np.zeros(layer.own.shape, dtype=bool) for layer in layers]
    for layer, variable, true in _small(programs, among):
        most, equations = programs.extreme(layer, variable, most=True)
        bounds.append(most)
        if most < layers[layer].k:
            place, level = programs.pools.first(variable, layers[layer].own)
            betrayed.append(Betrayed(layer, place, level, most, tuple(equations)))
            doubtful[layer] |= (programs.pools.variable == variable) & (layers[layer].own > 0)
            exact += most == true == programs.extreme(layer, variable, most=False)[0]
    return Proof(
        hidden=sum(int(((each.own > 0) & (each.own < each.k)).sum()) for each in layers),
        programs=programs.solved,
        least=min(bounds, default=None),
        exact=exact,
        betrayed=tuple(betrayed),
        doubtful=tuple(doubtful),
    )


def _small(programs: Programs, among: Sequence[Flags] | None) -> Iterator[tuple[int, int, int]]:
    """(layer, variable, count) of every variable with somebody in it, but fewer than k."""
    for at, layer in enumerate(programs.layers):
        counts: Numbers = programs.in_layer(at)
        small = (counts > 0) & (counts < layer.k)
        if among is not None:
            asked = np.zeros_like(small)
            asked[programs.pools.variable[among[at]]] = True
            small &= asked
        for variable in np.flatnonzero(small):
            yield at, int(variable), int(counts[variable])
