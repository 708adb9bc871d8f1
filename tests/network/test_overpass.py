from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import osmium
import osmnx
import pytest

from corridor.errors import DataError, ScenarioError
from corridor.network.osm.reading import read_osm_file
from corridor.network.overpass import fetch_overpass, read_box, write_replies

KARACHI = Path(__file__).parents[3] / "shared" / "osm" / "karachi_overpass.json"
ROADS = {"primary": None, "trunk": None}

NODES = [{"type": "node", "id": number, "lon": 67.0 + number / 1000, "lat": 24.9} for number in (1, 2, 3)]
WAY = {"type": "way", "id": 7, "nodes": [1, 2, 3], "tags": {"highway": "primary", "name": "Şāhrāh"}}
REPLY = {"osm3s": {"timestamp_osm_base": "2025-11-24T16:17:14Z"}, "elements": [*NODES, WAY]}


def reply_file(folder: Path, reply: object, name: str = "reply.json") -> Path:
    path = folder / name
    path.write_text(reply if isinstance(reply, str) else json.dumps(reply), encoding="utf-8")
    return path


def test_a_reply_becomes_a_file_that_the_reader_reads(tmp_path: Path) -> None:
    target = write_replies([reply_file(tmp_path, REPLY)], tmp_path / "area.osm.pbf")
    extract = read_osm_file(target, areas=ROADS)
    assert extract.node_id.tolist() == [1, 2, 3]
    assert extract.road_names[-1] == "Şāhrāh"
    assert extract.data_date == "2025-11-24"


def test_replies_that_overlap_give_each_road_once(tmp_path: Path) -> None:
    replies = [reply_file(tmp_path, REPLY, name) for name in ("a.json", "b.json")]
    extract = read_osm_file(write_replies(replies, tmp_path / "area.osm.pbf"), areas=ROADS)
    assert extract.way_id.tolist() == [7]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("<html>Too many requests</html>", "not a reply"),
        ({"version": 0.6}, "not a reply"),
        ({"elements": "none"}, "expected a list of elements"),
        ({"elements": [1, 2]}, "expected a list of elements"),
        ({"elements": []}, "no road"),
        ({"elements": [WAY], "remark": "runtime error: Query timed out after 180 s"}, "Query timed out"),
        ({"elements": [WAY, {"type": "node", "id": 1}]}, "damaged.*lon"),
        ({"elements": [WAY, {"type": "node", "id": "x", "lon": 1, "lat": 1}]}, "damaged"),
        ({"elements": [{**WAY, "nodes": None}]}, "damaged"),
        ({"elements": [{**WAY, "tags": ["primary"]}]}, "damaged"),
    ],
)
def test_a_reply_that_is_none_is_refused_and_leaves_no_file(tmp_path: Path, reply: object, words: str) -> None:
    path = reply_file(tmp_path, reply)
    with pytest.raises(DataError, match=words):
        write_replies([path], tmp_path / "area.osm.pbf")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not KARACHI.exists(), reason="the real extracts are not on this machine")
def test_every_road_of_the_real_reply_of_karachi_is_read(tmp_path: Path) -> None:
    elements = json.loads(KARACHI.read_text(encoding="utf-8"))["elements"]
    expected = {row["id"] for row in elements if row.get("tags", {}).get("highway") in ("primary", "residential")}
    areas = {"primary": None, "residential": None}
    extract = read_osm_file(write_replies([KARACHI], tmp_path / "karachi.osm.pbf"), areas=areas)
    assert set(extract.way_id.tolist()) == expected
    assert len(expected) > 100


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "77,43,76,44", "76,44,77,43", "200,43,201,44", "nan,1,2,3"])
def test_a_box_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ScenarioError, match="expected WEST,SOUTH,EAST,NORTH in degrees"):
        read_box(text)


def test_a_box_too_large_for_a_public_server_sends_to_the_extracts() -> None:
    with pytest.raises(ScenarioError, match=r"too large; expected at most 10,000 km2, got .*corridor network fetch"):
        read_box("60,24,77,37")


@contextmanager
def overpass_server(*answers: tuple[int, str]) -> Iterator[tuple[str, list[str]]]:
    """A server that gives answers (status, text), the last one from then on; its address and what was asked."""
    waiting, asked = list(answers), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["data"][0])
            status, text = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_an_area_is_asked_for_by_its_roads_and_written(tmp_path: Path) -> None:
    with overpass_server((200, json.dumps(REPLY))) as (address, asked):
        box = read_box("66.99,24.89,67.01,24.91")
        target = fetch_overpass(box, tmp_path / "area.osm.pbf", progress=lambda _: None, server=address)
    assert len(asked) >= 1
    assert any("motorway|" in query and "trunk" in query for query in asked)
    assert any("ferry" in query for query in asked)
    assert sum(1 for _ in osmium.FileProcessor(str(target), osmium.osm.WAY)) == 1
    assert list(tmp_path.iterdir()) == [target]


def test_settings_of_osmnx_are_as_they_were(tmp_path: Path) -> None:
    before = vars(osmnx.settings).copy()
    with overpass_server((200, json.dumps(REPLY))) as (address, _):
        fetch_overpass(read_box("66.99,24.89,67.01,24.91"), tmp_path / "a.osm.pbf", progress=print, server=address)
    assert {name: vars(osmnx.settings)[name] for name in before} == before


def test_a_busy_server_is_asked_again_after_a_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("osmnx._overpass.time.sleep", pauses.append)
    with overpass_server((429, "busy"), (504, "busy"), (200, json.dumps(REPLY))) as (address, asked):
        fetch_overpass(read_box("66.99,24.89,67.01,24.91"), tmp_path / "a.osm.pbf", progress=print, server=address)
    assert len(asked) >= 3
    assert max(pauses) > 1


@pytest.mark.parametrize(("status", "text"), [(400, "bad query"), (500, "<html>"), (200, "<html>not json</html>")])
def test_a_server_that_answers_nonsense_is_said(tmp_path: Path, status: int, text: str) -> None:
    with (
        overpass_server((status, text)) as (address, _),
        pytest.raises(DataError, match=r"Overpass: .*Try again later"),
    ):
        fetch_overpass(read_box("66.99,24.89,67.01,24.91"), tmp_path / "a.osm.pbf", progress=print, server=address)
    assert list(tmp_path.iterdir()) == []
