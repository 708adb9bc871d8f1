"""The folder of a reach: maps, the tables behind them, cells for GIS, written beside and moved into place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from corridor.network.geodata import write_layers
from corridor.report.background import ATTRIBUTION, WGS84
from corridor.report.data_dictionary import build_reach_dictionary, data_dictionary_csv
from corridor.report.exports import make_parent, write_text
from corridor.report.manifest import input_hashes, made_by
from corridor.report.reach_findings import Reach, ReachChange
from corridor.report.reach_maps import CHANGE_MAPS, draw_reach
from corridor.report.reach_rows import (
    REACH_TABLES,
    change_csv,
    counts_csv,
    family_names,
    places_change_csv,
    places_csv,
    reach_document,
)
from corridor.report.sources import PLACE_LICENCE
from corridor.report.writable import replacing
from corridor.scenario import write_resolved

NOT_FOR_NAMES = re.compile(r"[^A-Za-z0-9_-]+")
CELL_DEGREES = 1e-4
"""To what the corners of cells are rounded."""


def write_reach_folder(reach: Reach, change: ReachChange | None, parent: Path, *, command: str) -> Path:
    """Write the folder of a reach and return its path; one that exists is replaced as a whole.

    Parameters
    ----------
    change : from this scenario to another, where there is one

    Raises
    ------
    ScenarioError
        The parent cannot be made or written to.
    """
    make_parent(parent)
    target = parent / folder_name(reach, change)
    with replacing(target) as folder:
        tables = dict(_tables(reach, change))
        (folder / "figures").mkdir()
        for name, text in tables.items():
            write_text(folder / name, text)
        for picture in draw_reach(reach, change):
            (folder / "figures" / f"{picture.name}.svg").write_bytes(picture.svg)
            (folder / "figures" / f"{picture.name}.png").write_bytes(picture.png)
        write_text(folder / "summary.json", _json(reach_document(reach, change)))
        layers = build_reach_layers(reach)
        write_layers(folder / "reach.gpkg", layers, day=reach.evidence.as_of)
        described = (*tables, *(f"reach.gpkg: {name}" for name in layers), "data_dictionary.csv")
        write_text(folder / "data_dictionary.csv", data_dictionary_csv(build_reach_dictionary(described)))
        _write_provenance(reach, change, folder, command)
    return target


def folder_name(reach: Reach, change: ReachChange | None) -> str:
    """``reach-from-<place>-<run id>``, and what it is compared with; letters, digits, "-" and "_" alone."""
    against = f"-against-{change.after.run_id}" if change else ""
    name = f"reach-{'from' if reach.is_outward else 'to'}-{reach.anchor.lower()}-{reach.run_id}{against}"
    return NOT_FOR_NAMES.sub("_", name)


def _tables(reach: Reach, change: ReachChange | None) -> Iterator[tuple[str, str]]:
    """Path in the folder and text of each CSV file."""
    for name, build in REACH_TABLES.items():
        yield f"figures/{name}.csv", build(reach)
    yield "places.csv", places_csv(reach)
    yield "counts.csv", counts_csv([reach, change.after] if change else [reach])
    if change:
        yield "places_change.csv", places_change_csv(change)
        for name in CHANGE_MAPS:
            yield f"figures/{name}.csv", change_csv(change, name)


def build_reach_layers(reach: Reach) -> dict[str, pd.DataFrame]:
    """Layers `cells`, `places` and `about` of a GeoPackage, in degrees."""
    grid, cells = reach.grid, reach.cells
    shapes = gpd.GeoSeries(grid.shape[cells], crs=grid.frame.crs).to_crs(WGS84)
    best = reach.at_cells["best"]
    columns = {
        "country": grid.country[cells].astype(object),
        "road_km": reach.roads.road_km[cells],
        "days": reach.cell_days(),
        "usd_per_t": reach.cell_usd_per_t(),
        "corridor": family_names(reach, best.posts, best.value),
    }
    places = {
        "id": [place.id for place in reach.places],
        "name": [place.name for place in reach.places],
        "country": [place.country for place in reach.places],
        "population": reach.population,
        "days": reach.place_days(),
        "timetable_days": reach.timetable_days(),
        "usd_per_t": reach.place_usd_per_t(),
    }
    points = shapely.points([[place.lon, place.lat] for place in reach.places])
    attribution = f"{ATTRIBUTION} · {PLACE_LICENCE}"
    rounded = shapely.set_precision(shapes.to_numpy(), CELL_DEGREES)
    return {
        "cells": gpd.GeoDataFrame(_without_inf(columns), geometry=rounded, crs=WGS84),
        "places": gpd.GeoDataFrame(_without_inf(places), geometry=points, crs=WGS84),
        "about": pd.DataFrame({"run_id": [reach.run_id], "attribution": [attribution]}),
    }


def _without_inf(columns: dict[str, object]) -> pd.DataFrame:
    """A table in which what no way leads to is empty."""
    return pd.DataFrame(columns).replace([np.inf], np.nan)


def _write_provenance(reach: Reach, change: ReachChange | None, folder: Path, command: str) -> None:
    reaches = [reach, change.after] if change else [reach]
    names = ["scenario.resolved.yaml", "against.resolved.yaml"]
    for name, each in zip(names, reaches, strict=False):
        write_text(folder / name, write_resolved(each.scenario))
    manifest = {
        "run_ids": [each.run_id for each in reaches],
        **made_by(command),
        "inputs_sha256": {each.run_id: input_hashes(each.scenario, each.evidence) for each in reaches},
    }
    write_text(folder / "manifest.json", _json(manifest))


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, default=str) + "\n"
