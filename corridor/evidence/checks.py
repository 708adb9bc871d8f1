"""Whether the tables fit together: faults that no single row shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from corridor.evidence.crossings import BorderCrossing
from corridor.evidence.evidence import Evidence
from corridor.evidence.ferries import SailingFigure
from corridor.evidence.places import Corridor
from corridor.evidence.sea_routes import SeaRoute

if TYPE_CHECKING:
    from corridor.scenario import Measure


def evidence_faults(evidence: Evidence, measures: Iterable[Measure] = ()) -> list[str]:
    """Everything that does not fit between the tables, as sentences; empty when all is well.

    Parameters
    ----------
    measures : the bundled ones, which use sources as well
    """
    return [
        *_values_outside_their_range(evidence),
        *_unused_sources(evidence, measures),
        *_corridor_faults(evidence),
    ]


def _values_outside_their_range(evidence: Evidence) -> Iterator[str]:
    for row in evidence.parameters.values():
        if row.low is not None and row.high is not None and not row.low <= row.value <= row.high:
            yield (
                f"parameters.csv: {row.name} {row.scope}: the mean is outside its range; expected "
                f"{row.low:g} to {row.high:g}, got {row.value:g}."
            )


def _unused_sources(evidence: Evidence, measures: Iterable[Measure]) -> Iterator[str]:
    tables = (
        evidence.parameters.values(),
        evidence.countries.values(),
        evidence.places.values(),
        evidence.crossings.values(),
        evidence.vehicles.values(),
        evidence.cargo_kinds.values(),
        evidence.driver_rules.values(),
        evidence.corridors.values(),
        evidence.events,
        evidence.eligibility,
        evidence.ferries.values(),
        [figure for ferry in evidence.ferries.values() for figure in _sailing_figures(ferry)],
        [figure for route in evidence.sea_routes.values() for figure in _voyage_figures(route)],
        evidence.measured_times,
        evidence.queue_estimates,
        evidence.observed_trips,
        evidence.cpmm,
        evidence.truck_speeds.rows.values(),
        measures,
    )
    used = {key for table in tables for row in table for key in row.source}
    for key in evidence.sources:
        if key not in used:
            yield f"sources.csv: '{key}' is used by no row. Remove it or use it."


def _sailing_figures(crossing: BorderCrossing) -> Iterator[SailingFigure]:
    for sailing in crossing.ferry.sailings.values() if crossing.ferry else ():
        yield from (sailing.wait_h, sailing.sail_h, sailing.fare_usd)


def _voyage_figures(route: SeaRoute) -> Iterator[SailingFigure]:
    for voyage in route.voyages.values():
        yield from (voyage.sea_km, voyage.sail_h, voyage.port_h, voyage.freight_usd, voyage.handling_usd)


def _corridor_faults(evidence: Evidence) -> Iterator[str]:
    crossings = evidence.with_ferries().crossings
    for corridor in evidence.corridors.values():
        yield from _posts_without_trucks(crossings, corridor)
        steps = [[crossings[post] for post in step] for step in corridor.posts]
        for here, there in pairwise(steps):
            if not any(_meet(one, other) for one in here for other in there):
                yield f"corridors.csv: {corridor.id}: no country lies between {here[0].id} and {there[0].id}."


def _posts_without_trucks(crossings: Mapping[str, BorderCrossing], corridor: Corridor) -> Iterator[str]:
    for post in (post for step in corridor.posts for post in step):
        if not crossings[post].trucks:
            yield f"corridors.csv: {corridor.id}: post '{post}' takes no trucks; expected one that does."


def _meet(one: BorderCrossing, other: BorderCrossing) -> bool:
    return bool({one.country_a, one.country_b} & {other.country_a, other.country_b})
