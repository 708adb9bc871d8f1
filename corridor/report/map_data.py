"""What the interactive map draws: lines, posts and names as JSON for the page's script."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from markupsafe import Markup

from corridor.analysis.assessment import Assessment, Option
from corridor.boundaries import land_features, line_features
from corridor.report.background import ATTRIBUTION, Floats
from corridor.report.ground import countries_of
from corridor.report.map_names import large_cities
from corridor.report.map_posts import busiest_visits
from corridor.report.naming import country_name, short_post_name
from corridor.report.palette import SEA_DASH, ink_on, option_styles
from corridor.report.post_rows import PostRow, build_post_row
from corridor.report.profile import PostVisit
from corridor.report.road_ranks import RoadRank, lines_by_rank
from corridor.report.tracks import Track, build_tracks, lane_scale, letter_indices

DECIMALS = 3
ROAD_DECIMALS = 2
TOLERANCE_DEG = 0.003
MOST_CITIES = 45


def safe_json(value: object) -> Markup:
    r"""JSON that may stand inside a script element: no tag can open or close in it.

    Examples
    --------
    >>> str(safe_json("</script>"))
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return escaped_json(text)


def escaped_json(text: str) -> Markup:
    """JSON text with the characters that mean something in HTML or end a line of script escaped."""
    escapes = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
    for character, escape in escapes.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - nothing that HTML could take for a tag is left in it


def build_background_json(boundaries: str) -> Markup:
    """Land and lines between countries, in a view of them (`corridor.boundaries.line_features`)."""
    return safe_json({"type": "FeatureCollection", "features": [*land_features(), *line_features(boundaries)]})


def build_map_data(assessment: Assessment) -> dict[str, Any]:
    """Everything the script needs besides the background."""
    tracks = build_tracks(assessment.all_options)
    return {
        "attribution": ATTRIBUTION,
        "bounds": _bounds(tracks),
        "seaDash": list(SEA_DASH),
        "laneScale": round(lane_scale(tracks), 3),
        "countries": sorted(countries_of(assessment)),
        "countryNames": _country_names(assessment),
        "roads": [_roads(rank, lines) for rank, lines in lines_by_rank(assessment.network.background)],
        "options": _options(assessment, tracks),
        "posts": _posts(assessment),
        "places": _places(assessment),
    }


def _roads(rank: RoadRank, lines: Sequence[Floats]) -> dict[str, Any]:
    return {
        "rank": rank.name,
        "color": rank.color,
        "width": rank.width_share,
        "lines": [np.round(line, ROAD_DECIMALS).tolist() for line in lines],
    }


def _pairs(lon: Floats, lat: Floats, *, decimals: int) -> list[list[float]]:
    line = shapely.simplify(shapely.LineString(np.column_stack([lon, lat])), TOLERANCE_DEG)
    pairs: list[list[float]] = np.round(shapely.get_coordinates(line), decimals).tolist()
    return pairs


def _bounds(tracks: Mapping[str, Track]) -> list[list[float]]:
    lon = np.concatenate([track.lon for track in tracks.values()])
    lat = np.concatenate([track.lat for track in tracks.values()])
    return [[float(lon.min()), float(lat.min())], [float(lon.max()), float(lat.max())]]


def _options(assessment: Assessment, tracks: Mapping[str, Track]) -> list[dict[str, Any]]:
    styles = option_styles(assessment.all_options)
    letters = letter_indices(assessment.all_options, tracks)
    return [
        {
            "label": option.label,
            "color": styles[option.label].color,
            "ink": ink_on(styles[option.label].color),
            "dash": list(styles[option.label].dash),
            "isOpen": option.is_open,
            "letter": _point(tracks[option.label], letters[option.label]),
            "pieces": _pieces(tracks[option.label]),
        }
        for option in assessment.all_options
    ]


def _point(track: Track, index: int) -> list[float]:
    return [round(float(track.lon[index]), DECIMALS), round(float(track.lat[index]), DECIMALS)]


def _pieces(track: Track) -> list[dict[str, Any]]:
    """The line of an option cut where others join or leave it, or at a shore; neighbouring pieces share a point."""
    shores = np.flatnonzero(np.diff(track.at_sea)) + 1
    meetings = [np.flatnonzero(np.diff(shared)) + 1 for shared in track.beside.values()]
    cuts = np.unique(np.concatenate([shores, *meetings]))
    starts, ends = [0, *cuts], [*cuts, len(track.lon) - 1]
    return [
        {
            "beside": [label for label, shared in track.beside.items() if shared[start]],
            "sea": bool(track.at_sea[start]),
            "line": _pairs(track.lon[start : end + 1], track.lat[start : end + 1], decimals=DECIMALS),
        }
        for start, end in zip(starts, ends, strict=True)
        if end > start
    ]


def _posts(assessment: Assessment) -> list[dict[str, Any]]:
    """Every post once, longest stop first, with the text of its popup."""
    closed = {post.crossing_id: post.reason for option in assessment.closed_options for post in option.closed_posts}
    return [
        _post(visit, build_post_row(visit, assessment.evidence), _users(visit, assessment.all_options), closed)
        for visit in busiest_visits(assessment)
    ]


def _users(visit: PostVisit, options: Sequence[Option]) -> list[str]:
    return [option.label for option in options if visit.crossing_id in option.post_ids]


def _post(visit: PostVisit, row: PostRow, users: list[str], closed: Mapping[str, str]) -> dict[str, Any]:
    lines = [
        ["Queue", f"{row.queue.text} ({row.queue.evidence}; grade {row.queue.grade})"],
        ["Exit side", f"{row.exit_side.text} ({row.exit_side.evidence}; grade {row.exit_side.grade})"],
        ["Entry side", f"{row.entry_side.text} ({row.entry_side.evidence}; grade {row.entry_side.grade})"],
        *([["Ferry", row.sea]] if row.sea else []),
        ["Fees", row.fees],
        ["Options", ", ".join(users)],
    ]
    return {
        "id": visit.crossing_id,
        "name": short_post_name(visit.name),
        "title": f"{visit.name}: {row.direction}",
        "hours": round(visit.hours, 1),
        "at": [round(visit.lon, DECIMALS), round(visit.lat, DECIMALS)],
        "options": users,
        "closed": closed.get(visit.crossing_id, ""),
        "lines": lines,
    }


def _places(assessment: Assessment) -> list[dict[str, Any]]:
    """The two ends first, then large cities, largest first."""
    ends = [
        {"name": name, "at": list(at), "isEnd": True}
        for name, at in (
            (assessment.origin_name, assessment.origin_lon_lat),
            (assessment.destination_name, assessment.destination_lon_lat),
        )
    ]
    named = {assessment.origin_name, assessment.destination_name}
    return ends + [
        {"name": place.name, "at": [place.lon, place.lat], "isEnd": False}
        for place in large_cities(assessment.evidence)[:MOST_CITIES]
        if place.name not in named
    ]


def _country_names(assessment: Assessment) -> dict[str, str]:
    """Code -> name of the countries passed; where it is written, the background says."""
    return {code: country_name(code, assessment.evidence) for code in sorted(countries_of(assessment))}
