"""One part per OpenStreetMap file, read by as many processes as there are cores, kept until the build is done."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from corridor.errors import DataError
from corridor.network.folders import make_folder
from corridor.network.osm.extract import Extract, read_extract_file, write_extract
from corridor.network.osm.file_checks import check_osm_file
from corridor.network.osm.reading import Areas, read_osm_file
from corridor.network.osm.tag_rules import RULE_KEYS

PART_FORMAT = "corridor-osm-part-1"

SMALL_BYTES = 20_000_000
"""Below this, starting processes takes longer than reading."""

Progress = Callable[[str], None]


def read_parts(paths: Sequence[Path], folder: Path, *, areas: Areas, progress: Progress) -> list[Extract]:
    """What is wanted of every file, in the order of `paths`; files read by an earlier, killed build are not read again.

    Parameters
    ----------
    folder : where parts are kept, and the index of node locations while a file is read

    Raises
    ------
    DataError
        A file is missing, named twice or damaged; it is named.
    ScenarioError
        The folder cannot be made.
    """
    _check_paths(paths)
    make_folder(folder)
    parts = {path: folder / _part_name(path, areas) for path in paths}
    waiting = sorted((path for path in paths if not parts[path].exists()), key=lambda path: -path.stat().st_size)
    for path in paths:
        if path not in waiting:
            progress(f"{path.name}: read before, taken from {parts[path]}")
    for done, path in enumerate(_read_all(waiting, parts, areas), start=1):
        progress(f"{_bar(done, len(waiting))} {path.name} read")
    return [read_extract_file(parts[path]) for path in paths]


def _read_all(waiting: Sequence[Path], parts: Mapping[Path, Path], areas: Areas) -> Iterator[Path]:
    """Read files and name each as it is done; a single one, or small ones, in this process."""
    if len(waiting) <= 1 or sum(path.stat().st_size for path in waiting) < SMALL_BYTES:
        for path in waiting:
            yield _read_part(path, parts[path], areas)
        return
    workers = min(len(waiting), os.cpu_count() or 1) or 1
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        tasks = {pool.submit(_read_part, path, parts[path], areas): path for path in waiting}
        try:
            for task in as_completed(tasks):
                yield task.result()
        except BrokenProcessPool as error:
            raise DataError(
                "network build: a reading process was ended from outside, perhaps for want of memory. "
                "Run the same command again: finished files are not read twice."
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _read_part(path: Path, part: Path, areas: Areas) -> Path:
    write_extract(part, read_osm_file(path, areas=areas, scratch=part.parent))
    return path


def _check_paths(paths: Sequence[Path]) -> None:
    if not paths:
        raise DataError("network build: no files; expected at least one --pbf FILE.")
    for path in paths:
        check_osm_file(path)
    seen = [path.resolve() for path in paths]
    twice = sorted({str(path) for path in seen if seen.count(path) > 1})
    if twice:
        raise DataError(f"network build: {twice[0]} is named twice; expected each file once. Leave one out.")


def _part_name(path: Path, areas: Areas) -> str:
    """A name that changes when the file, what is wanted of it, or the rules change."""
    stat = path.stat()
    cells_of = {cells: sorted(cells) for cells in areas.values() if cells is not None}
    wanted = {name: cells and cells_of[cells] for name, cells in sorted(areas.items())}
    facts = [PART_FORMAT, str(path.resolve()), stat.st_size, stat.st_mtime_ns, wanted, RULE_KEYS]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:24] + ".npz"


def _bar(done: int, total: int) -> str:
    filled = round(20 * done / total)
    return f"[{'#' * filled}{'.' * (20 - filled)}] {done} of {total} files:"
