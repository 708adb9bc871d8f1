"""Damaged and hostile OpenStreetMap files, and a reader of them in a process that may crash or hang.

    python -m tests.network.osm.hostile_bytes    # a line "read PATH" or "build PATH" in, a line of JSON out

libosmium is C++: what goes wrong in it ends the process or never ends, so that a test must look on from outside.
"""

from __future__ import annotations

import json
import resource
import select
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.pbf_blocks import field, folded, number_field, steps, varints
from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence import Evidence, read_evidence
from corridor.network.osm.build import build_osm_network
from corridor.network.osm.composite import Composite, read_composite
from corridor.network.osm.extract import Extract
from corridor.network.osm.reading import read_osm_file

ANSWER_WITHIN_S = 30.0
KIB_PER_MIB = 1024
NANODEGREES = 1e9

AREAS = {"trunk": None, "primary": None}
TRUNK = {"highway": "trunk"}


@dataclass(frozen=True)
class Answer:
    """What became of a file.

    Parameters
    ----------
    fault : message of the DataError; empty where there was none
    crash : kind and message of any other exception
    roads : [way id, node ids, lon_e7, lat_e7, tags] of each piece of a way
    points : [node id, lon_e7, lat_e7, kind]
    contradictions : what in the extract or network cannot be
    edges : of the network, where one was built
    grown_mib : by how much the most memory ever held rose
    """

    fault: str = ""
    crash: str = ""
    roads: Sequence[object] = ()
    points: Sequence[object] = ()
    dropped: Mapping[str, int] | None = None
    contradictions: Sequence[str] = ()
    edges: int = 0
    grown_mib: float = 0.0


class WatchedReader:
    """A process that reads files and is started again after it had to be ended."""

    def __init__(self) -> None:
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.network.osm.hostile_bytes"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, verb: str, path: Path) -> Answer:
        """Read or build a file; AssertionError where that crashes or takes longer than `ANSWER_WITHIN_S`."""
        questions, answers = self.process.stdin, self.process.stdout
        assert questions
        assert answers
        questions.write(f"{verb} {path}\n".encode())
        questions.flush()
        ready, _, _ = select.select([answers], [], [], ANSWER_WITHIN_S)
        line = answers.readline() if ready else b""
        if not line:
            self.close()
            status, self.process = self.process.returncode, self._start()
            raise AssertionError(f"{verb} {path}: {f'crashed, status {status}' if ready else 'hangs'}")
        return Answer(**json.loads(line))

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def watched_reader() -> Iterator[WatchedReader]:
    reader = WatchedReader()
    try:
        yield reader
    finally:
        reader.close()


def answer_all() -> None:
    """Answer each line of the standard input."""
    verbs = {"read": answer_read, "build": answer_build}
    for line in sys.stdin:
        verb, path = line.rstrip("\n").split(" ", maxsplit=1)
        print(json.dumps(asdict(_answer(verbs[verb], Path(path)))), flush=True)  # noqa: T201


def _answer(verb: Callable[[Path], Answer], path: Path) -> Answer:
    before_mib = most_mib()
    try:
        answer = verb(path)
    except DataError as error:
        answer = Answer(fault=str(error))
    except Exception as error:  # every other kind is what the tests look for
        answer = Answer(crash=f"{type(error).__name__}: {error}")
    return replace(answer, grown_mib=most_mib() - before_mib)


def answer_read(path: Path) -> Answer:
    extract = read_osm_file(path, areas=AREAS)
    return Answer(
        roads=roads_of(extract),
        points=np.column_stack(
            [extract.point_id, extract.point_lon_e7, extract.point_lat_e7, extract.point_kind]
        ).tolist(),
        dropped=extract.dropped,
        contradictions=contradictions(extract),
    )


def answer_build(path: Path) -> Answer:
    evidence, composite = tables()
    with tempfile.TemporaryDirectory() as folder:
        network, _, _ = build_osm_network(
            [path], evidence, composite=composite, parts_folder=Path(folder), progress=lambda _: None
        )
    on_globe = (np.abs(network.node_lon) <= 180).all() and (np.abs(network.node_lat) <= 90).all()
    return Answer(edges=network.edge_count, contradictions=[] if on_globe else ["a node off the globe"])


@cache
def tables() -> tuple[Evidence, Composite]:
    evidence = read_evidence()
    return evidence, read_composite(data_path("network", "osm_classes.csv"), countries=list(evidence.countries))


def most_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB


def roads_of(extract: Extract) -> list[object]:
    nodes, lon_e7, lat_e7 = (
        [column.tolist() for column in np.split(values, extract.ref_start[1:-1])] if extract.ways else []
        for values in (extract.node_id, extract.lon_e7, extract.lat_e7)
    )
    tags = [extract.tag_sets[number] for number in extract.tag_set]
    return [list(road) for road in zip(extract.way_id.tolist(), nodes, lon_e7, lat_e7, tags, strict=True)]


def contradictions(extract: Extract) -> list[str]:
    """What cannot be in any extract."""
    refs = int(extract.ref_start[-1])
    places = np.column_stack([extract.node_id, extract.lon_e7, extract.lat_e7])
    lon_e7 = np.append(extract.lon_e7, extract.point_lon_e7)
    lat_e7 = np.append(extract.lat_e7, extract.point_lat_e7)
    wrong = {
        "lengths of the columns of nodes": not len(extract.node_id)
        == len(extract.lon_e7)
        == len(extract.lat_e7)
        == refs,
        "lengths of the columns of ways": not len(extract.ref_start) - 1 == len(extract.tag_set) == len(extract.road),
        "a way of fewer than two nodes": bool((np.diff(extract.ref_start) < 2).any()),
        "a place off the globe": bool((np.abs(lon_e7) > 1_800_000_000).any() or (np.abs(lat_e7) > 900_000_000).any()),
        "a node at two places": len(np.unique(places, axis=0)) != len(np.unique(extract.node_id)),
        "a negative node id": bool((extract.node_id < 0).any()),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def osm_xml(*elements: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>', root: str = "osm") -> str:
    return f'{head}\n<{root} version="0.6">\n' + "\n".join(elements) + f"\n</{root}>\n"


def xml_node(node_id: object, lon: object, lat: object, extra: str = "", inside: str = "") -> str:
    return f'<node id="{node_id}" version="1" lon="{lon}" lat="{lat}" {extra}>{inside}</node>'


def xml_way(way_id: object, refs: Sequence[object], tags: Mapping[str, str] = TRUNK, extra: str = "") -> str:
    nodes = "".join(f'<nd ref="{ref}"/>' for ref in refs)
    return f'<way id="{way_id}" version="1" {extra}>{nodes}{"".join(xml_tag(*tag) for tag in tags.items())}</way>'


def xml_tag(key: str, value: str) -> str:
    return f'<tag k="{key}" v="{value}"/>'


def pbf_blob(kind: bytes, payload: bytes, *, raw_bytes: int | None = None, is_packed: bool = True) -> bytes:
    """A block of a file; `raw_bytes` is how long it says it is when unpacked."""
    said = number_field(2, len(payload) if raw_bytes is None else raw_bytes)
    blob = said + field(3, zlib.compress(payload, 9)) if is_packed else field(1, payload)
    head = field(1, kind) + number_field(3, len(blob))
    return struct.pack(">I", len(head)) + head + blob


def pbf_header(*features: bytes, is_packed: bool = True) -> bytes:
    needed = b"".join(field(4, feature) for feature in (b"OsmSchema-V0.6", b"DenseNodes", *features))
    return pbf_blob(b"OSMHeader", needed, is_packed=is_packed)


def pbf_nodes(places: Mapping[int, tuple[float, float]], *, is_packed: bool = True) -> bytes:
    """A block of nodes: id -> lon, lat, on the globe or not."""
    units = np.array(list(places.values())) * NANODEGREES / 100
    lon, lat = np.rint(units).astype(np.int64).T
    ids = np.array(list(places), dtype=np.int64)
    dense = field(1, varints(steps(ids))) + field(8, varints(steps(lat))) + field(9, varints(steps(lon)))
    return pbf_group(field(2, dense), [b""], is_packed=is_packed)


def pbf_ways(
    ways: Mapping[int, Sequence[int]], *, tags: Mapping[bytes, bytes], strings_left_out: int = 0, is_packed: bool = True
) -> bytes:
    """A block of ways, all of the same tags."""
    strings = [b"", *(text for tag in tags.items() for text in tag)]
    keys, values = (varints(list(range(first, len(strings), 2))) for first in (1, 2))
    body = b"".join(
        field(
            3,
            number_field(1, way_id)
            + field(2, keys)
            + field(3, values)
            + field(8, varints(folded(np.diff(refs, prepend=0)))),
        )
        for way_id, refs in ways.items()
    )
    return pbf_group(body, strings[: len(strings) - strings_left_out], is_packed=is_packed)


def pbf_group(group: bytes, strings: Sequence[bytes], *, is_packed: bool = True) -> bytes:
    table = b"".join(field(1, text) for text in strings)
    return pbf_blob(b"OSMData", field(1, table) + field(2, group), is_packed=is_packed)


if __name__ == "__main__":
    answer_all()
