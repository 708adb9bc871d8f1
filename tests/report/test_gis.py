"""The layers of a run: what they hold, and that the files open."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pytest

from corridor.analysis.assessment import Assessment
from corridor.report.gis import build_layers, write_geopackage, write_geoparquet

from .fake_trip import HOSTILE_TEXT


def test_the_geopackage_has_three_layers_in_lon_lat(run_folder: Path, assessment: Assessment) -> None:
    path = run_folder / "options.gpkg"
    options = gpd.read_file(path, layer="options")
    assert options["label"].tolist() == [option.label for option in assessment.all_options]
    assert options.crs.to_epsg() == 4326
    assert options.total_bounds[0] == pytest.approx(15.0, abs=15)
    assert len(gpd.read_file(path, layer="posts")) == sum(len(option.chain) for option in assessment.all_options)
    assert gpd.read_file(path, layer="places")["name"].tolist() == ["Islamabad", "Minsk"]


def test_the_geopackage_is_dated_by_the_evidence_not_by_the_clock(run_folder: Path) -> None:
    with sqlite3.connect(run_folder / "options.gpkg") as database:
        dates = {row[0] for row in database.execute("select last_change from gpkg_contents")}
    database.close()
    assert dates == {"2026-05-31T00:00:00.000Z"}


def test_the_geopackage_says_whose_the_roads_are(run_folder: Path, assessment: Assessment) -> None:
    about = gpd.read_file(run_folder / "options.gpkg", layer="about")
    assert about["run_id"].tolist() == [assessment.run_id]
    assert "© OpenStreetMap contributors" in about["attribution"][0]


@pytest.mark.parametrize("layer", ["options", "posts"])
def test_geoparquet_holds_the_layers_of_the_geopackage(run_folder: Path, layer: str) -> None:
    table = gpd.read_parquet(run_folder / f"{layer}.parquet")
    in_geopackage = gpd.read_file(run_folder / "options.gpkg", layer=layer)
    assert table.crs.to_epsg() == 4326
    assert table.geometry.geom_equals(in_geopackage.geometry).all()
    assert table.drop(columns="geometry").equals(in_geopackage.drop(columns="geometry").astype(table.dtypes[:-1]))


def test_geoparquet_says_whose_the_roads_are(run_folder: Path) -> None:
    assert "© OpenStreetMap contributors" in gpd.read_parquet(run_folder / "options.parquet").attrs["attribution"]
    assert b"geo" in pq.read_schema(run_folder / "options.parquet").metadata


def test_hostile_text_stays_text_in_the_geopackage(hostile_assessment: Assessment, tmp_path: Path) -> None:
    path = tmp_path / "options.gpkg"
    write_geopackage(hostile_assessment, build_layers(hostile_assessment), path)
    assert set(gpd.read_file(path, layer="posts")["name"]) == {HOSTILE_TEXT}
    assert gpd.read_file(path, layer="places")["name"][0] == HOSTILE_TEXT
    assert all(HOSTILE_TEXT in name for name in gpd.read_file(path, layer="options")["name"])
    with sqlite3.connect(path) as database:
        assert database.execute("select count(*) from layer_styles").fetchone() == (3,)
    database.close()


def test_a_way_without_a_post_has_an_empty_layer_of_posts(assessment: Assessment, tmp_path: Path) -> None:
    way = replace(assessment.options[0], stages=assessment.options[0].stages[:1], chain=())
    layers = build_layers(replace(assessment, options=(way,), closed_options=()))
    write_geopackage(assessment, layers, tmp_path / "options.gpkg")
    write_geoparquet(layers, tmp_path)
    assert gpd.read_file(tmp_path / "options.gpkg", layer="posts").empty
    assert gpd.read_parquet(tmp_path / "posts.parquet").empty
