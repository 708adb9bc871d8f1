"""A small area from an Overpass server, by way of OSMnx, as a file that the ordinary reader reads."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import osmium
import osmnx
import requests
from osmium.osm.mutable import Node, Way

from corridor.errors import DataError, ScenarioError
from corridor.network.geometry import great_circle_km
from corridor.network.osm.tag_rules import DRIVABLE

AREA_KM2_MAX = 10_000.0
"""More than that is a burden for a public server; extracts are made for it."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Box:
    """An area in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def area_km2(self) -> float:
        """Area, taken as flat."""
        middle = (self.south + self.north) / 2
        width_km = great_circle_km(lon_a=self.west, lat_a=middle, lon_b=self.east, lat_b=middle)
        height_km = great_circle_km(lon_a=self.west, lat_a=self.south, lon_b=self.west, lat_b=self.north)
        return float(width_km * height_km)


def read_box(text: str) -> Box:
    """The box of "west,south,east,north" in degrees.

    Raises
    ------
    ScenarioError
        The text is no box on the globe, or one larger than `AREA_KM2_MAX`.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise ScenarioError(_not_a_box(text)) from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ScenarioError(_not_a_box(text))
    box = Box(west, south, east, north)
    if box.area_km2 > AREA_KM2_MAX:
        raise ScenarioError(
            f"--overpass {text}: too large; expected at most {AREA_KM2_MAX:,.0f} km2, got {box.area_km2:,.0f} km2. "
            "Fetch the extracts of its countries instead: corridor network fetch COUNTRY."
        )
    return box


def _not_a_box(text: str) -> str:
    return (
        f"--overpass: expected WEST,SOUTH,EAST,NORTH in degrees, as 76.7,43.1,77.1,43.4, got {text[:60]!r}. "
        "West comes before east and south before north."
    )


def fetch_overpass(box: Box, target: Path, *, progress: Progress, server: str | None = None) -> Path:
    """Ask an Overpass server for the roads and ferries in a box and write them to `target`.

    Parameters
    ----------
    server : address of the interpreter's parent, as ``https://overpass-api.de/api``; OSMnx's own choice if None

    Raises
    ------
    DataError
        The server does not answer, or not with OpenStreetMap data.
    """
    progress(f"asking an Overpass server for {box.area_km2:,.0f} km2")
    with tempfile.TemporaryDirectory(prefix="corridor-") as folder:
        with _recording(Path(folder), server):
            try:
                osmnx.graph_from_bbox((box.west, box.south, box.east, box.north), custom_filter=_filters())
            except InterruptedError:
                pass  # what OSMnx raises when all replies are on disk and no graph is wanted
            except (requests.RequestException, ValueError, OSError) as error:
                raise DataError(
                    f"Overpass: {server or osmnx.settings.overpass_url} gave no data ({_short(error)}). Try again "
                    "later, or fetch the extracts of the countries: corridor network fetch COUNTRY."
                ) from error
        return write_replies(sorted(Path(folder).glob("*.json")), target)


def _short(error: Exception) -> str:
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return f"{type(error).__name__}: {str(error)[:200]}"


def _filters() -> list[str]:
    classes = "|".join(sorted(DRIVABLE))
    return [f'["highway"~"^({classes})$"]', '["route"="ferry"]']


@contextmanager
def _recording(folder: Path, server: str | None) -> Iterator[None]:
    """OSMnx's settings such that it writes replies to a folder and stops; as they were before at the end."""
    wanted: dict[str, Any] = {"use_cache": True, "cache_folder": str(folder), "cache_only_mode": True}
    if server:
        wanted |= {"overpass_url": server.rstrip("/"), "overpass_rate_limit": "overpass-api.de" in server}
    before = {name: getattr(osmnx.settings, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(osmnx.settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(osmnx.settings, name, value)


def write_replies(paths: Sequence[Path], target: Path) -> Path:
    """Replies of an Overpass server (JSON) as one OpenStreetMap file, each node and way once, in order of id.

    Raises
    ------
    DataError
        A file is no reply, says that the server gave up, or names an impossible place.
    """
    replies = [_read_reply(path) for path in paths]
    elements = [element for reply in replies for element in reply["elements"]]
    if not any(element.get("type") == "way" for element in elements):
        raise DataError("Overpass: the replies hold no road. Choose another area.")
    dates = [reply["osm3s"]["timestamp_osm_base"] for reply in replies if "osm3s" in reply]
    beside = target.with_name(f".{target.name.removesuffix('.osm.pbf')}-new.osm.pbf")
    try:
        _write(elements, min(dates, default=""), beside)
        beside.replace(target)
    except (KeyError, TypeError, ValueError, AttributeError, RuntimeError, OverflowError) as error:
        raise DataError(
            f"Overpass: a reply is damaged ({type(error).__name__}: {error}). Ask again, or for another area."
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def _read_reply(path: Path) -> dict[str, Any]:
    try:
        reply = json.loads(path.read_text(encoding="utf-8"))
        is_reply = isinstance(reply["elements"], list) and all(isinstance(row, dict) for row in reply["elements"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path.name}: not a reply of an Overpass server ({type(error).__name__}).") from error
    if not is_reply:
        raise DataError(f"{path.name}: not a reply of an Overpass server; expected a list of elements.")
    if "error" in str(reply.get("remark", "")):
        raise DataError(
            f"Overpass: the server gave up ({str(reply['remark'])[:200]}). Ask for a smaller area, or try again later."
        )
    return dict(reply)


def _write(elements: Iterable[Mapping[str, Any]], date: str, path: Path) -> None:
    nodes: dict[int, Node] = {}
    ways: dict[int, Way] = {}
    for element in elements:
        tags = {str(key): str(value) for key, value in element.get("tags", {}).items()}
        if element["type"] == "node":
            place = float(element["lon"]), float(element["lat"])
            nodes[int(element["id"])] = Node(id=int(element["id"]), location=place, version=1, tags=tags)
        elif element["type"] == "way":
            refs = [int(ref) for ref in element["nodes"]]
            ways[int(element["id"])] = Way(id=int(element["id"]), nodes=refs, version=1, tags=tags)
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", date)
    with osmium.SimpleWriter(str(path), overwrite=True, header=header) as file:
        for _, node in sorted(nodes.items()):
            file.add_node(node)
        for _, way in sorted(ways.items()):
            file.add_way(way)
