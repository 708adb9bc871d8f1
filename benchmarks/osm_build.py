"""Building a network from an OpenStreetMap extract: time and memory beside peers, and memory by size of the file.

    python -m benchmarks.osm_build            # about a quarter of an hour
    python -m benchmarks.osm_build --quick    # small files, to see that it runs

The extracts are made on the spot (`large_extracts`), so that they need no download and everyone has the same. Each
figure is one run of a process of its own, or the median of five where it says so, with the file in the disk cache;
memory is that of the process and all that it starts, looked at every 20 ms.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium

from benchmarks.large_extracts import BYTES_PER_MB, DESERT, ROAD_SHARE, TOWNS, Area, plan_extract, write_large_extract
from benchmarks.process_meter import Measured, measure_process

BUILD_COMMAND = (str(Path(sys.executable).with_name("corridor")), "network", "build", "--pbf", "{file}", "-o", "{out}")
PEERS_SCRIPT = Path(__file__).with_name("osm_peers.py")

READ = "corridor, reading alone, median of 5"
BARE = "pyosmium, bare pass with the same filter, median of 5"

CONTINENT_MB = 9000
"""All extracts of the corridor countries together, about."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Megabytes of the files: for pyrosm and the bare pass, for OSMnx, and of the curves.

    OSMnx reads XML, which is about 33 times the size given here.
    """

    peer_mb: float
    osmnx_pbf_mb: tuple[float, ...]
    curve_mb: tuple[float, ...]


FULL = Sizes(100, (0.3, 3, 10), (50, 100, 200, 400))
QUICK = Sizes(2, (0.3,), (1, 2, 4))


@dataclass(frozen=True, slots=True)
class Run:
    """A command on a file; `inner_s` leaves out its imports, None where it does not say."""

    name: str
    file_mb: float
    measured: Measured
    inner_s: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A goal: the ratio must be at least, or at most, so much."""

    claim: str
    ratio: float
    goal: float
    at_least: bool

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal


@dataclass(frozen=True, slots=True)
class Curve:
    """Runs of the build on files of several sizes."""

    name: str
    runs: tuple[Run, ...]

    def line(self, quantity: str) -> tuple[float, float]:
        """Least-squares line of some memory: MiB at nothing, MiB a megabyte of file."""
        memory_mib = [getattr(run.measured, quantity) for run in self.runs]
        slope, at_zero = np.polyfit([run.file_mb for run in self.runs], memory_mib, 1)
        return float(at_zero), float(slope)


def measure_build(path: Path) -> Run:
    """`corridor network build` of one file; a second run finds out how long it takes without imports."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        filled = [part.format(file=path, out=Path(folder) / "network") for part in BUILD_COMMAND]
        measured = measure_process(filled)
    inside = measure_peer("corridor-build", path, title="")
    return Run("corridor network build", _megabytes(path), measured, inside.inner_s)


def measure_peer(name: str, path: Path, *, title: str) -> Run:
    """One of the ways to read a file in `osm_peers`."""
    measured = measure_process([sys.executable, str(PEERS_SCRIPT), name, str(path)])
    return Run(title, _megabytes(path), measured, float(measured.said.split()[0]))


def measure_beside_pyrosm(path: Path) -> tuple[list[Run], list[Bar]]:
    """Build beside pyrosm, and read beside a bare pass of pyosmium, in turn, on one file."""
    build = measure_build(path)
    pairs = [(measure_peer("corridor", path, title=READ), measure_peer("pyosmium", path, title=BARE)) for _ in range(5)]
    read, bare = (_median_run(runs) for runs in zip(*pairs, strict=True))
    peer = measure_peer("pyrosm", path, title="pyrosm, get_network and to_graph")
    return [build, read, bare, peer], [*_pyrosm_bars(build, peer), _reading_bar(read, bare)]


def measure_beside_osmnx(extract: Path, xml: Path) -> tuple[list[Run], list[Bar]]:
    """Build beside OSMnx on one extract: as it is shipped, and as the XML that OSMnx can read."""
    build, peer = measure_build(extract), measure_peer("osmnx", xml, title="osmnx, graph_from_xml of the same as XML")
    claim = f"times faster than osmnx on an extract of {_megabytes(extract):.1f} MB"
    bars = [Bar(claim, peer.measured.wall_s / build.measured.wall_s, 20, at_least=True)]
    if build.inner_s and peer.inner_s:
        bars.append(Bar(f"{claim}, without imports", peer.inner_s / build.inner_s, 20, at_least=True))
    return [build, peer], bars


def _pyrosm_bars(build: Run, peer: Run) -> list[Bar]:
    ours, theirs = build.measured, peer.measured
    return [
        Bar("times faster than pyrosm", theirs.wall_s / ours.wall_s, 4, at_least=True),
        Bar("peak memory, share of pyrosm's", ours.peak_mib / theirs.peak_mib, 0.5, at_least=False),
        Bar("memory of its own, share of pyrosm's", ours.anon_mib / theirs.anon_mib, 0.5, at_least=False),
    ]


def _median_run(runs: Sequence[Run]) -> Run:
    return sorted(runs, key=lambda run: run.inner_s or run.measured.wall_s)[len(runs) // 2]


def _reading_bar(read: Run, bare: Run) -> Bar:
    if read.inner_s is None or bare.inner_s is None:
        raise SystemExit("the time of reading is unknown; expected both processes to say it")
    return Bar("reading, times a bare pass", read.inner_s / bare.inner_s, 2.5, at_least=False)


def _megabytes(path: Path) -> float:
    return path.stat().st_size / BYTES_PER_MB


def write_as_xml(extract: Path, xml: Path) -> Path:
    """The same objects as an `.osm` file."""
    with osmium.SimpleWriter(str(xml), overwrite=True) as writer:
        for thing in osmium.FileProcessor(str(extract)):
            writer.add(thing)
    return xml


def write_file(folder: Path, megabytes: float, *, road_ways: int | None = None, area: Area = TOWNS) -> Path:
    """An extract of a size, with so many ways of main roads or a share of them; it takes the place of the last one."""
    path = folder / "extract.osm.pbf"
    _tell(f"writing an extract of {megabytes:g} MB")
    write_large_extract(path, megabytes=megabytes, road_ways=road_ways, area=area)
    return path


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run_table(runs: Sequence[Run]) -> str:
    """Runs as a Markdown table."""
    head = "| what | file | wall | without imports | peak memory | of its own | pages of files |"
    rows = [
        f"| {run.name} | {run.file_mb:.1f} MB | {run.measured.wall_s:.1f} s | "
        f"{'' if run.inner_s is None else f'{run.inner_s:.2f} s'} | {run.measured.peak_mib:.0f} MiB | "
        f"{run.measured.anon_mib:.0f} MiB | {run.measured.file_mib:.0f} MiB |"
        for run in runs
    ]
    return "\n".join([head, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |", *rows])


def bar_table(bars: Sequence[Bar]) -> str:
    """Goals as a Markdown table."""
    rows = [
        f"| {bar.claim} | {bar.ratio:.2f} | {'at least' if bar.at_least else 'at most'} {bar.goal:g} | "
        f"{'yes' if bar.is_met else 'no'} |"
        for bar in bars
    ]
    return "\n".join(["| goal | measured | expected | met |", "| --- | ---: | ---: | --- |", *rows])


def curve_table(curve: Curve) -> str:
    """Runs of a curve, then the line through them and where it would lead."""
    lines = [
        f"{what}: {at_zero:.0f} MiB and {1000 * slope:.0f} MiB a GB of file; "
        f"on {CONTINENT_MB / 1000:g} GB that would be {at_zero + slope * CONTINENT_MB:,.0f} MiB."
        for what, quantity in (("Of its own", "anon_mib"), ("Peak", "peak_mib"))
        for at_zero, slope in [curve.line(quantity)]
    ]
    return "\n\n".join([f"{curve.name}:", run_table(curve.runs), *lines])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="small files")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for table in _tables(Path(folder), QUICK if options.quick else FULL):
            print(f"{table}\n", flush=True)


def _tables(folder: Path, sizes: Sizes) -> Iterator[str]:
    runs, bars = _beside_peers(folder, sizes)
    yield f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    yield run_table(runs)
    yield bar_table(bars)
    grown = f"Main roads grow with the file (1 way in {1 / ROAD_SHARE:.0f}), lower roads near places are kept too"
    yield curve_table(Curve(grown, _curve_runs(folder, sizes.curve_mb)))
    ways = plan_extract(min(sizes.curve_mb), area=DESERT).road_ways
    fixed = f"The same {ways:,} ways of main roads in every file, and no place near"
    yield curve_table(Curve(fixed, _curve_runs(folder, sizes.curve_mb, road_ways=ways, area=DESERT)))


def _beside_peers(folder: Path, sizes: Sizes) -> tuple[list[Run], list[Bar]]:
    extract = write_file(folder, sizes.peer_mb)
    runs, bars = measure_beside_pyrosm(extract)
    for megabytes in sizes.osmnx_pbf_mb:
        small = write_file(folder, megabytes)
        xml_runs, xml_bars = measure_beside_osmnx(small, write_as_xml(small, folder / "small.osm"))
        runs, bars = [*runs, *xml_runs], [*bars, *xml_bars]
    return runs, bars


def _curve_runs(
    folder: Path, sizes: Sequence[float], *, road_ways: int | None = None, area: Area = TOWNS
) -> tuple[Run, ...]:
    return tuple(measure_build(write_file(folder, size, road_ways=road_ways, area=area)) for size in sizes)


if __name__ == "__main__":
    main()
