"""The tables behind the maps of a reach, and what stands on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any

import numpy as np

from corridor.report.background import Floats
from corridor.report.figure_data import Cell, Row, csv_text
from corridor.report.naming import country_name, short_post_name
from corridor.report.numerals import HOURS_PER_DAY, joined
from corridor.report.reach_bands import DAYS_BANDS, families_of, usd_bands
from corridor.report.reach_corridors import family_name
from corridor.report.reach_findings import (
    Change,
    Count,
    Reach,
    ReachChange,
    change_at_cells,
    change_at_places,
    count_within,
)
from corridor.routing.steps import Move

CELL_COLUMNS = ("lon", "lat", "country", "road_km")
PLACE_COLUMNS = ("id", "name", "country", "lon", "lat", "population")
NAMED_POSTS, NAMED_REASONS = 3, 2


def isochrones_csv(reach: Reach) -> str:
    """Days of every cell with a road."""
    found = reach.at_cells["fastest"]
    columns = reach.cell_days(), found.km, _posts_texts(found.posts)
    return csv_text((*CELL_COLUMNS, "days", "length_km", "posts"), _cell_rows(reach, columns))


def isocosts_csv(reach: Reach) -> str:
    """USD of every cell with a road."""
    found = reach.at_cells["cheapest"]
    columns = found.value, reach.cell_usd_per_t(), found.km, _posts_texts(found.posts)
    header = (*CELL_COLUMNS, "usd_per_truck", "usd_per_t", "length_km", "posts")
    return csv_text(header, _cell_rows(reach, columns))


def corridors_csv(reach: Reach) -> str:
    """Best corridor of every cell with a road."""
    found = reach.at_cells["best"]
    columns = family_names(reach, found.posts, found.value), found.value, found.km, _posts_texts(found.posts)
    header = (*CELL_COLUMNS, "corridor", "generalised_cost_usd", "length_km", "posts")
    return csv_text(header, _cell_rows(reach, columns))


REACH_TABLES: Mapping[str, Callable[[Reach], str]] = MappingProxyType(
    {"isochrones": isochrones_csv, "isocosts": isocosts_csv, "corridors": corridors_csv}
)
"""Name of each map of a reach -> the numbers behind it."""


def change_csv(change: ReachChange, name: str) -> str:
    """The numbers behind a map of a change, by its name."""
    is_days = name.startswith("days")
    cells, found = change_at_cells(change, "fastest" if is_days else "cheapest")
    unit = 1 / HOURS_PER_DAY if is_days else 1.0
    before, after = ("days_before", "days_after") if is_days else ("usd_before", "usd_after")
    column = {
        "days_change": ("change_days", found.absolute * unit),
        "days_change_share": ("change_share", found.share),
        "days_change_per_km": ("change_h_per_100_km", 100 * found.per_km),
        "usd_change": ("change_usd_per_t", found.absolute / change.before.mass_t),
        "usd_change_share": ("change_share", found.share),
        "usd_change_per_km": ("change_usd_per_km", found.per_km),
    }[name]
    grid, road_km = change.before.grid, change.before.roads.road_km
    header = (*CELL_COLUMNS, before, after, "length_km", column[0])
    columns = found.before * unit, found.after * unit, found.km, column[1]
    where = grid.lon[cells], grid.lat[cells], grid.country[cells].tolist(), road_km[cells]
    return csv_text(header, _rows(*where, *columns))


def places_csv(reach: Reach) -> str:
    """Every place on a road with its days, USD and corridor."""
    fastest, cheapest, best = (reach.at_places[aim] for aim in ("fastest", "cheapest", "best"))
    header = (
        *PLACE_COLUMNS, "days", "timetable_days", "length_km", "posts", "usd_per_truck", "usd_per_t", "corridor",
    )  # fmt: skip
    columns: tuple[Sequence[Cell] | Floats, ...] = (
        reach.place_days(), reach.timetable_days(), fastest.km, _posts_texts(fastest.posts), cheapest.value,
        reach.place_usd_per_t(), family_names(reach, best.posts, best.value),
    )  # fmt: skip
    return csv_text(header, _place_rows(reach, columns))


def places_change_csv(change: ReachChange) -> str:
    """Every place with days and USD before and after, and the change in three ways."""
    days, usd = change_at_places(change, "fastest"), change_at_places(change, "cheapest")
    header = (
        *PLACE_COLUMNS, "days_before", "days_after", "change_days", "change_days_share", "days_length_km",
        "change_h_per_100_km", "usd_before", "usd_after", "change_usd", "change_usd_share", "usd_length_km",
        "change_usd_per_km",
    )  # fmt: skip
    columns = (*_in_three_ways(days, 1 / HOURS_PER_DAY, 100.0), *_in_three_ways(usd, 1.0, 1.0))
    return csv_text(header, _place_rows(change.before, columns))


def _in_three_ways(found: Change, unit: float, per_km: float) -> tuple[Floats, ...]:
    return (
        found.before * unit, found.after * unit, found.absolute * unit, found.share, found.km, per_km * found.per_km,
    )  # fmt: skip


COUNT_COLUMNS = ("scenario", "what", "within", "unit", "places", "people", "places_abroad", "people_abroad")


def counts_csv(reaches: Sequence[Reach]) -> str:
    """Places and people within each bound, scenario by scenario; days by the timetable of a run."""
    return csv_text(COUNT_COLUMNS, chain.from_iterable(_count_rows(reach, reaches) for reach in reaches))


def _count_rows(reach: Reach, reaches: Sequence[Reach]) -> Iterator[Row]:
    for bound in DAYS_BANDS:
        count = count_within(reach, reach.timetable_days(), bound)
        yield (reach.scenario.id, "fastest way", bound, "days", *_count_cells(count))
    for bound in common_usd_bands(reaches):
        count = count_within(reach, reach.place_usd_per_t(), bound)
        yield (reach.scenario.id, "cheapest way", bound, "USD/t", *_count_cells(count))


def _count_cells(count: Count) -> Row:
    return count.places, count.people, count.places_abroad, count.people_abroad


def common_usd_bands(reaches: Sequence[Reach]) -> tuple[float, ...]:
    """Bounds of USD a tonne that suit all of some scenarios."""
    return usd_bands(np.concatenate([reach.place_usd_per_t() for reach in reaches]))


def shut_reasons(reach: Reach) -> dict[str, str]:
    """Country of which nothing is reached -> why, as far as posts tell; sorted."""
    at_cells = reach.grid.country[reach.cells][np.isfinite(reach.at_cells["fastest"].value)].tolist()
    at_places = (place.country for place, ok in zip(reach.places, reach.is_reached.tolist(), strict=True) if ok)
    reached = {*at_cells, *at_places}
    wanted = {*reach.grid.country[reach.cells].tolist(), *(place.country for place in reach.places)}
    return {country: _reason(reach, country) for country in sorted(wanted - reached)}


def _reason(reach: Reach, country: str) -> str:
    """What keeps trucks out of a country, the most common reasons with some of their posts."""
    end = 1 if reach.is_outward else 0
    shut = [refusal for refusal in reach.refusals if refusal.direction.split("-")[end] == country]
    if not shut:
        return "no road, post or ferry of the network leads there" if reach.is_outward else "nothing leads from there"
    common = Counter(refusal.reason for refusal in shut).most_common(NAMED_REASONS)
    return "; ".join(f"{_post_names(reach, reason, country)}: {reason}" for reason, _ in common)


def _post_names(reach: Reach, reason: str, country: str) -> str:
    posts = [r.crossing_id for r in reach.refusals if r.reason == reason and country in r.direction.split("-")]
    names = [short_post_name(reach.evidence.crossings[post].name) for post in dict.fromkeys(posts)]
    more = f" and {len(names) - NAMED_POSTS} more" if len(names) > NAMED_POSTS else ""
    return f"{', '.join(names[:NAMED_POSTS])}{more}" if more else joined(names)


def reach_document(reach: Reach, change: ReachChange | None) -> dict[str, Any]:
    """Everything for programs: assumptions, counts, places, and what is not reached; before and after with a change."""
    reaches = [reach, change.after] if change else [reach]
    rows = [dict(zip(COUNT_COLUMNS, row, strict=True)) for each in reaches for row in _count_rows(each, reaches)]
    return {
        "place": reach.anchor,
        "direction": "from" if reach.is_outward else "to",
        "scenarios": [each.scenario.id for each in reaches],
        "departure": reach.scenario.trip.departure.isoformat(),
        "vehicle": reach.scenario.vehicle.model_dump(),
        "cargo": reach.scenario.cargo.model_dump(),
        "inputs": "mean values, no uncertainty; rest by the hour in `days`, by the timetable of a run in counts",
        "within": rows,
        "not_reached": {
            each.scenario.id: {country_name(code, each.evidence): why for code, why in shut_reasons(each).items()}
            for each in reaches
        },
        "off_road": [place.id for place in reach.off_road],
        "places": {each.scenario.id: list(_place_documents(each)) for each in reaches},
    }


def _place_documents(reach: Reach) -> Iterator[dict[str, Any]]:
    best = reach.at_places["best"]
    families = family_names(reach, best.posts, best.value)
    values = zip(
        reach.places,
        reach.place_days().tolist(),
        reach.timetable_days().tolist(),
        reach.at_places["cheapest"].value.tolist(),
        reach.place_usd_per_t().tolist(),
        families,
        strict=True,
    )
    for place, days, timed, usd, usd_per_t, family in values:
        found = {
            "days": round(days, 2),
            "timetable_days": round(timed, 2),
            "usd_per_truck": round(usd, 2),
            "usd_per_t": round(usd_per_t, 2),
            "corridor": family,
        }
        is_reached = np.isfinite(days)
        yield {"id": place.id, "country": place.country, "population": place.population} | {
            key: value if is_reached else None for key, value in found.items()
        }


def _cell_rows(reach: Reach, columns: Sequence[Sequence[Cell] | Floats]) -> Iterator[Row]:
    cells, grid = reach.cells, reach.grid
    where = grid.lon[cells], grid.lat[cells], grid.country[cells].tolist(), reach.roads.road_km[cells]
    return _rows(*where, *columns)


def _place_rows(reach: Reach, columns: Sequence[Sequence[Cell] | Floats]) -> Iterator[Row]:
    first = [(p.id, p.name, p.country, p.lon, p.lat, p.population) for p in reach.places]
    return ((*place, *row) for place, row in zip(first, _rows(*columns), strict=True))


def _rows(*columns: Sequence[Cell] | Floats) -> Iterator[Row]:
    """Columns as rows; what is not finite is empty."""
    plain = [column.tolist() if isinstance(column, np.ndarray) else column for column in columns]
    for row in zip(*plain, strict=True):
        yield tuple(None if isinstance(cell, float) and not np.isfinite(cell) else cell for cell in row)


def _posts_texts(posts: Sequence[Sequence[Move]]) -> list[str]:
    return [" > ".join(post.crossing_id for post in way) for way in posts]


def family_names(reach: Reach, posts: Sequence[Sequence[Move]], value: Floats) -> list[str | None]:
    """Corridor of each way; none where no way is open."""
    families = families_of(reach, posts)
    return [
        family_name(family, reach.evidence) if is_open else None
        for family, is_open in zip(families, np.isfinite(value).tolist(), strict=True)
    ]
