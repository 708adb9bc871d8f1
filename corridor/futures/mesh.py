"""Known chains cut into their legs and posts, and the cheapest ways over these in every future."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.assessment import Option
from corridor.costs.tariff import Tariff
from corridor.futures.factors import Factors
from corridor.futures.option_draw import OptionDraw, Part, carbon_parts, money_parts, time_parts
from corridor.routing.corridor_graph import post_at
from corridor.routing.steps import NOTHING_REMOVED, Chain, LegEnds, Move, Removed

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]
Step = LegEnds | Move
Way = tuple[Step, ...]

LEAST_USD = 0.01
"""A step weighs something, so that no way goes in circles."""


class Spot(NamedTuple):
    """Where a truck stands between two steps.

    Parameters
    ----------
    done : how many of the required stops are behind it
    is_before_post : whether it has driven up to a post, which it then has to pass
    """

    terminal: str
    plate: str
    done: int
    is_before_post: bool


class Link(NamedTuple):
    """A step from one spot to another."""

    step: Step
    start: Spot
    end: Spot


@dataclass(frozen=True)
class Mesh:
    """All ways that can be put together from the steps of some chains.

    Parameters
    ----------
    chains : from one place to another by the same required stops, at least one
    required : these stops, in order
    usd : step -> its generalised cost in each future, shape (futures,), > 0
    """

    chains: Sequence[Chain]
    required: Sequence[frozenset[str]]
    usd: Mapping[Step, Floats]

    def cheapest(self, removed: Removed = NOTHING_REMOVED) -> list[Way]:
        """Every way that is the cheapest in some future without what is removed, by the sum of its steps."""
        links = [number for number, link in enumerate(self._links) if not removed.has(link.step)]
        least_usd, came_by = self._least(links)
        at = self._ends[np.argmin(least_usd[self._ends], axis=0)]
        backwards = []
        while ((link := came_by[at, np.arange(len(at))]) >= 0).any():
            backwards.append(link)
            at = np.where(link >= 0, self._starts[link], at)
        rows = np.unique(np.stack(backwards[::-1], axis=1), axis=0) if backwards else np.zeros((0, 0), dtype=np.intp)
        return [tuple(self._links[number].step for number in row if number >= 0) for row in rows.tolist()]

    def _least(self, links: Sequence[int]) -> tuple[Floats, Integers]:
        """Least cost from the first place to each spot, and the link that comes there, shape (spots, futures).

        Notes
        -----
        Bellman and Ford's rounds over all links, each for all futures at once.
        """
        shape = len(self._spots), len(next(iter(self.usd.values())))
        least_usd, came_by = np.full(shape, np.inf), np.full(shape, -1, dtype=np.intp)
        least_usd[0] = 0.0
        changed = {0}
        while changed:
            before, changed = changed, set()
            for number in (number for number in links if int(self._starts[number]) in before):
                link = self._links[number]
                end = self._spots[link.end]
                usd = least_usd[self._starts[number]] + self.usd[link.step]
                is_less = usd < least_usd[end]
                if is_less.any():
                    least_usd[end, is_less], came_by[end, is_less] = usd[is_less], number
                    changed.add(end)
        return least_usd, came_by

    @cached_property
    def _links(self) -> list[Link]:
        return list(dict.fromkeys(link for chain in self.chains for link in _links_of(chain, self.required)))

    @cached_property
    def _spots(self) -> dict[Spot, int]:
        """Numbers of the spots, that of the first place 0."""
        spots = (spot for link in self._links for spot in (link.start, link.end))
        return {spot: number for number, spot in enumerate(dict.fromkeys(spots))}

    @cached_property
    def _starts(self) -> Integers:
        """(links,) spot from which each link leads."""
        return np.array([self._spots[link.start] for link in self._links], dtype=np.intp)

    @cached_property
    def _ends(self) -> Integers:
        """Spots at which the way is complete."""
        ends = {_links_of(chain, self.required)[-1].end for chain in self.chains}
        return np.array(sorted(self._spots[end] for end in ends), dtype=np.intp)


def step_costs_usd(priced: Iterable[tuple[Chain, Option]], factors: Factors, tariff: Tariff) -> dict[Step, Floats]:
    """Generalised cost of each step of some chains in every future, as in the first chain that has it.

    Notes
    -----
    Rest and what is paid once a trip stand where the ledger books them, so a way put together from steps of several
    chains costs only about the sum of its steps.
    """
    usd: dict[Step, Floats] = {}
    for chain, option in priced:
        by_stage = OptionDraw(option, factors, tariff).by(_stage, _generalised_parts(option, tariff))
        for stage, step in enumerate(chain.steps):
            usd.setdefault(step, np.maximum(by_stage.get(stage, np.zeros(factors.uniforms.n)), LEAST_USD))
    return usd


def _stage(part: Part) -> int:
    return part.stage


def _generalised_parts(option: Option, tariff: Tariff) -> list[Part]:
    """Money, hours and carbon of an option, all in USD."""
    carbon_usd_per_kg = tariff.scenario.criteria.carbon_usd_per_t / 1000
    weights = (
        (1.0, money_parts(option.ledger)),
        (tariff.cargo_usd_per_h.known, time_parts(option.ledger)),
        (carbon_usd_per_kg, carbon_parts(option.ledger)),
    )
    return [part._replace(amount=part.amount * weight) for weight, parts in weights for part in parts]


def _links_of(chain: Chain, required: Sequence[frozenset[str]]) -> list[Link]:
    """The steps of a chain with the spots between them."""
    links, done = [], 0
    for step in chain.steps:
        passed = step.crossing_id if isinstance(step, Move) else step.end
        before, done = done, done + (done < len(required) and passed in required[done])
        plates = (step.plate_before, step.plate_after) if isinstance(step, Move) else (step.plate, step.plate)
        start = Spot(step.start, plates[0], before, is_before_post=isinstance(step, Move))
        end = Spot(
            step.end, plates[1], done, is_before_post=isinstance(step, LegEnds) and post_at(step.end) is not None
        )
        links.append(Link(step, start, end))
    return links
