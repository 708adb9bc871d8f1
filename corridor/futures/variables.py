"""What nobody knows of some options, one by one and in plain words: a post's hours, a country's speed, a price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from corridor.analysis.assessment import Option
from corridor.evidence import Evidence, find_figures
from corridor.futures.designs import AskedNames
from corridor.futures.draws import clipped
from corridor.futures.effects import SPEED_TABLES, Effect, effects_of
from corridor.futures.factors import DIESEL, Factors, frontier_of, posts_of_country
from corridor.futures.labels import country_label, figure_label, post_label
from corridor.futures.outcomes import draw_outcomes
from corridor.futures.shocks import normal_correlation
from corridor.scenario import Scenario

Floats = NDArray[np.float64]

DIESEL_PREFIX = f"parameters.{DIESEL}."
SHARED_PREFIXES = ("frontier.", "posts.", "group.")
"""Of draws that several variables have in common."""

TIMES_TODAY = "times what the tables say"
"""Unit of a variable that has no single value of its own."""


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that nobody knows and a survey could tell.

    Parameters
    ----------
    id : ``speed.PAK``, ``post.torkham.PAK-AFG``, ``diesel``, or the key of a figure
    group, group_label : what is drawn in step with it: the posts of a frontier; else the variable itself
    own_names : of its draws; shared_name : of the draw that its group has in common, empty if none
    normal_correlation : of two members of the group
    wider : name and label of the draws that it shares beyond its group: those of all posts of a country
    members : factors of the futures, and what of `value` each is multiplied with
    value : in `unit`, as the tables have it
    is_speed : whether the factor divides: it is one on hours
    """

    id: str
    label: str
    unit: str
    group: str
    group_label: str
    own_names: tuple[str, ...]
    shared_name: str
    normal_correlation: float
    members: tuple[tuple[Effect, float], ...]
    is_speed: bool = False
    wider: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> float:
        """As the tables have it, in `unit`."""
        return fsum(weight for _, weight in self.members)

    @property
    def names(self) -> tuple[str, ...]:
        """Of all draws that it depends on."""
        return (*self.own_names, self.shared_name) if self.shared_name else self.own_names

    def values(self, factors: Factors) -> Floats:
        """What it is in each future, in `unit`, shape (n,)."""
        n = factors.uniforms.n
        total = np.zeros(n)
        for effect, weight in self.members:
            factor = factors.of(effect)
            moved = np.ones(n) if factor is None else factor
            total += weight / moved if self.is_speed else weight * moved
        return total

    def scores(self, factors: Factors) -> Floats:
        """Logarithms of its factors, standardised, shape (members that differ, n): what a regression is made on."""
        drawn = [factors.of(effect) for effect, _ in self.members]
        logs = [np.log(factor) for factor in drawn if factor is not None and np.ptp(factor) > 0]
        scores: list[Floats] = []
        for score in ((log - log.mean()) / log.std() for log in logs):
            if not any(np.allclose(score, other, atol=1e-6) for other in scores):
                scores.append(score)
        return np.stack(scores) if scores else np.zeros((0, factors.uniforms.n))

    def levels(self, share_below: float) -> dict[str, float]:
        """Draws at which the value is at a quantile of its own, all else in the middle.

        Notes
        -----
        A post: sqrt(1 - r) E = z with the frontier's F in the middle, so that the other posts stay where they are.
        Prices that move together are moved together: (sqrt(r) + sqrt(1 - r)) u = z.
        """
        u = 1 - share_below if self.is_speed else share_below
        if not self.shared_name:
            return dict.fromkeys(self.own_names, u)
        r = self.normal_correlation
        if self.is_joint:
            moved, by = self.names, sqrt(r) + sqrt(1 - r)
        else:
            moved, by = (self.own_names, sqrt(1 - r)) if r < 1 else ((self.shared_name,), 1.0)
        level = float(clipped(np.asarray(ndtr(ndtri(u) / by))))
        return dict.fromkeys(moved, level)

    @property
    def is_joint(self) -> bool:
        """Whether it is itself a whole group."""
        return self.group == self.id


def find_variables(options: Sequence[Option], evidence: Evidence, scenario: Scenario) -> tuple[Variable, ...]:
    """Every knowledge variable that the ledgers of some options ask for, by id; what is 0 stays 0 and is left out."""
    asked = AskedNames()
    draw_outcomes(options, Factors(evidence, asked, has_luck=False), scenario)
    names = sorted(name for name in asked.names if not name.startswith((*SHARED_PREFIXES, DIESEL_PREFIX)))
    prices = sorted(name for name in asked.names if name.startswith(DIESEL_PREFIX))
    found = [_variable(name, options, evidence) for name in names]
    diesel = [_diesel(prices, evidence)] if prices else []
    return tuple(sorted((each for each in (*found, *diesel) if each.value), key=lambda variable: variable.id))


def _variable(name: str, options: Sequence[Option], evidence: Evidence) -> Variable:
    kind, _, rest = name.partition(".")
    if kind == "post":
        return _post(name, options, evidence)
    if kind == "speed":
        return _speed(name, rest, options, evidence)
    figure = find_figures(name, evidence)[0]
    effect_kind = {"crossings": "fee", "ferries": "ferry"}.get(kind, "parameter")
    members = ((Effect(effect_kind, name), figure.value or 0.0),)
    label = figure_label(name, evidence)
    return Variable(name, label, figure.unit, name, label, (name,), "", 0.0, members)


def _diesel(names: Sequence[str], evidence: Evidence) -> Variable:
    members = tuple((Effect("parameter", name), 1 / len(names)) for name in names)
    rho = evidence.parameter("fuel_rank_correlation", "*").value
    r = normal_correlation(rho, where="fuel_rank_correlation")
    label = "Diesel price, all countries"
    return Variable("diesel", label, TIMES_TODAY, "diesel", label, tuple(names), f"group.{DIESEL}", r, members)


def _post(name: str, options: Sequence[Option], evidence: Evidence) -> Variable:
    _, post, direction = name.split(".")
    frontier = frontier_of(evidence, post)
    codes = frontier.split("-")
    a, b = (country_label(code, evidence) for code in codes)
    rho = evidence.parameter("frontier_rank_correlation", "*").value
    return Variable(
        id=name,
        label=post_label(post, direction, "hours", evidence),
        unit="h",
        group=f"frontier.{frontier}",
        group_label=f"Hours at the posts between {a} and {b}",
        own_names=(name,),
        shared_name=f"frontier.{frontier}",
        normal_correlation=normal_correlation(rho, where="frontier_rank_correlation"),
        members=tuple(_post_hours(f"{post}.{direction}", options)),
        wider=tuple((posts_of_country(code), _country_posts_label(code, evidence)) for code in codes),
    )


def _country_posts_label(code: str, evidence: Evidence) -> str:
    return f"What the hours at all posts of {country_label(code, evidence)} have in common"


def _post_hours(place: str, options: Sequence[Option]) -> Iterator[tuple[Effect, float]]:
    """Hours of both sides of a post, as the first option that passes it has them."""
    effects = (Effect("exit", place), Effect("entry", place))
    for option in options:
        hours = {effect: _hours_of(effect, option) for effect in effects}
        if any(hours.values()):
            yield from hours.items()
            return


def _hours_of(effect: Effect, option: Option) -> float:
    return fsum(row.hours for row in option.ledger.time if effect in effects_of(row.basis, row.country))


def _speed(name: str, country: str, options: Sequence[Option], evidence: Evidence) -> Variable:
    """The speed of a country: its figure; on the way where it drives at several."""
    drives = (row for option in options for row in option.ledger.time if row.component == "drive")
    rows = [row for row in drives if row.country == country]
    keys = {key for row in rows for key in row.basis if key.startswith(SPEED_TABLES)}
    figures = [figure for key in keys for figure in find_figures(key, evidence)]
    label = f"Driving speed in {country_label(country, evidence)}"
    value = figures[0].value if len(figures) == 1 else None
    if value is None:
        value, label = _mean_speed(country, options), f"{label}, mean on the way"
    members = ((Effect("speed", country), value),)
    return Variable(name, label, "km/h", name, label, (name,), "", 0.0, members, is_speed=True)


def _mean_speed(country: str, options: Sequence[Option]) -> float:
    """Km/h of the first option that drives in a country."""
    option = next(each for each in options if country in each.countries)
    km = fsum(stage.length_km_by_country.get(country, 0.0) for stage in option.stages)
    return km / fsum(row.hours for row in option.ledger.time if (row.component, row.country) == ("drive", country))
