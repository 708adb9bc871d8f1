"""One way to read OpenStreetMap data, in a process of its own: seconds from the first look at the file to the end.

    python benchmarks/osm_peers.py pyrosm|osmnx|pyosmium|corridor|corridor-build FILE

Libraries are imported before the clock starts. Needs only the library it is asked for.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corridor.network.osm.reading import Areas

Work = Callable[[], str]


def build_with_pyrosm(path: Path) -> Work:
    """The roads for cars and their graph in pyrosm, as its guide does it."""
    from pyrosm import OSM

    def work() -> str:
        osm = OSM(str(path))
        nodes, edges = osm.get_network("driving", nodes=True)
        graph = osm.to_graph(nodes, edges, graph_type="networkx")
        return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"

    return work


def build_with_osmnx(path: Path) -> Work:
    """The graph of an XML file in OSMnx, simplified, as is its default."""
    import osmnx

    def work() -> str:
        graph = osmnx.graph_from_xml(path)
        return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"

    return work


def count_with_pyosmium(path: Path) -> Work:
    """The ways and points that pass corridor's own filter, counted and nothing else."""
    import osmium

    from corridor.network.osm.reading import POINT_TAGS

    classes = sorted(_default_areas())

    def work() -> str:
        reader = osmium.io.Reader(str(path), osmium.osm.NODE | osmium.osm.WAY)
        roads = osmium.filter.TagFilter(*(("highway", name) for name in classes), ("route", "ferry"))
        points = osmium.filter.TagFilter(*POINT_TAGS)
        roads.enable_for(osmium.osm.WAY)
        points.enable_for(osmium.osm.NODE)
        return f"{sum(1 for _ in osmium.OsmFileIterator(reader, roads, points))} objects"

    return work


def read_with_corridor(path: Path) -> Work:
    """What corridor reads of the file, before anything is built."""
    from corridor.network.osm.reading import read_osm_file

    areas = _default_areas()
    return lambda: f"{read_osm_file(path, areas=areas).ways} ways"


def build_with_corridor(path: Path) -> Work:
    """`corridor network build`, in this process."""
    import corridor.network.osm.build
    import corridor.network.osm.composite  # noqa: F401
    from corridor.cli import app

    def work() -> str:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder, redirect_stdout(io.StringIO()) as said:
            app(["network", "build", "--pbf", str(path), "-o", f"{folder}/network"], standalone_mode=False)
        return said.getvalue().strip()

    return work


def _default_areas() -> Areas:
    """Classes and where they are read, as in `corridor network build` without options."""
    from corridor.bundled import data_path
    from corridor.evidence import read_evidence
    from corridor.network.osm.build import areas_read
    from corridor.network.osm.composite import read_composite

    evidence = read_evidence()
    composite = read_composite(data_path("network", "osm_classes.csv"), countries=sorted(evidence.countries))
    return areas_read(composite, evidence)


WAYS_TO_READ = {
    "pyrosm": build_with_pyrosm,
    "osmnx": build_with_osmnx,
    "pyosmium": count_with_pyosmium,
    "corridor": read_with_corridor,
    "corridor-build": build_with_corridor,
}


def main() -> None:
    """Print the seconds and what came out."""
    warnings.simplefilter("ignore")
    name, path = sys.argv[1:]
    work = WAYS_TO_READ[name](Path(path))
    start = time.perf_counter()
    found = work()
    print(f"{time.perf_counter() - start:.6f} {found}")


if __name__ == "__main__":
    main()
