"""Boundaries of the maps: what each view draws through, dashes or leaves out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from corridor.boundaries import claimants, land_features, line_features
from corridor.errors import ScenarioError

LINE_OF_CONTROL = shapely.box(74.2, 34.6, 74.6, 34.85)
GILGIT_WEST = shapely.box(72.4, 35.5, 72.8, 36.5)
LADAKH_SOUTH = shapely.box(76.5, 32.8, 77.5, 33.4)
WAGAH = shapely.box(74.3, 31.0, 74.8, 31.8)


def drawn(view: str, place: shapely.Geometry) -> set[str]:
    """How a view draws what passes through a place."""
    return {row["properties"]["kind"] for row in line_features(view) if shape(row["geometry"]).intersects(place)}


def test_the_neutral_view_dashes_the_line_of_control_and_every_claim() -> None:
    assert drawn("neutral", LINE_OF_CONTROL) == {"disputed"}
    assert drawn("neutral", GILGIT_WEST) == {"disputed"}  # an Indian claim on what Pakistan holds
    assert drawn("neutral", LADAKH_SOUTH) == {"disputed"}  # a Pakistani claim on what India holds
    assert drawn("neutral", WAGAH) == {"border"}


def test_the_view_of_a_country_draws_its_claims_and_leaves_out_those_on_its_land() -> None:
    assert drawn("PAK", LADAKH_SOUTH) == {"border"}
    assert drawn("PAK", GILGIT_WEST) == set()
    assert drawn("IND", GILGIT_WEST) == {"border"}
    assert drawn("IND", LADAKH_SOUTH) == set()


@pytest.mark.parametrize("view", ["neutral", *claimants()])
def test_lines_of_control_are_dashed_and_settled_borders_drawn_through_in_every_view(view: str) -> None:
    assert drawn(view, LINE_OF_CONTROL) == {"disputed"}
    assert drawn(view, WAGAH) == {"border"}


def test_a_line_within_a_country_that_it_does_not_accept_is_not_in_its_view() -> None:
    abkhazia = shapely.box(41.5, 42.3, 42.3, 43.2)
    assert "disputed" in drawn("neutral", abkhazia)
    assert "disputed" not in drawn("GEO", abkhazia)


def test_lines_of_ones_own_take_the_place_of_all_others(tmp_path: Path) -> None:
    own = written(tmp_path, feature("disputed", [[70.0, 30.0], [71.004, 31.0]]))
    lines = line_features(str(own))
    assert [row["properties"] for row in lines] == [{"kind": "disputed"}]
    assert lines[0]["geometry"]["coordinates"] == [[70.0, 30.0], [71.0, 31.0]]
    assert land_features()


def test_nothing_of_a_file_but_its_lines_is_kept(tmp_path: Path) -> None:
    row = feature("border", [[70.0, 30.0], [71.0, 31.0]])
    row["properties"]["name"] = "</script><script>alert(1)</script>"
    assert "script" not in json.dumps(line_features(str(written(tmp_path, row))))


def test_an_unknown_view_names_those_there_are() -> None:
    with pytest.raises(ScenarioError, match=r"map\.boundaries: no view .* got 'PAQ'\. Did you mean 'PAK'\?"):
        line_features("PAQ")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], "expected a list of features, got none"),
        (["text"], "feature 1: .* expected a GeoJSON feature, got str"),
        ([{"properties": {"kind": "wall"}}], "feature 1: .* border or disputed, got 'wall'"),
        ([{"properties": {"kind": ["border"]}}], r"border or disputed, got \['border'\]"),
        ([{"properties": {"kind": "border"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}], "got Point"),
        ([{"properties": {"kind": "border"}, "geometry": {"type": "LineString"}}], "got no such geometry"),
        (
            [
                {
                    "properties": {"kind": "border"},
                    "geometry": {"type": "LineString", "coordinates": [[1, 2], [1, 2.001]]},
                }
            ],
            r"a line longer than 0\.01 degrees, got none, or a shorter one",
        ),
        (
            [{"properties": {"kind": "border"}, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 400]]}}],
            "longitude, then latitude",
        ),
    ],
)
def test_a_file_that_cannot_be_drawn_says_which_feature_and_why(tmp_path: Path, rows: list[Any], fault: str) -> None:
    with pytest.raises(ScenarioError, match=fault):
        line_features(str(written(tmp_path, *rows)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"own\.geojson: no boundaries to draw; .* write neutral"):
        line_features(str(tmp_path / "own.geojson"))


def test_a_file_that_is_not_geojson_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.geojson"
    path.write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(ScenarioError, match="expected a whole GeoJSON FeatureCollection"):
        line_features(str(path))


def feature(kind: str, line: list[list[float]]) -> dict[str, Any]:
    """A GeoJSON feature with one line."""
    geometry = {"type": "LineString", "coordinates": line}
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": geometry}


def written(folder: Path, *features: object) -> Path:
    """A file of features."""
    path = folder / "own.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path
