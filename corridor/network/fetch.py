"""Extracts of countries from a download site laid out like Geofabrik's."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from corridor.network.downloads import Patience, fetch_file, fetch_text, open_session
from corridor.network.folders import make_folder
from corridor.network.geofabrik import INDEX_PATH, MIRRORS, choose_extracts, read_index

INDEX_BYTES_MAX = 50_000_000


def fetch_extracts(
    countries: Sequence[str],
    folder: Path,
    *,
    iso2: Mapping[str, str],
    progress: Callable[[str], None],
    mirrors: Sequence[str] = MIRRORS,
    patience: Patience | None = None,
) -> list[Path]:
    """Download the extracts that hold some countries, and return their paths, each once.

    Parameters
    ----------
    countries : ISO alpha-3
    iso2 : alpha-3 -> alpha-2 of every country that may be asked for
    mirrors : addresses tried in order; each must be laid out like the first

    Raises
    ------
    ScenarioError
        A country is unknown or held by no extract; the folder cannot be written or is too small.
    DataError
        No mirror gives the index, or a file with the checksum it states.

    Notes
    -----
    A file that is there already with the site's checksum is left alone. A broken download goes on where it
    stopped, if the site still has the same version; nothing takes its place before its checksum is right.
    """
    patience = patience or Patience(pause=lambda seconds: _pause(seconds, progress))
    make_folder(folder)
    with open_session() as session:
        text = fetch_text(session, mirrors, INDEX_PATH, most_bytes=INDEX_BYTES_MAX, patience=patience)
        wanted = choose_extracts(read_index(text, origin=mirrors[0]), countries, iso2)
        return [
            fetch_file(session, mirrors, extract.path, folder / extract.file_name, progress=progress, patience=patience)
            for extract in wanted
        ]


def _pause(seconds: float, progress: Callable[[str], None]) -> None:
    progress(f"no answer from the site, once more in {seconds:.0f} s")
    time.sleep(seconds)
