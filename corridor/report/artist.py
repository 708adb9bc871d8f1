"""A second process that draws the map while the first draws most of the charts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corridor.report.findings import Findings
    from corridor.report.pictures import Picture

APART = ("map", "time_by_component", "criticality")
"""The figures that the second process draws: about half of the work."""


@contextmanager
def second_artist() -> Iterator[Executor]:
    """A process that loads the drawing libraries at once, so that they are there when the options are."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as artist:
        artist.submit(_prepare)
        yield artist


def draw_all(findings: Findings, artist: Executor | None) -> dict[str, Picture]:
    """Every figure of a run by file name; some by the second process where there is one."""
    from corridor.report.figures import FIGURES, draw_pictures

    if artist is None:
        return draw_pictures(findings, names=FIGURES)
    apart = artist.submit(_draw_apart, findings.without_futures)
    here = draw_pictures(findings, names=[name for name in FIGURES if name not in APART])
    pictures = here | apart.result()
    return {name: pictures[name] for name in FIGURES if name in pictures}


def begin_brief_map(findings: Findings, artist: Executor | None) -> Callable[[], bytes]:
    """Begin to draw the map of the brief where there is a second process; what comes back waits for it."""
    from corridor.report.brief import draw_brief_map
    from corridor.report.brief_rows import listed_options

    shown = [option.label for option in listed_options(findings.assessment, findings.outlook.study)]
    if artist is None:
        return partial(draw_brief_map, findings.assessment, shown)
    return artist.submit(draw_brief_map, findings.assessment, shown).result


def _prepare() -> None:
    """Import what drawing needs."""
    import corridor.report.figures  # noqa: F401


def _draw_apart(findings: Findings) -> dict[str, Picture]:
    from corridor.report.figures import draw_pictures

    return draw_pictures(findings, names=APART)
