"""Options, posts and places as a GeoPackage with styles for QGIS, and as GeoParquet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from corridor.analysis.assessment import Assessment, Option
from corridor.network.geodata import write_layers
from corridor.report.background import WGS84
from corridor.report.naming import option_title
from corridor.report.palette import option_styles
from corridor.report.profile import build_post_visits
from corridor.report.qgis_styles import build_layer_styles
from corridor.report.sources import road_licence
from corridor.report.tracks import line_of


@dataclass(frozen=True, slots=True)
class Layers:
    """What a map of a run shows: options as lines, posts and places as points."""

    options: gpd.GeoDataFrame
    posts: gpd.GeoDataFrame
    places: gpd.GeoDataFrame


def build_layers(assessment: Assessment) -> Layers:
    """The layers of a run, in degrees; each says whose the roads are."""
    layers = Layers(build_option_layer(assessment), build_post_layer(assessment), build_place_layer(assessment))
    for layer in (layers.options, layers.posts, layers.places):
        layer.attrs["attribution"] = road_licence(assessment)
    return layers


def write_geopackage(assessment: Assessment, layers: Layers, path: Path) -> None:
    """Write layers `options`, `posts` and `places`, how QGIS draws them, and whose data it is to a new file.

    The file's own date is the day of the evidence, so that the same assessment gives the same content.
    """
    day = assessment.evidence.as_of
    tables = {
        "options": layers.options,
        "posts": layers.posts,
        "places": layers.places,
        "about": pd.DataFrame({"run_id": [assessment.run_id], "attribution": [road_licence(assessment)]}),
        "layer_styles": build_layer_styles(assessment, day=day),
    }
    write_layers(path, tables, day=day)


def write_geoparquet(layers: Layers, folder: Path) -> None:
    """Write `options.parquet` and `posts.parquet` into a folder; the attribution is in their metadata."""
    layers.options.to_parquet(folder / "options.parquet", compression="zstd")
    layers.posts.to_parquet(folder / "posts.parquet", compression="zstd")


def build_option_layer(assessment: Assessment) -> gpd.GeoDataFrame:
    """One line per option with its totals and its colour."""
    styles = option_styles(assessment.all_options)
    rows = [
        {**_option_fields(option, assessment), "color": styles[option.label].color} for option in assessment.all_options
    ]
    lines = [shapely.LineString(np.column_stack(line_of(option))) for option in assessment.all_options]
    return gpd.GeoDataFrame(rows, geometry=lines, crs=WGS84)


def _option_fields(option: Option, assessment: Assessment) -> dict[str, object]:
    ledger = option.ledger
    return {
        "label": option.label,
        "name": option_title(option, assessment.all_options, assessment.evidence),
        "posts": " > ".join(option.post_ids),
        "is_open": option.is_open,
        "length_km": option.length_km,
        "time_h": ledger.time_h,
        "money_usd": ledger.money_usd,
        "is_lower_bound": ledger.is_lower_bound,
        "generalised_cost_usd": option.generalised_cost_usd,
        "co2e_wtw_kg": ledger.co2e_wtw_kg,
    }


def build_post_layer(assessment: Assessment) -> gpd.GeoDataFrame:
    """One point per option and post with its hours and fees."""
    visits = [
        (option.label, visit)
        for option in assessment.all_options
        for visit in build_post_visits(option, assessment.evidence)
    ]
    columns = ("crossing_id", "name", "direction", "at_km", "arrival_h", "hours", "fees_usd", "has_unknown_fee")
    rows = [{"option": label, **{column: getattr(visit, column) for column in columns}} for label, visit in visits]
    points = shapely.points([[visit.lon, visit.lat] for _, visit in visits]) if visits else []
    return gpd.GeoDataFrame(rows, columns=("option", *columns), geometry=points, crs=WGS84)


def build_place_layer(assessment: Assessment) -> gpd.GeoDataFrame:
    """Origin and destination."""
    rows = [
        {"role": "origin", "name": assessment.origin_name},
        {"role": "destination", "name": assessment.destination_name},
    ]
    points = shapely.points([assessment.origin_lon_lat, assessment.destination_lon_lat])
    return gpd.GeoDataFrame(rows, geometry=points, crs=WGS84)
