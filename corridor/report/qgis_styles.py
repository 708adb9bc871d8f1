"""How QGIS draws the layers of a run: options in their colours, posts as circles by hours, places with their names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from xml.etree.ElementTree import Element, tostring

import pandas as pd

from corridor.analysis.assessment import Assessment
from corridor.report.naming import option_title
from corridor.report.palette import (
    INK,
    LEAST_POST_RADIUS_PT,
    POST_RADIUS_PT_PER_ROOT_H,
    OptionStyle,
    option_styles,
)
from corridor.report.xml_text import add

GEOMETRY_COLUMN = "geom"
LINE_WIDTH_MM = 0.9
DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
OLDEST_QGIS = "3.22.0"
"""Version that the styles say they were written by; later ones read them too."""

EXPRESSION = "3"
"""What QGIS calls a property that is computed."""

POST_SIZE_PT = f'2 * ({LEAST_POST_RADIUS_PT} + {POST_RADIUS_PT_PER_ROOT_H} * sqrt("hours"))'
PLACE_SIZE_PT = "8.5"


def build_layer_styles(assessment: Assessment, *, day: date) -> pd.DataFrame:
    """The table `layer_styles` in which QGIS looks for the style of each layer of a GeoPackage."""
    styles = {"options": _option_style(assessment), "posts": _post_style(), "places": _place_style()}
    rows = [_style_row(layer, style) for layer, style in styles.items()]
    return pd.DataFrame(rows).assign(update_time=datetime.combine(day, time()))


def _style_row(layer: str, style: Element) -> Mapping[str, object]:
    """One row; QGIS looks for an empty schema, not for none."""
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": layer,
        "f_geometry_column": GEOMETRY_COLUMN,
        "styleName": layer,
        "styleQML": DOCTYPE + tostring(style, encoding="unicode"),
        "styleSLD": "",
        "useAsDefault": True,
        "description": f"The {layer} as in the report",
        "owner": "",
        "ui": "",
    }


def _option_style(assessment: Assessment) -> Element:
    """One line symbol per option, in the colours and dashes of the report."""
    style = _style(labelled=False)
    renderer = _renderer(style, "categorizedSymbol", attr="label")
    categories, symbols = add(renderer, "categories"), add(renderer, "symbols")
    looks = option_styles(assessment.all_options)
    for number, option in enumerate(assessment.all_options):
        title = option_title(option, assessment.all_options, assessment.evidence)
        text = f"{option.label}: {title}{'' if option.is_open else ' (closed)'}"
        category = {"type": "string", "value": option.label, "symbol": str(number), "label": text}
        add(categories, "category", render="true", **category)
        _add_symbol(symbols, str(number), "line", "SimpleLine", _line_options(looks[option.label]))
    return style


def _line_options(look: OptionStyle) -> Mapping[str, str]:
    return {
        "line_color": _rgba(look.color),
        "line_style": "solid",
        "line_width": str(LINE_WIDTH_MM),
        "line_width_unit": "MM",
        "capstyle": "flat" if look.dash else "round",
        "joinstyle": "round",
        "use_custom_dash": "1" if look.dash else "0",
        "customdash": ";".join(f"{LINE_WIDTH_MM * width:.2f}" for width in look.dash) or "5;2",
        "customdash_unit": "MM",
    }


def _post_style() -> Element:
    """White circles whose area grows with the hours, the longest below the others."""
    style = _style(labelled=False)
    renderer = _renderer(style, "singleSymbol", enableorderby="1")
    circle = {"name": "circle", "color": "255,255,255,217", "outline_color": _rgba(INK), "outline_width": "0.45"}
    layer = _add_symbol(add(renderer, "symbols"), "0", "marker", "SimpleMarker", circle | _marker_size("6"))
    _add_computed_size(layer, POST_SIZE_PT)
    order = add(renderer, "orderby")
    add(order, "orderByClause", '"hours"', asc="0", nullsFirst="0")
    return style


def _place_style() -> Element:
    """Squares with the names of origin and destination."""
    style = _style(labelled=True)
    square = {"name": "square", "color": _rgba(INK), "outline_color": "255,255,255,255", "outline_width": "0.5"}
    symbols = add(_renderer(style, "singleSymbol"), "symbols")
    _add_symbol(symbols, "0", "marker", "SimpleMarker", square | _marker_size(PLACE_SIZE_PT))
    settings = add(add(style, "labeling", type="simple"), "settings")
    text = add(settings, "text-style", fieldName="name", fontSize="11", fontSizeUnit="Point", textColor=_rgba(INK))
    add(text, "text-buffer", bufferDraw="1", bufferSize="1", bufferSizeUnits="MM", bufferColor="255,255,255,217")
    return style


def _marker_size(size_pt: str) -> dict[str, str]:
    return {"size": size_pt, "size_unit": "Point", "scale_method": "diameter", "outline_width_unit": "MM"}


def _style(*, labelled: bool) -> Element:
    attributes = {"version": OLDEST_QGIS, "styleCategories": "Symbology|Labeling"}
    return Element("qgis", attributes | {"labelsEnabled": "1" if labelled else "0"})


def _renderer(style: Element, kind: str, **attributes: str) -> Element:
    return add(style, "renderer-v2", type=kind, symbollevels="0", forceraster="0", **attributes)


def _add_symbol(symbols: Element, name: str, kind: str, layer_class: str, options: Mapping[str, str]) -> Element:
    """Add a symbol of one layer; returns that layer."""
    symbol = add(symbols, "symbol", type=kind, name=name, alpha="1", clip_to_extent="1", force_rhr="0")
    layer = add(symbol, "layer", **{"class": layer_class}, enabled="1", locked="0")
    layer.set("pass", "0")
    listed = add(layer, "Option", type="Map")
    for key, value in options.items():
        _add_option(listed, key, "QString", value)
    return layer


def _add_computed_size(layer: Element, expression: str) -> None:
    """Let the size of a marker follow from its feature."""
    collection = add(add(layer, "data_defined_properties"), "Option", type="Map")
    _add_option(collection, "name", "QString", "")
    size = _add_map(_add_map(collection, "properties"), "size")
    _add_option(size, "active", "bool", "true")
    _add_option(size, "expression", "QString", expression)
    _add_option(size, "type", "int", EXPRESSION)
    _add_option(collection, "type", "QString", "collection")


def _add_map(parent: Element, name: str) -> Element:
    return add(parent, "Option", type="Map", name=name)


def _add_option(parent: Element, name: str, kind: str, value: str) -> None:
    add(parent, "Option", name=name, type=kind, value=value)


def _rgba(color: str) -> str:
    """A colour as QGIS writes it.

    Examples
    --------
    >>> _rgba("#1b4f9c")
    '27,79,156,255'
    """
    red, green, blue = bytes.fromhex(color[1:])
    return f"{red},{green},{blue},255"
