"""Everything that the calibration page shows: trips run through the model beside what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from corridor.analysis.assessment import Option
from corridor.analysis.calibration import CountryComparison, compare_countries
from corridor.analysis.calibration_posts import PostComparison, SideUse, compare_posts, count_sides
from corridor.analysis.observed import TripComparison, compare_trip
from corridor.bundled import data_path
from corridor.evidence import Evidence, ObservedTrip
from corridor.evidence.calibration_trips import CalibrationTrip, read_calibration_trips
from corridor.evidence.held_out import HeldOut, check_held_out, read_held_out
from corridor.futures.outcomes import draw_futures
from corridor.network.check import DistanceCheck, measure_known_distances
from corridor.network.files import read_network
from corridor.routes import read_routes_scenario
from corridor.run import Progress, run
from corridor.scenario import Scenario

Way = tuple[CalibrationTrip, tuple[Option, Option]]
"""A trip set beside CPMM, with the option that it takes there and the one back."""

MIDDLE_OF_THE_YEAR = "07-01"
"""Day taken for a trip of which only the year is known."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The model beside what was measured, at mean inputs.

    Parameters
    ----------
    ways : each trip set beside CPMM, with the option there and the one back
    countries : every country that CPMM covers, by its code
    sides : the sides of posts behind their hours
    trips : observed trips that can be compared, in the order given
    distances : the known distances on the embedded network
    mass_t : cargo of every truck
    """

    evidence: Evidence
    held_out: HeldOut
    ways: tuple[Way, ...]
    countries: tuple[CountryComparison, ...]
    sides: tuple[SideUse, ...]
    posts: tuple[PostComparison, ...]
    trips: tuple[TripComparison, ...]
    distances: tuple[DistanceCheck, ...]
    mass_t: float

    @property
    def scored(self) -> tuple[TripComparison, ...]:
        """Held-out trips that can be compared and whose days are published."""
        return tuple(c for c in self.trips if c.trip.id in self.held_out.trips and c.observed_days is not None)

    @property
    def held_out_distances(self) -> tuple[DistanceCheck, ...]:
        """Known distances that fitted nothing."""
        return tuple(check for check in self.distances if check.use == "check")


def calibrate(evidence: Evidence, observed: Iterable[ObservedTrip], *, progress: Progress) -> Calibration:
    """Run the trips that somebody measured, and set the results beside the measurements.

    Parameters
    ----------
    observed : trips to run; those that cannot be compared are passed over

    Raises
    ------
    DataError
        The held-out list was changed, or a record on it sets a number of the model.
    """
    held_out = read_held_out(data_path("held_out.toml"))
    progress("measuring known distances")
    distances = measure_distances()
    check_held_out(held_out, evidence, pair_uses={check.name: check.use for check in distances})
    progress("running the corridors of CAREC both ways")
    trips = read_calibration_trips(data_path("calibration_trips.csv"), evidence)
    ways = tuple((trip, (run_calibration_trip(trip), run_calibration_trip(trip.way_back))) for trip in trips)
    options = [option for _, pair in ways for option in pair]
    mass_t = base_mass_t()
    countries = compare_countries(options, evidence, mass_t=mass_t)
    covered = {row.country for row in countries}
    progress("running observed trips")
    return Calibration(
        evidence=evidence,
        held_out=held_out,
        ways=ways,
        countries=tuple(sorted(countries, key=lambda row: row.country)),
        sides=tuple(side for side in count_sides(options, evidence) if side.country in covered),
        posts=compare_posts(evidence),
        trips=compare_trips(trip for trip in observed if trip.is_comparable),
        distances=tuple(distances),
        mass_t=mass_t,
    )


def base_mass_t() -> float:
    """Cargo of the base scenario, which every trip carries."""
    _, resolved = read_routes_scenario("islamabad", "minsk", departure=None, via=(), avoid=(), alternatives=1)
    return resolved.scenario.cargo.mass_t


def measure_distances() -> list[DistanceCheck]:
    """The known distances on the embedded network."""
    stored = read_network(data_path("network", "embedded"))
    return measure_known_distances(stored.roads, data_path("snapshot", "city_pairs.csv"))


def run_calibration_trip(trip: CalibrationTrip) -> Option:
    """The cheapest option through the posts of a trip."""
    evidence, resolved = read_routes_scenario(
        trip.origin, trip.destination, departure=None, via=trip.via, avoid=(), alternatives=1
    )
    scenario = _with_truck(resolved.scenario, plate=trip.plate, opened=trip.via)
    return run(scenario, evidence, against_sea=False, progress=_silent).options[0]


def compare_trips(trips: Iterable[ObservedTrip]) -> tuple[TripComparison, ...]:
    """Observed trips beside the model's own, in the order given."""
    return tuple(_compare(trip) for trip in trips)


def _compare(trip: ObservedTrip) -> TripComparison:
    """The cheapest option of the model along the posts of a trip, on its day.

    Where only the year is known, the posts named are taken as open whatever happened in that year.
    """
    is_year = "-" not in trip.date
    departure = f"{trip.date}-{MIDDLE_OF_THE_YEAR}" if is_year else trip.date
    evidence, resolved = read_routes_scenario(
        trip.origin, trip.destination, departure=departure, via=trip.via, avoid=(), alternatives=1
    )
    opened = [name for name in trip.via if is_year and name in evidence.crossings]
    scenario = _with_truck(resolved.scenario, plate=trip.plate, opened=opened)
    assessment = run(scenario, evidence, against_sea=False, progress=_silent)
    outcomes = draw_futures(assessment.options[:1], assessment.evidence, scenario, rest="timetable")
    p10, p50, p90 = np.quantile(outcomes.days[:, 0], (0.1, 0.5, 0.9)).tolist()
    return compare_trip(trip, assessment.options[0], evidence, band_days=(p10, p50, p90))


def _with_truck(scenario: Scenario, *, plate: str, opened: Sequence[str]) -> Scenario:
    vehicle = scenario.vehicle.model_copy(update={"plate": plate})
    override = {f"crossings.{name}.status": "open" for name in opened}
    return scenario.model_copy(update={"vehicle": vehicle, "override": override})


def _silent(_: str) -> None:
    """Progress of the many runs inside is told by none of them."""
