"""A second process that draws half of the figures, and writes the workbook while the first writes the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from corridor.report.findings import Findings
    from corridor.report.pictures import Picture

Made = TypeVar("Made")

APART = ("map", "criticality", "time_by_component", "cost_by_country", "cost_by_component")
"""The figures that the second process draws, while the first draws the others and writes all other files."""

LAST = "replay"
"""The figure of past closures, which are the last to be known."""


@contextmanager
def second_artist() -> Iterator[Executor]:
    """A process that loads the drawing libraries at once, so that they are there when the options are."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as artist:
        artist.submit(_prepare)
        yield artist


def draw_all(findings: Findings, artist: Executor | None) -> dict[str, Picture]:
    """Every figure of a run by file name; some by the second process where there is one."""
    return begin_drawing(findings, artist, {})()


def draw_early(findings: Findings) -> dict[str, Picture]:
    """All figures but the last, by this process: while the second one still replays past closures."""
    from corridor.report.figures import FIGURES, draw_pictures

    return draw_pictures(findings, names=[name for name in FIGURES if name != LAST])


def begin_drawing(
    findings: Findings, artist: Executor | None, drawn: Mapping[str, Picture]
) -> Callable[[], dict[str, Picture]]:
    """Let the second process begin with what is not drawn yet; what comes back draws the rest and gives all."""
    from corridor.report.figures import FIGURES, draw_pictures

    missing = [name for name in FIGURES if name not in drawn]
    finish_apart = begin(artist, _draw_apart, findings.without_futures, [name for name in missing if name in APART])

    def finish() -> dict[str, Picture]:
        here = draw_pictures(findings, names=[name for name in missing if name not in APART])
        pictures = {**drawn, **here, **finish_apart()}
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


def _draw_apart(findings: Findings, names: Sequence[str]) -> dict[str, Picture]:
    from corridor.report.figures import draw_pictures

    return draw_pictures(findings, names=names)
