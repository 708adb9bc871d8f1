"""Damaged and hostile files: a DataError that names the file, or the right roads; never a crash, a hang or false roads.

What cannot be told: a .osm.pbf that ends between two of its blocks, or a changed byte where no checksum covers it (XML,
PBF without compression). The first gives some of the roads, the second other values of the same kind.
"""

from __future__ import annotations

import bz2
import gzip
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import osmium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.errors import DataError
from corridor.network.osm.extract import read_extract_file
from corridor.network.osm.extract import write_extract as write_extract_file
from corridor.network.osm.reading import read_osm_file
from tests.network.osm.hostile_bytes import (
    AREAS,
    TRUNK,
    Answer,
    WatchedReader,
    osm_xml,
    pbf_blob,
    pbf_group,
    pbf_header,
    pbf_nodes,
    pbf_ways,
    watched_reader,
    xml_node,
    xml_tag,
    xml_way,
)
from tests.network.osm.toy_extract import write_extract

PLACES = {number: (71.0 + number / 100, 34.2 + number % 3 / 1000) for number in range(1, 13)}
WAYS = [
    (1, [1, 2, 3, 4], {"highway": "trunk", "ref": "N-5", "maxspeed": "80"}),
    (2, [4, 5, 6, 7, 8], {"highway": "primary", "name": "جلال آباد"}),
    (3, [8, 9, 10], TRUNK),
    (4, [10, 11, 12], {"highway": "footway"}),
]
POINTS = {4: {"barrier": "border_control"}, 9: {"highway": "toll_booth", "barrier": "lift_gate"}}

SUMMED = (".osm.pbf", ".osm.gz", ".osm.bz2")
"""Formats with a checksum over the data."""

UNSUMMED = ("plain.osm.pbf", "plain.osm")
PBF_TAGS = {b"highway": b"trunk"}
GROWTH_MIB = 400.0

Op = tuple[str, int, int]
"""What is done, where, and with how many bytes or which byte."""

Ask = Callable[[str, bytes], Answer]
"""Writes bytes to a file of a name and has it read."""

fuzz = settings(derandomize=True, database=None, deadline=None, max_examples=40)


@pytest.fixture(scope="module")
def reader() -> Iterator[WatchedReader]:
    with watched_reader() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def ask(reader: WatchedReader, folder: Path) -> Ask:
    def read_bytes(name: str, content: bytes) -> Answer:
        path = folder / name
        path.write_bytes(content)
        return checked(path, reader.ask("read", path))

    return read_bytes


@pytest.fixture(scope="module")
def build(reader: WatchedReader, folder: Path) -> Ask:
    def build_bytes(name: str, content: bytes) -> Answer:
        path = folder / name
        path.write_bytes(content)
        return checked(path, reader.ask("build", path))

    return build_bytes


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[str, bytes]:
    """The same roads in every format."""
    written = {
        suffix: write_extract(folder / f"whole{suffix}", PLACES, WAYS, node_tags=POINTS).read_bytes()
        for suffix in (*SUMMED, ".osm")
    }
    ways = {way_id: refs for way_id, refs, _ in WAYS}
    plain = pbf_header(is_packed=False), pbf_nodes(PLACES, is_packed=False)
    unsummed = b"".join(plain) + pbf_ways(ways, tags=PBF_TAGS, is_packed=False)
    return {**written, "plain.osm.pbf": unsummed, "plain.osm": written[".osm"]}


def checked(path: Path, answer: Answer) -> Answer:
    """An answer that is a network or a fault of this file."""
    assert not answer.crash
    assert not answer.contradictions
    assert not answer.fault or path.name in answer.fault
    return answer


def damaged(content: bytes, ops: Sequence[Op]) -> bytes:
    for kind, where, what in ops:
        at = where % max(1, len(content))
        end = at + 1 + what % 64
        match kind:
            case "flip":
                new = bytes([(content[at : at + 1] or b"\0")[0] ^ (1 << what % 8)])
                content = content[:at] + new + content[at + 1 :]
            case "set":
                content = content[:at] + bytes([what]) + content[at + 1 :]
            case "drop":
                content = content[:at] + content[end:]
            case "repeat":
                content = content[:end] + content[at:]
    return content


def packed(content: bytes, suffix: str) -> bytes:
    match suffix:
        case ".osm.gz":
            return gzip.compress(content)
        case ".osm.bz2":
            return bz2.compress(content)
    return content


ops = st.lists(
    st.tuples(st.sampled_from(["flip", "set", "drop", "repeat"]), st.integers(0, 1 << 20), st.integers(0, 255)),
    min_size=1,
    max_size=3,
)


def is_part_of(answer: Answer, truth: Answer) -> bool:
    """Whether all that was read is so in the whole file too, in its order."""
    roads, points = list(answer.roads), list(answer.points)
    return roads == list(truth.roads)[: len(roads)] and points == list(truth.points)[: len(points)]


def test_the_whole_file_gives_the_same_in_every_format(ask: Ask, whole: dict[str, bytes]) -> None:
    answers = [ask(f"whole{suffix}", whole[suffix]) for suffix in (*SUMMED, ".osm")]
    assert all(answer == answers[0] or answer.roads == answers[0].roads for answer in answers)
    assert [road[0] for road in answers[0].roads] == [1, 2, 3]  # type: ignore[index]
    assert [point[0] for point in answers[0].points] == [4, 9]  # type: ignore[index]


@pytest.mark.parametrize("suffix", [*SUMMED, ".osm"])
def test_a_file_that_ends_too_early_is_refused_or_gives_a_part_of_its_roads(
    ask: Ask, whole: dict[str, bytes], suffix: str
) -> None:
    truth = ask(f"whole{suffix}", whole[suffix])

    @fuzz
    @given(where=st.integers(0, len(whole[suffix]) - 1))
    def cut(where: int) -> None:
        answer = ask(f"cut{suffix}", whole[suffix][:where])
        assert answer.fault or is_part_of(answer, truth)

    cut()


@pytest.mark.parametrize("suffix", [".osm", ".osm.gz", ".osm.bz2"])
def test_xml_that_ends_too_early_is_always_refused(ask: Ask, whole: dict[str, bytes], suffix: str) -> None:
    text = whole[".osm"].rstrip()
    for end in range(0, len(text), 37):
        assert ask(f"short{suffix}", packed(text[:end], suffix)).fault


@pytest.mark.parametrize("suffix", SUMMED)
def test_damage_under_a_checksum_is_refused_or_changes_nothing_that_is_read(
    ask: Ask, whole: dict[str, bytes], suffix: str
) -> None:
    truth = ask(f"whole{suffix}", whole[suffix])

    @fuzz
    @given(ops=ops)
    def damage(ops: list[Op]) -> None:
        answer = ask(f"damaged{suffix}", damaged(whole[suffix], ops))
        assert answer.fault or is_part_of(answer, truth)

    damage()


@pytest.mark.parametrize("name", UNSUMMED)
def test_damage_without_a_checksum_never_gives_an_extract_that_contradicts_itself(
    ask: Ask, whole: dict[str, bytes], name: str
) -> None:
    @settings(fuzz, max_examples=100)
    @given(ops=ops)
    def damage(ops: list[Op]) -> None:
        ask(name, damaged(whole[name], ops))

    damage()


@pytest.mark.parametrize("name", UNSUMMED)
def test_a_network_from_damaged_bytes_passes_its_own_check_or_is_refused(
    build: Ask, whole: dict[str, bytes], name: str
) -> None:
    @settings(fuzz, max_examples=15)
    @given(ops=ops)
    def damage(ops: list[Op]) -> None:
        build(name, damaged(whole[name], ops))

    damage()


@pytest.mark.parametrize(
    ("suffix", "head"),
    [
        (".osm.pbf", b""),
        (".osm.pbf", pbf_header()),
        (".osm.pbf", pbf_header() + b"\0\0\0\x0d\x0a\x07OSMData\x18"),
        (".osm", b'<?xml version="1.0"?><osm version="0.6">'),
        (".osm.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"),
        (".osm.bz2", b"BZh91AY&SY"),
    ],
)
def test_random_bytes_after_a_right_head_give_no_roads(ask: Ask, suffix: str, head: bytes) -> None:
    @settings(fuzz, max_examples=20)
    @given(tail=st.binary(min_size=1, max_size=300))
    def random(tail: bytes) -> None:
        assert not ask(f"random{suffix}", head + tail).roads

    random()


TWO = xml_node(1, 71.0, 34.2), xml_node(2, 71.1, 34.2)


def read_xml(ask: Ask, *elements: str, **parts: str) -> Answer:
    return ask("hostile.osm", osm_xml(*elements, **parts).encode())


def nodes_of(answer: Answer) -> list[list[int]]:
    return [road[1] for road in answer.roads]  # type: ignore[index]


def test_entities_that_expand_to_billions_are_refused(ask: Ask) -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    head = f'<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "ha">{entities}]>'
    answer = read_xml(ask, *TWO, xml_way(1, [1, 2], TRUNK | {"ref": "&j;"}), head=head)
    assert "entities are not supported" in answer.fault


def test_an_entity_that_names_another_file_is_refused(ask: Ask, folder: Path) -> None:
    (folder / "secret").write_text("password")
    head = f'<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY e SYSTEM "file://{folder}/secret">]>'
    answer = read_xml(ask, *TWO, xml_way(1, [1, 2], TRUNK | {"ref": "&e;"}), head=head)
    assert "entities are not supported" in answer.fault
    assert "password" not in answer.fault


@pytest.mark.parametrize(("suffix", "pack"), [(".osm.gz", gzip.compress), (".osm.bz2", bz2.compress)])
@pytest.mark.parametrize(
    ("before", "filling"),
    [(b'"">', b" " * 1_000_000), (b'"', b"x" * 1_000_000), (b'"">', xml_way(1, [1, 2]).encode() * 10_000)],
    ids=["blanks", "one attribute", "ways"],
)
def test_a_packed_file_that_unpacks_to_hundreds_of_megabytes_is_refused(
    ask: Ask, suffix: str, pack: Callable[[bytes], bytes], before: bytes, filling: bytes
) -> None:
    start = b'<?xml version="1.0"?><osm version="0.6" generator=' + before
    answer = ask(f"bomb{suffix}", pack(start) + pack(filling) * 300)
    assert "made to fill memory" in answer.fault
    assert answer.grown_mib < GROWTH_MIB


def test_a_text_of_megabytes_is_refused_in_plain_xml_too(ask: Ask) -> None:
    assert "made to fill memory" in read_xml(ask, f"<!--{'x' * 3_000_000}-->").fault


def test_a_block_that_says_it_is_huge_is_refused(ask: Ask) -> None:
    huge = pbf_blob(b"OSMData", b"\0" * 100, raw_bytes=1 << 31)
    assert "size" in ask("huge.osm.pbf", pbf_header() + huge).fault


def test_a_block_that_unpacks_to_more_than_it_says_is_refused(ask: Ask) -> None:
    bomb = pbf_blob(b"OSMData", b"\0" * 200_000_000, raw_bytes=1000)
    assert "uncompress" in ask("bomb.osm.pbf", pbf_header() + bomb).fault


def test_a_way_of_millions_of_nodes_in_a_small_file_is_refused(ask: Ask) -> None:
    way = pbf_ways({1: [1, 2] * 4_000_000}, tags=PBF_TAGS)
    answer = ask("long.osm.pbf", pbf_header() + pbf_nodes({1: (71.0, 34.0), 2: (71.1, 34.0)}) + way)
    assert "way 1: made to fill memory" in answer.fault
    assert answer.grown_mib < GROWTH_MIB


def test_a_block_that_needs_an_unknown_feature_is_refused(ask: Ask) -> None:
    assert "feature not supported" in ask("new.osm.pbf", pbf_header(b"Teleportation")).fault


def test_a_history_file_is_refused(ask: Ask) -> None:
    blocks = pbf_header(b"HistoricalInformation") + pbf_nodes(PLACES)
    assert "history or change file" in ask("history.osm.pbf", blocks).fault


def test_a_change_file_is_refused(ask: Ask) -> None:
    changes = f"<create>{''.join(TWO)}{xml_way(1, [1, 2])}</create>"
    assert "history or change file" in read_xml(ask, changes, root="osmChange").fault


def test_a_deleted_way_is_refused(ask: Ask) -> None:
    assert "way 1 is deleted" in read_xml(ask, *TWO, xml_way(1, [1, 2], extra='visible="false"')).fault


def test_a_deleted_node_without_a_place_is_missing(ask: Ask) -> None:
    answer = read_xml(ask, *TWO, '<node id="3" version="2" visible="false"/>', xml_way(1, [1, 2, 3]))
    assert nodes_of(answer) == [[1, 2]]


def test_two_versions_of_a_way_are_refused(ask: Ask) -> None:
    assert "way 1 is in it twice" in read_xml(ask, *TWO, xml_way(1, [1, 2]), xml_way(1, [2, 1])).fault


def test_a_node_at_two_places_is_refused(ask: Ask) -> None:
    answer = read_xml(ask, *TWO, xml_node(2, 71.2, 34.2), xml_way(1, [1, 2]))
    assert "node 2 is at two places" in answer.fault


def test_a_node_that_is_twice_at_one_place_is_one_node(ask: Ask) -> None:
    assert nodes_of(read_xml(ask, *TWO, TWO[1], xml_way(1, [1, 2]))) == [[1, 2]]


def test_a_way_before_its_nodes_is_refused(ask: Ask) -> None:
    assert "not sorted" in read_xml(ask, xml_way(1, [1, 2]), *TWO).fault
    assert "not sorted" in read_xml(ask, *TWO, xml_way(1, [1, 2, 3]), xml_node(3, 71.2, 34.2)).fault


def test_nodes_in_any_order_are_read(ask: Ask) -> None:
    assert nodes_of(read_xml(ask, *TWO[::-1], xml_way(5, [1, 2]), xml_way(4, [2, 1]))) == [[1, 2], [2, 1]]


def test_ways_that_know_where_their_nodes_are_need_no_nodes(ask: Ask, folder: Path) -> None:
    source = folder / "source.osm"
    source.write_text(osm_xml(*TWO, xml_way(1, [1, 2])))
    target = folder / "located.osm.pbf"
    with osmium.SimpleWriter(osmium.io.File(str(target), "pbf,locations_on_ways=true"), overwrite=True) as writer:
        for thing in osmium.FileProcessor(str(source)).with_locations():
            if isinstance(thing, osmium.osm.Way):
                writer.add_way(thing)
    (road,) = ask("located.osm.pbf", target.read_bytes()).roads
    assert road == [1, [1, 2], [710_000_000, 711_000_000], [342_000_000, 342_000_000], TRUNK]


@pytest.mark.parametrize("lon", ["999", "nan", "inf", "", "0x47", "71,5", "71abc", "1e308", "200", "-181", "7.1e12"])
def test_a_longitude_off_the_globe_or_that_is_no_number_is_refused(ask: Ask, lon: str) -> None:
    answer = read_xml(ask, xml_node(1, lon, 34.2), TWO[1], xml_node(3, 71.2, 34.2), xml_way(1, [1, 2, 3]))
    assert answer.fault


def test_a_latitude_off_the_globe_is_refused_and_said(ask: Ask) -> None:
    answer = read_xml(ask, xml_node(1, 71.0, -91), TWO[1], xml_way(1, [1, 2]))
    assert "node 1: off the globe; expected lon -180 to 180 and lat -90 to 90, got 71 and -91" in answer.fault


@pytest.mark.parametrize("lon", [999.0, -91_000.0, 429.4967296 + 180])
def test_a_place_off_the_globe_in_pbf_is_refused_though_it_wraps_round(ask: Ask, lon: float) -> None:
    nodes = pbf_nodes({1: (lon, 34.2), 2: (71.1, 34.2)})
    answer = ask("far.osm.pbf", pbf_header() + nodes + pbf_ways({1: [1, 2]}, tags=PBF_TAGS))
    assert "off the globe" in answer.fault or "expected at most 1,500 km" in answer.fault


def test_a_post_off_the_globe_is_refused(ask: Ask) -> None:
    post = xml_node(1, 71.0, 91.0, inside=xml_tag("barrier", "border_control"))
    assert "node 1: off the globe" in read_xml(ask, post).fault


def test_neighbours_on_a_way_across_a_continent_are_refused(ask: Ask) -> None:
    answer = read_xml(ask, TWO[0], xml_node(2, 27.6, 53.9), xml_way(1, [1, 2]))
    assert "nodes 1 and 2 follow each other on a way; expected at most 1,500 km between" in answer.fault


@pytest.mark.parametrize("node", [0, 2**33, 2**62])
def test_node_ids_from_zero_to_the_largest_are_read(ask: Ask, node: int) -> None:
    assert nodes_of(read_xml(ask, xml_node(node, 71.05, 34.2), *TWO, xml_way(1, [node, 1, 2]))) == [[node, 1, 2]]


@pytest.mark.parametrize(
    ("node", "said"), [(-1, "expected ids above 0"), (2**63 - 1, "illegal id"), (2**64, "illegal id"), ("x", "illegal")]
)
def test_other_node_ids_are_refused(ask: Ask, node: object, said: str) -> None:
    assert said in read_xml(ask, xml_node(node, 71.05, 34.2), *TWO, xml_way(1, [node, 1, 2])).fault


def test_the_largest_node_id_of_pbf_is_read(ask: Ask) -> None:
    largest = 2**63 - 1
    nodes = pbf_nodes({1: (71.0, 34.2), largest: (71.1, 34.2)})
    answer = ask("largest.osm.pbf", pbf_header() + nodes + pbf_ways({1: [1, largest]}, tags=PBF_TAGS))
    assert nodes_of(answer) == [[1, largest]]


def test_a_way_is_cut_where_its_nodes_are_missing(ask: Ask) -> None:
    answer = read_xml(ask, *TWO, xml_node(5, 71.3, 34.2), xml_way(1, [1, 2, 3, 4, 5]), xml_way(2, [7, 8]))
    assert nodes_of(answer) == [[1, 2]]
    assert answer.dropped == {"ways with missing nodes": 2}


@pytest.mark.parametrize("refs", [[], [1]])
def test_a_way_of_one_node_or_none_is_left_out_and_counted(ask: Ask, refs: list[int]) -> None:
    answer = read_xml(ask, *TWO, xml_way(1, refs))
    assert not answer.roads
    assert answer.dropped == {"ways of fewer than two nodes": 1}


ROAD = xml_node(11, 71.0, 34.3), xml_node(12, 71.1, 34.3), xml_way(99, [11, 12])
SAME_PLACE = tuple(xml_node(number, 71.05, 34.25) for number in (1, 2, 3))


@pytest.mark.parametrize("refs", [[1, 1, 1], [1, 2], [1, 2, 3, 1]], ids=["one node", "two nodes", "closed"])
def test_a_way_that_goes_nowhere_adds_no_edge(build: Ask, refs: list[int]) -> None:
    *nodes, road = ROAD
    alone = build("road.osm", osm_xml(*ROAD).encode())
    assert alone.edges == 1
    with_it = build("road.osm", osm_xml(*SAME_PLACE, *nodes, xml_way(1, refs), road).encode())
    assert with_it.edges == 1


def test_a_file_of_ways_that_go_nowhere_has_no_road(build: Ask) -> None:
    answer = build("nowhere.osm", osm_xml(*SAME_PLACE, xml_way(1, [1, 1, 1])).encode())
    assert "no road that a truck can drive" in answer.fault


@pytest.mark.parametrize("suffix", [".osm.pbf", ".osm", ".osm.gz", ".osm.bz2"])
def test_an_empty_file_is_refused(ask: Ask, suffix: str) -> None:
    assert ask(f"empty{suffix}", b"").fault


@pytest.mark.parametrize(
    "elements",
    [[], list(TWO), ['<relation id="1" version="1"><member type="way" ref="1" role=""/></relation>']],
    ids=["nothing", "only nodes", "only a relation"],
)
def test_a_file_without_ways_has_no_road(build: Ask, elements: list[str]) -> None:
    assert "no road that a truck can drive" in build("roadless.osm", osm_xml(*elements).encode()).fault


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("a.osm", ".osm.pbf"),
        ("a.osm", ".osm.gz"),
        ("a.osm.pbf", ".osm"),
        ("a.osm.gz", ".osm"),
        ("a.osm.bz2", ".osm.gz"),
        ("a.osm.gz", ".osm.pbf"),
    ],
)
def test_a_file_named_as_another_format_is_refused(ask: Ask, whole: dict[str, bytes], name: str, inside: str) -> None:
    assert ask(name, whole[inside]).fault


def test_a_page_of_a_server_in_place_of_a_file_is_refused(ask: Ask) -> None:
    assert "html" in ask("page.osm", b"<html><body>503</body></html>").fault


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_file_packed_in_pieces_is_read_whole_or_refused(
    ask: Ask, whole: dict[str, bytes], pack: Callable[[bytes], bytes]
) -> None:
    text = whole[".osm"]
    suffix = ".gz" if pack is gzip.compress else ".bz2"
    answer = ask(f"pieces.osm{suffix}", pack(text[:300]) + pack(text[300:]))
    assert answer.fault or len(answer.roads) == 3


def test_a_tag_longer_than_any_is_refused(ask: Ask) -> None:
    assert "too long" in read_xml(ask, *TWO, xml_way(1, [1, 2], TRUNK | {"ref": "x" * 100_000})).fault


def test_bytes_that_are_no_text_are_refused(ask: Ask) -> None:
    nodes = pbf_nodes({1: (71.0, 34.2), 2: (71.1, 34.2)})
    ways = pbf_ways({1: [1, 2]}, tags=PBF_TAGS | {b"ref": b"\xff\xfe"})
    assert "utf-8" in ask("text.osm.pbf", pbf_header() + nodes + ways).fault
    xml = osm_xml(*TWO, xml_way(1, [1, 2], TRUNK | {"ref": "??"})).encode()
    assert "not well-formed" in ask("text.osm", xml.replace(b"??", b"\xff\xfe")).fault


def test_a_text_with_a_nul_is_refused_or_read_up_to_it(ask: Ask) -> None:
    xml = osm_xml(*TWO, xml_way(1, [1, 2], TRUNK | {"ref": "?"})).encode()
    assert "not well-formed" in ask("nul.osm", xml.replace(b'?"', b'\0"')).fault
    nodes = pbf_nodes({1: (71.0, 34.2), 2: (71.1, 34.2)})
    answer = ask("nul.osm.pbf", pbf_header() + nodes + pbf_ways({1: [1, 2]}, tags=PBF_TAGS | {b"ref": b"a\0b"}))
    assert answer.fault or nodes_of(answer) == [[1, 2]]


def test_a_tag_that_names_no_text_of_its_block_is_refused(ask: Ask) -> None:
    nodes = pbf_nodes({1: (71.0, 34.2), 2: (71.1, 34.2)})
    ways = pbf_ways({1: [1, 2]}, tags=PBF_TAGS | {b"ref": b"N-5"}, strings_left_out=1)
    assert ask("texts.osm.pbf", pbf_header() + nodes + ways).fault


def test_a_block_within_nothing_gives_no_road(ask: Ask) -> None:
    assert not ask("hollow.osm.pbf", pbf_header() + pbf_group(b"", [b""])).roads


def test_a_folder_a_pipe_and_a_link_to_nowhere_are_no_files(reader: WatchedReader, folder: Path) -> None:
    (folder / "folder.osm.pbf").mkdir()
    os.mkfifo(folder / "pipe.osm.pbf")
    (folder / "link.osm.pbf").symlink_to(folder / "nowhere")
    for name in ("folder", "pipe", "link", "x" * 300):
        path = folder / f"{name}.osm.pbf"
        assert f"{path}: no such file" in reader.ask("read", path).fault


def test_a_damaged_part_of_a_killed_build_is_refused_or_whole(folder: Path) -> None:
    extract = read_osm_file(write_extract(folder / "part.osm", PLACES, WAYS), areas=AREAS)
    part = folder / "part.npz"
    write_extract_file(part, extract)
    content = part.read_bytes()

    @settings(fuzz, max_examples=200)
    @given(ops=ops)
    def damage(ops: list[Op]) -> None:
        part.write_bytes(damaged(content, ops))
        with suppress(DataError):
            assert repr(read_extract_file(part)) == repr(extract)

    damage()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(reader: WatchedReader, folder: Path) -> None:
    path = folder / "locked.osm.pbf"
    path.write_bytes(b"")
    path.chmod(0)
    assert str(path) in reader.ask("read", path).fault
