"""The same lines and tables as a report, as one HTML file of plotly: the peer that opens without the internet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from corridor.analysis.assessment import Assessment
from corridor.boundaries import NEUTRAL, land_features, line_features
from corridor.report.evidence_used import build_used_figures
from corridor.report.ledger_csv import EVIDENCE_COLUMNS, POST_COLUMNS, evidence_cells, post_cells
from corridor.report.map_data import build_map_data
from corridor.report.profile import build_money_steps, build_time_steps

MAP_HEIGHT_PX, TABLE_HEIGHT_PX = 640, 900
IS_DRAWN = "window.drawn === true"
"""True in the page once its map is drawn."""

Line = Sequence[Sequence[float]]


def build_peer(assessment: Assessment) -> str:
    """A page with the map (land, borders, roads, options, posts), both staircases and three tables.

    Raises
    ------
    ModuleNotFoundError
        plotly is not installed.
    """
    figures = [_map(assessment), *_staircases(assessment), *_tables(assessment)]
    first = figures[0].to_html(full_html=False, include_plotlyjs=True, post_script="window.drawn = true;")
    rest = [figure.to_html(full_html=False, include_plotlyjs=False) for figure in figures[1:]]
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Peer</title></head>'
    return f"{head}<body>{first}{''.join(rest)}</body></html>"


def _map(assessment: Assessment) -> Any:
    from plotly import graph_objects as go

    data = build_map_data(assessment)
    figure = go.Figure(layout={"height": MAP_HEIGHT_PX, "yaxis": {"scaleanchor": "x"}})
    figure.add_trace(_lines(_rings("land"), color="#a9bfcc", fill="toself", name="land"))
    figure.add_trace(_lines(_rings("border"), color="#b3aa9a", name="borders"))
    figure.add_trace(_lines(data["roads"], color="#cfc7b8", name="roads"))
    for option in data["options"]:
        lines = [piece["line"] for piece in option["pieces"]]
        figure.add_trace(_lines(lines, color=option["color"], width=3, name=option["label"]))
    posts = data["posts"]
    texts = [f"{post['title']}<br>" + "<br>".join(": ".join(line) for line in post["lines"]) for post in posts]
    lon, lat = zip(*(post["at"] for post in posts), strict=True)
    figure.add_trace(go.Scatter(x=lon, y=lat, text=texts, mode="markers", name="posts"))
    return figure


def _lines(lines: Iterable[Line], *, color: str, name: str, width: float = 0.7, fill: str | None = None) -> Any:
    """Many lines as one trace, with a gap after each."""
    from plotly import graph_objects as go

    points = [point for line in lines for point in (*line, (None, None))]
    lon, lat = zip(*points, strict=True)
    return go.Scatter(x=lon, y=lat, mode="lines", line={"color": color, "width": width}, fill=fill, name=name)


def _rings(kind: str) -> Iterator[Line]:
    """Outlines of the background."""
    for feature in (*land_features(), *line_features(NEUTRAL)):
        if feature["properties"]["kind"] == kind:
            yield from _flat(feature["geometry"]["coordinates"])


def _flat(coordinates: Any) -> Iterator[Line]:
    if isinstance(coordinates[0][0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from _flat(part)


def _staircases(assessment: Assessment) -> Iterator[Any]:
    from plotly import graph_objects as go

    for build in (build_time_steps, build_money_steps):
        figure = go.Figure()
        for option in assessment.all_options:
            steps = build(option)
            figure.add_trace(go.Scatter(x=[s.length_km for s in steps], y=[s.amount for s in steps], name=option.label))
        yield figure


def _tables(assessment: Assessment) -> Iterator[Any]:
    from plotly import graph_objects as go

    options = [
        (option.label, option.ledger.money_usd, option.generalised_cost_usd, option.ledger.time_h, option.length_km)
        for option in assessment.all_options
    ]
    evidence = [evidence_cells(row, assessment.evidence) for row in build_used_figures(assessment)]
    for header, rows in (
        (("option", "money_usd", "generalised_cost_usd", "time_h", "length_km"), options),
        (POST_COLUMNS, list(post_cells(assessment))),
        (EVIDENCE_COLUMNS, evidence),
    ):
        cells = {"values": [list(column) for column in zip(*rows, strict=True)]}
        yield go.Figure(go.Table(header={"values": header}, cells=cells), layout={"height": TABLE_HEIGHT_PX})
