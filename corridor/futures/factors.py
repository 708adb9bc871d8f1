"""What each drawn variable is multiplied with in each future: what nobody knows, and luck, with mean 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corridor.costs.closures import build_closures
from corridor.costs.shut_posts import drawn_opening_wait_h, mean_opening_wait_h
from corridor.evidence import Evidence, Fee, Parameter, SideTime
from corridor.futures.distributions import factor_by_range, factor_by_sdlog, lognormal_by_mean_and_cv
from corridor.futures.effects import SPEED_TABLES, Effect
from corridor.futures.shocks import correlated_u, in_step_u, post_shares

Floats = NDArray[np.float64]

OWN_RUNGS = ("override", "measure", "open_border")
"""Hours of these rungs are taken as given: a scenario or a measure set them, or the border is a formality."""

DIESEL = "diesel_usd_per_l"


class Uniforms(Protocol):
    """Where draws come from: `Draws`, or a design of one's own."""

    @property
    def n(self) -> int:
        """Number of futures."""

    def knowledge(self, name: str) -> Floats:
        """Uniform draws of what a survey could tell, shape (n,)."""

    def luck(self, name: str) -> Floats:
        """Uniform draws of what differs from trip to trip, shape (n,)."""


@dataclass(frozen=True)
class Factors:
    """Factors of the evidence in each future.

    Parameters
    ----------
    has_luck : whether trips differ from each other; without it a future is a mean over its trips
    multiples : key of the evidence -> what its value is multiplied with in all futures, to ask what would change
    """

    evidence: Evidence
    uniforms: Uniforms
    has_luck: bool = True
    multiples: Mapping[str, float] = field(default_factory=dict)

    def scale(self, basis: Iterable[str]) -> float:
        """What a row that rests on some evidence is multiplied with; hours fall as a speed rises."""
        if not self.multiples:
            return 1.0
        return prod(
            1 / multiple if key.startswith(SPEED_TABLES) else multiple
            for key, multiple in self.multiples.items()
            if key in basis
        )

    def of(self, effect: Effect) -> Floats | None:
        """Factor of an effect, shape (n,), mean 1; None where nothing is drawn."""
        if effect not in self._factors:
            self._factors[effect] = self._draw(effect)
        return self._factors[effect]

    def closure_share(self, post: str, days_ahead: Floats) -> Floats:
        """Hours that a closure costs in each future over those to be expected, so many days after departure."""
        rate, days = (self.evidence.parameter(name, post).value for name in ("closures_per_open_year", "closure_days"))
        closures = build_closures(closures_per_open_year=rate, closure_days=days, where=post)
        expected_h = closures.known_open_wait_h(days_ahead)
        if not self.has_luck:
            return np.ones_like(expected_h)
        state_u, residual_u = (self.uniforms.luck(f"closure.{post}.{what}") for what in ("state", "residual"))
        return closures.drawn_wait_h(days_ahead, state_u=state_u, residual_u=residual_u) / expected_h

    def opening_share(self, post: str, *, work_h: float) -> Floats | None:
        """Hours at closed doors in each future over those to be expected; None for means over many trips."""
        if not self.has_luck:
            return None
        hours, days = (self._value(name, post) for name in ("open_hours_per_day", "open_days_per_week"))
        doors = {"work_h": work_h, "open_h_per_day": hours, "open_days_per_week": days}
        return drawn_opening_wait_h(self.uniforms.luck(f"opening.{post}"), **doors) / mean_opening_wait_h(**doors)

    def _draw(self, effect: Effect) -> Floats | None:
        draw = {
            "speed": self._speed,
            "exit": self._side,
            "entry": self._side,
            "fee": self._fee,
            "ferry": self._ferry,
            "parameter": self._parameter_factor,
        }.get(effect.kind)
        return draw(effect) if draw else None

    def _speed(self, effect: Effect) -> Floats | None:
        return self._known(f"speed.{effect.name}", self._value("speed_sdlog"))

    def _side(self, effect: Effect) -> Floats | None:
        """Hours of one side: the error of the mean, shared by both sides of a post, times the luck of this truck.

        The exit side goes by the evidence of its queue, which is most of it.
        """
        post, direction = effect.name.split(".")
        times = self.evidence.crossings[post].times[direction]
        side = times.queue if effect.kind == "exit" else times.entry_side
        frontier = frontier_of(self.evidence, post)
        error = self._mean_error(post, direction, frontier, side)
        if not self.has_luck:
            return error
        luck_u = self._post_u(self.uniforms.luck, frontier, f"{effect.kind}.{effect.name}")
        cv = self._value("post_trip_cv")
        luck = lognormal_by_mean_and_cv(1.0, cv, where="post_trip_cv").quantile(luck_u)
        return luck if error is None else error * luck

    def _mean_error(self, post: str, direction: str, frontier: str, side: SideTime) -> Floats | None:
        sdlog = 0.0 if side.rung in OWN_RUNGS else self._value("post_mean_sdlog", side.grade)
        if not sdlog:
            return None
        u = self._post_u(self.uniforms.knowledge, frontier, f"post.{post}.{direction}")
        return factor_by_sdlog(sdlog, where="post_mean_sdlog").quantile(u)

    def _post_u(self, draw: Callable[[str], Floats], frontier: str, name: str) -> Floats:
        """Draws of a post, in step with those of its frontier and, less so, with those of its two countries."""
        frontier_share, country_share = self._post_shares
        shared = [(draw(f"frontier.{frontier}"), frontier_share)]
        shared += [(draw(posts_of_country(code)), country_share) for code in frontier.split("-")]
        return in_step_u(shared, draw(name))

    @cached_property
    def _post_shares(self) -> tuple[float, float]:
        return post_shares(
            frontier_rank=self._value("frontier_rank_correlation"),
            country_rank=self._value("country_rank_correlation"),
        )

    def _fee(self, effect: Effect) -> Floats | None:
        _, post, direction, field = effect.name.split(".")
        fee: Fee = getattr(self.evidence.crossings[post].times[direction], field.removesuffix("_usd"))
        return None if fee.rung in OWN_RUNGS else self._known(effect.name, self._grade_sdlog(fee.grade))

    def _ferry(self, effect: Effect) -> Floats | None:
        _, line_id, direction, field = effect.name.split(".")
        line = self.evidence.crossings[line_id].ferry
        figure = getattr(line.sailings[direction], field) if line else None
        if figure is None or figure.set_by != "tables":
            return None
        error = self._ranged(effect.name, figure.low, figure.high, figure.grade)
        if field != "wait_h" or not self.has_luck:
            return error
        cv = self._value("ferry_wait_trip_cv")
        luck = lognormal_by_mean_and_cv(1.0, cv, where="ferry_wait_trip_cv").quantile(self.uniforms.luck(effect.name))
        return luck if error is None else error * luck

    def _parameter_factor(self, effect: Effect) -> Floats | None:
        name, _, scope = effect.name.removeprefix("parameters.").partition(".")
        row = self.evidence.parameters.get((name, scope))
        if row is None or row.set_by != "tables" or row.value == 0:
            return None
        factor = self._ranged(effect.name, row.low, row.high, row.grade)
        return None if factor is None else np.minimum(factor, self._most(row))

    def _most(self, row: Parameter) -> float:
        """The factor that would take a parameter to its upper bound: a share stays at most 1."""
        return self.evidence.definitions[row.name].maximum / row.value

    def _ranged(self, name: str, low: float | None, high: float | None, grade: str) -> Floats | None:
        """By its range, P10 to P90, or the spread of its grade where nobody gave one."""
        if low is None or high is None or low <= 0:
            return self._known(name, self._grade_sdlog(grade))
        return factor_by_range(low, high, where=name).quantile(self._known_u(name))

    def _known(self, name: str, sdlog: float) -> Floats | None:
        return factor_by_sdlog(sdlog, where=name).quantile(self._known_u(name)) if sdlog else None

    def _known_u(self, name: str) -> Floats:
        own_u = self.uniforms.knowledge(name)
        if not name.startswith(f"parameters.{DIESEL}."):
            return own_u
        rho = self._value("fuel_rank_correlation")
        group_u = self.uniforms.knowledge(f"group.{DIESEL}")
        return correlated_u(group_u, own_u, rank_correlation=rho, where="fuel_rank_correlation")

    def _grade_sdlog(self, grade: str) -> float:
        return self._value("figure_sdlog", grade)

    def _value(self, name: str, scope: str = "*") -> float:
        return self.evidence.parameter(name, scope).value

    @cached_property
    def _factors(self) -> dict[Effect, Floats | None]:
        return {}


def posts_of_country(code: str) -> str:
    """Name of the draw that all posts of a country have in common."""
    return f"posts.{code}"


def frontier_of(evidence: Evidence, post: str) -> str:
    """The two countries of a post in the order of the alphabet: ``AFG-PAK`` for both directions."""
    crossing = evidence.crossings[post]
    return "-".join(sorted((crossing.country_a, crossing.country_b)))
