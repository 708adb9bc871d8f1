"""The styles that QGIS finds in the GeoPackage: one default per layer, in the colours of the report."""

import sqlite3
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pandas as pd
import pytest

from corridor.analysis.assessment import Assessment
from corridor.report.map_posts import post_radius_pt
from corridor.report.palette import CLOSED_DASH, option_styles
from corridor.report.qgis_styles import DOCTYPE, LINE_WIDTH_MM, build_layer_styles


@pytest.fixture(scope="module")
def styles(assessment: Assessment) -> pd.DataFrame:
    return build_layer_styles(assessment, day=assessment.evidence.as_of)


def style_of(styles: pd.DataFrame, layer: str) -> Element:
    text = styles.set_index("f_table_name").loc[layer, "styleQML"]
    assert isinstance(text, str)
    return fromstring(text.removeprefix(DOCTYPE))  # noqa: S314  our own text


def symbol_options(style: Element, number: int) -> dict[str, str]:
    options = style.findall(".//symbols/symbol")[number].findall("layer/Option/Option")
    return {option.attrib["name"]: option.attrib["value"] for option in options}


def test_each_layer_with_geometry_has_one_default_style(run_folder: Path) -> None:
    with sqlite3.connect(run_folder / "options.gpkg") as database:
        layers = database.execute("select table_name, column_name from gpkg_geometry_columns order by 1").fetchall()
        styled = database.execute(
            "select f_table_name, f_geometry_column from layer_styles where useAsDefault and f_table_schema = ''"
            " and f_table_catalog = '' order by 1"
        ).fetchall()
    database.close()
    assert styled == layers
    assert len(styled) == 3


def test_the_table_has_the_columns_that_qgis_asks_for(run_folder: Path) -> None:
    with sqlite3.connect(run_folder / "options.gpkg") as database:
        columns = [row[1] for row in database.execute("pragma table_info(layer_styles)")]
        times = {row[0] for row in database.execute("select update_time from layer_styles")}
    database.close()
    assert columns[1:] == [
        "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName", "styleQML", "styleSLD",
        "useAsDefault", "description", "owner", "ui", "update_time",
    ]  # fmt: skip
    assert {time[:10] for time in times} == {"2026-05-31"}


def test_options_have_the_colours_of_the_report(styles: pd.DataFrame, assessment: Assessment) -> None:
    style = style_of(styles, "options")
    assert [category.attrib["value"] for category in style.iter("category")] == list("ABCDEFG")
    assert symbol_options(style, 0)["line_color"] == "27,79,156,255"  # #1b4f9c
    for number, look in enumerate(option_styles(assessment.all_options).values()):
        red, green, blue, _ = symbol_options(style, number)["line_color"].split(",")
        assert f"#{int(red):02x}{int(green):02x}{int(blue):02x}" == look.color


def test_closed_options_are_dashed_and_say_so(styles: pd.DataFrame) -> None:
    style = style_of(styles, "options")
    closed = symbol_options(style, 4)
    on, off = (float(width) for width in closed["customdash"].split(";"))
    assert closed["use_custom_dash"] == "1"
    assert (on, off) == pytest.approx([LINE_WIDTH_MM * width for width in CLOSED_DASH], abs=0.005)
    assert symbol_options(style, 0)["use_custom_dash"] == "0"
    labels = [category.attrib["label"] for category in style.iter("category")]
    assert [label.endswith("(closed)") for label in labels] == [False] * 4 + [True] * 3


def test_circles_of_posts_grow_with_the_hours_as_on_the_map(styles: pd.DataFrame) -> None:
    size = style_of(styles, "posts").find(".//Option[@name='size']/Option[@name='expression']")
    assert size is not None
    assert size.attrib["value"] == '2 * (2.0 + 0.8 * sqrt("hours"))'
    assert post_radius_pt(25.0) == 2.0 + 0.8 * 5.0


def test_places_have_their_names(styles: pd.DataFrame) -> None:
    style = style_of(styles, "places")
    text = style.find("labeling/settings/text-style")
    assert text is not None
    assert (style.attrib["labelsEnabled"], text.attrib["fieldName"]) == ("1", "name")


def test_hostile_names_stay_text_in_the_legend(hostile_assessment: Assessment) -> None:
    styles = build_layer_styles(hostile_assessment, day=hostile_assessment.evidence.as_of)
    labels = [category.attrib["label"] for category in style_of(styles, "options").iter("category")]
    assert all("<script>" in label and "=cmd()" in label for label in labels)
