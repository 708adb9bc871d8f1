"""A calibration as a page, as tables on the terminal, as JSON, and as the file that reports read."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corridor.analysis.calibration import CountryComparison, CpmmComparison
from corridor.analysis.calibration_summary import (
    CalibrationSummary,
    summarise_calibration,
    summary_json,
    tables_digest,
)
from corridor.analysis.observed import TripComparison
from corridor.bundled import data_path
from corridor.calibration import Calibration
from corridor.errors import ScenarioError
from corridor.printing import print_json, print_table
from corridor.report import calibration_countries as by_country
from corridor.report import calibration_misses as misses
from corridor.report import calibration_page as page
from corridor.report import calibration_trips as of_trips
from corridor.report.sections import Section, markdown


def summarise(calibration: Calibration) -> CalibrationSummary:
    """Aims and scores, with the digest of the shipped tables."""
    return summarise_calibration(
        calibration.countries,
        calibration.scored,
        calibration.held_out_distances,
        calibration.evidence,
        made_from=tables_digest(data_path()),
    )


def build_page(calibration: Calibration) -> str:
    """The text of docs/calibration.md."""
    return markdown(page.TITLE, page.INTRODUCTION, build_sections(calibration))


def build_sections(calibration: Calibration) -> list[Section]:
    """Every section of the page, in order."""
    trips = [(trip, there.length_km) for trip, (there, _) in calibration.ways]
    name = page.names_of(calibration.evidence)
    return [
        *page.summary_sections(summarise(calibration)),
        *country_sections(calibration),
        page.trips_section(trips),
        page.fit_section(calibration.evidence),
        page.held_out_section(calibration.held_out, calibration.scored),
        by_country.side_section(calibration.sides, name),
        by_country.post_section(calibration.posts, name),
        *_trip_sections(calibration),
    ]


def country_sections(calibration: Calibration) -> list[Section]:
    """Speeds, hours and costs by country, and what the misses point to."""
    rows, name = calibration.countries, page.names_of(calibration.evidence)
    return [
        by_country.speed_section(rows, name),
        misses.misses_section(rows, name),
        by_country.hours_section(rows, name),
        misses.hours_misses_section(rows, calibration.sides, name),
        by_country.cost_section(rows, name),
        by_country.component_section(rows, name),
    ]


def _trip_sections(calibration: Calibration) -> list[Section]:
    others = [trip for trip in calibration.evidence.observed_trips if not trip.is_comparable]
    return [
        of_trips.days_section(calibration.trips, calibration.held_out),
        of_trips.distance_section(calibration.trips),
        *of_trips.known_distance_sections(calibration.distances),
        of_trips.left_out_section(others, calibration.held_out),
    ]


def print_calibration(calibration: Calibration, *, as_json: bool) -> None:
    """The tables of the page on the terminal, or one JSON document."""
    if as_json:
        print_json(calibration_document(calibration))
        return
    for section in build_sections(calibration):
        sys.stdout.write(f"{section.title}\n\n")
        print_table(section.header, section.rows, right=section.number_columns)
        sys.stdout.write("\n")


def write_calibration(calibration: Calibration, *, page_path: Path | None, summary_path: Path | None) -> None:
    """Write the page and the summary, each where a path is given.

    Raises
    ------
    ScenarioError
        A file cannot be written.
    """
    if page_path is not None:
        _write(page_path, build_page(calibration))
    if summary_path is not None:
        _write(summary_path, summary_json(summarise(calibration)))


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode())
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be written ({error.strerror}). Choose another file.") from error


def calibration_document(calibration: Calibration) -> dict[str, Any]:
    """The numbers of the page as JSON."""
    return {
        "summary": asdict(summarise(calibration)),
        "countries": [_country_document(row) for row in calibration.countries],
        "posts": [
            asdict(post) | {"is_inside": post.is_inside, "published": [asdict(row) for row in post.published]}
            for post in calibration.posts
        ],
        "trips": [_trip_document(comparison, calibration) for comparison in calibration.trips],
        "distances": [asdict(check) for check in calibration.distances],
    }


def _country_document(row: CountryComparison) -> dict[str, Any]:
    return {
        "country": row.country,
        "passages": row.totals.passages,
        "km_per_passage": row.totals.km_per_passage,
        "swd_door_km_per_h": row.totals.swd_door_km_per_h,
        "swd_stops_at_published_hours_km_per_h": row.swd_with_published_hours,
        "measures": {key: _measure_document(comparison) for key, comparison in row.measures.items()},
    }


def _measure_document(comparison: CpmmComparison) -> dict[str, Any]:
    return {
        "modelled": comparison.modelled,
        "mean_of_options": comparison.mean_of_options,
        "cpmm_item": comparison.measure.item,
        "cpmm": {record.year: record.value for record in comparison.published},
        "fitted": comparison.fitted,
        "is_inside": comparison.is_inside,
    }


def _trip_document(comparison: TripComparison, calibration: Calibration) -> dict[str, Any]:
    trip = comparison.trip
    return {
        "id": trip.id,
        "is_scored": comparison in calibration.scored,
        "observed_days": comparison.observed_days,
        "days": comparison.days,
        "naive_days": comparison.naive_days,
        "observed_km": trip.distance_km,
        "length_km": comparison.option.length_km,
    }
