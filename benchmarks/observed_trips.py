"""Trips that people have reported beside what the model says of the same trips; writes docs/validation.md.

    python -m benchmarks.observed_trips

Nothing here sets a parameter of the model, and no row is left out: a trip that cannot be compared is listed
with the reason. The model runs at mean inputs, with the posts as they were on the day of the trip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path

from corridor.analysis.assessment import Option
from corridor.bundled import data_path
from corridor.evidence import ObservedTrip, read_evidence
from corridor.network.check import DistanceCheck, measure_known_distances
from corridor.network.files import read_network
from corridor.routes import read_routes_scenario
from corridor.run import run
from corridor.scenario import Scenario

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "validation.md"

DISTANCE_GOAL = 0.08
"""A distance farther off than this needs a sentence that says why."""

HOURS_PER_DAY = 24

LONG_DAYS = 1.0
"""Trips of at least so many days make up the mean errors; a drive of two hours says little about days."""

MIDDLE_OF_THE_YEAR = "07-01"

KINDS = {"measured": "trip made", "quoted": "quoted", "general_knowledge": "general knowledge"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A trip beside the cheapest option of the model along the same posts."""

    trip: ObservedTrip
    option: Option

    @property
    def distance_error_share(self) -> float | None:
        """Model over published distance, less 1."""
        published_km = self.trip.distance_km
        return None if published_km is None else self.option.length_km / published_km - 1

    @property
    def days(self) -> float:
        """Days of the model from door to door."""
        return self.option.ledger.time_h / HOURS_PER_DAY

    @property
    def days_error_share(self) -> float | None:
        """Model over the nearer end of the published range of days, less 1; 0 inside it."""
        low, high = self.trip.days_low, self.trip.days_high
        if low is None or high is None:
            return None
        return self.days / low - 1 if self.days < low else max(0.0, self.days / high - 1)

    def hours(self, *components: str) -> float:
        """Hours of the model in some components of time."""
        return sum(row.hours for row in self.option.ledger.time if row.component in components)


@cache
def compare_observed_trips() -> tuple[Comparison, ...]:
    """Every comparable trip with the model's own, in file order."""
    return tuple(Comparison(trip, run_trip(trip)) for trip in read_evidence().observed_trips if trip.is_comparable)


def run_trip(trip: ObservedTrip) -> Option:
    """The cheapest option of the model along the posts of a trip.

    Where only the year is known, the posts named are taken as open whatever happened in that year.
    """
    is_year = "-" not in trip.date
    departure = f"{trip.date}-{MIDDLE_OF_THE_YEAR}" if is_year else trip.date
    evidence, resolved = read_routes_scenario(
        trip.origin, trip.destination, departure=departure, via=trip.via, avoid=(), alternatives=1
    )
    opened = {f"crossings.{name}.status": "open" for name in trip.via if is_year and name in evidence.crossings}
    scenario = _with_truck(resolved.scenario, plate=trip.plate, override=opened)
    return run(scenario, evidence, progress=lambda _: None).options[0]


def _with_truck(scenario: Scenario, *, plate: str, override: dict[str, str]) -> Scenario:
    vehicle = scenario.vehicle.model_copy(update={"plate": plate})
    return scenario.model_copy(update={"vehicle": vehicle, "override": override})


# the document ---------------------------------------------------------------------------------------
def build_document(comparisons: Sequence[Comparison], distances: Sequence[DistanceCheck]) -> str:
    """The text of docs/validation.md."""
    others = [trip for trip in read_evidence().observed_trips if not trip.is_comparable]
    parts = [
        INTRODUCTION,
        _summary(comparisons, distances),
        _days_section(comparisons),
        _distance_section(comparisons),
        _known_distance_section(distances),
        _left_out_section(others),
    ]
    return "\n\n".join(parts) + "\n"


INTRODUCTION = """# Validation

What the model says of trips and distances that other people have published. This page is written by
`python -m benchmarks.observed_trips` from `data/observed_trips.csv` and `data/snapshot/city_pairs.csv`; a test
holds it to what the model says now. No trip sets a parameter of the model, except where its note says so. The model
runs at mean inputs, with two drivers, 18 t of textiles, and the posts open as on the day of the trip.

The trips are few, and they are not a sample: most are first trips of a new service, reported because they went well.
Waiting times in the model are those of the latest year measured, not of the year of the trip."""


def _summary(comparisons: Sequence[Comparison], distances: Sequence[DistanceCheck]) -> str:
    return "\n".join(
        [
            "## In short",
            "",
            _trip_distances_line(
                [abs(c.distance_error_share) for c in comparisons if c.distance_error_share is not None]
            ),
            *_days_lines([c for c in comparisons if (c.trip.days_low or 0.0) >= LONG_DAYS]),
            _known_distances_line([check for check in distances if check.use == "check"]),
        ]
    )


def _trip_distances_line(errors: Sequence[float]) -> str:
    close = sum(error <= DISTANCE_GOAL for error in errors)
    return (
        f"- **Distances of trips**: {close} of {len(errors)} within {DISTANCE_GOAL:.0%}; each of the others has its "
        "reason beside it."
    )


def _days_lines(timed: Sequence[Comparison]) -> tuple[str, str]:
    errors = [abs(c.days_error_share or 0.0) for c in timed]
    middles = [((c.trip.days_low or 0.0) + (c.trip.days_high or 0.0)) / 2 for c in timed]
    bias = exp(_mean([log(c.days / middle) for c, middle in zip(timed, middles, strict=True)])) - 1
    days = (
        f"- **Trips of a day or more**: n = {len(timed)}, {errors.count(0.0)} inside the published range of days; "
        f"mean absolute error to the nearer end of the range {_mean(errors):.0%}; bias {bias:+.0%} to its middle."
    )
    speed = (
        f"- **Speed from door to door** over the same trips: {_door_km_per_h(timed):.1f} km/h in the model. "
        "Measured by others on other roads: 18.4 km/h (NELTI, five Euro-Asian routes, 2011), 14.5 km/h (ECO region, "
        "2012)."
    )
    return days, speed


def _known_distances_line(checks: Sequence[DistanceCheck]) -> str:
    return (
        f"- **Distances kept out of the fit**: n = {len(checks)}, mean error {_mean_error(checks):.1%} to the nearer "
        f"end of the range quoted, {_mean_error_to_middle(checks):.1%} to its middle."
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _mean_error(checks: Sequence[DistanceCheck]) -> float:
    return _mean([abs(check.error_share) for check in checks])


def _mean_error_to_middle(checks: Sequence[DistanceCheck]) -> float:
    return _mean([abs(check.length_km * 2 / (check.low_km + check.high_km) - 1) for check in checks])


def _door_km_per_h(comparisons: Sequence[Comparison]) -> float:
    return sum(c.option.length_km for c in comparisons) / sum(c.option.ledger.time_h for c in comparisons)


def _days_section(comparisons: Sequence[Comparison]) -> str:
    header = ["trip", "kind", "posts", "published d", "model d", "off", "driving h", "rest, stops h", "posts h", "note"]
    rows = [_days_row(c) for c in comparisons if c.days_error_share is not None]
    text = "`off` is to the nearer end of the published range, 0 inside it. `posts h` are all hours at border posts."
    return f"## Days\n\n{text}\n\n{_table(header, rows)}"


def _days_row(comparison: Comparison) -> list[str]:
    trip, drive_h = comparison.trip, comparison.hours("drive")
    rest_h = comparison.hours("driver_rest", "road_stops")
    posts_h = comparison.option.ledger.time_h - drive_h - rest_h
    hours = [f"{value:.0f}" for value in (drive_h, rest_h, posts_h)]
    off = f"{comparison.days_error_share:+.0%}"
    return [trip.id, KINDS[trip.kind], _posts(comparison.option), *_days_cells(comparison), off, *hours, trip.note]


def _days_cells(comparison: Comparison) -> tuple[str, str]:
    low, high = comparison.trip.days_low or 0.0, comparison.trip.days_high or 0.0
    return f"{low:.1f}" if low == high else f"{low:.1f}-{high:.1f}", f"{comparison.days:.1f}"


def _distance_section(comparisons: Sequence[Comparison]) -> str:
    header = ["trip", "kind", "posts", "published km", "model km", "off", "note"]
    rows = [_distance_row(c) for c in comparisons if c.distance_error_share is not None]
    text = (
        f"Off by more than {DISTANCE_GOAL:.0%} in bold, with the reason. Distances to a post are measured to a point "
        "0.3 km before it. Figures of general knowledge come from no source and are good to 10 %."
    )
    return f"## Distances of trips\n\n{text}\n\n{_table(header, rows)}"


def _distance_row(comparison: Comparison) -> list[str]:
    trip, error_share = comparison.trip, comparison.distance_error_share or 0.0
    off = f"{error_share:+.1%}" if abs(error_share) <= DISTANCE_GOAL else f"**{error_share:+.1%}**"
    lengths = [f"{trip.distance_km:,.0f}", f"{comparison.option.length_km:,.0f}"]
    return [trip.id, KINDS[trip.kind], _posts(comparison.option), *lengths, off, trip.note]


def _posts(option: Option) -> str:
    return " > ".join(option.post_ids) or "none"


def _known_distance_section(distances: Sequence[DistanceCheck]) -> str:
    uses = {
        "check": "kept out of the fit: the test of the network",
        "fit": "the two factors of the length correction are fitted on these",
        "published": "on roads whose length was set to a published figure: no test",
    }
    groups = [
        [use, str(len(group)), f"{_mean_error(group):.1%}", f"{_mean_error_to_middle(group):.1%}", _worst(group), text]
        for use, text in uses.items()
        if (group := [check for check in distances if check.use == use])
    ]
    summary = _table(["group", "n", "mean error", "mean error to the middle", "largest error", "what it is"], groups)
    rows = [
        [c.name, c.use, f"{c.low_km:,.0f}-{c.high_km:,.0f}", f"{c.length_km:,.0f}", f"{c.error_share:+.1%}"]
        for c in distances
    ]
    text = (
        "City pairs whose road distance is known as a range, beside the shortest way on the network. The error is to "
        "the nearer end of the range, 0 inside it; the range is wide where maps disagree on the road taken, so the "
        "error to its middle is shown as well."
    )
    listed = _table(["pair", "group", "known km", "network km", "off"], rows)
    return f"## Known distances\n\n{text}\n\n{summary}\n\n{listed}"


def _worst(checks: Sequence[DistanceCheck]) -> str:
    worst = max(checks, key=lambda check: abs(check.error_share))
    return f"{worst.error_share:+.1%} ({worst.name})"


def _left_out_section(trips: Sequence[ObservedTrip]) -> str:
    rows = [[trip.id, trip.mode, _published_km(trip), _published_days(trip), trip.note or "-"] for trip in trips]
    listed = _table(["trip", "mode", "published km", "published d", "why not compared"], rows)
    return f"## Published, but not comparable\n\n{listed}"


def _published_km(trip: ObservedTrip) -> str:
    return "-" if trip.distance_km is None else f"{trip.distance_km:,.0f}"


def _published_days(trip: ObservedTrip) -> str:
    if trip.days_low is None or trip.days_high is None:
        return "-"
    return f"{trip.days_low:g}" if trip.days_low == trip.days_high else f"{trip.days_low:g}-{trip.days_high:g}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def measure_distances() -> list[DistanceCheck]:
    """The known distances on the embedded network."""
    stored = read_network(data_path("network", "embedded"))
    return measure_known_distances(stored.roads, data_path("snapshot", "city_pairs.csv"))


def main() -> None:
    """Write the page."""
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_bytes(build_document(compare_observed_trips(), measure_distances()).encode())
    print(f"{DOCUMENT} written")


if __name__ == "__main__":
    main()
