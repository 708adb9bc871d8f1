"""A file from the first mirror that gives it whole: resumed where it broke off, checked, then put in its place."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar

import requests

from corridor import __version__
from corridor.errors import DataError, ScenarioError

CHUNK_BYTES = 1 << 16
BUSY = frozenset({429, 500, 502, 503, 504})
CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+)")
MD5 = re.compile(r"\s*([0-9a-f]{32})\b")
STEPS = 20
"""Progress is told this many times a file."""

NOT_AN_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.TooManyRedirects,
)

Result = TypeVar("Result")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a download waits and how often it tries again; an attempt that brings something counts from one.

    Parameters
    ----------
    stall_s : a connection that sends nothing for so long is given up
    """

    attempts: int = 6
    connect_s: float = 15.0
    stall_s: float = 60.0
    first_wait_s: float = 2.0
    longest_wait_s: float = 300.0
    pause: Callable[[float], None] = field(default=time.sleep)

    def wait(self, attempt: int, asked_s: float | None) -> None:
        """Wait before the next attempt: as long as the server asks, else twice as long each time."""
        wanted_s = self.first_wait_s * 2**attempt if asked_s is None else asked_s
        self.pause(min(max(wanted_s, 0.0), self.longest_wait_s))


class _NotHereError(Exception):
    """The file is not to be had from one mirror; the next one may give it."""


class _TryAgainError(Exception):
    """The connection broke or the server is busy."""

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


def open_session() -> requests.Session:
    """A session that says who it is and takes bytes as they are."""
    session = requests.Session()
    session.headers.update({"User-Agent": f"corridor/{__version__}", "Accept-Encoding": "identity"})
    return session


def fetch_text(
    session: requests.Session, mirrors: Sequence[str], path: str, *, most_bytes: int, patience: Patience
) -> str:
    """A small text from the first mirror that has it.

    Raises
    ------
    DataError
        No mirror gives it, or it is larger than `most_bytes`.
    """
    return _from_first(mirrors, path, lambda url: _text(session, url, most_bytes, patience))


def fetch_file(
    session: requests.Session,
    mirrors: Sequence[str],
    path: str,
    target: Path,
    *,
    progress: Progress,
    patience: Patience,
) -> Path:
    """A file whose MD5 the site gives beside it, at `target`; what is there whole already is not fetched again.

    Raises
    ------
    DataError
        No mirror gives the file with the checksum it states.
    ScenarioError
        The disk is too small.
    """
    return _from_first(mirrors, path, lambda url: _checked(session, url, target, progress, patience))


def _from_first(mirrors: Sequence[str], path: str, get: Callable[[str], Result]) -> Result:
    reasons = []
    for mirror in mirrors:
        try:
            return get(f"{mirror.rstrip('/')}/{path}")
        except _NotHereError as error:
            reasons.append(f"{mirror}: {error}")
    raise DataError(
        f"network fetch: {path} was not downloaded ({'; '.join(reasons)}). Check the connection and run the same "
        "command again, it goes on where it stopped; or name another --mirror."
    )


def _text(session: requests.Session, url: str, most_bytes: int, patience: Patience) -> str:
    def once() -> str:
        with _get(session, url, {}, patience) as response:
            content = b""
            for chunk in _chunks(response):
                content += chunk
                if len(content) > most_bytes:
                    raise _NotHereError(f"more than {most_bytes:,} bytes where a short text was expected")
        return content.decode("utf-8", errors="replace")

    return _patiently(once, lambda: 0, patience)


def _checked(session: requests.Session, url: str, target: Path, progress: Progress, patience: Patience) -> Path:
    found = MD5.match(_text(session, f"{url}.md5", 1000, patience))
    if not found:
        raise _NotHereError("its .md5 holds no checksum")
    expected = found[1]
    if target.is_file() and _md5(target) == expected:
        progress(f"{target.name}: here already, and as the site has it")
        return target
    part = target.with_name(f"{target.name}.part")
    for _ in range(2):
        _patiently(lambda: _fetch_rest(session, url, part, progress, patience), lambda: _size(part), patience)
        got = _md5(part)
        if got == expected:
            part.replace(target)
            _facts_of(part).unlink(missing_ok=True)
            return target
        _forget(part)
        progress(f"{target.name}: arrived damaged, once more from the start")
    raise _NotHereError(f"MD5 of the file is {got}, and the site states {expected}")


def _patiently(once: Callable[[], Result], size: Callable[[], int], patience: Patience) -> Result:
    """Call until it succeeds; attempts are counted anew whenever the size has grown."""
    attempt = 0
    while True:
        before = size()
        try:
            return once()
        except _TryAgainError as error:
            attempt = 0 if size() > before else attempt + 1
            if attempt >= patience.attempts:
                raise _NotHereError(f"given up after {patience.attempts} attempts: {error}") from error
            patience.wait(attempt, error.wait_s)


def _fetch_rest(session: requests.Session, url: str, part: Path, progress: Progress, patience: Patience) -> None:
    """What is missing of a file, behind what `part` holds of the same version; else all of it."""
    version = _version_of(part)
    have = _size(part) if version else 0
    headers = {"Range": f"bytes={have}-", "If-Range": version} if have else {}
    with _get(session, url, headers, patience) as response:
        if response.status_code == requests.codes.requested_range_not_satisfiable:
            _end_of_part(response, part, have)
            return
        start, total = _place(response, have)
        if start and version != _version(response):
            _forget(part)
            raise _TryAgainError("the file has changed on the site")
        _check_disk(part.parent, total - start)
        _facts_of(part).write_text(json.dumps({"version": _version(response)}), encoding="utf-8")
        with part.open("r+b" if start else "wb") as file:
            file.seek(start)
            file.truncate()
            _write(response, file.write, progress, name=part.stem, have=start, total=total)
    if total and _size(part) != total:
        raise _TryAgainError(f"{_size(part):,} of {total:,} bytes came")


def _write(
    response: requests.Response,
    write: Callable[[bytes], object],
    progress: Progress,
    *,
    name: str,
    have: int,
    total: int,
) -> None:
    told = have * STEPS // total if total else 0
    for chunk in _chunks(response):
        write(chunk)
        have += len(chunk)
        step = have * STEPS // total if total else 0
        if step > told:
            told = step
            progress(f"[{'#' * told}{'.' * (STEPS - told)}] {have / 1e6:,.0f} of {total / 1e6:,.0f} MB: {name}")


def _place(response: requests.Response, have: int) -> tuple[int, int]:
    """From which byte on the answer is, and how long the whole file is (0 = not said)."""
    if response.status_code != requests.codes.partial_content:
        return 0, int(response.headers.get("Content-Length", 0))
    found = CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if not found or found[1] is None or int(found[1]) != have:
        raise _NotHereError(f"asked for bytes from {have}, got {response.headers.get('Content-Range', 'no range')!r}")
    return have, int(found[2])


def _end_of_part(response: requests.Response, part: Path, have: int) -> None:
    """The server has nothing behind what is here: right if the part is whole, else start again."""
    found = CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if not found or int(found[2]) != have:
        _forget(part)
        raise _TryAgainError("the file has become shorter")


def _get(session: requests.Session, url: str, headers: dict[str, str], patience: Patience) -> requests.Response:
    try:
        response = session.get(url, headers=headers, stream=True, timeout=(patience.connect_s, patience.stall_s))
    except NOT_AN_ADDRESS as error:
        raise _NotHereError(f"not an address of the web ({error})") from error
    except requests.RequestException as error:
        raise _TryAgainError(_short(error)) from error
    if response.status_code in BUSY:
        raise _TryAgainError(f"answered {response.status_code}", _asked_wait_s(response))
    if not response.ok and response.status_code != requests.codes.requested_range_not_satisfiable:
        raise _NotHereError(f"answered {response.status_code} {response.reason}")
    return response


def _chunks(response: requests.Response) -> Iterator[bytes]:
    try:
        yield from response.iter_content(CHUNK_BYTES)
    except requests.RequestException as error:
        raise _TryAgainError(_short(error)) from error


def _asked_wait_s(response: requests.Response) -> float | None:
    """`Retry-After`: seconds, or a date."""
    text = response.headers.get("Retry-After", "")
    if text.isdigit():
        return float(text)
    try:
        return parsedate_to_datetime(text).timestamp() - time.time()
    except (TypeError, ValueError):
        return None


def _check_disk(folder: Path, needed_bytes: int) -> None:
    free_bytes = shutil.disk_usage(folder).free
    if needed_bytes > free_bytes:
        raise ScenarioError(
            f"{folder}: the disk is too small; expected {needed_bytes / 1e6:,.0f} MB free, got "
            f"{free_bytes / 1e6:,.0f} MB. Make room or choose another folder with --to."
        )


def _version(response: requests.Response) -> str:
    """What tells one version of a file from another, for `If-Range`; weak tags do not."""
    tag = response.headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else response.headers.get("Last-Modified", "")


def _version_of(part: Path) -> str:
    """The version of which a part holds the beginning; empty where that is not known."""
    try:
        facts = json.loads(_facts_of(part).read_text(encoding="utf-8"))
        return str(facts["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _facts_of(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _facts_of(part).unlink(missing_ok=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _md5(path: Path) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:120]}"
