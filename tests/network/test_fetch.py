from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corridor.errors import DataError, ScenarioError
from corridor.network.downloads import Patience
from corridor.network.fetch import fetch_extracts
from tests.network.flaky_server import Behaviour, Site, flaky_site

PATH = "asia/pakistan-latest.osm.pbf"
ISO2 = {"PAK": "PK", "MYS": "MY", "RUS": "RU", "KAZ": "KZ"}
CONTENT = bytes(range(256)) * 4096  # 1 MiB, 16 chunks


class Waits(list[float]):
    """Pauses that were asked for; nobody waits."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def site() -> Iterator[Site]:
    with flaky_site() as running:
        running.add_country(PATH, ["PK"], CONTENT)
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits()


def fetch(site: Site, folder: Path, waits: Waits, *countries: str, mirrors: tuple[str, ...] = ()) -> list[Path]:
    return fetch_extracts(
        countries or ("PAK",),
        folder,
        iso2=ISO2,
        progress=lambda _: None,
        mirrors=mirrors or (site.address,),
        patience=Patience(attempts=3, stall_s=0.3, pause=waits),
    )


def test_an_extract_arrives_whole_and_leaves_nothing_else(site: Site, tmp_path: Path, waits: Waits) -> None:
    (path,) = fetch(site, tmp_path, waits)
    assert path == tmp_path / "pakistan-latest.osm.pbf"
    assert path.read_bytes() == CONTENT
    assert list(tmp_path.iterdir()) == [path]
    assert waits == []


@pytest.mark.parametrize("fault", ["break", "stall"])
def test_a_broken_connection_goes_on_where_it_stopped(
    site: Site, tmp_path: Path, waits: Waits, fault: Behaviour
) -> None:
    site.behaviour[PATH] = [fault, fault]
    (path,) = fetch(site, tmp_path, waits)
    assert path.read_bytes() == CONTENT
    assert site.ranges_of(PATH) == ["", f"bytes={len(CONTENT) // 2}-", f"bytes={len(CONTENT) * 3 // 4}-"]


def test_what_was_fetched_before_a_kill_is_not_fetched_again(site: Site, tmp_path: Path, waits: Waits) -> None:
    site.behaviour[PATH] = ["break", "gone"]
    with pytest.raises(DataError, match="run the same command again, it goes on where it stopped"):
        fetch(site, tmp_path, waits)
    assert (tmp_path / "pakistan-latest.osm.pbf.part").stat().st_size == len(CONTENT) // 2
    (path,) = fetch(site, tmp_path, waits)
    assert path.read_bytes() == CONTENT
    assert site.ranges_of(PATH)[-1] == f"bytes={len(CONTENT) // 2}-"


def test_the_start_of_an_old_file_is_not_glued_to_the_end_of_a_new_one(
    site: Site, tmp_path: Path, waits: Waits
) -> None:
    site.behaviour[PATH] = ["break", "gone"]
    with pytest.raises(DataError):
        fetch(site, tmp_path, waits)
    site.files[PATH] = CONTENT[::-1]
    (path,) = fetch(site, tmp_path, waits)
    assert path.read_bytes() == CONTENT[::-1]


def test_a_site_that_ignores_ranges_sends_the_file_from_the_start(site: Site, tmp_path: Path, waits: Waits) -> None:
    site.behaviour[PATH] = ["break", "ignore_range"]
    (path,) = fetch(site, tmp_path, waits)
    assert path.read_bytes() == CONTENT


def test_a_file_that_lost_its_end_with_a_length_to_match_is_found_out_by_its_checksum(
    site: Site, tmp_path: Path, waits: Waits
) -> None:
    site.behaviour[PATH] = ["short"]
    (path,) = fetch(site, tmp_path, waits)
    assert path.read_bytes() == CONTENT
    assert site.ranges_of(PATH) == ["", ""]


def test_a_part_that_is_whole_already_is_only_checked(site: Site, tmp_path: Path, waits: Waits) -> None:
    (path,) = fetch(site, tmp_path, waits)
    path.rename(tmp_path / "pakistan-latest.osm.pbf.part")
    facts = tmp_path / "pakistan-latest.osm.pbf.part.json"
    from hashlib import md5

    facts.write_text('{"version": "\\"' + md5(CONTENT, usedforsecurity=False).hexdigest() + '\\""}')
    (path,) = fetch(site, tmp_path, waits)
    assert path.read_bytes() == CONTENT
    assert site.ranges_of(PATH)[-1] == f"bytes={len(CONTENT)}-"


def test_a_lying_checksum_sends_to_the_next_mirror(site: Site, tmp_path: Path, waits: Waits) -> None:
    site.md5[PATH] = "0" * 32
    with flaky_site() as honest:
        honest.add_country(PATH, ["PK"], CONTENT)
        (path,) = fetch(site, tmp_path, waits, mirrors=(site.address, honest.address))
    assert path.read_bytes() == CONTENT


def test_no_mirror_with_a_right_checksum_means_no_file_and_both_sums_in_the_message(
    site: Site, tmp_path: Path, waits: Waits
) -> None:
    site.md5[PATH] = "0" * 32
    with pytest.raises(DataError, match=r"MD5 of the file is [0-9a-f]{32}, and the site states 0{32}"):
        fetch(site, tmp_path, waits)
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_downloads_nothing(site: Site, tmp_path: Path, waits: Waits) -> None:
    fetch(site, tmp_path, waits)
    before = len(site.ranges_of(PATH))
    fetch(site, tmp_path, waits)
    assert len(site.ranges_of(PATH)) == before


def test_a_file_that_the_site_has_renewed_is_fetched_again(site: Site, tmp_path: Path, waits: Waits) -> None:
    fetch(site, tmp_path, waits)
    site.files[PATH] = CONTENT + b"new"
    (path,) = fetch(site, tmp_path, waits)
    assert path.read_bytes() == CONTENT + b"new"


def test_a_busy_site_is_left_alone_for_as_long_as_it_asks(site: Site, tmp_path: Path, waits: Waits) -> None:
    site.behaviour[PATH] = ["busy", "busy"]
    fetch(site, tmp_path, waits)
    assert waits == [7.0, 7.0]


def test_a_site_that_asks_for_a_day_is_not_waited_for_so_long(site: Site, tmp_path: Path, waits: Waits) -> None:
    site.retry_after = "86400"
    site.behaviour[PATH] = ["busy"]
    fetch(site, tmp_path, waits)
    assert waits == [Patience().longest_wait_s]


def test_a_site_that_stays_busy_is_given_up(site: Site, tmp_path: Path, waits: Waits) -> None:
    site.behaviour[PATH] = ["busy"] * 10
    with pytest.raises(DataError, match="given up after 3 attempts: answered 503"):
        fetch(site, tmp_path, waits)
    assert len(site.ranges_of(PATH)) == 3


def test_a_file_that_is_gone_is_asked_for_once(site: Site, tmp_path: Path, waits: Waits) -> None:
    site.behaviour[PATH] = ["gone"]
    with pytest.raises(DataError, match="answered 404 Not Found"):
        fetch(site, tmp_path, waits)
    assert site.ranges_of(PATH) == [""]


def test_no_connection_is_said_with_the_address(tmp_path: Path, waits: Waits) -> None:
    with flaky_site() as gone:
        address = gone.address
    with pytest.raises(DataError, match=rf"{address}: given up after 3 attempts: ConnectionError"):
        fetch(gone, tmp_path, waits)


@pytest.mark.parametrize(
    "index", [b"<html>502 Bad Gateway</html>", b"[]", b'{"features": [1]}', b'{"features": [{}]}', b"\xff\xfe", b""]
)
def test_an_index_that_is_none_is_refused(site: Site, tmp_path: Path, waits: Waits, index: bytes) -> None:
    site.files["index-v1-nogeom.json"] = index
    with pytest.raises(DataError, match="not an index of extracts"):
        fetch(site, tmp_path, waits)


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd.osm.pbf",
        "asia/..%2f..%2fevil.osm.pbf",
        "asia/.osm.pbf",
        "asia/pak;rm -rf.osm.pbf",
        "a\\b.osm.pbf",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(site: Site, tmp_path: Path, waits: Waits, path: str) -> None:
    site.add_country(path, ["RU"], b"evil")
    with pytest.raises(DataError, match="expected a path like"):
        fetch(site, tmp_path, waits)
    assert list(tmp_path.iterdir()) == []


def test_an_endless_index_is_cut_off(site: Site, tmp_path: Path, waits: Waits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corridor.network.fetch.INDEX_BYTES_MAX", 1000)
    site.files["index-v1-nogeom.json"] = b" " * 2000
    with pytest.raises(DataError, match="more than 1,000 bytes"):
        fetch(site, tmp_path, waits)


def test_the_smallest_extract_of_a_whole_country_is_taken_and_a_shared_one_once(
    site: Site, tmp_path: Path, waits: Waits
) -> None:
    site.add_country("asia-latest.osm.pbf", ["PK", "MY", "KZ"], b"asia")
    site.add_country("asia/malaysia-and-kazakhstan-latest.osm.pbf", ["MY", "KZ"], b"two")
    found = fetch(site, tmp_path, waits, "PAK", "MYS", "KAZ")
    assert [path.name for path in found] == [
        "pakistan-latest.osm.pbf",
        "malaysia-and-kazakhstan-latest.osm.pbf",
    ]


def test_a_country_that_nobody_knows_is_named_with_the_nearest(site: Site, tmp_path: Path, waits: Waits) -> None:
    with pytest.raises(ScenarioError, match=r"unknown country 'PKA'. Did you mean 'PAK'\?"):
        fetch(site, tmp_path, waits, "PKA")


def test_a_country_that_the_site_has_not_is_said(site: Site, tmp_path: Path, waits: Waits) -> None:
    with pytest.raises(ScenarioError, match="no extract of the site holds RUS"):
        fetch(site, tmp_path, waits, "RUS")


def test_a_disk_that_is_too_small_is_said_before_anything_is_written(
    site: Site, tmp_path: Path, waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("corridor.network.downloads.shutil.disk_usage", lambda _: full)
    with pytest.raises(ScenarioError, match="the disk is too small; expected 1 MB free"):
        fetch(site, tmp_path, waits)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["ftp://example.org", "file:///etc", "nonsense"])
def test_only_addresses_of_the_web_are_asked(site: Site, tmp_path: Path, waits: Waits, address: str) -> None:
    with pytest.raises(DataError, match="not an address of the web"):
        fetch(site, tmp_path, waits, mirrors=(address,))


def test_a_wait_is_told_with_its_seconds(site: Site, tmp_path: Path) -> None:
    site.behaviour[PATH] = ["busy"]
    site.retry_after = "0"
    told: list[str] = []
    fetch_extracts(["PAK"], tmp_path, iso2=ISO2, progress=told.append, mirrors=(site.address,))
    assert "no answer from the site, once more in 0 s" in told
