"""What a run answers: the options, what each costs and takes, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.sea_ways import SeaBenchmark
from corridor.costs.departures import Departures
from corridor.costs.ledger import Ledger
from corridor.evidence import Evidence
from corridor.network.summary import NetworkSummary
from corridor.routing.steps import Element
from corridor.scenario import Change, Measure, Scenario

if TYPE_CHECKING:
    from corridor.analysis.measures import MeasureEffect

RIVAL_SHARE_MAX = 0.5
"""An option that runs on the roads of the best for more of its km than this is a variant of it, no rival."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that happens to the truck: a leg on the road, or a crossing of one post or by one ferry.

    Parameters
    ----------
    kind : ``leg`` or ``post``
    label : "Islamabad - Torkham" for a leg, the post's name for a post
    crossing_id, direction : of a post ("torkham", "PAK-AFG"); empty for a leg
    length_km : road length of a leg, 0 for a post
    length_km_by_country : of a leg, in the order of travel
    lon, lat : (points,) the way drawn on a map; one point for a post, two ports for a ferry
    start, end : terminals: a place, or a side of a post ("torkham@PAK")
    """

    kind: Literal["leg", "post"]
    label: str
    crossing_id: str
    direction: str
    length_km: float
    length_km_by_country: Mapping[str, float]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    start: str
    end: str

    @property
    def element(self) -> Element:
        """The post, or the leg by its terminals."""
        return self.crossing_id if self.kind == "post" else (self.start, self.end)

    @property
    def is_ferry(self) -> bool:
        """Whether it is a crossing by ferry from port to port."""
        return self.kind == "post" and len(self.lon) > 1


@dataclass(frozen=True, slots=True)
class ClosedPost:
    """Why a post of a preset cannot be used on the day, with its source keys."""

    crossing_id: str
    direction: str
    reason: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One ordered chain of posts with its legs, hours, USD and kg CO2e at mean inputs.

    Parameters
    ----------
    label : short letter, the same in map, tables and charts ("A", "B", ...)
    departures : when its trucks set out
    chain : ordered (post id, direction)
    corridors : ids of the presets this chain answers to; empty for a free alternative
    closed_posts : empty when the way is open on the day; otherwise the figures are a counterfactual
        in which exactly these posts are reopened
    also_via : near-copies merged into this option, as chains of post ids
    plates : (stage, plate) from which stage on which plate pulls the trailer
    cargo_time_usd, carbon_usd : the parts of generalised cost beside money, in USD per truck
    shared_with_best_share : share of its km on the roads of the best option, 0 to 1
    """

    label: str
    departures: Departures
    chain: tuple[tuple[str, str], ...]
    corridors: tuple[str, ...]
    closed_posts: tuple[ClosedPost, ...]
    also_via: tuple[tuple[str, ...], ...]
    plates: tuple[tuple[int, str], ...]
    stages: tuple[Stage, ...]
    ledger: Ledger
    cargo_time_usd: float
    carbon_usd: float
    shared_with_best_share: float

    @property
    def is_open(self) -> bool:
        """Whether every post of the chain can be used on the day."""
        return not self.closed_posts

    @property
    def length_km(self) -> float:
        """Road length of all legs."""
        return sum(stage.length_km for stage in self.stages)

    @property
    def countries(self) -> tuple[str, ...]:
        """Countries on the way by road, in order of travel, each once."""
        return tuple(dict.fromkeys(country for stage in self.stages for country in stage.length_km_by_country))

    @property
    def generalised_cost_usd(self) -> float:
        """Money + value of the cargo's time + carbon price (model.md 5.1, without reliability)."""
        return self.ledger.money_usd + self.cargo_time_usd + self.carbon_usd

    @property
    def post_ids(self) -> tuple[str, ...]:
        """The chain without directions."""
        return tuple(crossing_id for crossing_id, _ in self.chain)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything a report prints, nothing that it has to compute.

    Parameters
    ----------
    run_id : ``<scenario id>-<hash8>`` of the resolved scenario and of the data
    origin_name, destination_name : as printed; origin_lon_lat, destination_lon_lat : degrees
    shortest_km : by the shortest open way through all stops, whatever it costs (ISO 14083: shortest feasible)
    great_circle_km : from origin over all stops to the destination
    options : open options, least generalised cost first
    closed_options : presets that are closed on the day, as counterfactuals
    unreachable_corridors : preset id -> why it has no figures at all
    sea : the ways by sea that the road is held against
    notes : sentences a reader must know (fewer options than asked for, assumed eligibility, ...)
    measures : those of the scenario, in order; measure_effects : of each alone, then of all together
    """

    run_id: str
    scenario: Scenario
    changes: tuple[Change, ...]
    evidence: Evidence
    network: NetworkSummary
    origin_name: str
    origin_lon_lat: tuple[float, float]
    destination_name: str
    destination_lon_lat: tuple[float, float]
    shortest_km: float
    great_circle_km: float
    options: tuple[Option, ...]
    closed_options: tuple[Option, ...]
    unreachable_corridors: Mapping[str, str]
    sea: SeaBenchmark
    notes: tuple[str, ...]
    measures: tuple[Measure, ...] = ()
    measure_effects: tuple[MeasureEffect, ...] = ()

    @property
    def rival(self) -> Option | None:
        """The best open option on other roads: less than `RIVAL_SHARE_MAX` of its km are the best option's."""
        return next((o for o in self.options if o.shared_with_best_share < RIVAL_SHARE_MAX), None)

    @property
    def all_options(self) -> tuple[Option, ...]:
        """Open options first, then the closed presets."""
        return (*self.options, *self.closed_options)
