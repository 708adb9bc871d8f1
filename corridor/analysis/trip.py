"""One trip on the ground: its ends on the road, the corridor graph around it, and the price of any chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.unplaced_posts import check_posts
from corridor.costs.arrival import least_passage, on_arrival
from corridor.costs.border import Passage
from corridor.costs.carbon import carbon_rows
from corridor.costs.departures import Departures
from corridor.costs.drive_time import DriveTime, drive_time
from corridor.costs.driven_km import DrivenKm, driven_km
from corridor.costs.generalised_cost import chain_costs_usd, search_cost_usd
from corridor.costs.hours import time_rows
from corridor.costs.ledger import Ledger
from corridor.costs.money import money_rows
from corridor.costs.restrictions import is_open_to, is_passable, loaded_mass_t
from corridor.costs.search_weights import edge_search_usd, passage_search_usd, return_revenue_usd, slack_usd
from corridor.costs.stretches import PostStage, PricedStage, RoadStage, cut_leg
from corridor.costs.tariff import Tariff
from corridor.costs.trip_fees import least_trip_fees_usd
from corridor.evidence import Evidence
from corridor.network.ferries import with_ferries
from corridor.network.roads import RoadNetwork
from corridor.network.snapping import SNAP_LIMIT_KM, Snap, nearest_road, with_point
from corridor.routing.corridor_graph import CorridorGraph, Leg, build_corridor_graph
from corridor.routing.steps import Chain, LegEnds, Move
from corridor.scenario import Scenario


@dataclass(frozen=True)
class Trip:
    """A scenario put on a network.

    Parameters
    ----------
    ends : origin, destination, via and further places: name -> where each was put on the road
    drive : driving hours of every edge
    graph : legs between posts and places
    """

    scenario: Scenario
    evidence: Evidence
    network: RoadNetwork
    ends: Mapping[str, Snap]
    drive: DriveTime
    graph: CorridorGraph

    @property
    def home_plate(self) -> str:
        """Plate of the truck at the origin."""
        return self.scenario.vehicle.plate

    @property
    def origin_country(self) -> str:
        """ISO alpha-3 code of the country in which the trip begins."""
        return self.ends[self.scenario.trip.origin].country

    @property
    def departure(self) -> date:
        """Day on which the truck sets out."""
        return self.scenario.trip.departure

    @property
    def departures(self) -> Departures:
        """The one truck that sets out on that day."""
        return Departures(self.departure)

    def tariff(self, plate: str) -> Tariff:
        """Rates of a plate."""
        if plate not in self._tariffs:
            self._tariffs[plate] = Tariff(self.evidence, self.scenario, plate)
        return self._tariffs[plate]

    def leg_usd(self, leg: LegEnds) -> float:
        """Search weight of a leg; for another plate than the home plate a lower bound of it."""
        return self.graph.leg_usd(leg.start, leg.end) * self._least_ratio(leg.plate)

    def leg(self, leg: LegEnds) -> Leg:
        """Nodes and edges of a leg."""
        ends = leg.start, leg.end
        if ends not in self._legs:
            self._legs[ends] = self.graph.leg(*ends)
        return self._legs[ends]

    def move(self, passage: Passage) -> Move:
        """A passage as the search sees it, in its best season."""
        tariff = self.tariff(passage.plate_before)
        return Move(
            crossing_id=passage.crossing_id,
            direction=passage.direction,
            start=f"{passage.crossing_id}@{passage.country_left}",
            end=f"{passage.crossing_id}@{passage.country_entered}",
            weight_usd=passage_search_usd(least_passage(passage, tariff, self.departure), tariff),
            plate_before=passage.plate_before,
            plate_after=passage.plate_after,
        )

    def stages(self, chain: Chain, passages: Mapping[Move, Passage]) -> tuple[PricedStage, ...]:
        """Legs and posts of a chain, each post as it is when the truck comes, ready to be priced."""
        stages = (
            PostStage(passages[step], self.tariff(step.plate_before))
            if isinstance(step, Move)
            else self._road_stage(step)
            for step in chain.steps
        )
        return on_arrival(tuple(stages), self.departures)

    def ledger(self, stages: Sequence[PricedStage], *, origin_country: str) -> Ledger:
        """Every hour, dollar and kilogram of a chain."""
        time = time_rows(stages)
        money = money_rows(stages, time, origin_country=origin_country)
        return Ledger(time, money, carbon_rows(stages))

    def generalised_costs_usd(self, chains: Sequence[Sequence[PricedStage]]) -> list[float]:
        """Generalised cost of some chains without writing their ledgers (equal to them, see the tests)."""
        return chain_costs_usd(chains)

    def search_cost_usd(self, stages: Sequence[PricedStage]) -> float:
        """Generalised cost of a chain with rest by the smooth rule, and nothing else that hangs on the hours."""
        return search_cost_usd(stages)

    def lower_bound_usd(self, chain: Chain, *, ends: tuple[str, str]) -> float:
        """What the search cost of this and of every later chain between two ends is at least."""
        first_plate = chain.steps[0].plate if isinstance(chain.steps[0], LegEnds) else self.home_plate
        first = self.tariff(first_plate)
        countries = self.ends[ends[0]].country, self.ends[ends[1]].country
        least_fees_usd = least_trip_fees_usd(first, countries)
        return chain.weight_usd + least_fees_usd - return_revenue_usd(first) - slack_usd(first)

    def _least_ratio(self, plate: str) -> float:
        """The least that an edge costs this plate, as a multiple of what it costs the home plate."""
        if plate not in self._ratios:
            home, other = self._edge_usd(self.home_plate), self._edge_usd(plate)
            used = home > 0
            self._ratios[plate] = 1.0 if plate == self.home_plate else float((other[used] / home[used]).min())
        return self._ratios[plate]

    def _road_stage(self, ends: LegEnds) -> RoadStage:
        if ends not in self._road_stages:
            stretches = cut_leg(self.network, self.drive, self._driven_km, self.leg(ends).edges)
            self._road_stages[ends] = RoadStage(stretches, self.tariff(ends.plate))
        return self._road_stages[ends]

    def _edge_usd(self, plate: str) -> NDArray[np.float64]:
        if plate not in self._edge_usd_by_plate:
            self._edge_usd_by_plate[plate] = edge_search_usd(self.network, self.drive, self.tariff(plate))
        return self._edge_usd_by_plate[plate]

    @cached_property
    def _driven_km(self) -> DrivenKm:
        return driven_km(self.network, self.tariff(self.home_plate))

    @cached_property
    def _tariffs(self) -> dict[str, Tariff]:
        return {}

    @cached_property
    def _legs(self) -> dict[tuple[str, str], Leg]:
        return {}

    @cached_property
    def _ratios(self) -> dict[str, float]:
        return {}

    @cached_property
    def _road_stages(self) -> dict[LegEnds, RoadStage]:
        return {}

    @cached_property
    def _edge_usd_by_plate(self) -> dict[str, NDArray[np.float64]]:
        return {}


def build_trip(
    scenario: Scenario, evidence: Evidence, network: RoadNetwork, *, further_places: Sequence[str] = ()
) -> Trip:
    """Put ferries and the ends of a trip on roads that its truck may use, and search every zone.

    Parameters
    ----------
    further_places : put on the road as well where one is near, for ways that are no part of the trip

    Raises
    ------
    ScenarioError
        An end is too far from a road.
    DataError
        A road leads through a post that the tables do not have.
    """
    check_posts(evidence, network)
    vehicle = evidence.vehicles[scenario.vehicle.type]
    mass_t = loaded_mass_t(vehicle, cargo_t=scenario.cargo.mass_t)
    network = network.keeping_edges(is_passable(network, mass_t=mass_t, height_m=vehicle.height_m))
    network = with_ferries(network, evidence.crossings.values())
    ends: dict[str, Snap] = {}
    wanted = (scenario.trip.origin, *_via_places(scenario, evidence, network), scenario.trip.destination)
    for name in (*wanted, *_near_a_road(further_places, evidence, network)):
        if name not in ends:
            lon, lat = locate(name, evidence)
            network, ends[name] = with_point(network, lon=lon, lat=lat, name=name, country=_country_of(name, evidence))
    drive = drive_time(network, evidence)
    home = Tariff(evidence, scenario, scenario.vehicle.plate)
    graph = graph_of(scenario, evidence, network, ends, weight=edge_search_usd(network, drive, home))
    return Trip(scenario, evidence, network, ends, drive, graph)


def graph_of(
    scenario: Scenario,
    evidence: Evidence,
    network: RoadNetwork,
    ends: Mapping[str, Snap],
    *,
    weight: NDArray[np.float64],
) -> CorridorGraph:
    """Legs between the posts and stops of a trip, each the way of least weight (USD or km per edge)."""
    return build_corridor_graph(
        network,
        search_usd=weight,
        is_usable=is_open_to(network, stops=[snap.node for snap in ends.values()]),
        crossings=sorted(network.crossing_edges),
        places={name: snap.node for name, snap in ends.items()},
        avoided_countries=frozenset(scenario.routes.avoid.countries),
        free_movement_area="+".join(sorted({c.free_movement_area for c in evidence.countries.values()} - {""})),
    )


def locate(name: str, evidence: Evidence) -> tuple[float, float]:
    """Degrees (lon, lat) of a place or post, or of the text "lon,lat"."""
    place = evidence.places.get(name) or evidence.crossings.get(name)
    if place:
        return place.lon, place.lat
    lon, lat = (float(part) for part in name.split(","))
    return lon, lat


def _near_a_road(places: Sequence[str], evidence: Evidence, network: RoadNetwork) -> list[str]:
    """Those of some places that can be put on a road of their own country."""
    near = []
    for name in places:
        place = evidence.places[name]
        road = nearest_road(network, lon=place.lon, lat=place.lat, country=place.country)
        if road.distance_km <= SNAP_LIMIT_KM and network.country_of(int(network.tail[road.edge])) == place.country:
            near.append(name)
    return near


def _country_of(name: str, evidence: Evidence) -> str:
    """Country in which a place says it lies; empty for posts and coordinates."""
    return evidence.places[name].country if name in evidence.places else ""


def _via_places(scenario: Scenario, evidence: Evidence, network: RoadNetwork) -> list[str]:
    """Vias to drive to: places, and posts inside the free-movement area, where nobody stops."""
    return [
        name
        for name in scenario.routes.via
        if name not in evidence.crossings
        or {evidence.crossings[name].country_a, evidence.crossings[name].country_b} <= network.free_movement
    ]
