"""Wall time and memory of a command and all that it starts, looked at from outside, many times a second (Linux)."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_S = 0.02
KIB_PER_MIB = 1024
ERROR_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command took.

    Parameters
    ----------
    peak_mib : most memory in use: as the kernel has counted it for one process, or seen at once in several
    anon_mib : most memory of its own, which cannot be taken away from it, seen at once
    file_mib : most pages of files seen at once: libraries, mapped files; the system may drop them at any time
    said : what it printed
    """

    wall_s: float
    peak_mib: float
    anon_mib: float
    file_mib: float
    said: str


@dataclass(frozen=True, slots=True)
class _Memory:
    """KiB at one moment; the peak is the largest among the processes, the others are sums."""

    largest_peak: int = 0
    resident: int = 0
    anon: int = 0
    file: int = 0

    def highest(self, other: _Memory) -> _Memory:
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
        return _Memory(*(max(pair) for pair in pairs))


def measure_process(command: Sequence[str]) -> Measured:
    """Run a command and measure it.

    Raises
    ------
    SystemExit
        It failed.
    """
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=errors, text=True)
        memory = _watch(process)
        wall_s = time.perf_counter() - start
        said.seek(0)
        errors.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{errors.read()[-ERROR_CHARACTERS:]}")
        return Measured(
            wall_s=wall_s,
            peak_mib=max(memory.largest_peak, memory.resident) / KIB_PER_MIB,
            anon_mib=memory.anon / KIB_PER_MIB,
            file_mib=memory.file / KIB_PER_MIB,
            said=said.read(),
        )


def _watch(process: subprocess.Popen[str]) -> _Memory:
    memory = _Memory()
    while process.poll() is None:
        memory = memory.highest(_look(process.pid))
        time.sleep(SAMPLE_S)
    return memory


def _look(pid: int) -> _Memory:
    processes = [status for status in map(_status, _with_children(pid)) if "VmRSS" in status]
    return _Memory(
        max((status["VmHWM"] for status in processes), default=0),
        sum(status["VmRSS"] for status in processes),
        sum(status["RssAnon"] for status in processes),
        sum(status["RssFile"] + status["RssShmem"] for status in processes),
    )


def _with_children(pid: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return [pid]
    return [pid, *(below for text in lists for child in text.split() for below in _with_children(int(child)))]


def _status(pid: int) -> Mapping[str, int]:
    """Memory of a process by the kernel's names, KiB; empty where it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return {line.partition(":")[0]: int(line.split()[1]) for line in lines if line.endswith(" kB")}
