"""Reads the evidence tables of a folder into one `Evidence`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence.border_tables import (
    read_crossings,
    read_eligibility,
    read_events,
    read_measured_times,
    read_queue_estimates,
)
from corridor.evidence.calendar_tables import read_closed_days, read_truck_bans
from corridor.evidence.cpmm import read_cpmm
from corridor.evidence.evidence import Evidence
from corridor.evidence.ferry_tables import ports_of, read_ferries, read_sailings
from corridor.evidence.ladder import Ladder
from corridor.evidence.numbers_tables import read_definitions, read_parameters, read_sources
from corridor.evidence.observed_trips import read_observed_trips
from corridor.evidence.places_tables import (
    read_cargo_kinds,
    read_corridors,
    read_countries,
    read_driver_rules,
    read_places,
    read_vehicles,
)
from corridor.evidence.price_tables import read_prices
from corridor.evidence.sea_tables import read_sea_routes
from corridor.evidence.truck_speeds import read_truck_speeds


def read_evidence(folder: Path | None = None) -> Evidence:
    """All evidence tables of a folder, checked; the bundled ones when no folder is given.

    Raises
    ------
    DataError
        A table is missing or has faults; the message lists every fault of that table with its line.
    """
    folder = data_path() if folder is None else folder
    as_of, base_year = read_years(folder / "evidence.toml")
    sources = read_sources(folder / "sources.csv")
    countries = read_countries(folder / "countries.csv", sources)
    posts = read_crossings(folder / "crossings.csv", sources, countries)
    ferries = read_sailings(
        folder / "ferry_sailings.csv", sources, read_ferries(folder / "ferries.csv", sources, countries)
    )
    definitions = read_definitions(folder / "parameter_definitions.csv")
    prices = read_prices(folder, definitions, sources, base_year=base_year)
    parameters = read_parameters(folder / "parameters.csv", definitions, sources, countries, posts, prices)
    measured_times = read_measured_times(folder / "crossing_times.csv", sources, posts, ports_of(ferries))
    queue_estimates = read_queue_estimates(folder / "queue_estimates.csv", sources, posts)
    places = read_places(folder / "places.csv", sources, countries)
    ladder = Ladder(parameters, countries, measured_times, queue_estimates)
    return Evidence(
        parameters=parameters,
        definitions=definitions,
        sources=sources,
        countries=countries,
        places=places,
        crossings={key: ladder.with_times(post) for key, post in posts.items()},
        ferries={key: ladder.with_times(ferry) for key, ferry in ferries.items()},
        vehicles=read_vehicles(folder / "vehicles.csv", sources),
        cargo_kinds=read_cargo_kinds(folder / "cargo_kinds.csv", sources),
        driver_rules=read_driver_rules(folder / "driver_rules.csv", sources),
        events=read_events(folder / "events.csv", sources, countries, {**posts, **ferries}),
        eligibility=read_eligibility(folder / "eligibility.csv", sources, countries),
        closed_days=read_closed_days(folder / "closed_days.csv", sources, posts),
        truck_bans=read_truck_bans(folder / "truck_bans.csv", sources, countries),
        corridors=read_corridors(folder / "corridors.csv", sources, {**posts, **ferries}),
        sea_routes=read_sea_routes(folder / "sea_routes.csv", sources, places),
        measured_times=measured_times,
        queue_estimates=queue_estimates,
        observed_trips=read_observed_trips(folder / "observed_trips.csv", sources),
        cpmm=read_cpmm(folder / "cpmm.csv", sources, countries),
        truck_speeds=read_truck_speeds(folder / "truck_speeds.csv", sources, countries),
        status_overrides={},
        as_of=as_of,
        prices=prices,
    )


def read_years(path: Path) -> tuple[date, int]:
    """The day up to which the tables know, and the year of whose prices the results are."""
    facts = _read_toml(path)
    day, year = facts.get("evidence_as_of"), facts.get("base_year")
    if not isinstance(day, date):
        raise DataError(f"{path.name}: evidence_as_of: expected a date like 2026-05-31, got '{day}'")
    if not isinstance(year, int):
        raise DataError(f"{path.name}: base_year: expected a year like 2025, got '{year}'")
    return day, year


def _read_toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error}). Restore the file.") from error
