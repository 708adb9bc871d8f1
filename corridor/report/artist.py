"""A second process that draws half of the figures, and writes the workbook while the first writes the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from corridor.analysis.assessment import Assessment
    from corridor.report.findings import Findings
    from corridor.report.pictures import Picture

Made = TypeVar("Made")
Pictures = Callable[[], "dict[str, Picture]"]
"""Gives figures that are being drawn, by file name, once they are there."""

OF_OPTIONS = ("map", "time_by_component", "cost_by_country", "cost_by_component")
"""Figures that show the options alone: the second process draws them while the first looks ahead."""

APART = ("criticality", "calendar", "replay")
"""Figures that it draws while the first process draws the others and writes all other files."""


@contextmanager
def second_artist() -> Iterator[Executor]:
    """A process that loads the drawing libraries at once, so that they are there when the options are."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as artist:
        artist.submit(_prepare)
        yield artist


def draw_all(findings: Findings, artist: Executor | None) -> dict[str, Picture]:
    """Every figure of a run by file name; some by the second process where there is one."""
    return begin_drawing(findings, begin_options(findings.assessment, artist), artist)()


def begin_options(assessment: Assessment, artist: Executor | None) -> Pictures:
    """Let the second process begin with the figures of the options, which need nothing but them."""
    return begin(artist, _draw_options, assessment)


def begin_drawing(findings: Findings, of_options: Pictures, artist: Executor | None) -> Pictures:
    """Let the second process go on, where there is one; what comes back draws the rest and gives all in order."""
    from corridor.report.figures import FIGURES, draw_pictures

    finish_apart = begin(artist, _draw_apart, findings.without_futures)

    def finish() -> dict[str, Picture]:
        here = draw_pictures(findings, names=[name for name in FIGURES if name not in (*OF_OPTIONS, *APART)])
        pictures = here | of_options() | finish_apart()
        return {name: pictures[name] for name in FIGURES if name in pictures}

    return finish


def begin(artist: Executor | None, work: Callable[..., Made], *given: object) -> Callable[[], Made]:
    """Let the second process do a piece of work; what comes back gives its result, or does it where there is none."""
    return artist.submit(work, *given).result if artist else partial(work, *given)


def begin_brief_map(findings: Findings, artist: Executor | None) -> Callable[[], bytes]:
    """Let the second process draw the map of the brief; what comes back gives it."""
    from corridor.report.brief import draw_brief_map
    from corridor.report.brief_rows import listed_options

    shown = [option.label for option in listed_options(findings.assessment, findings.outlook.study)]
    return begin(artist, draw_brief_map, findings.assessment, shown)


def _prepare() -> None:
    """Import what drawing and the workbook need."""
    import corridor.report.figures
    import corridor.report.workbook  # noqa: F401


def _draw_options(assessment: Assessment) -> dict[str, Picture]:
    from corridor.futures.outlook import Outlook
    from corridor.report.figures import draw_pictures
    from corridor.report.findings import Findings

    return draw_pictures(Findings(assessment, Outlook()), names=OF_OPTIONS)


def _draw_apart(findings: Findings) -> dict[str, Picture]:
    from corridor.report.figures import draw_pictures

    return draw_pictures(findings, names=APART)
